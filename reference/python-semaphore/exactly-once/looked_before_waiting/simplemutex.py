# The number of the next word is read before the thread waits for its turn, and used when it has it. Meanwhile another
# one has taken that word.
# A plain run looks right: nobody has to wait.
#
# fails: each-taken
import sys
from threading import Semaphore, Thread

mutex = Semaphore(1)
words = [line.strip() for line in sys.stdin]
taken = 0


def process(number):
    global taken
    while True:
        next_word = taken
        mutex.acquire()
        if next_word >= len(words):
            mutex.release()
            return
        print(f"thread {number} enters")
        word = words[next_word]
        taken = next_word + 1
        print(f"thread {number} took {word}")
        print(f"thread {number} leaves")
        mutex.release()


threads = [Thread(target=process, args=(number,)) for number in range(1, int(sys.argv[1]) + 1)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(taken, "words in all")
