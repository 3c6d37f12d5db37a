"""Both sides of documents.py: broken promises are found, kept ones are not."""

import pathlib
import tempfile
import unittest

import documents

LAB = r"""
events:
  got: { pattern: 'consumer (?P<who>\d+) got (?P<item>a|b)', example: 'consumer 2 got a' }
checks:
  all-arrive: { points: 9 }
"""

HANDOUT = r"""
| event | pattern | example |
| `got` | `consumer (?P<who>\d+) got (?P<item>a\|b)` | `consumer 2 got a` |

- `all-arrive` (9 points)
"""


def complaints_about(files):
    """files: path below the root -> text."""
    with tempfile.TemporaryDirectory() as root:
        for name, text in files.items():
            path = pathlib.Path(root, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return documents.complaints(root)


def complaints_about_lab(lab, handout):
    return complaints_about({"labs/x/lab.yaml": lab, "labs/x/README.md": handout})


class Handouts(unittest.TestCase):
    def test_complete_handout_is_accepted(self):
        self.assertEqual(complaints_about_lab(LAB, HANDOUT), [])

    def test_missing_handout_is_named(self):
        self.assertEqual(complaints_about({"labs/x/lab.yaml": LAB}), ["x: there is no handout README.md"])

    def test_pattern_that_differs_in_one_character_is_named(self):
        found = complaints_about_lab(LAB, HANDOUT.replace("got (", "gets ("))
        self.assertEqual(len(found), 1)
        self.assertIn("the pattern of event `got`", found[0])

    def test_example_that_is_not_shown_is_named(self):
        found = complaints_about_lab(LAB, HANDOUT.replace("consumer 2", "consumer 3"))
        self.assertEqual(len(found), 1)
        self.assertIn("the example of event `got`", found[0])

    def test_event_without_example_is_named(self):
        lab = "events: { ping: 'Ping' }\nchecks: {}\n"
        self.assertEqual(complaints_about_lab(lab, "Ping"),
                         ["x/README.md: event `ping` has no example in lab.yaml"])

    def test_other_points_than_in_the_lab_are_named(self):
        for wrong in ("19 points", "9a", "10 points", ""):
            self.assertEqual(len(complaints_about_lab(LAB, HANDOUT.replace("9 points", wrong))), 1, wrong)

    def test_points_on_another_line_do_not_count(self):
        self.assertEqual(len(complaints_about_lab(LAB, HANDOUT.replace(" (9", "\n (9"))), 1)

    def test_check_that_is_not_named_is_named(self):
        self.assertEqual(len(complaints_about_lab(LAB, HANDOUT.replace("`all-arrive`", "`all-arrived`"))), 1)

    def test_number_in_the_name_of_a_check_is_not_its_points(self):
        lab = "checks: { all-8: { points: 8 } }"
        self.assertEqual(len(complaints_about_lab(lab, "`all-8`")), 1)
        self.assertEqual(complaints_about_lab(lab, "`all-8` 8"), [])


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


if __name__ == "__main__":
    unittest.main()
