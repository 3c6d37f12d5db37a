# Nothing but the interpreter keeps `counter += 1` together, and Python does not promise that it does.
# python: every-bytecode
# shows: exit 1
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
