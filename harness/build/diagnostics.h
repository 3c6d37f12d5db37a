// What the compiler said -> what the student reads. Pure.
//
// Diagnostics quote the student's files, so they are hostile data: they choose words for the student and whether a
// failure may be cached, nothing else.
#pragma once

#include <string>
#include <vector>

#include "build/failure.h"

namespace jitterlab {

// What kept a compiler from ending well, other than mistakes in the source text.
enum class Trouble { kNone, kTime, kMemory, kSpace, kWords };

// Looks for what the compiler's parts print when a limit stops one of them.
Trouble trouble_in(const std::string& words);

// Paths relative to the submission, no names of temporary files. `sources` and `work` are folders inside the box.
std::string relative_diagnostics(const std::string& words, const std::string& sources, const std::string& work);

// A failure of `program` (made from `sources`) with words for the commonest causes.
BuildFailure explain_failure(const std::string& program, const std::vector<std::string>& sources, Trouble trouble,
                             const std::string& diagnostics);

// The line that says most: the first error, else the first line.
std::string first_error(const std::string& diagnostics);

// One line for each of the first few warnings, and one that counts the rest.
std::vector<std::string> warnings_in(const std::string& program, const std::string& diagnostics);

}  // namespace jitterlab
