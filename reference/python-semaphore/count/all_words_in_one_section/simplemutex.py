# The semaphore is taken around the whole loop, not around one word: whoever comes first takes everything, and the others
# find nothing.
# Every run looks right: no word is lost or doubled, and never are two threads inside.
#
# fails: both-work
import sys
import threading

mutex = threading.Semaphore(1)
words = sys.stdin.read().split()
count = 0


def worker(nr):
    global count
    mutex.acquire()
    for i in range(count, len(words)):
        print("thread %d enters" % nr)
        print("thread %d took %s" % (nr, words[i]))
        count += 1
        print("thread %d leaves" % nr)
    mutex.release()


threads = []
for nr in range(1, int(sys.argv[1]) + 1):
    t = threading.Thread(target=worker, args=(nr,))
    threads.append(t)
    t.start()
for t in threads:
    t.join()
print("%d words in all" % count)
