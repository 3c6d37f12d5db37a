#include "analysis/race_book.h"

#include <algorithm>
#include <set>

#include "analysis/task_names.h"
#include "schedule/place.h"

namespace jitterlab {
namespace {

std::string words_of(const RaceSide& side) {
  if (!side.is_write()) return "reads";
  return side.is_atomic ? "writes atomically" : "writes";
}

ToldAccess told_access(const RaceSide& side, const std::string& task, const ControlledEnd& names,
                       const Places& places) {
  const CodePlace place = places.code(names, side.operation.place);
  return {task, words_of(side), place, places.source_line(place)};
}

}  // namespace

void RaceBook::add(const Observation& observation, const std::function<bool()>& failed) {
  const std::vector<Race> races = races_in(observation);
  if (races.empty()) return;
  const ControlledEnd& end = *observation.controlled;
  const auto place_of = [&](const RaceSide& side) {
    const auto number = static_cast<std::size_t>(program_of_place(side.operation.place));
    return Place{number < end.programs.size() ? end.programs[number].path : "", address_of_place(side.operation.place)};
  };
  const TaskNames names(observation);
  const bool has_failed = failed && failed();
  std::set<Seen*> counted;
  for (const Race& race : races) {
    Place one = place_of(race.first), other = place_of(race.second);
    if (other < one) std::swap(one, other);
    const auto [found, is_new] = seen_.try_emplace({one, other});
    Seen& seen = found->second;
    if (is_new) {
      seen.race = race;
      seen.names.programs = end.programs;
      seen.names.objects = end.objects;
      seen.first = names.of(race.first.task);
      seen.second = names.of(race.second.task);
      seen.index = static_cast<std::uint64_t>(observation.execution.index);
    }
    if (!counted.insert(&seen).second) continue;
    ++seen.executions;
    if (failed) seen.failed = seen.failed.value_or(0) + has_failed;
  }
}

void RaceBook::ask(PlaceQuestions& questions) const {
  for (const auto& [places, seen] : seen_) {
    questions.add(seen.names, seen.race.first.operation);
    questions.add(seen.names, seen.race.second.operation);
  }
}

std::vector<ToldRace> RaceBook::told(const Places& places) const {
  std::map<std::pair<CodePlace, CodePlace>, ToldRace> by_lines;
  for (const auto& [key, seen] : seen_) {
    ToldRace race;
    race.first = told_access(seen.race.first, seen.first, seen.names, places);
    race.second = told_access(seen.race.second, seen.second, seen.names, places);
    // The larger of the two accesses may be a whole struct.
    const Operation &one = seen.race.first.operation, &other = seen.race.second.operation;
    race.variable = places.data(seen.names, one.size <= other.size ? one : other);
    race.executions = seen.executions;
    race.failed = seen.failed;
    race.index = seen.index;
    // A line that reads and writes (`n++`) has more than one address.
    CodePlace low = race.first.place, high = race.second.place;
    if (low.is_known()) low.address = 0;
    if (high.is_known()) high.address = 0;
    if (high < low) std::swap(low, high);
    const auto [found, is_new] = by_lines.try_emplace({low, high}, race);
    if (is_new) continue;
    ToldRace& known = found->second;
    if (race.index < known.index) std::swap(known, race);
    known.executions = std::max(known.executions, race.executions);
    known.failed = std::max(known.failed, race.failed);
  }
  std::vector<ToldRace> all;
  for (auto& [lines, race] : by_lines) all.push_back(std::move(race));
  std::stable_sort(all.begin(), all.end(),
                   [](const ToldRace& a, const ToldRace& b) { return a.executions > b.executions; });
  return all;
}

}  // namespace jitterlab
