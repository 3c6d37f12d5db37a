"""Does each of the two words come from one task, and not both from the same?

The process of each piece of output is known. Threads of one process have one process id; for them there is the trace of
a controlled execution. There one task runs at a time, so a word was printed by a task between two steps of its own with
no step of another task between. The question is whether the steps leave room for two tasks of which one printed all the
Pings and the other all the Pongs: walk along the steps, and for each word take the next step of the task it must be
from. A right program always has that room, however it prints. Where two tasks have steps that print, enough for half
of the words each, these steps alone are looked at: the others leave room in a wrong program, too. That takes it that the
words are among what these print. No step are bytes that a macro puts into a buffer, so they might be of the standard
error only: where something was printed there, both streams must have such steps.
"""
import json
import re
import sys

SEND = 5  # schedule/jitter.h


def written_by_process(observation):
    written = {}  # a word may come in several pieces
    for piece in observation["output"]:
        if piece["stream"] == "out" and piece["pid"] > 0:
            written[piece["pid"]] = written.get(piece["pid"], "") + piece["bytes"]
    return written


def fits(words, steps, player):
    at = 0
    for word in words:
        while at < len(steps) and steps[at] != player[word]:
            at += 1
        if at == len(steps):
            return False
    return True


def two_in(words, steps):
    tasks = set(steps)
    return any(fits(words, steps, {"Ping": ping, "Pong": pong}) for ping in tasks for pong in tasks - {ping})


def one_thread_each(words, observation):
    """Also true where the trace cannot tell."""
    controlled = observation.get("controlled")
    if not controlled or controlled["lost"] or controlled["trace-cut"] or controlled.get("not-controlled"):
        return True
    # Lines of the trace: [task, parent], [task, parent, 1] for a thread, or a step, which is longer.
    trace = controlled.get("trace", [])
    if not any(len(line) == 3 for line in trace):
        return True
    steps = [line for line in trace if len(line) > 3]
    sent = {}  # by what it was sent to; which of them is the standard output is not known
    for task, _, _, _, _, operation, *_ in steps:
        if operation[0] == SEND:
            sent.setdefault(operation[3], []).append(task)
    enough = [tasks for tasks in sent.values() if sum(tasks.count(task) >= len(words) / 2 for task in set(tasks)) > 1]
    if any(piece["stream"] == "err" for piece in observation["output"]) and len(enough) < 2:
        enough = []
    return any(two_in(words, tasks) for tasks in enough or [[line[0] for line in steps]])


def main():
    observation = json.load(sys.stdin)
    written = written_by_process(observation)
    players = {word: {pid for pid, text in written.items() if word in text} for word in ("Ping", "Pong")}
    for word, pids in players.items():
        if len(pids) > 1:
            print(f"{word} was printed by {len(pids)} processes")
            return 1
    if not players["Ping"] & players["Pong"]:
        return 0
    # In controlled executions the agent, too, is in `used`.
    if observation["execution"]["strategy"] == "plain" and "threads" not in observation["used"]:
        print("one process printed both words, and there are no threads in it")
        return 1
    (text,) = (written[pid] for pid in players["Ping"])
    if not one_thread_each(re.findall("Ping|Pong", text), observation):
        print("the two words are not printed by two threads, each by one: a thread printed both words, or there are "
              "several threads for one word")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
