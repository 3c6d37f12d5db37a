"""Both sides of includes.py: bad includes are found, good ones are not."""

import pathlib
import tempfile
import unittest

import includes

TABLE = (pathlib.Path(__file__).resolve().parents[2] / "harness/README.md").read_text()


def complaints_about(files, table=TABLE):
    """files: path below harness/ -> text."""
    with tempfile.TemporaryDirectory() as root:
        files = {"README.md": table, **files}
        for name, text in files.items():
            path = pathlib.Path(root, "harness", name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return includes.complaints(root)


class Table(unittest.TestCase):
    def test_folders_single_headers_nothing_and_everything_are_read(self):
        table = "| `a/` | x | nothing |\n| `b/` | the `x/` | `a/`, `c/d.h` |\n| `cli/` | x | everything |\n"
        self.assertEqual(includes.read_table(table), {"a": [], "b": ["a/", "c/d.h"], "cli": ["a/", "b/", "cli/"]})

    def test_document_without_table_is_no_permission(self):
        self.assertEqual(complaints_about({}, table="no table"), ["harness/README.md: the table of folders is missing"])

    def test_every_folder_of_the_harness_has_a_row(self):
        harness = pathlib.Path(__file__).resolve().parents[2] / "harness"
        folders = {path.name for path in harness.iterdir() if path.is_dir()}
        self.assertEqual(set(includes.read_table(TABLE)), folders)


class Includes(unittest.TestCase):
    def test_edge_of_the_table_is_accepted(self):
        self.assertEqual(complaints_about({"build/a.cc": '#include "lab/lab.h"\n#include "os/fd.h"\n'}), [])

    def test_upward_edge_is_named_with_its_line(self):
        found = complaints_about({"os/a.cc": '#include <string>\n\n#include "lab/lab.h"\n'})
        self.assertEqual(found, ['harness/os/a.cc:3: os/ must not include "lab/lab.h"; it may include: nothing'])

    def test_own_folder_is_accepted(self):
        self.assertEqual(complaints_about({"schedule/a.cc": '#include "schedule/mix.h"\n'}), [])

    def test_single_header_does_not_open_its_folder(self):
        self.assertEqual(complaints_about({"run/a.cc": '#include "agent/control_area.h"\n'}), [])
        self.assertEqual(len(complaints_about({"run/a.cc": '#include "agent/step.h"\n'})), 1)

    def test_name_that_only_begins_like_an_allowed_one_is_refused(self):
        self.assertEqual(len(complaints_about({"lab/a.cc": '#include "os/error.hpp"\n'})), 1)

    def test_own_header_in_angle_brackets_is_no_way_out(self):
        self.assertEqual(len(complaints_about({"agent/a.cc": "#include <os/fd.h>\n"})), 1)

    def test_unusual_spelling_is_no_way_out(self):
        self.assertEqual(len(complaints_about({"agent/a.h": '  #  include"os/fd.h"\n'})), 1)

    def test_nested_folder_follows_the_rules_of_the_first(self):
        self.assertEqual(complaints_about({"sandbox/init/a.cc": '#include "agent/control_area.h"\n'}), [])
        self.assertEqual(len(complaints_about({"sandbox/init/a.cc": '#include "run/observation.h"\n'})), 1)

    def test_include_that_is_not_relative_to_harness_is_refused(self):
        self.assertEqual(len(complaints_about({"os/a.cc": '#include "fd.h"\n'})), 1)
        self.assertEqual(len(complaints_about({"os/a.cc": '#include "../lab/lab.h"\n'})), 1)

    def test_folder_that_is_not_in_the_table_may_include_nothing(self):
        self.assertEqual(len(complaints_about({"util/a.cc": '#include "os/fd.h"\n'})), 1)

    def test_library_with_one_place_is_refused_elsewhere(self):
        self.assertEqual(complaints_about({"lab/a.cc": "#include <yaml-cpp/yaml.h>\n"}), [])
        self.assertEqual(len(complaints_about({"check/a.cc": "#include <yaml-cpp/yaml.h>\n"})), 1)
        self.assertEqual(complaints_about({"os/spawn.cc": "#include <boost/process/v2/process.hpp>\n"}), [])
        self.assertEqual(len(complaints_about({"os/a.cc": "#include <boost/process/v2/process.hpp>\n"})), 1)

    def test_check_and_report_read_observations_but_start_nothing(self):
        self.assertEqual(complaints_about({"report/a.cc": '#include "check/finding.h"\n#include "lab/lab.h"\n'}), [])
        for bad in ("run/run_execution.h", "sandbox/box.h", "os/spawn.h", "build/build.h"):
            for folder in ("check", "report"):
                self.assertEqual(len(complaints_about({f"{folder}/a.cc": f'#include "{bad}"\n'})), 1, bad)

    def test_cli_may_include_everything(self):
        text = "".join(f'#include "{folder}/a.h"\n' for folder in includes.read_table(TABLE))
        self.assertEqual(complaints_about({"cli/grade.cc": text}), [])

    def test_word_include_in_a_comment_is_no_include(self):
        self.assertEqual(complaints_about({"os/a.cc": '// #include "lab/lab.h"\n'}), [])


if __name__ == "__main__":
    unittest.main()
