# A number in raw shared memory: processes do run at the same time, so that even one `+=` can lose an addition.
# shows: exit 1
import multiprocessing
import sys


def count(counter):
    counter.value += 1


if __name__ == "__main__":
    counter = multiprocessing.RawValue("i", 0)
    processes = [multiprocessing.Process(target=count, args=(counter,)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        if process.exitcode != 0:
            sys.exit(2)
    print(counter.value)
    sys.exit(0 if counter.value == 2 else 1)
