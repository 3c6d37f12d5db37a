#include "lab/parameter_reader.h"

#include <set>

#include "lab/mapping_reader.h"

namespace jitterlab {
namespace {

// The keys that only one kind of draw has.
struct OwnKey {
  const char* key;
  DrawKind kind;
  const char* word;
};
constexpr OwnKey kOwnKeys[] = {{"min", DrawKind::kNumber, "number"},
                               {"max", DrawKind::kNumber, "number"},
                               {"choices", DrawKind::kChoice, "choice"}};

void check_own_keys(const MappingReader& mapping, DrawKind kind, Mistakes& mistakes) {
  for (const OwnKey& own : kOwnKeys) {
    const YamlNode* value = mapping.find(own.key);
    if (value && kind != own.kind)
      mistakes.add(value->place, shown(own.key) + " is only for `draw: " + own.word + "`; remove it");
    if (!value && kind == own.kind)
      mistakes.add(mapping.place(), "`draw: " + std::string(own.word) + "` needs " + shown(own.key));
  }
}

// How many different values there are.
std::uint64_t different_values(const Parameter& parameter) {
  if (parameter.kind == DrawKind::kNumber) return static_cast<std::uint64_t>(parameter.max - parameter.min) + 1;
  return std::set<std::string>(parameter.choices.begin(), parameter.choices.end()).size();
}

void check_values(const MappingReader& mapping, const Parameter& parameter, Mistakes& mistakes) {
  if (parameter.kind == DrawKind::kNumber && parameter.min > parameter.max) {
    mistakes.add(mapping.find("min")->place, "`min` is more than `max`; exchange them");
    return;
  }
  const std::uint64_t different = different_values(parameter);
  if (!parameter.distinct || static_cast<std::uint64_t>(parameter.count) <= different) return;
  mistakes.add(mapping.find("distinct")->place, std::to_string(parameter.count) +
                                                    " values cannot all be different, since there are only " +
                                                    std::to_string(different) + "; lower `count` or remove `distinct`");
}

// Reads what only this kind has. True: all of it is there and right.
bool read_own_values(const MappingReader& mapping, Parameter& parameter, Mistakes& mistakes) {
  if (parameter.kind == DrawKind::kNumber) {
    const bool knows_min = mapping.number("min", "drawn-number", parameter.min);
    return mapping.number("max", "drawn-number", parameter.max) && knows_min;
  }
  if (const YamlNode* choices = mapping.find("choices")) parameter.choices = texts_of(read_texts(*choices, mistakes));
  return !parameter.choices.empty();
}

Parameter read_parameter(const NamedEntry& entry, Reading& reading) {
  Parameter parameter;
  parameter.name = entry.name;
  const MappingReader mapping(*entry.value, "parameter", reading.mistakes);
  const bool knows_kind = mapping.word("draw", "draw", parameter.kind);
  const bool knows_count = mapping.number("count", "draw-count", parameter.count) || !mapping.find("count");
  mapping.truth("distinct", parameter.distinct);
  if (knows_count && entry.value->kind == YamlNode::Kind::kMapping) reading.counts[entry.name] = parameter.count;
  if (!knows_kind) return parameter;
  check_own_keys(mapping, parameter.kind, reading.mistakes);
  // Words do not run out.
  if (parameter.kind != DrawKind::kWord && read_own_values(mapping, parameter, reading.mistakes) && knows_count)
    check_values(mapping, parameter, reading.mistakes);
  return parameter;
}

}  // namespace

void read_parameters(const YamlNode& node, Reading& reading) {
  const auto entries = read_named(node, "a parameter", reading.mistakes);
  if (!entries) return reading.parameters.accept_all();
  for (const NamedEntry& entry : *entries) {
    reading.parameters.add(entry.name);
    reading.lab.parameters.push_back(read_parameter(entry, reading));
  }
}

}  // namespace jitterlab
