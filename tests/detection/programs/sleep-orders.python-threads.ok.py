# B acquires a semaphore that A releases when its work is done.
import sys
import threading
import time

done = threading.Semaphore(0)
result = None
seen = None


def a():
    global result
    time.sleep(0.1)
    result = sum(range(10))
    done.release()


def b():
    global seen
    done.acquire()
    seen = result


threads = [threading.Thread(target=work) for work in (b, a)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(seen)
sys.exit(0 if seen == 45 else 1)
