// What places and addresses of a program are called in its source: asked by the analyses, answered by whoever has the
// program's debug information. Every answer may be "not known".
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "schedule/strategy.h"

namespace jitterlab {

struct SourceLine {
  std::string file;  // empty: not known
  int line = 0;
  std::string function;
  bool is_known() const { return !file.empty(); }
};

struct SourceNames {
  std::function<SourceLine(std::uint64_t place)> line_of;              // of Operation::place
  std::function<std::string(const SourceLine& line)> text_of;          // without blanks at its ends; "": not known
  std::function<std::string(const Operation& operation)> variable_of;  // "shared->counter"; "": not known
};

// Of an answer about a variable: a name that the source has, not "segment 1 +8" or "memory at 0x1234".
inline bool is_source_name(const std::string& text) { return !text.empty() && text.find(' ') == std::string::npos; }

// How much such an answer tells: 0: no name, 1: what a pointer points to, 2: a variable.
inline int worth_of_name(const std::string& text) { return !is_source_name(text) ? 0 : text[0] == '*' ? 1 : 2; }

// "prog.c:12 (function)", "an unknown place"
std::string words_of(const SourceLine& line);

}  // namespace jitterlab
