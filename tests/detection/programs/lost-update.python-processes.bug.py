# `+=` on a shared Value takes its lock twice, once to read and once to write: an addition may come in between.
# shows: exit 1
import multiprocessing
import sys


def count(counter):
    for _ in range(2):
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
