# B asks whether A has finished and then waits for the next word. If A sets the flag after B has asked, no word comes any
# more, and B waits for ever.
# A plain run looks right when A has already read all of its input by the time B looks.
#
# fails: sync-ends
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


class ProcessB(threading.Thread):
    def __init__(self, shared):
        super().__init__(name="B")
        self.shared = shared

    def run(self):
        while len(self.shared.done) > 0 or not self.shared.finished:
            start = time.time()
            self.shared.sync.acquire()
            word = self.shared.done.pop(0)
            print("B continues with %s" % word)
            print("B has waited %.3f seconds" % (time.time() - start))


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
