# The locks are taken in one order, whatever the direction.
import threading

locks = [threading.Lock(), threading.Lock()]
balance = [10, 10]


def transfer(giver, taker):
    first, second = min(giver, taker), max(giver, taker)
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
