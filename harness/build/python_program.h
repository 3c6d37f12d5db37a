// Programs in Python: not compiled, but looked through for mistakes, and kept in a folder that a box can be shown.
#pragma once

#include <string>
#include <vector>

#include "build/failure.h"
#include "build/source_set.h"
#include "lab/lab.h"

namespace jitterlab {

inline constexpr char kPython[] = "/usr/bin/python3";

// For those who read what was found so.
inline constexpr char kEveryBytecode[] =
    "Threads were switched at every bytecode. What goes wrong only by that, Python does not promise to keep together, "
    "and "
    "CPython 3.11 does not show it: it switches after calls and jumps backwards, and at the beginning of functions.";

// Throws Error when the agent does not know this interpreter, as "Python 3.11.2".
void check_python_version(const std::string& version);

// Which of its sources is run: the one named like the program, else the first that the lab names in full, else the only
// one. Empty: it cannot be told.
std::string script_of(const Program& program, const std::vector<std::string>& sources);
BuildFailure no_script(const Program& program);

// A folder below `cache_folder` with these files, named after their contents; several graders may make it at the same
// time. Throws Error.
std::string keep_python_files(const std::string& cache_folder, const std::vector<SourceFile>& files);

}  // namespace jitterlab
