"""Do A's lines come from one task and B's from another? Threads of one process have one process id: they are not told apart.

It is asked of plain executions only: what the other ones use of the system is the agent's as well.
"""
import json
import re
import sys


def main():
    observation = json.load(sys.stdin)
    printed = {}  # by process: all it wrote, as a line may come in several pieces
    for piece in observation["output"]:
        if piece["stream"] == "out" and piece["pid"] > 0:
            printed[piece["pid"]] = printed.get(piece["pid"], "") + piece["bytes"]
    writers = {who: {pid for pid, text in printed.items() if re.search(rf"{who} (has the|makes a|gives back)", text)}
               for who in "AB"}
    if writers["A"] & writers["B"] and "threads" not in observation["used"]:
        print("one process printed the lines of A and of B, and there are no threads in it")
        return 1
    for who, pids in writers.items():
        if len(pids) > 1:
            print(f"the lines of {who} were printed by {len(pids)} processes")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
