#include "lab/check_reader.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "lab/mapping_reader.h"
#include "lab/question_reader.h"

namespace jitterlab {
namespace {

// The failed `builds` check of a hand-in that does not compile.
constexpr const char* kReservedId = "builds";

void add_repeated(const std::vector<PlacedText>& names, Mistakes& mistakes) {
  std::set<std::string> seen;
  for (const PlacedText& name : names)
    if (!seen.insert(name.text).second) mistakes.add(name.place, shown(name.text) + " is in this list twice");
}

// The known scenarios of `in:`; all when there is none.
std::vector<std::string> read_in(const MappingReader& mapping, Reading& reading) {
  const YamlNode* node = mapping.find("in");
  if (!node) return reading.scenarios.names();
  const auto names = read_one_or_more(*node, reading.mistakes);
  add_repeated(names, reading.mistakes);
  std::vector<std::string> known;
  for (const PlacedText& name : names)
    if (reading.scenarios.require(name, reading.mistakes) && reading.scenarios.has(name.text))
      known.push_back(name.text);
  return known;
}

std::vector<std::string> read_unless_failed(const MappingReader& mapping, const std::string& id, Reading& reading) {
  const YamlNode* node = mapping.find("unless-failed");
  if (!node) return {};
  const auto ids = read_one_or_more(*node, reading.mistakes);
  add_repeated(ids, reading.mistakes);
  std::vector<std::string> known;
  for (const PlacedText& other : ids) {
    if (other.text == id) {
      reading.mistakes.add(other.place,
                           "check " + shown(id) + " names itself; name the checks that the same bug fails");
    } else if (reading.checks.require(other, reading.mistakes)) {
      known.push_back(other.text);
    }
  }
  return known;
}

Check read_check(const NamedEntry& entry, Reading& reading, bool& knows_points) {
  Check check;
  check.id = entry.name;
  const MappingReader mapping(*entry.value, "check", reading.mistakes);
  knows_points = mapping.number("points", "points", check.points);
  if (entry.value->kind != YamlNode::Kind::kMapping) return check;
  mapping.text("hint", check.hint);
  mapping.word("holds", "holds", check.holds);
  check.in = read_in(mapping, reading);
  check.unless_failed = read_unless_failed(mapping, check.id, reading);
  if (auto question = read_question(mapping, check.in, reading)) check.question = std::move(*question);
  return check;
}

// The ids from `id` along `unless-failed` back to it; empty when no way leads back. `seen`: ids known to lead nowhere.
std::vector<std::string> way_back(const std::string& id, const std::string& from,
                                  const std::map<std::string, const Check*>& by_id, std::set<std::string>& seen) {
  for (const std::string& next : by_id.at(from)->unless_failed) {
    if (next == id) return {from, id};
    if (!seen.insert(next).second || !by_id.count(next)) continue;
    auto way = way_back(id, next, by_id, seen);
    if (way.empty()) continue;
    way.insert(way.begin(), from);
    return way;
  }
  return {};
}

// A cycle would let one bug cost nothing at all. Each is reported once, at its first check.
void report_cycles(const std::map<std::string, Place>& places, Reading& reading) {
  std::map<std::string, const Check*> by_id;
  for (const Check& check : reading.lab.checks) by_id[check.id] = &check;
  std::set<std::string> reported;
  for (const Check& check : reading.lab.checks) {
    std::set<std::string> seen;
    if (reported.count(check.id)) continue;
    const auto way = way_back(check.id, check.id, by_id, seen);
    if (way.empty()) continue;
    std::string words;
    for (const std::string& id : way) words += (words.empty() ? "" : " -> ") + id;
    reading.mistakes.add(places.at(check.id),
                         "`unless-failed` goes round in a circle: " + words + "; remove it from one of these checks");
    reported.insert(way.begin(), way.end());
  }
}

}  // namespace

std::optional<std::int64_t> read_checks(const YamlNode& node, Reading& reading) {
  const auto entries = read_named(node, "a check", reading.mistakes);
  if (!entries) return std::nullopt;
  for (const NamedEntry& entry : *entries) reading.checks.add(entry.name);
  std::map<std::string, Place> places;
  std::optional<std::int64_t> sum = 0;
  for (const NamedEntry& entry : *entries) {
    bool knows_points = false;
    if (entry.name == kReservedId)
      reading.mistakes.add(entry.place, "`builds` is the check that every lab has by itself; choose another id");
    places[entry.name] = entry.place;
    const Check& check = reading.lab.checks.emplace_back(read_check(entry, reading, knows_points));
    sum = sum && knows_points ? std::optional(*sum + check.points) : std::nullopt;
  }
  report_cycles(places, reading);
  return sum;
}

}  // namespace jitterlab
