# B is a daemon thread and nobody joins it: when the main thread and A have ended, the program ends, and B with it,
# wherever it is.
# A plain run looks right: B has nearly always printed its last line before the interpreter is done with ending.
#
# fails: all-continued
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
        sync.acquire()
        word = results[number]
        if word is None:
            return
        print("B continues with", word)
        number += 1


b = Thread(target=process_b, daemon=True)
b.start()
a = Thread(target=process_a)
a.start()
a.join()
