# The semaphore starts at the number of threads, "so that each of them has a token". It then keeps nobody out.
# A plain run looks right, and here even the words are right: next() is one operation for the interpreter.
#
# fails: alone
import sys
import threading
import time

mutex = threading.Semaphore(2)   # two threads
inside = 0      # has to be 1 in the critical section
count = 0
words = iter(sys.stdin.read().split())


def critical_section(nr):
    """False if there is nothing left to do"""
    global inside, count
    with mutex:
        inside += 1
        print("thread %d enters" % nr)
        if inside != 1:
            print("something has gone very wrong!")
        word = next(words, None)
        if word is not None:
            print("thread %d took %s" % (nr, word))
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
