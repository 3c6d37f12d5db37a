"""What GitHub's runner does with the log of a step, as far as commands go.

A line that begins with `::name …::`, or holds `##[name …]` anywhere, is a command; after `::stop-commands::WORD` none is
obeyed until a line `::WORD::`.
"""

import re

COMMAND = re.compile(r"^\s*::([^\s:]+)[^:]*::(.*)$")
OLD_COMMAND = re.compile(r"##\[([^\s\]]+)")


def obeyed(log):
    """The commands in `log` that the runner obeys, as (name, text), without those that stop and resume."""
    commands, stopped_until = [], None
    for line in re.split(r"\r\n|\n|\r", log):
        match = COMMAND.match(line)
        if stopped_until:
            if match and match.group(1) == stopped_until:
                stopped_until = None
        elif match and match.group(1) == "stop-commands":
            stopped_until = match.group(2)
        elif match:
            commands.append((match.group(1), match.group(2)))
        elif OLD_COMMAND.search(line):
            commands.append((OLD_COMMAND.search(line).group(1), line))
    return commands


def stop_words(log):
    return re.findall(r"^::stop-commands::(.*)$", log, re.MULTILINE)
