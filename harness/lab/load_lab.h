// Reads a lab file. The one place that uses yaml-cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lab/lab.h"

namespace jitterlab {

// A mistake in a lab file, for its author: what is there, and what would be right.
struct Mistake {
  std::string file;
  int line = 1, column = 1;  // from 1
  std::string what;          // "points add up to 19, but `points:` says 20; change one of them"
};

// "labs/x/lab.yaml:3:9: what"
std::string to_string(const Mistake& mistake);

struct LoadedLab {
  std::optional<Lab> lab;         // present exactly when there are no mistakes
  std::vector<Mistake> mistakes;  // every one found, in the order of the file
};

// Reads `folder`/lab.yaml. A file that cannot be read, or is no YAML, is a mistake like any other; never throws for
// what is in the file.
LoadedLab load_lab(const std::string& folder);

// The same from text, for tests; `file` is used in messages, `folder` becomes lab.folder (drivers, reference roles and
// checking programs are looked up there).
LoadedLab load_lab_text(const std::string& text, const std::string& file, const std::string& folder);

}  // namespace jitterlab
