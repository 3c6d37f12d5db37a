// Grades of an invented lab, one for each kind of ending, and texts that try to break out of a report.
#pragma once

#include <string>
#include <vector>

#include "check/finding.h"

namespace jitterlab {

Grade passed_grade();
Grade failed_grade();      // lost update in one of two scenarios, another check not charged for it
Grade not_graded_grade();  // one check open, contact named
Grade unbuilt_grade();     // 45 lines of compiler messages
Grade broken_grade();      // an error of ours ended it

// Every ending, with its name for messages.
std::vector<std::pair<std::string, Grade>> all_grades();

// The failed and the not graded grade with `text` wherever a student has a say, alone and after other text.
std::vector<Grade> grades_saying(const std::string& text);

std::vector<std::string> hostile_texts();

}  // namespace jitterlab
