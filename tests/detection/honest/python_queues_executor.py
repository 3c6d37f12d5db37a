# Queue with a bound, SimpleQueue, task_done and join, and a ThreadPoolExecutor with futures.
# prints: queue [0, 1, 2, 3]
# prints: simple 3
# prints: squares [0, 1, 4, 9]
# prints: failed ValueError
import queue
import threading
from concurrent.futures import ThreadPoolExecutor

jobs = queue.Queue(maxsize=1)
done = []


def work():
    while True:
        job = jobs.get()
        if job is None:
            break
        done.append(job)
        jobs.task_done()


worker = threading.Thread(target=work)
worker.start()
for job in range(4):
    jobs.put(job)
jobs.join()
jobs.put(None)
worker.join()
print("queue", done)

simple = queue.SimpleQueue()
adder = threading.Thread(target=lambda: simple.put(sum(simple.get() for _ in range(2))))
adder.start()
simple.put(1)
simple.put(2)
adder.join()
print("simple", simple.get())


def fail():
    raise ValueError


with ThreadPoolExecutor(max_workers=2) as pool:
    print("squares", list(pool.map(lambda number: number * number, range(4))))
    print("failed", type(pool.submit(fail).exception()).__name__)
