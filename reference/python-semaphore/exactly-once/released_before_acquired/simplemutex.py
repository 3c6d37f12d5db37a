# The semaphore "has to be opened" by a release before the threads can use it. Without a value, Semaphore() starts at 1
# and not at 0, so that it is 2 then: two threads are let in.
# A plain run looks right: the first thread has taken everything before the second one comes.
#
# fails: each-taken
import sys
from threading import Semaphore, Thread

mutex = Semaphore()
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
mutex.release()  # let the first one in
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(taken, "words in all")
