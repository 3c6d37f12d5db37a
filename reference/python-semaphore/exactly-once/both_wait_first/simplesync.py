# A hands over each word and waits until B has taken it, B tells A that it is ready. But each waits for the other before it
# says anything itself, so that nobody ever begins.
# No plain run looks right. With an input without words it does: then A never waits for B.
#
# fails: all-continued
import sys
from threading import Semaphore, Thread

sync = Semaphore(0)
ready = Semaphore(0)
results = []  # None: there is no more


def process_a():
    for line in sys.stdin:
        ready.acquire()
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
        ready.release()


threads = [Thread(target=process_a), Thread(target=process_b)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
