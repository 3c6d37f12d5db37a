# Switched as CPython 3.11 does it: never within `counter += 1`, nor when a function returns.
import sys
import threading

counter = 0


def read():
    return counter


def count():
    global counter
    counter += 1
    counter = read() + 1


threads = [threading.Thread(target=count) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(counter)
sys.exit(0 if counter == 4 else 1)
