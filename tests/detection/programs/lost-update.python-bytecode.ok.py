# The same, switched as CPython 3.11 does it: never within `counter += 1`.
import sys
import threading

counter = 0


def count():
    global counter
    counter += 1


threads = [threading.Thread(target=count) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(counter)
sys.exit(0 if counter == 2 else 1)
