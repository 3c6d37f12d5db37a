"""What the READMEs promise: handouts show every event and every check, links lead somewhere, quoted files exist.

usage: documents.py ROOT    prints each broken promise; exit 1 if there is one
"""

import pathlib
import re
import sys

import yaml

LINK = re.compile(r"\]\(([^)\s]+)\)")
# A path as commands and prose quote it, from the root of the repository; `*` is a shell's.
QUOTED = re.compile(r"(?<![\w./~$-])((?:\.?ci|labs|reference|harness|tests)/[\w./*+-]*)")
CODE = re.compile(r"```.*?```|~~~.*?~~~|`[^`\n]+`", re.DOTALL)


def shown(text, document):
    """Markdown tables need a backslash before `|`."""
    return text in document or text.replace("|", "\\|") in document


def event_complaints(lab, handout):
    for name, event in (lab.get("events") or {}).items():
        event = {"pattern": event} if isinstance(event, str) else event
        if not shown(event["pattern"], handout):
            yield f"the pattern of event `{name}` is not shown: {event['pattern']}"
        if not event.get("example"):
            yield f"event `{name}` has no example in lab.yaml"
        elif not shown(event["example"].strip("\n"), handout):
            yield f"the example of event `{name}` is not shown: {event['example']}"


def check_complaints(lab, handout):
    for name, check in lab["checks"].items():
        points = re.compile(rf"(?<![\w-]){check['points']}(?![\w-])")
        lines = [line.replace(f"`{name}`", "", 1) for line in handout.splitlines() if f"`{name}`" in line]
        if not any(points.search(line) for line in lines):
            yield f"no line shows check `{name}` (in backquotes) with its {check['points']} points"


def lab_complaints(folder):
    handout = folder / "README.md"
    if not handout.is_file():
        return [f"{folder.name}: there is no handout README.md"]
    lab = yaml.safe_load((folder / "lab.yaml").read_text(encoding="utf-8"))
    text = handout.read_text(encoding="utf-8")
    return [f"{folder.name}/README.md: {what}" for what in (*event_complaints(lab, text), *check_complaints(lab, text))]


def link_complaints(document, root):
    text = document.read_text(encoding="utf-8")
    for target in LINK.findall(CODE.sub("", text)):
        path = target.split("#")[0]
        if "://" not in target and path and not (document.parent / path).exists():
            yield f"{document.relative_to(root)}: the link {target} leads nowhere"


def quote_complaints(document, root):
    text = document.read_text(encoding="utf-8")
    for quoted in sorted(set(QUOTED.findall("\n".join(CODE.findall(text))))):
        path = quoted.rstrip(".")
        if path.endswith("/") and re.search(re.escape(quoted) + r"[<…]", text):
            continue  # a placeholder follows: labs/<lab>
        if not any(root.glob(path)):
            yield f"{document.relative_to(root)}: `{quoted}` does not exist"


def complaints(root):
    root = pathlib.Path(root).resolve()
    found = []
    for file in sorted(root.glob("labs/*/lab.yaml")):
        found += lab_complaints(file.parent)
    for document in sorted(root.rglob("README.md")):
        if document.relative_to(root).parts[0].startswith("build"):
            continue
        found += [*link_complaints(document, root), *quote_complaints(document, root)]
    return found


if __name__ == "__main__":
    wrong = complaints(sys.argv[1])
    print("\n".join(wrong) or "the documents hold what they promise")
    sys.exit(1 if wrong else 0)
