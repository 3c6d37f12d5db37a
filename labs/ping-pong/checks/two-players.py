"""Does each of the two words come from one task? Threads of one process have one process id: they are not told apart.

It is asked of plain executions only: what the other ones use of the system is the agent's as well.
"""
import json
import sys


def main():
    observation = json.load(sys.stdin)
    printed = {}  # by process: all it wrote, as a word may come in several pieces
    for piece in observation["output"]:
        if piece["stream"] == "out" and piece["pid"] > 0:
            printed[piece["pid"]] = printed.get(piece["pid"], "") + piece["bytes"]
    players = {word: {pid for pid, text in printed.items() if word in text} for word in ("Ping", "Pong")}
    if players["Ping"] & players["Pong"] and "threads" not in observation["used"]:
        print("one process printed both words, and there are no threads in it")
        return 1
    for word, pids in players.items():
        if len(pids) > 1:
            print(f"{word} was printed by {len(pids)} processes")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
