#!/usr/bin/env python3
"""Explores one program of tests/detection and compares with what its name and its first comment promise.

*.bug.*   a failure is found within EXECUTIONS schedules, comes again in a replay, and looks as `shows:` says; its
          deadlock is of the kind that `deadlock:` names, and its story is short and holds what `story:` lists
others    none is found; where the comment has `prints:` lines, every output is one of those
both      exactly the races that the comment names (`races: shared->counter`), in FEW schedules where there is a bug, and
          the misuse that it names (`finds: value-set-again`), whose steps tell the lines in `evidence:`; the races that it
          calls harmful (`races: shared->counter, harmful`) are found to be so, in FEW schedules, and in correct programs
          none is

usage: explore_program.py JITTERLAB CACHE EXECUTIONS PROGRAM SEED...
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

MOST_STEPS = 12
MOST_PREEMPTIONS = 2  # where the program promises a story
HARD = 2.5  # `hard: yes` programs get so many times the executions
FEW = 20
MANY = 500  # of which a quarter lets sleeps end early


def explore(program: str, cache: str, executions: int, source: pathlib.Path, seed: str, options: list[str]) -> dict:
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        command = [program, "explore", "--cache", cache, "--executions", str(executions), "--seed", seed, "--json", file.name]
        ran = subprocess.run(command + options + [str(source)], capture_output=True, text=True, check=False)
        text = pathlib.Path(file.name).read_text()
    if not text:
        sys.exit(f"{source}: jitterlab said nothing; exit {ran.returncode}; {ran.stderr}")
    return {**json.loads(text), "exit": ran.returncode, "said": ran.stdout}


def line(comment: str, name: str) -> str:
    found = re.search(rf"{name}:\s*(.+)", comment)
    return found.group(1).strip() if found else ""


def allowed_outputs(comment: str) -> set[str] | None:
    """Every output the program may have; None where the comment does not say."""
    one_of = line(comment, "prints one of")
    if one_of:
        return {words.strip() for words in one_of.split("|")}
    lines = re.findall(r"prints:\s*(.+)", comment)
    return {"\n".join(words.strip() for words in lines)} if lines else None


def is_wrong_bug(result: dict, comment: str) -> str:
    repeated = [failure for failure in result["failures"] if failure["repeated"]]
    if result["exit"] != 1 or not repeated:
        return "the bug was not found"
    shows = line(comment, "shows")
    looks = {"exit 1": "exit 1", "deadlock": "deadlock", "livelock": "livelock", "crash": "signal"}[shows]
    alike = [failure for failure in repeated if looks in failure["what"]]
    if not alike:
        return f"it does not look like `{shows}`: {[failure['what'] for failure in repeated]}"
    return is_wrong_deadlock(alike[0], line(comment, "deadlock")) or is_wrong_story(alike[0], line(comment, "story"))


def is_wrong_deadlock(failure: dict, expected: str) -> str:
    kind = failure["explanation"].get("deadlock", {}).get("kind", "")
    return "" if not expected or kind == expected else f"the deadlock is called `{kind}`, not `{expected}`"


def is_wrong_story(failure: dict, expected: str) -> str:
    steps = failure["explanation"].get("story", {}).get("steps", [])
    if len(steps) > MOST_STEPS:
        return f"its story has {len(steps)} steps"
    if not expected:
        return ""
    if failure["preemptions"] > MOST_PREEMPTIONS:
        return f"its schedule has {failure['preemptions']} preemptions"
    told = [step["what"] for step in steps]
    missing = [words for words in map(str.strip, expected.split(";")) if not any(words in what for what in told)]
    return f"its story does not say {missing}" if missing else ""


def is_wrong_race(result: dict, comment: str) -> str:
    """`races: none`, and no line at all, mean the same; `maybe races:` are those that need luck."""
    named = {words.strip() for words in re.findall(r"^(?://|#) races:\s*([^,\n]+)", comment, re.MULTILINE)} - {"none"}
    allowed = named | {words.strip() for words in re.findall(r"maybe races:\s*(.+)", comment)}
    found = {race["variable"] for race in result["races"]}
    if missing := named - found:
        return f"no race was found in {', '.join(sorted(missing))}"
    if more := found - allowed:
        return f"a race is told in {', '.join(sorted(more))}"
    return ""


def is_wrong_harm(result: dict, comment: str, has_bug: bool) -> str:
    named = {words.strip() for words in re.findall(r"^(?://|#) races:\s*(.+), harmful$", comment, re.MULTILINE)}
    found = {race["variable"] for race in result["races"] if race.get("tried", {}).get("outcome") == "harmful"}
    if missing := named - found:
        return f"the race is not found to be harmful: {', '.join(sorted(missing))}"
    return f"a race is called harmful: {', '.join(sorted(found))}" if found and not has_bug else ""


def is_wrong_misuse(result: dict, comment: str) -> str:
    """What is left behind depends on how a program went wrong, so only misuses count."""
    found = {one["kind"] for one in result["found"]} - {"leak"}
    named = {words.strip() for words in re.findall(r"^(?://|#) finds:\s*(.+)", comment, re.MULTILINE)}
    allowed = named | {words.strip() for words in re.findall(r"maybe finds:\s*(.+)", comment)}
    if not named <= found <= allowed:
        return f"misuses found: {sorted(found)}, expected: {sorted(named)}"
    told = " ".join(f"{step['does']} {step['source']}" for one in result["found"] for step in one["steps"])
    missing = [words for words in re.findall(r"^(?://|#) evidence:\s*(.+)", comment, re.MULTILINE) if words.strip() not in told]
    return f"the evidence does not name {missing}" if missing else ""


def is_wrong_search(result: dict, named: str) -> str:
    found = [one for one in result["found"] if one["kind"] == named]
    lines = [one["steps"][0]["source"] for one in found]
    return "" if found and all("sleep" in text for text in lines) else f"no {named} was found, but {lines}"


def is_wrong_twin(result: dict, comment: str) -> str:
    if result["exit"] != 0 or result["failures"] or result["not-judged"]:
        return "something was found in a correct program"
    allowed = allowed_outputs(comment)
    for output in result["outputs"]:
        if allowed is not None and output["text"].replace("\\n", "\n").strip() not in allowed:
            return f"it printed {output['text']!r}, token {output['token']}"
    return ""


def main() -> None:
    program, cache, executions, place, *seeds = sys.argv[1:]
    source = pathlib.Path(place)
    text = source.read_text()
    comment = re.match(r"(\s*(//|#)[^\n]*\n)+", text).group(0)
    has_bug = ".bug." in source.name
    python = line(comment, "python")
    python_options = ["--python", python] if python else []
    options = python_options + (["--first"] if has_bug else [])
    most = int(int(executions) * (HARD if line(comment, "hard") == "yes" else 1))
    wrong = 0
    for seed in seeds:
        result = explore(program, cache, most, source, seed, options)
        complaint = is_wrong_bug(result, comment) if has_bug else is_wrong_twin(result, comment)
        short = explore(program, cache, FEW, source, seed, python_options) if has_bug else result
        complaint = complaint or is_wrong_race(short, comment) or is_wrong_misuse(short, comment)
        complaint = complaint or is_wrong_harm(short, comment, has_bug)
        if not complaint and (named := line(comment, "search finds")):
            complaint = is_wrong_search(explore(program, cache, MANY, source, seed, python_options), named)
        first = min((failure["first-execution"] for failure in result["failures"]), default=0)
        print(f"seed {seed}: {result['strength']}" + (f"; first failure in execution {first}" if first else "")
              + (f" -- WRONG: {complaint}" if complaint else ""))
        if complaint:
            wrong += 1
            print(result["said"][:6000], short["said"][:3000])
    sys.exit(1 if wrong else 0)


main()
