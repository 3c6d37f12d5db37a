# Waits of threading and queue that give up, sleeps, a Timer, and a daemon thread that outlives the program's end.
# prints: lock False
# prints: event False
# prints: queue empty
# prints: timer tick
# prints: end
import queue
import threading
import time

lock = threading.Lock()
lock.acquire()
print("lock", lock.acquire(timeout=2))
print("event", threading.Event().wait(5))
try:
    queue.Queue().get(timeout=1)
except queue.Empty:
    print("queue empty")

ticked = threading.Event()
timer = threading.Timer(3, ticked.set)
timer.start()
ticked.wait()
timer.join()
print("timer tick")


def forever():
    while True:
        time.sleep(1)


threading.Thread(target=forever, daemon=True).start()
time.sleep(2)
print("end")
