# The consumer looks at the stop flag and then waits for an item. The flag may be set, and the last item taken, in between.
# shows: deadlock
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


threads = [threading.Thread(target=work) for work in (consumer, producer)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("end")
