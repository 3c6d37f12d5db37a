# Only who has acquired the semaphore releases it.
import sys
import threading

mutex = threading.Semaphore(1)
inside = 0
most = 0


def section():
    global inside, most
    inside = inside + 1
    most = max(most, inside)
    inside = inside - 1


def patient():
    mutex.acquire()
    section()
    mutex.release()


def hasty():
    if mutex.acquire(blocking=False):
        section()
        mutex.release()


threads = [threading.Thread(target=work) for work in (patient, patient, hasty)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(most)
sys.exit(0 if most == 1 else 1)
