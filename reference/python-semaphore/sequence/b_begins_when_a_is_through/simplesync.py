# A is started and awaited, and only then B is started. B waits for the end of A as a whole, not for each word.
# Every run looks right, as nothing can go wrong where nothing happens at once.
#
# fails: independent
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
            self.shared.done.append(word)
            print("A finished %s" % word)
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
            word = self.shared.done.pop(0)
            print("B continues with %s" % word)
            print("B has waited %.3f seconds" % (time.time() - start))
            start = time.time()
            self.shared.sync.acquire()


def main():
    shared = Shared()
    a = ProcessA(shared)
    b = ProcessB(shared)
    a.start()
    a.join()
    b.start()
    b.join()


if __name__ == "__main__":
    main()
