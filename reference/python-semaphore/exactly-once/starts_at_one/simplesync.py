# The semaphore has the initial value that belongs to mutual exclusion: B passes once without waiting for anything.
# A plain run looks right when A, which is started first, has already finished its first word by then.
#
# fails: all-continued
import sys
from threading import Semaphore, Thread

sync = Semaphore(1)
results = []  # None: there is no more


def process_a():
    for line in sys.stdin:
        word = line.strip()
        results.append(word)
        print("A finished", word)
        sync.release()
    results.append(None)
    sync.release()


def process_b():
    number = 0
    while True:
        sync.acquire()
        if number == len(results):
            break
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
