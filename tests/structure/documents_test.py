"""Both sides of documents.py: broken promises are found, kept ones are not."""

import pathlib
import tempfile
import unittest

import documents

def complaints_about(files):
    """files: path below the root -> text."""
    with tempfile.TemporaryDirectory() as root:
        for name, text in files.items():
            path = pathlib.Path(root, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return documents.complaints(root)


class Links(unittest.TestCase):
    def test_relative_link_must_lead_to_a_file(self):
        self.assertEqual(complaints_about({"a/README.md": "[b](../b/c.txt) [top](#top)", "b/c.txt": ""}), [])
        self.assertEqual(complaints_about({"a/README.md": "[b](../b/c.txt#x)"}),
                         ["a/README.md: the link ../b/c.txt#x leads nowhere"])

    def test_links_to_other_machines_are_not_followed(self):
        self.assertEqual(complaints_about({"README.md": "[x](https://example.org/none)"}), [])


class Quotes(unittest.TestCase):
    def test_quoted_script_must_exist(self):
        self.assertEqual(complaints_about({"README.md": "```\nsudo ci/test\n```\n`.ci/run`",
                                           "ci/test": "", ".ci/run": ""}), [])
        self.assertEqual(complaints_about({"README.md": "`sudo ci/tests -v`"}),
                         ["README.md: `ci/tests` does not exist"])

    def test_star_must_match_something(self):
        self.assertEqual(complaints_about({"README.md": "`labs/*/lab.txt`", "labs/x/lab.txt": ""}), [])
        self.assertEqual(len(complaints_about({"README.md": "`labs/*/lab.txt`"})), 1)

    def test_placeholder_is_no_path(self):
        self.assertEqual(complaints_about({"README.md": "`reference/<lab>/accepted/…`"}), [])

    def test_path_below_another_folder_is_not_ours(self):
        self.assertEqual(complaints_about({"README.md": "`~/ci/none $PWD/labs/none`"}), [])

    def test_built_folders_are_not_read(self):
        self.assertEqual(complaints_about({"build-x/README.md": "`ci/none`"}), [])


class Tables(unittest.TestCase):
    @staticmethod
    def complaints_with_rows(*rows):
        table = "".join(f"| {row} | x |\n" for row in rows)
        return complaints_about({"reference/README.md": f"<!-- table of x -->\n| submission |\n|---|\n{table}<!-- end of table -->",
                                 "reference/x/accepted/one/x.c": "", "reference/x/count/bad.c": ""})

    def test_rows_for_all_submissions_are_accepted(self):
        self.assertEqual(self.complaints_with_rows("lab/starter", "accepted/one", "count/bad.c"), [])

    def test_missing_and_left_over_rows_are_named(self):
        found = self.complaints_with_rows("accepted/one", "count/worse.c")
        self.assertEqual(len(found), 2)
        self.assertIn("has no row count/bad.c", found[0])
        self.assertIn("has a row count/worse.c", found[1])

    def test_lab_without_table_is_not_asked_for_one(self):
        self.assertEqual(complaints_about({"reference/README.md": "", "reference/x/count/bad.c": ""}), [])


if __name__ == "__main__":
    unittest.main()
