// A mistake in the hand-in that kept it from building. Plain data; the words are for the student.
#pragma once

#include <string>

namespace jitterlab {

struct BuildFailure {
  std::string program;      // empty: concerns the hand-in as a whole
  std::string what;         // one line: "there is no file prodcons.c"
  std::string what_to_do;   // one line
  std::string diagnostics;  // of the compiler, paths relative to the submission; any bytes; may be empty
};

}  // namespace jitterlab
