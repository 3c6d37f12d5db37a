# Both threads wait for the other before they signal that they have come.
# shows: deadlock
import threading

come = [threading.Semaphore(0), threading.Semaphore(0)]


def meet(me):
    come[1 - me].acquire()
    come[me].release()
    print("met")


threads = [threading.Thread(target=meet, args=(me,)) for me in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
