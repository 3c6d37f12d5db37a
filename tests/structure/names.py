"""No two headers of harness/ declare one function: the linker would take either, without a word.

An inline function in one header and another of that name and those parameters in a second one are one function to the
linker. An optimised build, where both are expanded in place, does not show it.

usage: names.py ROOT    prints each function that two headers declare; exit 1 if there is one
"""

import collections
import pathlib
import re
import sys

COMMENT = re.compile(r"//.*|/\*.*?\*/")
# At the beginning of a line is the scope of the namespace. What has a body or a semicolon behind its parameters counts.
FUNCTION = re.compile(
    r"^(?!namespace|struct|class|using|enum|return|static_assert|typedef|template|#)"
    r"(?:[\w:<>,&*\[\]]+\s+)+[&*]?(\w+)\(([^;{}]*?)\)\s*(?:const\s*)?(?:noexcept\s*)?(?=[;{])", re.MULTILINE)
NAME_OF_PARAMETER = re.compile(r"(?<=[>&*\w]) \w+$|(?<=[&*])\w+$")


def types(parameters):
    """Of "const std::string& text, int n = 1": ("const std::string&", "int")."""
    texts = (" ".join(text.split("=")[0].split()) for text in re.split(r",(?![^<]*>)", parameters))
    return tuple(NAME_OF_PARAMETER.sub("", text) for text in texts)


def complaints(root):
    headers = collections.defaultdict(list)
    for path in sorted(pathlib.Path(root, "harness").rglob("*.h")):
        text = COMMENT.sub("", path.read_text(encoding="utf-8"))
        for function in {(match[1], types(match[2])) for match in FUNCTION.finditer(text)}:
            headers[function].append(path.relative_to(root).as_posix())
    return [f"{name}({', '.join(parameters)}) is declared in {' and in '.join(files)}"
            for (name, parameters), files in sorted(headers.items()) if len(files) > 1]


if __name__ == "__main__":
    wrong = complaints(sys.argv[1])
    print("\n".join(wrong) or "each function is declared in one header")
    sys.exit(1 if wrong else 0)
