# The locks are taken in the order of the arguments, so two transfers in opposite directions may wait for each other.
# shows: deadlock
import threading

locks = [threading.Lock(), threading.Lock()]
balance = [10, 10]


def transfer(giver, taker):
    first, second = giver, taker
    with locks[first]:
        balance[giver] -= int("1")
        with locks[second]:
            balance[taker] += int("1")


threads = [threading.Thread(target=transfer, args=pair) for pair in ((0, 1), (1, 0))]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(balance)
