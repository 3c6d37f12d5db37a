# The lock of the shared Value is held from the read to the write.
import multiprocessing
import sys


def count(counter):
    for _ in range(2):
        with counter.get_lock():
            counter.value += 1


if __name__ == "__main__":
    counter = multiprocessing.Value("i", 0)
    processes = [multiprocessing.Process(target=count, args=(counter,)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        if process.exitcode != 0:
            sys.exit(2)
    print(counter.value)
    sys.exit(0 if counter.value == 4 else 1)
