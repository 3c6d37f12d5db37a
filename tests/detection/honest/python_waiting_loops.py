# Threads that wait in loops for a flag, for an Event that they only look at, and for a lock that they only try; a thread
# that ends by an exception; generators and callbacks in threads; daemon threads that go on for ever.
# prints: flag True
# prints: event set
# prints: tried
# prints: [0, 1, 4] [3, 2, 1]
# prints: end
import contextlib
import threading
import time


def together(*works):
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


flag = False


def wait_for_flag():
    while not flag:
        pass
    print("flag", flag)


def set_flag():
    global flag
    time.sleep(1)
    flag = True


together(wait_for_flag, set_flag)
event = threading.Event()


def look_at_event():
    while not event.is_set():
        time.sleep(0)
    print("event set")


together(look_at_event, event.set)
lock = threading.Lock()


def hold():
    with lock:
        time.sleep(2)


def try_again():
    while not lock.acquire(blocking=False):
        pass
    lock.release()


together(hold, try_again)
print("tried")


def squares():
    for number in range(3):
        yield number * number


def use():
    with contextlib.suppress(ValueError):
        print(list(squares()), sorted([3, 1, 2], key=lambda number: -number))
        int("no number")


together(use)


def forever():
    number = 0
    while True:
        number = abs(number) + 1
        if number % 10 == 0:
            time.sleep(0.001)


for _ in range(2):
    threading.Thread(target=forever, daemon=True).start()
time.sleep(0.05)
print("end")
