"""What the READMEs promise: links lead somewhere, quoted files exist, tables of reference/ name every submission.

usage: documents.py ROOT    prints each broken promise; exit 1 if there is one
"""

import pathlib
import re
import sys

LINK = re.compile(r"\]\(([^)\s]+)\)")
# A path as commands and prose quote it, from the root of the repository; `*` is a shell's.
QUOTED = re.compile(r"(?<![\w./~$-])((?:\.?ci|labs|reference|harness|tests)/[\w./*+-]*)")
TABLE = re.compile(r"<!-- table of ([\w-]+) -->\n(.*?)<!-- end of table -->", re.DOTALL)
ROW = re.compile(r"^\| ([\w-]+/[^ |]+) \|", re.MULTILINE)
CODE = re.compile(r"```.*?```|~~~.*?~~~|`[^`\n]+`", re.DOTALL)


def table_complaints(document, root):
    """A table of reference/README.md has a row for each submission of its lab, and no others."""
    for lab, table in TABLE.findall(document.read_text(encoding="utf-8")):
        rows = set(ROW.findall(table))
        there = {f"{path.parent.name}/{path.name}" for path in root.glob(f"reference/{lab}/*/*")}
        for name in sorted(there - rows):
            yield f"{document.relative_to(root)}: the table of {lab} has no row {name}; run ci/verify-labs {lab}"
        for name in sorted(rows - there - {"lab/starter"}):
            yield f"{document.relative_to(root)}: the table of {lab} has a row {name}, which is no submission"


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
    for document in sorted(root.rglob("README.md")):
        if document.relative_to(root).parts[0].startswith("build"):
            continue
        found += [*link_complaints(document, root), *quote_complaints(document, root), *table_complaints(document, root)]
    return found


if __name__ == "__main__":
    wrong = complaints(sys.argv[1])
    print("\n".join(wrong) or "the documents hold what they promise")
    sys.exit(1 if wrong else 0)
