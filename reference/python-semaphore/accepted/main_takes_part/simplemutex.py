# Threads of the lowest kind, without join: each tells by a semaphore that it has ended. The main thread is thread 1.
import _thread
import sys
from threading import Semaphore

mutex, ended = Semaphore(1), Semaphore(0)
words = iter(sys.stdin.read().split())
sums = []


def take_all(number):
    while mutex.acquire():
        try:
            word = next(words, None)
            if word is None:
                break
            sys.stdout.write(f"thread {number} enters\nthread {number} took {word}\nthread {number} leaves\n")
            sums.append(1)
        finally:
            mutex.release()
    ended.release()


number_of_threads = int(sys.argv[1])
for i in range(2, number_of_threads + 1):
    _thread.start_new_thread(take_all, (i,))
take_all(1)
for i in range(number_of_threads):
    ended.acquire()
print(f"{sum(sums)} words in all")
