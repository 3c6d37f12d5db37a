"""Several threads take words from one list, each word once.

This runs and ends, but nothing keeps the threads apart. What is missing: the semaphore around the critical section.
"""
import sys
from threading import Thread

words = [line.strip() for line in sys.stdin]
taken = 0


def process(number):
    global taken
    while taken < len(words):
        print(f"thread {number} enters")
        word = words[taken]
        print(f"thread {number} took {word}")
        taken += 1
        print(f"thread {number} leaves")


threads = [Thread(target=process, args=(number,)) for number in range(1, int(sys.argv[1]) + 1)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(taken, "words in all")
