# Both threads signal that they have come before they wait for the other.
import threading

come = [threading.Semaphore(0), threading.Semaphore(0)]


def meet(me):
    come[me].release()
    come[1 - me].acquire()
    print("met")


threads = [threading.Thread(target=meet, args=(me,)) for me in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
