# A puts the word where B finds it, releases the semaphore, and only then does the rest of its work and says that it has
# finished. B may go on before that.
# A plain run looks right: A is hardly ever interrupted between two of its lines.
#
# fails: after-work
import sys
from threading import Semaphore, Thread

sync = Semaphore(0)
results = []  # None: there is no more


def process_a():
    for line in sys.stdin:
        word = line.strip()
        results.append(word)
        sync.release()
        print("A finished", word)
    results.append(None)
    sync.release()


def process_b():
    number = 0
    while True:
        sync.acquire()
        word = results[number]
        if word is None:
            return
        print("B continues with", word)
        number += 1


threads = [Thread(target=process_a), Thread(target=process_b)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
