# A job is taken if there is one, in one operation.
import queue
import threading

jobs = queue.Queue()
done = []


def worker():
    try:
        while True:
            done.append(jobs.get_nowait())
    except queue.Empty:
        pass


for job in range(3):
    jobs.put(job)
threads = [threading.Thread(target=worker) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(done))
