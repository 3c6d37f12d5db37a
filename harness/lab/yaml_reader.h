// YAML text -> a tree with places. The one place for yaml-cpp.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "lab/mistakes.h"

namespace jitterlab {

// A value of the file. An alias is a copy of what its anchor names, in the alias's place.
struct YamlNode {
  enum class Kind { kNothing, kScalar, kList, kMapping };

  struct Entry {
    std::string key;
    Place place;  // of the key
    std::shared_ptr<const YamlNode> value;
  };

  Kind kind = Kind::kNothing;
  Place place;
  std::string name;            // the key whose value this is, or is an item of; empty: the whole file
  bool is_item = false;        // of the list `name`
  std::string text;            // kScalar: as written, without quotes
  bool quoted = false;         // kScalar: so it is text, whatever it looks like
  std::vector<Entry> entries;  // kMapping: in file order, the same key may be there twice
  std::vector<std::shared_ptr<const YamlNode>> items;  // kList
};

inline constexpr std::size_t kLongestLabFile = 1 << 20;  // bytes

// The one document in `text`. Null, with exactly one more mistake, when there is none: text that is too long, no
// UTF-8, empty, no YAML, nested too deeply, grown too large by aliases, or an alias inside its own anchor.
std::shared_ptr<const YamlNode> read_yaml(const std::string& text, Mistakes& mistakes);

}  // namespace jitterlab
