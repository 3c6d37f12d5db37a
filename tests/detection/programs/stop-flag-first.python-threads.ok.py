# The producer releases the semaphore once more after it has set the flag, so that the consumer wakes and looks again.
import threading

items = threading.Semaphore(0)
stop = False
taken = 0


def consumer():
    global taken
    while not stop:
        items.acquire()
        taken = taken + 1


def producer():
    global stop
    items.release()
    print("produced")
    stop = True
    items.release()


threads = [threading.Thread(target=work) for work in (consumer, producer)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("end")
