# The jobs are counted inside the critical section, but the slot of a job is taken from the counter outside it.
# shows: exit 1
import sys
import threading

mutex = threading.Semaphore(1)
jobs = [None] * 4
count = 0


def enter(name):
    global count
    slot = count
    mutex.acquire()
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
