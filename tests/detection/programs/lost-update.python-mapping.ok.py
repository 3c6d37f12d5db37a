# A number in raw shared memory, and a lock of its own for it.
import multiprocessing
import sys


def count(counter, lock):
    with lock:
        counter.value += 1


if __name__ == "__main__":
    counter = multiprocessing.RawValue("i", 0)
    lock = multiprocessing.Lock()
    processes = [multiprocessing.Process(target=count, args=(counter, lock)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        if process.exitcode != 0:
            sys.exit(2)
    print(counter.value)
    sys.exit(0 if counter.value == 2 else 1)
