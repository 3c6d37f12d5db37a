"""ci/templates/github/grade-step with a grader played by the test: what it leaves, when it fails, what the runner obeys."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import runner

STEP = pathlib.Path(__file__).resolve().parents[2] / "ci/templates/github/grade-step"

# Writes what the test wants where `--format json=FILE` and `--format junit=FILE` say, and prints `report`.
GRADER = """#!/bin/bash
here=$(dirname "$0")
printf '%s\\n' "$@" > "$here/arguments"
for argument; do
  case $argument in
    json=*) [ -e "$here/result" ] && cp "$here/result" "${argument#json=}" ;;
    junit=*) echo '<testsuites/>' > "${argument#junit=}" ;;
  esac
done
cat "$here/report"
exit "$(cat "$here/exit")"
"""


class Step:
    """Runs grade-step in a folder laid out as in the workflow; it is removed when all tests are done."""

    def __init__(self, result=None, report="all is well\n", exit_code=0, pass_at="10"):
        folder = tempfile.TemporaryDirectory()
        unittest.addModuleCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        step = self.root / "jitterlab/ci/templates/github/grade-step"
        step.parent.mkdir(parents=True)
        shutil.copy(STEP, step)
        build = self.root / "jitterlab/build"
        build.mkdir()
        (build / "jitterlab").write_text(GRADER)
        (build / "jitterlab").chmod(0o755)
        (build / "report").write_bytes(report.encode() if isinstance(report, str) else report)
        (build / "exit").write_text(str(exit_code))
        if result is not None:
            (build / "result").write_text(result if isinstance(result, str) else json.dumps(result))
        self.ran = subprocess.run(
            [step, "some-lab", "submission", pass_at, "results"], cwd=self.root, capture_output=True, check=False,
            env={**os.environ, "GITHUB_STEP_SUMMARY": str(self.root / "summary.md")})
        self.log = self.ran.stdout.decode(errors="replace")
        self.code = self.ran.returncode

    def text(self, name):
        return (self.root / name).read_text(errors="replace")


def sums(earned, lost=0, still_open=0):
    return {"earned": earned, "lost": lost, "open": still_open, "points": earned + lost + still_open}


class PassAt(unittest.TestCase):
    def test_enough_points_pass_although_some_are_lost(self):
        self.assertEqual(Step(sums(10, 5), exit_code=1).code, 0)

    def test_one_point_less_fails(self):
        self.assertEqual(Step(sums(9, 6), exit_code=1).code, 1)

    def test_open_points_that_could_decide_leave_it_undecided(self):
        step = Step(sums(9, 5, 1), exit_code=2)
        self.assertEqual(step.code, 2)
        self.assertIn("not lost", step.log)

    def test_open_points_that_cannot_help_do_not_hide_a_failure(self):
        self.assertEqual(Step(sums(3, 10, 2), exit_code=2).code, 1)

    def test_grader_that_leaves_no_result_is_our_fault(self):
        for broken in (None, "", "{}", "no json"):
            step = Step(broken, exit_code=2)
            self.assertEqual(step.code, 2, broken)
            self.assertIn("not the submission's fault", step.log)

    def test_pass_at_that_is_no_number_is_refused(self):
        for wrong in ("", "ten", "1.5", "-1", "08", "a[$(touch x)]"):
            self.assertEqual(Step(sums(10), pass_at=wrong).code, 2, wrong)


class Results(unittest.TestCase):
    def test_all_three_files_are_left(self):
        step = Step(sums(10))
        self.assertEqual(step.text("results/report.txt"), "all is well\n")
        self.assertEqual(json.loads(step.text("results/result.json")), sums(10))
        self.assertEqual(step.text("results/junit.xml"), "<testsuites/>\n")

    def test_lab_and_submission_reach_the_grader(self):
        self.assertEqual(Step(sums(10)).text("jitterlab/build/arguments").split("\n")[:3],
                         ["grade", "some-lab", "submission"])

    def test_report_is_shown_in_the_log_and_in_the_summary(self):
        step = Step(sums(10))
        self.assertIn("all is well", step.log)
        self.assertIn("all is well", step.text("summary.md"))

    def test_report_cannot_leave_the_preformatted_part_of_the_summary(self):
        summary = Step(sums(10), report="</pre>\n\n# forged & <b>bold</b>\n").text("summary.md")
        self.assertEqual(summary.count("</pre>"), 1)
        self.assertNotIn("<b>", summary)
        self.assertIn("&lt;/pre&gt;", summary)
        self.assertIn("&amp;", summary)

    def test_summary_of_a_long_report_is_cut(self):
        self.assertLess(len(Step(sums(10), report="x" * 2_000_000).text("summary.md")), 1 << 20)


class Commands(unittest.TestCase):
    FORGED = ("::error::x\n::set-output name=points::20\n  ::add-mask::1\n##[error]x\ntext ##[add-path]/tmp\n"
              "::stop-commands::mine\n::mine::\r::error::y\r\n::error::z")

    def test_forged_commands_are_commands_where_nothing_stops_them(self):
        names = [name for name, _ in runner.obeyed(self.FORGED)]
        self.assertEqual(names, ["error", "set-output", "add-mask", "error", "add-path", "error", "error"])

    def test_no_line_of_the_report_is_obeyed(self):
        self.assertEqual(runner.obeyed(Step(sums(10), report=self.FORGED).log), [])

    def test_our_own_command_after_the_report_is_obeyed(self):
        commands = runner.obeyed(Step(sums(1, 19), report=self.FORGED, exit_code=1).log)
        self.assertEqual([name for name, _ in commands], ["error"])
        self.assertIn("1 of 20 points", commands[0][1])

    def test_report_that_breaks_off_does_not_swallow_the_resuming_line(self):
        step = Step(sums(1, 19), report=b"\xff::err", exit_code=1)
        self.assertEqual(len(runner.obeyed(step.log)), 1)

    def test_word_is_another_each_time(self):
        words = {runner.stop_words(Step(sums(10)).log)[0] for _ in range(5)}
        self.assertEqual(len(words), 5)
        self.assertTrue(all(len(word) == 32 for word in words))

    def test_word_is_not_told_to_the_grader(self):
        step = Step(sums(10))
        self.assertNotIn(runner.stop_words(step.log)[0], step.text("jitterlab/build/arguments"))


if __name__ == "__main__":
    unittest.main()
