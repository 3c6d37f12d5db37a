#!/usr/bin/env python3
"""Which ways of testing expose the bugs of tests/detection/programs, and how much CPU time each takes to the first.

usage: peers.py JITTERLAB CACHE [--runs N] [--programs PATTERN] [--ways NAME,…] [--json FILE]

A way *exposes* a bug if a run crashes, ends with another status than 0 or does not end, or if the tool itself reports an
error. Programs in Python are left out, as these tools do not read them. A tool that reports the same of the correct
twin has told nothing: the cell then says "twin too". CPU seconds are user and system time of all processes, from the
first run to the one that exposed it; compiling is not counted.
"""
import argparse
import dataclasses
import fnmatch
import json
import os
import pathlib
import re
import resource
import signal
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / "tests/detection/programs"
HANGS_AFTER = 10  # seconds, in which a run of these programs ends many times over
MOST_CPU = 60  # seconds for one program and one way
TOOL_REPORTS = 99  # exit status of a tool that has found something
STRATEGIES = ("random", "pct", "pos", "surw", "portfolio")


@dataclasses.dataclass
class Cell:
    exposed: bool
    cpu: float  # seconds
    runs: int  # up to the first exposure, or all
    twin: bool = False  # the correct twin is accused as well


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def compiled(source: pathlib.Path, folder: pathlib.Path, *flags: str) -> pathlib.Path:
    program = folder / (source.name + "".join(flags).replace("/", "_"))
    if not program.exists():
        compiler = "g++" if source.suffix == ".cc" else "gcc"
        standard = ["-std=c++20"] if source.suffix == ".cc" else []
        subprocess.run([compiler, "-g", *standard, *flags, source, "-o", program, "-pthread", "-lrt"], check=True)
    return program


