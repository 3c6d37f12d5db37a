// Grade -> text and a page for a person, JSON for programs, JUnit for CI, SARIF for editors. Student output is data:
// whatever bytes it holds, the output of these functions is valid UTF-8 (and valid JSON, XML) without control
// characters of the student's.
//
// GitHub's runner takes lines of stdout that start with `::`, and `##[` anywhere in a line, as commands. So no line of
// any format starts with `::`, and no text holds `##[`: printable() breaks it, page.h puts a gutter before lines that
// somebody else wrote, JSON and CSV quote, XML text is made with page.h.
#pragma once

#include <string>
#include <vector>

#include "check/finding.h"

namespace jitterlab {

struct TerminalStyle {
  bool colour = false;
  int columns = 100;
  // For the commands shown: as named on the command line. Empty: the lab's id, "<submission>".
  std::string lab, submission;
};

std::string terminal_report(const Grade& grade, const TerminalStyle& style);
std::string json_report(const Grade& grade);  // report/result.schema.json describes it; format 1
std::string html_report(const Grade& grade, const TerminalStyle& style);  // a page that stands alone
std::string sarif_report(const Grade& grade, const std::string& folder);  // `folder`: of the submission, as given
std::string junit_report(const Grade& grade);  // one <testsuite> per scenario, one <testcase> per check

// Bytes of a student as printable UTF-8: invalid bytes as \xNN; control characters as \n, \t, \r, \xNN; those that
// cannot be seen or change the direction of writing, line separators, and noncharacters as \u{…}; `##[` and `##name[`
// as `#\x23[`. A backslash stays one, so that source lines stay readable: printable(printable(x)) == printable(x).
std::string printable(const std::string& bytes);

// Saved results (texts of json_report) -> CSV, one line per result: file, lab, meta…, points, earned, lost, open,
// verdict, partial (yes, no), sandboxed (yes, no), then one column per check: points earned, or "not graded", or
// nothing when the result has no such check. Meta keys and checks are sorted by name; one whose name another column has
// gets "meta." or "check." in front. Throws Error naming the file when one is no result.
struct SavedResult {
  std::string file, json;
};
std::string results_table(const std::vector<SavedResult>& results);

}  // namespace jitterlab
