"""Which folder of harness/ may include which. The rules are the table of harness/README.md.

usage: includes.py ROOT    prints each include that is against the rules; exit 1 if there is one
"""

import pathlib
import re
import sys

# Libraries with one place in the harness: how their headers begin -> the folder or file.
ONE_PLACE = {"yaml-cpp/": "lab/", "boost/": "os/spawn.cc", "seccomp.h": "sandbox/"}

ROW = re.compile(r"^\| `(\w+)/` \|.*\| ([^|]*) \|$", re.MULTILINE)
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]')


def read_table(document):
    """folder -> what it may include besides its own files: whole folders ("lab/") and single headers."""
    cells = dict(ROW.findall(document))
    return {folder: [f"{name}/" for name in cells] if cell == "everything" else re.findall(r"`([^`]+)`", cell)
            for folder, cell in cells.items()}


def covers(rule, path):
    return path == rule or (rule.endswith("/") and path.startswith(rule))


def complaint(table, file, kind, included):
    """What is wrong with one include in `file` (relative to harness/), or None."""
    for library, place in ONE_PLACE.items():
        if included.startswith(library) and not covers(place, file):
            return f"<{included}> belongs into {place} only"
    folder, target = file.split("/")[0], included.split("/")[0]
    if kind == "<" and target not in table:
        return None
    if target not in table:
        return f'"{included}" does not start with a folder of harness/'
    rules = table.get(folder, [])
    if target == folder or any(covers(rule, included) for rule in rules):
        return None
    return f'{folder}/ must not include "{included}"; it may include: {", ".join(rules) or "nothing"}'


def complaints(root):
    harness = pathlib.Path(root) / "harness"
    table = read_table((harness / "README.md").read_text(encoding="utf-8"))
    found = [] if table else ["harness/README.md: the table of folders is missing"]
    for path in sorted(harness.rglob("*")):
        if path.suffix not in (".h", ".cc", ".inc", ".c"):
            continue
        file = path.relative_to(harness).as_posix()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = INCLUDE.match(line)
            what = match and complaint(table, file, *match.groups())
            if what:
                found.append(f"harness/{file}:{number}: {what}")
    return found


if __name__ == "__main__":
    wrong = complaints(sys.argv[1])
    print("\n".join(wrong) or "all includes are in the table")
    sys.exit(1 if wrong else 0)