def fails(command: list, **environment: str) -> bool:
    """Runs it once, in a session of its own so that nothing of it outlives a hang."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
                               env={**os.environ, **environment})
    try:
        return process.wait(HANGS_AFTER) != 0
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True


def repeated(command: list, runs: int, **environment: str) -> Cell:
    before = cpu()
    for run in range(1, runs + 1):
        if fails(command, **environment):
            return Cell(True, cpu() - before, run)
        if cpu() - before > MOST_CPU:
            return Cell(False, cpu() - before, run)
    return Cell(False, cpu() - before, runs)


def plain(source, folder, options) -> Cell:
    return repeated([compiled(source, folder, "-O2")], options.runs)


def stressed(source, folder, options) -> Cell:
    stress = subprocess.Popen(["stress-ng", "--quiet", "--cpu", "4", "--switch", "2"], start_new_session=True)
    try:
        return repeated([compiled(source, folder, "-O2")], options.runs)
    finally:
        stress.terminate()  # it ends its workers, which are in groups of their own
        stress.wait()


def thread_sanitizer(source, folder, options) -> Cell:
    program = compiled(source, folder, "-O1", "-fsanitize=thread")
    # Without randomised addresses: newer kernels use more bits than GCC 12's libtsan expects.
    return repeated(["setarch", "--addr-no-randomize", program], max(1, options.runs // 10),
                    TSAN_OPTIONS=f"exitcode={TOOL_REPORTS}")


def valgrind(tool):
    def way(source, folder, options) -> Cell:
        command = ["valgrind", "--quiet", f"--tool={tool}", f"--error-exitcode={TOOL_REPORTS}", compiled(source, folder, "-O1")]
        return repeated(command, max(1, options.runs // 50))
    return way


def jitter(source, folder, options) -> Cell:
    """A lab with one check, that the program ends with 0, graded with jittered executions only."""
    lab = folder / "peers"
    lab.mkdir(exist_ok=True)
    language, pattern = ("c++", "*.cc") if source.suffix == ".cc" else ("c", "*.c")
    (lab / "lab.yaml").write_text(
        "format: 1\nlab: peers\nversion: 1\ntitle: One program\npoints: 1\n"
        f"executions: {{ plain: 0, jitter: {options.runs}, controlled: 0 }}\n"
        f"hand-in: {{ language: {language}, programs: {{ program: [\"{pattern}\"] }} }}\n"
        "scenarios: { alone: { run: program } }\n"
        "checks: { ends: { points: 1, ended: by itself } }\n")
    results = folder / "results.json"
    results.unlink(missing_ok=True)
    command = [options.jitterlab, "grade", lab, source, "--cache", options.cache, "--format", f"json={results}"]
    before = cpu()
    ran = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if ran.returncode not in (0, 1):
        raise SystemExit(f"{source.name}: grade ended with {ran.returncode}: {ran.stderr}")
    spent = cpu() - before
    if ran.returncode == 0:
        return Cell(False, spent, options.runs)
    first = int(re.search(r'jitter (\d+)', results.read_text()).group(1)) + 1  # counted from 0
    return Cell(True, spent * first / options.runs, first)


def strategy(name):
    def way(source, folder, options) -> Cell:
        results = folder / "explored.json"
        command = [options.jitterlab, "explore", "--cache", options.cache, "--strategy", name, "--seed", "1", "--first", "--lanes", "1",
                   "--json", results, source]
        # Compiles it, so that this is not counted.
        subprocess.run([*command[:2], "--executions", "1", *command[2:]], stdout=subprocess.DEVNULL, check=False)
        before = cpu()
        ran = subprocess.run([*command[:2], "--executions", str(2 * options.runs), *command[2:]], stdout=subprocess.DEVNULL,
                             check=False)
        spent = cpu() - before
        if ran.returncode not in (0, 1):
            raise SystemExit(f"{source.name}: explore ended with {ran.returncode}")
        found = json.loads(results.read_text())["failures"]
        return Cell(ran.returncode == 1, spent, min((failure["first-execution"] for failure in found), default=2 * options.runs))
    return way


WAYS = {"plain": plain, "stress-ng": stressed, "TSan": thread_sanitizer, "Helgrind": valgrind("helgrind"),
        "DRD": valgrind("drd"), "jitter": jitter, **{name: strategy(name) for name in STRATEGIES}}
TOOLS = {"TSan", "Helgrind", "DRD"}


def tried(name: str, source: pathlib.Path, folder: pathlib.Path, options) -> Cell:
    cell = WAYS[name](source, folder, options)
    if cell.exposed and name in TOOLS:
        cell.twin = WAYS[name](pathlib.Path(str(source).replace(".bug.", ".ok.")), folder, options).exposed
    return cell


def words(cell: Cell) -> str:
    if cell.twin:
        return "twin too"
    return f"{cell.cpu:.2g} s" if cell.exposed else "–"


def table(results: dict[str, dict[str, Cell]], ways: list[str]) -> str:
    lines = ["| program | " + " | ".join(ways) + " |", "|---|" + "---|" * len(ways)]
    for program, cells in results.items():
        lines.append(f"| {program} | " + " | ".join(words(cells[way]) for way in ways) + " |")
    exposed = [sum(cells[way].exposed and not cells[way].twin for cells in results.values()) for way in ways]
    lines.append(f"| **exposed, of {len(results)}** | " + " | ".join(f"**{count}**" for count in exposed) + " |")
    return "\n".join(lines)


def summary(results: dict[str, dict[str, Cell]], ways: list[str]) -> str:
    """A line for each way; CPU seconds are medians of what it exposed."""
    lines = [f"| way | exposed, of {len(results)} | twin too | CPU seconds to the first exposure | at most |", "|---|---|---|---|---|"]
    for way in ways:
        cells = [cells[way] for cells in results.values()]
        spent = [cell.cpu for cell in cells if cell.exposed and not cell.twin]
        times = f"{statistics.median(spent):.2g} | {max(spent):.2g}" if spent else "– | –"
        lines.append(f"| {way} | {len(spent)} | {sum(cell.twin for cell in cells)} | {times} |")
    return "\n".join(lines)


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # pid 1 of a namespace ignores it otherwise
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("jitterlab")
    parser.add_argument("cache")
    parser.add_argument("--runs", type=int, default=1000,
                        help="plain, stressed and jittered runs; a tenth under TSan, a fiftieth under valgrind, twice as many schedules")
    parser.add_argument("--programs", default="*", help="only those whose name fits, such as 'lost-*'")
    parser.add_argument("--ways", default=",".join(WAYS))
    parser.add_argument("--json", type=pathlib.Path, help="all figures")
    options = parser.parse_args()
    ways = options.ways.split(",")
    if unknown := set(ways) - set(WAYS):
        parser.error(f"there is no way {', '.join(sorted(unknown))}; there are {', '.join(WAYS)}")
    results: dict[str, dict[str, Cell]] = {}
    for source in sorted(PROGRAMS.glob("*.bug.*")):
        name = source.name.split(".bug.")[0]
        if source.suffix == ".py" or not fnmatch.fnmatch(name, options.programs):
            continue
        results[name] = {}
        for way in ways:
            with tempfile.TemporaryDirectory() as folder:
                results[name][way] = tried(way, source, pathlib.Path(folder), options)
        print(f"{name}: " + ", ".join(f"{way} {words(cell)} ({cell.runs})" for way, cell in results[name].items()),
              file=sys.stderr, flush=True)
        if options.json:
            options.json.write_text(json.dumps(results, default=dataclasses.asdict, indent=1))
    print(summary(results, ways), table(results, ways), sep="\n\n")


# In namespaces of its own, so that what a killed program leaves behind is in nobody's way.
if os.environ.get("JITTERLAB_PEERS") != "inside":
    os.environ["JITTERLAB_PEERS"] = "inside"
    os.execvp("unshare", ["unshare", "--ipc", "--pid", "--fork", "--kill-child", "--mount-proc", sys.executable, *sys.argv])
main()
