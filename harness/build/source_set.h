// Files that are compiled together, and which of them make which program.
#pragma once

#include <string>
#include <vector>

#include "lab/lab.h"

namespace jitterlab {

struct SourceFile {
  std::string name;  // no folders; any bytes but those that is_safe_name() refuses
  std::string bytes;
};

// False for names that a compiler could take for something else even when given as ./name: GCC passes the bare name on
// to its own parts, where "@o.c" means "read options from o.c"; control characters could forge lines of diagnostics.
bool is_safe_name(const std::string& name);

// Whether a pattern of Program::sources (`*` and `?` only) matches; `any_case` takes "PROD.C" for "prod.c". Hidden
// files
// ("._prod.c", as macOS adds them to archives) are matched by no wildcard.
bool matches(const std::string& pattern, const std::string& name, bool any_case = false);
bool matches(const Program& program, const std::string& name, bool any_case = false);

// Names of the files that make `program`, in the order of `files`.
std::vector<std::string> sources_of(const Program& program, const std::vector<SourceFile>& files);

// "a.cc", "a.cpp", "a.cxx".
bool is_cpp_name(const std::string& name);

// What `program` is written in: the language of the hand-in, or C++ where that is C and one of the sources is named so.
Language language_of(const HandIn& wanted, const Program& program, const std::vector<SourceFile>& files);

// sha256 over names and contents.
std::string hash_of(const std::vector<SourceFile>& files);

}  // namespace jitterlab
