# Each thread makes a semaphore of its own, which keeps nobody out.
# shows: exit 1
import sys
import threading

inside = 0
most = 0


def section():
    global inside, most
    inside = inside + 1
    most = max(most, inside)
    inside = inside - 1


class Worker(threading.Thread):
    def __init__(self):
        super().__init__()
        self.mutex = threading.Semaphore(1)

    def run(self):
        self.mutex.acquire()
        section()
        self.mutex.release()


workers = [Worker() for _ in range(2)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
print(most)
sys.exit(0 if most == 1 else 1)
