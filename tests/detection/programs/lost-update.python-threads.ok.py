# The counter is read and written under a lock.
import sys
import threading

counter = 0
lock = threading.Lock()


def next_number(number):
    return number + 1


def count():
    global counter
    for _ in range(3):
        with lock:
            number = counter
            counter = next_number(number)


threads = [threading.Thread(target=count) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(counter)
sys.exit(0 if counter == 6 else 1)
