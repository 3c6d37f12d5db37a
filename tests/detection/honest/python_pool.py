# A Pool of two processes: its threads, pipes and locks work together with the processes that they start and stop.
# prints: squares [0, 1, 4]
# prints: one 25
import multiprocessing


def square(number):
    return number * number


if __name__ == "__main__":
    with multiprocessing.Pool(2) as pool:
        print("squares", pool.map(square, range(3)))
        print("one", pool.apply(square, (5,)))
        pool.close()
        pool.join()
