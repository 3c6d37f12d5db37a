"""The first screen of the README: its program, its command, and the report it shows are real.

usage: first_screen_test.py BUILD    BUILD holds the program `jitterlab`
"""

import pathlib
import re
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BUILD = None


def first_block(language):
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    return next(text for name, text in blocks if name == language)


def skeleton(report):
    """The report without what differs from run to run: numbers, seeds, and where lines are broken."""
    return re.sub(r"[0-9a-f]*\d[0-9a-f]*", "N", " ".join(report.split()))


class FirstScreen(unittest.TestCase):
    def setUp(self):
        first_line, self.report = first_block("").split("\n", 1)
        self.command = first_line.removeprefix("$ ").split()

    def run_command(self):
        self.assertEqual(self.command[0], "build/jitterlab")
        return subprocess.run([BUILD / "jitterlab", *self.command[1:]], cwd=ROOT, capture_output=True, text=True,
                              check=False)

    def test_program_is_the_file_that_the_command_grades(self):
        self.assertEqual(first_block("c"), (ROOT / self.command[3]).read_text())

    def test_command_prints_the_report_that_is_shown(self):
        ran = self.run_command()
        self.assertEqual(ran.returncode, 1, ran.stdout + ran.stderr)
        self.assertEqual(skeleton(ran.stdout), skeleton(self.report))

    def test_report_says_how_often_plain_and_how_often_jittered_executions_failed(self):
        self.assertRegex(self.report, r"\b0 of 10\b")


if __name__ == "__main__":
    BUILD = pathlib.Path(sys.argv.pop()).resolve()
    unittest.main()
