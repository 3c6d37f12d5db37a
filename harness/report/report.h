// Grade -> text for a person, JSON for programs, JUnit for CI. Student output is data: whatever bytes it holds, the
// output of these functions is valid UTF-8 (and valid JSON, XML) without control characters of the student's.
#pragma once

#include <string>
#include <vector>

#include "check/finding.h"

namespace jitterlab {

struct TerminalStyle {
  bool colour = false;
  int columns = 100;
};

std::string terminal_report(const Grade& grade, const TerminalStyle& style);
std::string json_report(const Grade& grade);   // report/result.schema.json describes it; format 1
std::string junit_report(const Grade& grade);  // one <testsuite> per scenario, one <testcase> per check

// Bytes of a student as printable UTF-8: invalid bytes as \xNN, control characters as \n, \t, \xNN.
std::string printable(const std::string& bytes);

// Saved results (texts of json_report) -> CSV, one line per result: file, lab, meta…, points, earned, lost, open, one
// column per check. Throws Error naming the file when one is no result.
struct SavedResult {
  std::string file, json;
};
std::string results_table(const std::vector<SavedResult>& results);

}  // namespace jitterlab
