"""Agrees when the programs printed as many lines as the argument says; has a bug when that is no number."""

import json
import sys

observation = json.load(sys.stdin)
lines = sum(piece["bytes"].count("\n") for piece in observation["output"])
if lines != int(sys.argv[1]):
    print(f"{lines} lines")
    sys.exit(1)
