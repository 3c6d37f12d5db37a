import sys
import threading
import time

mutex = threading.BoundedSemaphore()   # value is 1 if nothing else is said
inside = 0      # has to be 1 in the critical section
count = 0
words = sys.stdin.read().split()


def critical_section(nr):
    """False if there is nothing left to do"""
    global inside, count
    with mutex:
        inside += 1
        print("thread %d enters" % nr)
        if inside != 1:
            print("something has gone very wrong!")
        if words:
            print("thread %d took %s" % (nr, words.pop(0)))
            count += 1
            again = True
        else:
            again = False
        print("thread %d leaves" % nr)
        inside -= 1
    return again


def worker(nr):
    print("thread %d comes to life" % nr)
    while critical_section(nr):
        time.sleep(0.001)   # something uncritical


def main():
    threads = []
    for nr in range(int(sys.argv[1])):
        t = threading.Thread(target=worker, args=(nr + 1,))
        threads.append(t)
        t.start()
    for t in threads:
        t.join()
    print("%d words in all" % count)


if __name__ == "__main__":
    main()
