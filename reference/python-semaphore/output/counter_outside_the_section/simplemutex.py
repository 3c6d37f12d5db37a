# The words are taken inside the critical section, but they are counted after it: `count += 1` reads, adds and writes, and
# another thread may count in between.
# A plain run looks right. With CPython 3.11 every plain run does, as it does not switch within such a line; the
# language does not promise that, and other versions do switch there.
#
# fails: counted
import sys
from threading import Semaphore, Thread

mutex = Semaphore(1)
words = [line.strip() for line in sys.stdin]
taken = 0
count = 0


def process(number):
    global taken, count
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
        count += 1


threads = [Thread(target=process, args=(number,)) for number in range(1, int(sys.argv[1]) + 1)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(count, "words in all")
