# Whether there is a job is asked first, and then one is taken: another thread may have taken the last one meanwhile.
# shows: deadlock
import queue
import threading

jobs = queue.Queue()
done = []


def worker():
    while not jobs.empty():
        done.append(jobs.get())


for job in range(3):
    jobs.put(job)
threads = [threading.Thread(target=worker) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(done))
