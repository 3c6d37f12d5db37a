#include "lab/mapping_reader.h"

#include <algorithm>
#include <map>

#include "lab/spelling.h"

namespace jitterlab {
namespace {

std::vector<std::string> names_of(const std::vector<MappingKind::Key>& keys) {
  std::vector<std::string> names;
  for (const auto& key : keys) names.push_back(key.name);
  return names;
}

bool contains(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

// Reports keys that are there twice.
void report_doubled(const YamlNode& node, Mistakes& mistakes) {
  std::map<std::string, Place> seen;
  for (const YamlNode::Entry& entry : node.entries) {
    const auto [first, is_new] = seen.try_emplace(entry.key, entry.place);
    if (!is_new)
      mistakes.add(entry.place, shown(entry.key) + " is already in line " + std::to_string(first->second.line) +
                                    "; keep one of the two");
  }
}

std::string unknown_key(const std::string& key, const MappingKind& kind) {
  if (contains(kind.later, key))
    return shown(key) + " comes with controlled scheduling, which this version does not have";
  if (key == "<<") return "`<<` does not merge here; write out the keys";
  return shown(key) + " is no key of " + kind.title + "; " + suggestion(key, names_of(kind.keys));
}

}  // namespace

MappingReader::MappingReader(const YamlNode& node, const std::string& kind, Mistakes& mistakes)
    : node_(node), mistakes_(mistakes) {
  const MappingKind& known = mapping_kinds().at(kind);
  if (node.kind == YamlNode::Kind::kMapping) {
    report_keys(known);
  } else {
    add_unfit(node, "a mapping with the keys " + listed(names_of(known.keys)), mistakes);
  }
}

void MappingReader::report_keys(const MappingKind& kind) const {
  const std::vector<std::string> known = names_of(kind.keys);
  bool has_later_key = false;
  for (const YamlNode::Entry& entry : node_.entries) {
    if (!contains(known, entry.key)) mistakes_.add(entry.place, unknown_key(entry.key, kind));
    has_later_key |= contains(kind.later, entry.key);
  }
  report_doubled(node_, mistakes_);
  // A later key stands in place of one that is missing now.
  for (const MappingKind::Key& key : kind.keys)
    if (key.required && !find(key.name) && !has_later_key)
      mistakes_.add(node_.place, kind.title + " needs " + shown(key.name) + ", which is missing here");
}

const YamlNode* MappingReader::find(const std::string& key) const {
  for (const YamlNode::Entry& entry : node_.entries)
    if (entry.key == key) return entry.value.get();
  return nullptr;
}

std::vector<std::string> MappingReader::present(const std::vector<std::string>& keys) const {
  std::vector<std::string> those;
  for (const std::string& key : keys)
    if (find(key)) those.push_back(key);
  return those;
}

bool MappingReader::text(const std::string& key, std::string& to) const {
  const YamlNode* value = find(key);
  const auto text = value ? read_filled_text(*value, mistakes_) : std::nullopt;
  if (text) to = *text;
  return text.has_value();
}

bool MappingReader::truth(const std::string& key, bool& to) const {
  const YamlNode* value = find(key);
  const auto truth = value ? read_truth(*value, mistakes_) : std::nullopt;
  if (truth) to = *truth;
  return truth.has_value();
}

bool MappingReader::seconds(const std::string& key, double& to) const {
  const YamlNode* value = find(key);
  const auto seconds = value ? read_seconds(*value, mistakes_) : std::nullopt;
  if (seconds) to = *seconds;
  return seconds.has_value();
}

bool MappingReader::size(const std::string& key, std::int64_t& to) const {
  const YamlNode* value = find(key);
  const auto size = value ? read_size(*value, mistakes_) : std::nullopt;
  if (size) to = *size;
  return size.has_value();
}

std::optional<std::vector<NamedEntry>> read_named(const YamlNode& node, const std::string& thing, Mistakes& mistakes) {
  if (node.kind != YamlNode::Kind::kMapping) {
    add_unfit(node, "a mapping from the name of " + thing + " to what it is", mistakes);
    return std::nullopt;
  }
  report_doubled(node, mistakes);
  std::vector<NamedEntry> entries;
  for (const YamlNode::Entry& entry : node.entries) {
    if (!is_name(entry.key)) {
      mistakes.add(entry.place, shown(entry.key) + " cannot name " + thing +
                                    "; a name is small letters, digits and `-`, beginning with a letter");
      continue;
    }
    const bool is_new = std::none_of(entries.begin(), entries.end(),
                                     [&](const NamedEntry& earlier) { return earlier.name == entry.key; });
    if (is_new) entries.push_back({entry.key, entry.place, entry.value.get()});
  }
  return entries;
}

}  // namespace jitterlab
