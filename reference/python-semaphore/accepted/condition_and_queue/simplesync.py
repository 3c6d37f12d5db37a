"""The semaphore is hidden in a queue: `put` releases, `get` acquires."""
import queue
import sys
import threading

finished = queue.SimpleQueue()


def a():
    for word in sys.stdin.read().splitlines():
        print("A finished", word, flush=True)
        finished.put(word)
    finished.put(None)


def b():
    for word in iter(finished.get, None):
        print("B continues with", word, flush=True)


worker = threading.Thread(target=b)
worker.start()
a()
worker.join()
