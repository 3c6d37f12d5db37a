import sys
from threading import Semaphore, Thread

mutex = Semaphore(1)
words = [line.strip() for line in sys.stdin]
taken = 0


def process(number):
    global taken
    while True:
        mutex.acquire()
        if taken == len(words):
            mutex.release()
            return
        print(f"thread {number} enters")
        word = words[taken]
        taken += 1
        print(f"thread {number} took {word}")
        print(f"thread {number} leaves")
        mutex.release()


threads = [Thread(target=process, args=(number,)) for number in range(1, int(sys.argv[1]) + 1)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(taken, "words in all")
