"""Did a thread end by an exception that nobody caught?

Python writes such an exception to standard error and goes on without the thread: the other lines may all be there, and
the exit status is 0.
"""
import json
import re
import sys

# What is written of a thread, and of one of `_thread`.
OF_A_THREAD = r"(?m)^(Exception in thread |Exception ignored in thread started by)"
OF_THE_MAIN_THREAD = r"(?m)^Traceback \(most recent call last\):"
# The line that names it, as in `IndexError: pop from empty list`; those of the way there are indented.
EXCEPTION = r"(?m)^(?!Traceback)[A-Za-z_][\w.]*(:.*)?$"


def main():
    observation = json.load(sys.stdin)
    errors = "".join(piece["bytes"] for piece in observation["output"] if piece["stream"] == "err")
    seen, who = re.search(OF_A_THREAD, errors), "a thread"
    if not seen and any(one["ending"]["kind"] == "exited" and one["ending"]["number"] != 0
                        for one in observation["instances"]):
        seen, who = re.search(OF_THE_MAIN_THREAD, errors), "the main thread"
    if not seen:
        return 0
    what = re.search(EXCEPTION, errors[seen.end():])
    print(f"{who} ended by an exception: {what.group() if what else 'see standard error'}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
