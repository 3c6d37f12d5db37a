# A and B are right, but the main thread does not join them: it asks every millisecond whether one is still alive.
# Every run looks right.
#
# fails: asleep
import sys
import time
from threading import Semaphore, Thread

sync = Semaphore(0)
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
        word = results[number]
        if word is None:
            return
        print("B continues with", word)
        number += 1


threads = [Thread(target=process_a), Thread(target=process_b)]
for thread in threads:
    thread.start()
while threads[0].is_alive() or threads[1].is_alive():
    time.sleep(0.001)
