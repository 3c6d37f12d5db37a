# Two semaphores hand the turn from the odd threads to the even ones and back. At the end each wakes one thread of the
# other kind; of three threads the two odd ones need to be woken, by the only even one.
# With two threads, which is what one tries, every run is right.
#
# fails: mutex-ends
import sys
from threading import Semaphore, Thread

ping = Semaphore(1)
pong = Semaphore(0)
words = [line.strip() for line in sys.stdin]
taken = 0


def process(number, mine, other):
    global taken
    while True:
        mine.acquire()
        if taken == len(words):
            other.release()
            return
        print(f"thread {number} enters")
        word = words[taken]
        taken += 1
        print(f"thread {number} took {word}")
        print(f"thread {number} leaves")
        other.release()


threads = []
for number in range(1, int(sys.argv[1]) + 1):
    if number % 2 == 1:
        threads.append(Thread(target=process, args=(number, ping, pong)))
    else:
        threads.append(Thread(target=process, args=(number, pong, ping)))
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(taken, "words in all")
