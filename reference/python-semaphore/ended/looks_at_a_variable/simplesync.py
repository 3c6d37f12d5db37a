# There is no semaphore: B goes round in a loop until the list has grown or A has said that it is through.
# Every run looks right, as the GIL keeps the list in one piece, and the input is there at once.
#
# fails: asleep
import sys
from threading import Thread

results = []
finished = False


def process_a():
    global finished
    for line in sys.stdin:
        word = line.strip()
        print("A finished", word)
        results.append(word)
    finished = True


def process_b():
    number = 0
    while not finished or number < len(results):
        if number < len(results):
            print("B continues with", results[number])
            number += 1


a = Thread(target=process_a)
b = Thread(target=process_b)
a.start()
b.start()
a.join()
b.join()
