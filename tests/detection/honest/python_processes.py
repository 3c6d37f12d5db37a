# multiprocessing: Process, Pipe, Queue, Lock, Semaphore, Value and Event.
# prints: pipe hello
# prints: queue [0, 1, 2, 3]
# prints: value 4
# prints: event 0
import multiprocessing


def answer(pipe):
    pipe.send("hello")
    pipe.close()


def produce(queue, first):
    for number in range(first, first + 2):
        queue.put(number)


def count(value, lock):
    for _ in range(2):
        with lock:
            value.value += 1


def listen(event):
    event.wait()


def run(*processes):
    for process in processes:
        process.start()
    return processes


if __name__ == "__main__":
    ours, theirs = multiprocessing.Pipe()
    (child,) = run(multiprocessing.Process(target=answer, args=(theirs,)))
    print("pipe", ours.recv())
    child.join()

    queue = multiprocessing.Queue()
    children = run(*[multiprocessing.Process(target=produce, args=(queue, first)) for first in (0, 2)])
    print("queue", sorted(queue.get() for _ in range(4)))
    for child in children:
        child.join()

    value, lock = multiprocessing.Value("i", 0), multiprocessing.Lock()
    children = run(*[multiprocessing.Process(target=count, args=(value, lock)) for _ in range(2)])
    for child in children:
        child.join()
    print("value", value.value)

    event = multiprocessing.Event()
    (child,) = run(multiprocessing.Process(target=listen, args=(event,)))
    event.set()
    child.join()
    print("event", child.exitcode)
