# The number of threads on the command line is ignored: two are started, whatever it says.
# Every run looks right to one who only tries it with two.
#
# fails: both-work
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


t1 = Thread(target=process, args=(1,))
t2 = Thread(target=process, args=(2,))
t1.start()
t2.start()
t1.join()
t2.join()
print(taken, "words in all")
