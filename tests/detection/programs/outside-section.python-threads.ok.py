# The slot of a job is taken and the jobs are counted in one critical section.
import sys
import threading

mutex = threading.Semaphore(1)
jobs = [None] * 4
count = 0


def enter(name):
    global count
    mutex.acquire()
    slot = count
    jobs[slot] = name
    count = slot + 1
    mutex.release()


def client(name):
    enter(name + "1")
    enter(name + "2")


threads = [threading.Thread(target=client, args=(name,)) for name in "ab"]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(count)
sys.exit(0 if None not in jobs else 1)
