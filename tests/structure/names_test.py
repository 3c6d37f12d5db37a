"""Both sides of names.py."""

import pathlib
import tempfile
import unittest

import names


def complaints_about(files):
    """files: path below harness/ -> text."""
    with tempfile.TemporaryDirectory() as root:
        for name, text in files.items():
            path = pathlib.Path(root, "harness", name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return names.complaints(root)


class Names(unittest.TestCase):
    def test_one_function_in_two_headers_is_found_whatever_its_parameter_is_called(self):
        found = complaints_about({"a/a.h": "bool is_name(const std::string& text);\n",
                                  "b/b.h": "// Says.\ninline bool is_name(const std::string& name) { return true; }\n"})
        self.assertEqual(found, ["is_name(const std::string&) is declared in harness/a/a.h and in harness/b/b.h"])

    def test_parameters_on_two_lines_and_with_defaults_are_the_same(self):
        found = complaints_about({"a/a.h": "std::map<int, int> read(const std::map<int, int>& all,\n    int* from = 0);\n",
                                  "b/b.h": "std::map<int, int> read(const std::map<int, int>& all, int* at);\n"})
        self.assertEqual(len(found), 1)

    def test_other_parameters_members_and_one_header_twice_are_not(self):
        self.assertEqual(complaints_about({"a/a.h": "int size(const A& a);\nint size(const A& a);\n",
                                           "b/b.h": "int size(const B& b);\nstruct B {\n  int size(const A& a);\n};\n",
                                           "c/c.h": "// int size(const A& a);\nint size();\n"}), [])


if __name__ == "__main__":
    unittest.main()
