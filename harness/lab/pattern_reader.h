// Regular expressions in lab files. With check/, the places that use RE2.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lab/mistakes.h"
#include "lab/name_table.h"
#include "lab/value_reader.h"

namespace jitterlab {

// A pattern that compiles.
struct Pattern {
  std::string expression;           // `{pid}` and `{address}` replaced by expressions that match one
  std::vector<std::string> fields;  // its named groups, in order
};

// nullopt, after a mistake with RE2's own words, when it does not compile.
std::optional<Pattern> read_pattern(const PlacedText& text, Mistakes& mistakes);

// Does it match somewhere in `text`?
bool matches_somewhere(const Pattern& pattern, const std::string& text);

// The events named in "(ping pong)* ping?", each once. nullopt, after a mistake, when it is no expression over known
// events.
std::optional<std::vector<std::string>> read_sequence(const PlacedText& text, const NameTable& events,
                                                      Mistakes& mistakes);

}  // namespace jitterlab
