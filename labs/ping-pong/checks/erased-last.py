"""Did anybody want to use a semaphore that had been erased already?

The words do not tell: Ping has ended when the set is gone too early, so Pong may print its last word whenever it likes,
whatever `semop` returned. The trace of a controlled execution does. Asked is for a V: who is thrown out of a P may have
waited for that, to end.
"""
import json
import sys

# schedule/call.h
SEMOP, ERASE_SET = 4, 7
SEM_INIT, SEM_POST = 27, 30
# schedule/jitter.h
V, OBJECT = 4, 7
FAILED = 2**64 - 1


def fault(trace):
    erased = set()  # sets, and where unnamed semaphores were
    unnamed = set()
    for line in trace:
        if len(line) < 7:  # the creation of a task
            continue
        kind, _, size, thing, offset, _, call = line[5]
        value = line[6]
        place = (thing, offset)
        if call == ERASE_SET and value != FAILED:
            erased.add(thing)
        elif call == SEMOP and kind == V and value == FAILED and thing in erased:
            return "the set of semaphores was erased first, and then a player made a V: semop returned -1"
        elif call == SEM_INIT:
            unnamed.add(place)
            erased.discard(place)
        elif call == 0 and kind == OBJECT and size == 4 and place in unnamed:  # sem_destroy
            erased.add(place)
        elif call == SEM_POST and place in erased:
            return "a semaphore was destroyed first (sem_destroy), and then a player made a V on it"
    return None


def main():
    controlled = json.load(sys.stdin).get("controlled")
    if not controlled or controlled["lost"] or controlled["trace-cut"]:
        return 0
    found = fault(controlled.get("trace", []))
    if found:
        print(found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
