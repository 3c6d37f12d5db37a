#!/usr/bin/env python3
"""Compares what `explore` says of a detection program, word for word: the explanation and the story.

usage: story_text.py JITTERLAB CACHE PROGRAM EXPECTED    EXPECTED is a file; it is written when it is not there
"""
import pathlib
import subprocess
import sys


def told(program: str, cache: str, source: str) -> str:
    command = [program, "explore", "--cache", cache, "--executions", "2000", "--first", source]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = ran.stdout.splitlines()
    begin = next((i for i, line in enumerate(lines) if "The shortest schedule" in line), len(lines))
    end = next((i for i, line in enumerate(lines) if line.strip() in ("Its output:", "To see it again:")), len(lines))
    return "".join(line[2:] + "\n" for line in lines[begin:end])


def main() -> None:
    program, cache, source, expected = sys.argv[1:]
    text, file = told(program, cache, source), pathlib.Path(expected)
    if not file.exists():
        file.write_text(text)
        sys.exit(f"{expected} was not there; it is now, to be read")
    if text != file.read_text():
        sys.exit(f"expected:\n{file.read_text()}\nsaid:\n{text}")


main()
