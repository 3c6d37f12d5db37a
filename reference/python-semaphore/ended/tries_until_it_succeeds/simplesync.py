# acquire(blocking=False) never sleeps: it says at once that there is no token, and B asks again, with all the time that
# the processor has.
# Every run looks right, and one that has to wait for its input makes the machine hot.
#
# fails: asleep
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
    results.append(None)
    sync.release()


def process_b():
    number = 0
    while True:
        while not sync.acquire(blocking=False):
            pass
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
