#!/usr/bin/env python3
"""Grades one submission of reference/ with several seeds and compares with what its place promises.

An accepted submission gets all points. A known-bad one loses points in exactly the checks that the line `fails:` of its
first comment names, and its folder is the kind of one of these findings. usage: walk_reference.py JITTERLAB LAB SUBMISSION CACHE SEED...
"""
import json
import pathlib
import re
import subprocess
import sys

SOURCES = {".c", ".h", ".cc", ".py"}


def promised_failures(submission: pathlib.Path) -> set[str]:
    """Ids after `fails:` in the first comment of any file; none for an accepted submission."""
    if "accepted" in submission.parts:
        return set()
    files = [submission] if submission.is_file() else sorted(file for file in submission.iterdir() if file.suffix in SOURCES)
    ids: set[str] = set()
    for file in files:
        comment = file.read_text().split("*/")[0]
        for line in re.findall(r"fails:\s*([a-z0-9, -]+)", comment):
            ids |= {word.strip() for word in line.split(",") if word.strip()}
    if not ids:
        sys.exit(f"{submission}: no `fails:` line in the first comment")
    return ids


def grade(program: str, lab: str, submission: pathlib.Path, cache: str, seed: str) -> dict:
    ran = subprocess.run(
        [program, "grade", lab, str(submission), "--seed", seed, "--cache", cache, "--format", "json"],
        capture_output=True, text=True, check=False)
    if not ran.stdout:
        sys.exit(f"{submission}: jitterlab said nothing; exit {ran.returncode}; {ran.stderr}")
    result = json.loads(ran.stdout)
    result["exit"] = ran.returncode
    return result


def main() -> None:
    program, lab, place, cache, *seeds = sys.argv[1:]
    submission = pathlib.Path(place)
    promised = promised_failures(submission)
    wrong = 0
    for seed in seeds:
        result = grade(program, lab, submission, cache, seed)
        lost = {finding["check"] for finding in result["findings"] if finding["lost"] > 0}
        kinds = {finding["kind"] for finding in result["findings"] if finding["lost"] > 0}
        exit_expected = 1 if promised else 0
        good = lost == promised and result["open"] == 0 and result["exit"] == exit_expected
        good = good and (not promised or submission.parent.name in kinds)
        print(f"seed {seed}: {result['earned']} of {result['points']} points, lost in {sorted(lost) or 'no check'}"
              + (f" (kind {', '.join(sorted(kinds))})" if kinds else "")
              + ("" if good else f" -- WRONG: promised {sorted(promised) or 'all points'}"))
        if not good:
            wrong += 1
            print(json.dumps(result, indent=1)[:20000])
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
