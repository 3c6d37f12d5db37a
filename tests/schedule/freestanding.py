"""Whether object files need, together, any symbol from outside but those every C library has for memory.

usage: freestanding.py NM OBJECT...    prints each symbol they need; exit 1 if there is one
"""

import subprocess
import sys

ALLOWED = {"memcpy", "memmove", "memset", "memcmp", "_GLOBAL_OFFSET_TABLE_"}


def main(nm, *objects):
    defined, needed = set(), set()
    for line in subprocess.run([nm, *objects], check=True, capture_output=True, text=True).stdout.splitlines():
        fields = line.split()
        if len(fields) >= 2 and fields[-2] == "U":
            needed.add(fields[-1])
        elif len(fields) == 3:
            defined.add(fields[-1])
    missing = sorted(needed - defined - ALLOWED)
    for symbol in missing:
        print(f"needs {symbol}")
    return 1 if missing or not defined else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
