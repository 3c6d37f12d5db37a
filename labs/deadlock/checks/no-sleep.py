"""Does nobody sleep for a time in `maybe`?

In a controlled execution time is not that of the room: the clock moves on when somebody sleeps, or waits with a time limit,
and by very little when a program looks at it. Where control was lost there is no such clock, and nothing is said.
"""
import json
import sys

MOST = 100_000  # nanoseconds; a look at the clock takes about 1,000


def main():
    observation = json.load(sys.stdin)
    passed = observation.get("controlled", {}).get("clock", 0)
    if passed > MOST:
        print(f"somebody slept, or waited with a time limit: {passed / 1e9:g} seconds went by for the program")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
