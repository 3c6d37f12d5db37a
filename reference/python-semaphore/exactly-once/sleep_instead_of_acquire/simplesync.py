# B sleeps for as long as A will surely need, and then goes on. Nothing but time keeps it behind A.
# A plain run looks right: A has its words at once, and a tenth of a second is long.
#
# fails: all-continued
import threading
import time

results = []
finished = False


def process_a():
    global finished
    while True:
        try:
            word = input()
        except EOFError:
            break
        results.append(word)
        print("A finished", word)
        time.sleep(0.1)
    finished = True


def process_b():
    time.sleep(0.05)  # A is at work
    number = 0
    while not finished:
        if number < len(results):
            print("B continues with", results[number])
        else:
            print("B continues with nothing?")
        number += 1
        time.sleep(0.1)


a = threading.Thread(target=process_a)
b = threading.Thread(target=process_b)
a.start()
b.start()
a.join()
b.join()
