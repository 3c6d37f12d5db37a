"""The workflow of ci/templates/github, its `run:` steps carried out as GitHub would, with the real grader.

usage: workflow_test.py BUILD    BUILD holds the program `jitterlab`
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

import yaml

import runner

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
WORKFLOW = yaml.safe_load((ROOT / "ci/templates/github/jitterlab.yml").read_text())
BUILD = None


class Run:
    """One run of the job for the student repository tests/ci_template/<repository>."""

    def __init__(self, repository, pass_at):
        folder = tempfile.TemporaryDirectory()
        unittest.addModuleCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.check_out(repository)
        env = {name: str(value) for name, value in WORKFLOW["env"].items()}
        env.update(os.environ, LAB=str(HERE / "greeting"), PASS_AT=str(pass_at),
                   GITHUB_STEP_SUMMARY=str(self.root / "summary.md"))
        self.log, self.code = "", 0
        for step in WORKFLOW["jobs"]["grade"]["steps"]:
            if "run" in step and self.code == 0:
                ran = subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
                                     cwd=self.root, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                     check=False)
                self.log += ran.stdout.decode(errors="replace")
                self.code = ran.returncode

    def check_out(self, repository):
        (self.root / "submission").symlink_to(HERE / repository)
        jitterlab = self.root / "jitterlab"
        (jitterlab / "ci").mkdir(parents=True)
        (jitterlab / "ci/templates").symlink_to(ROOT / "ci/templates")
        (jitterlab / "build").symlink_to(BUILD)
        # The program is built already: by the build this test belongs to.
        (jitterlab / "ci/build").write_text("#!/bin/bash\ntest -x \"$(dirname \"$0\")/../build/jitterlab\"\n")
        (jitterlab / "ci/build").chmod(0o755)

    def result(self):
        return json.loads((self.root / "results/result.json").read_text())


class Workflow(unittest.TestCase):
    def test_right_submission_passes_and_leaves_its_results(self):
        run = Run("right", pass_at=4)
        self.assertEqual(run.code, 0, run.log)
        self.assertEqual(run.result()["earned"], 4)
        junit = xml.etree.ElementTree.parse(run.root / "results/junit.xml")
        self.assertGreater(len(list(junit.iter("testcase"))), 0)
        self.assertEqual(len(list(junit.iter("failure"))), 0)
        self.assertIn("<pre>", (run.root / "summary.md").read_text())

    def test_wrong_submission_fails_below_pass_at_and_not_above(self):
        self.assertEqual(Run("forged", pass_at=2).code, 1)
        run = Run("forged", pass_at=1)
        self.assertEqual(run.code, 0, run.log)
        self.assertEqual(run.result()["earned"], 1)
        junit = xml.etree.ElementTree.parse(run.root / "results/junit.xml")
        self.assertGreater(len(list(junit.iter("failure"))), 0)

    def test_commands_that_a_submission_prints_are_never_obeyed(self):
        run = Run("forged", pass_at=1)
        self.assertIn("forged-by-the-student", run.log)
        self.assertEqual(runner.obeyed(run.log), [])

    def test_files_that_the_job_publishes_are_those_of_the_grade_step(self):
        steps = WORKFLOW["jobs"]["grade"]["steps"]
        upload = [step for step in steps if "upload-artifact" in step.get("uses", "")][0]
        grade = [step["run"] for step in steps if "grade-step" in step.get("run", "")][0]
        self.assertEqual(upload["with"]["path"].rstrip("/"), grade.split()[-1])
        self.assertEqual(upload["if"], "always()")

    def test_install_step_is_a_script_of_ours(self):
        installs = [step["run"] for step in WORKFLOW["jobs"]["grade"]["steps"] if step["name"] == "Install"]
        self.assertEqual(installs, ["jitterlab/ci/build"])
        self.assertTrue(os.access(ROOT / "ci/build", os.X_OK))


if __name__ == "__main__":
    BUILD = pathlib.Path(sys.argv.pop()).resolve()
    unittest.main()
