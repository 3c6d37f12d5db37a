// Mappings of a lab file: those whose keys the format knows, and those whose keys are names given by the lab.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "lab/value_reader.h"

namespace jitterlab {

// A mapping of one of the kinds of vocabulary.h. Making it reports unknown, doubled and missing keys, or that it is no
// mapping at all; then it has no keys.
//
// The readers of single keys leave `to` alone when the key is missing or its value is wrong (which they report), so
// that defaults stay; true: `to` has been set.
class MappingReader {
 public:
  // `node` and `mistakes` must outlive it.
  MappingReader(const YamlNode& node, const std::string& kind, Mistakes& mistakes);

  const Place& place() const { return node_.place; }
  const YamlNode* find(const std::string& key) const;  // nullptr: not there

  // Those of `keys` that are there, in this order.
  std::vector<std::string> present(const std::vector<std::string>& keys) const;

  bool text(const std::string& key, std::string& to) const;  // not empty
  bool truth(const std::string& key, bool& to) const;
  bool seconds(const std::string& key, double& to) const;
  bool size(const std::string& key, std::int64_t& to) const;

  template <typename Number>
  bool number(const std::string& key, const std::string& range, Number& to) const {
    const YamlNode* value = find(key);
    const auto number = value ? read_number(*value, range, mistakes_) : std::nullopt;
    if (number) to = static_cast<Number>(*number);
    return number.has_value();
  }

  template <typename Enumeration>
  bool word(const std::string& key, const std::string& list, Enumeration& to) const {
    const YamlNode* value = find(key);
    const auto word = value ? read_word(*value, list, mistakes_) : std::nullopt;
    if (word) to = static_cast<Enumeration>(*word);
    return word.has_value();
  }

 private:
  void report_keys(const MappingKind& kind) const;

  const YamlNode& node_;
  Mistakes& mistakes_;
};

// An entry of a mapping from names to things: `words` in `parameters:`.
struct NamedEntry {
  std::string name;
  Place place;  // of the name
  const YamlNode* value;
};

// All entries with a good name, each name once; `thing` is what is named ("a parameter"). nullopt, after a mistake:
// `node` is no mapping, so nothing is known about the names. The nodes live as long as `node`.
std::optional<std::vector<NamedEntry>> read_named(const YamlNode& node, const std::string& thing, Mistakes& mistakes);

}  // namespace jitterlab
