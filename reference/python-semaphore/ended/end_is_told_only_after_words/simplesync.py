# A tells B that there is no more only if there was something. Without a word B sleeps for ever.
# A plain run looks right as long as nobody tries it with an empty input.
#
# fails: sync-ends
import sys
from threading import Semaphore, Thread

sync = Semaphore(0)
results = []  # None: there is no more


def process_a():
    for line in sys.stdin:
        word = line.strip()
        results.append(word)
        print("A finished", word)
        sync.release()
    if len(results) > 0:
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
