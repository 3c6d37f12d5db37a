# Process B is the main thread. Nobody joins: that B has met the end is enough, and A is a daemon.
import sys
import threading

sync = threading.Semaphore(value=0)
finished = {}


def process_a(read_line):
    for number, line in enumerate(iter(read_line, "")):
        finished[number] = line.strip()
        sys.stdout.write(f"A finished {finished[number]}\n")
        sync.release()
    sync.release()  # there is no result for this one


def process_b():
    number = 0
    while sync.acquire() and number in finished:
        sys.stdout.write(f"B continues with {finished[number]}\n")
        number += 1


threading.Thread(target=process_a, args=(sys.stdin.readline,), daemon=True).start()
process_b()
