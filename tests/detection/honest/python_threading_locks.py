# Lock, RLock, Condition, Semaphore, BoundedSemaphore, Event and Barrier of threading, each with two or three threads.
# prints: lock 4
# prints: rlock 4
# prints: condition [0, 1, 2]
# prints: semaphore 1
# prints: event set
# prints: barrier 2
import threading

total = 0


def together(*works):
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def same(value):
    return value


def count_with(lock, depth):
    def count():
        global total
        for _ in range(2):
            for _ in range(depth):
                lock.acquire()
            number = total
            total = same(number) + 1
            for _ in range(depth):
                lock.release()

    return count


lock = threading.Lock()
together(count_with(lock, 1), count_with(lock, 1))
print("lock", total)
total = 0
rlock = threading.RLock()
together(count_with(rlock, 2), count_with(rlock, 2))
print("rlock", total)

changed = threading.Condition()
items, taken = [], []


def put():
    for item in range(3):
        with changed:
            while len(items) == 1:
                changed.wait()
            items.append(item)
            changed.notify_all()


def take():
    for _ in range(3):
        with changed:
            changed.wait_for(lambda: items)
            taken.append(items.pop())
            changed.notify_all()


together(put, take)
print("condition", taken)

gate = threading.BoundedSemaphore(1)
inside, most = 0, 0


def enter():
    global inside, most
    with gate:
        inside = same(inside) + 1
        most = max(most, inside)
        inside = same(inside) - 1


together(enter, enter, enter)
print("semaphore", most)

ready = threading.Event()
value = None


def announce():
    global value
    value = "set"
    ready.set()


def listen():
    ready.wait()
    print("event", value)


together(listen, announce)

barrier = threading.Barrier(2)
before, seen = [], []


def meet():
    before.append(1)
    barrier.wait()
    seen.append(len(before))


together(meet, meet)
print("barrier", min(seen))
