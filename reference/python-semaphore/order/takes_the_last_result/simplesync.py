# list.pop() takes from the end of the list: when A is ahead by several words, B gets them in the wrong order.
# A plain run looks right as long as B is as quick as A.
#
# fails: in-order
import threading
import time


class Shared:
    def __init__(self):
        self.sync = threading.Semaphore(value=0)
        self.done = []
        self.finished = False


class ProcessA(threading.Thread):
    def __init__(self, shared):
        super().__init__(name="A")
        self.shared = shared

    def run(self):
        while True:
            try:
                word = input()
            except EOFError:
                break
            time.sleep(0.01)  # the work
            print("A finished %s" % word)
            self.shared.done.append(word)
            self.shared.sync.release()
        self.shared.finished = True
        self.shared.sync.release()


class ProcessB(threading.Thread):
    def __init__(self, shared):
        super().__init__(name="B")
        self.shared = shared

    def run(self):
        start = time.time()
        self.shared.sync.acquire()
        while len(self.shared.done) > 0 or not self.shared.finished:
            word = self.shared.done.pop()
            print("B continues with %s" % word)
            print("B has waited %.3f seconds" % (time.time() - start))
            start = time.time()
            self.shared.sync.acquire()


def main():
    shared = Shared()
    a = ProcessA(shared)
    b = ProcessB(shared)
    b.start()
    a.start()
    a.join()
    b.join()


if __name__ == "__main__":
    main()
