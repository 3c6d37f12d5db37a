"""Process A works, and process B goes on with what A has finished.

This runs and ends, but nothing makes B wait: it looks once, at whatever is there. What is missing: the semaphore, and a
way to tell B that there is no more.
"""
import sys
from threading import Thread

results = []


def process_a():
    for line in sys.stdin:
        word = line.strip()
        results.append(word)
        print("A finished", word)


def process_b():
    for word in results:
        print("B continues with", word)


b = Thread(target=process_b)
b.start()
a = Thread(target=process_a)
a.start()
a.join()
b.join()
