// The one exception type of the harness.
#pragma once

#include <stdexcept>
#include <string>

namespace jitterlab {

// Something of ours failed, or the machine cannot do what was asked. Never a fault of the student's: it is caught
// once, in cli/main.cc, reported as "not graded" and ends the program with exit code 2. The text says what happened,
// where, and what to do next, in one line without a final newline.
class Error : public std::runtime_error {
 public:
  explicit Error(const std::string& what) : std::runtime_error(what) {}
};

// An Error whose text ends in the words for the current `errno`, as in "cannot open /x: No such file or directory".
Error system_error(const std::string& what);

}  // namespace jitterlab
