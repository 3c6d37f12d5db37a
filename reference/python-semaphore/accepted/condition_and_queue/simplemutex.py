"""A semaphore made of a condition; the threads are those of a pool."""
import sys
import threading
from concurrent.futures import ThreadPoolExecutor


class Semaphore:
    def __init__(self, value):
        self.value = value
        self.changed = threading.Condition()

    def __enter__(self):
        with self.changed:
            self.changed.wait_for(lambda: self.value > 0)
            self.value -= 1

    def __exit__(self, *_):
        with self.changed:
            self.value += 1
            self.changed.notify()


mutex = Semaphore(1)
words = sys.stdin.read().splitlines()


def take_one(number):
    with mutex:
        if not words:
            return False
        print(f"thread {number} enters\nthread {number} took {words.pop(0)}\nthread {number} leaves")
        return True


def take_all(number):
    taken = 0
    while take_one(number):
        taken += 1
    return taken


threads = int(sys.argv[1])
with ThreadPoolExecutor(threads) as pool:
    print(sum(pool.map(take_all, range(1, threads + 1))), "words in all")
