# A consumer that was woken looks again whether there is an item.
import sys
import threading

changed = threading.Condition()
items = []
wrong = 0


def consumer():
    global wrong
    with changed:
        while not items:
            changed.wait()
        if items:
            items.pop()
        else:
            wrong = 1


def producer():
    for item in range(2):
        with changed:
            items.append(item)
            changed.notify()


threads = [threading.Thread(target=work) for work in (consumer, producer, consumer)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(wrong)
sys.exit(wrong)
