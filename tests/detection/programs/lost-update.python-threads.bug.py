# The counter is read, a function is called, and then the counter is written: the other thread may add in between.
# shows: exit 1
import sys
import threading

counter = 0


def next_number(number):
    return number + 1


def count():
    global counter
    for _ in range(3):
        number = counter
        counter = next_number(number)


threads = [threading.Thread(target=count) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(counter)
sys.exit(0 if counter == 6 else 1)
