# The thread asks whether there is a word left before it enters, and takes one when it is inside. Meanwhile another thread
# may have taken the last one: pop finds an empty list, and the exception ends the thread.
# A plain run looks right: the first thread has mostly taken all words before the others come. When it goes wrong, `with`
# has released the semaphore, all words are there, and only standard error tells.
#
# fails: no-exceptions
import sys
from threading import Semaphore, Thread

mutex = Semaphore(1)
words = [line.strip() for line in sys.stdin]
taken = []


def process(number):
    while len(words) > 0:
        with mutex:
            print(f"thread {number} enters")
            word = words.pop(0)
            taken.append(word)
            print(f"thread {number} took {word}")
            print(f"thread {number} leaves")


threads = [Thread(target=process, args=(number,)) for number in range(1, int(sys.argv[1]) + 1)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(taken), "words in all")
