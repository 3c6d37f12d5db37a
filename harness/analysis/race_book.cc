#include "analysis/race_book.h"

#include <algorithm>
#include <set>

#include "analysis/race_orders.h"
#include "analysis/source_names.h"
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

std::string words_of(const RaceSide& side, const TaskNames& names, const ControlledEnd& end, const Places& places) {
  const CodePlace place = places.code(end, side.operation.place);
  const std::string where = place.is_known() ? " in line " + std::to_string(place.line) : "";
  return names.of(side.task) + " " + words_of(side) + " it" + where;
}

// As the smaller of the two accesses has it, since the larger one may be a whole struct; or the other, if it knows
// more: the variable to which this one has only a pointer.
std::string variable_of(const Race& race, const ControlledEnd& end, const Places& places) {
  const Operation *small = &race.first.operation, *large = &race.second.operation;
  if (large->size < small->size) std::swap(small, large);
  const std::string name = places.data(end, *small);
  const std::string other = places.data(end, *large);
  return worth_of_name(other) > worth_of_name(name) ? other : name;
}

// Of tried.token.
std::string order_tried(const RaceToTry& race, const RaceTried& tried, const Places& places) {
  if (tried.token.empty()) return "";
  const TaskNames names(*race.observation);
  const ControlledEnd& end = *race.observation->controlled;
  const std::string first = words_of(race.race.first, names, end, places);
  const std::string second = words_of(race.race.second, names, end, places);
  return tried.is_other_way ? second + " before " + first : first + " before " + second;
}

// What is said of a race that was tried at several addresses.
void add_tried(ToldRace& known, const ToldRace& more) {
  const std::uint64_t executions = known.tried.executions + more.tried.executions;
  if (more.tried.outcome > known.tried.outcome) {
    known.tried = more.tried;
    known.tried_order = more.tried_order;
  }
  known.tried.executions = executions;
}

std::string executions(std::uint64_t count) {
  return std::to_string(count) + (count == 1 ? " execution" : " executions");
}

}  // namespace

std::string tried_words(const ToldRace& race) {
  using Outcome = RaceTried::Outcome;
  const RaceTried& tried = race.tried;
  const std::string order = race.tried_order.empty() ? "in one order" : "when " + race.tried_order;
  switch (tried.outcome) {
    case Outcome::kHarmful:
      return "Harmful: " + tried.leads_to + " " + order + ", and not the other way round.";
    case Outcome::kOtherOutput:
      return "Other lines are printed " + order + " than the other way round.";
    case Outcome::kNothing:
      return "Both orders were tried, in " + executions(tried.executions) +
             ", and it made no difference that was seen.";
    case Outcome::kNotReached:
      return "The other order was not reached in " + executions(tried.executions) + ".";
    case Outcome::kNotTried:
      break;
  }
  return "";
}

void RaceBook::add(const Observation& observation, bool slow_others, const std::function<bool()>& failed) {
  const std::vector<Race> races = races_in(observation);
  if (races.empty()) return;
  const ControlledEnd& end = *observation.controlled;
  const auto place_of = [&](const RaceSide& side) {
    const auto number = static_cast<std::size_t>(program_of_place(side.operation.place));
    return Place{number < end.programs.size() ? end.programs[number].path : "", address_of_place(side.operation.place)};
  };
  const TaskNames names(observation);
  const bool has_failed = failed && failed();
  std::shared_ptr<const Observation> kept;  // once for all
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
      if (first_.size() < kMostTried) first_.push_back(&seen);
    }
    const bool is_first = std::find(first_.begin(), first_.end(), &seen) != first_.end();
    const bool is_better = !seen.to_try.observation || (seen.is_failing && !has_failed);
    if (is_first && is_better && counted.count(&seen) == 0 && can_be_tried(observation)) {
      if (!kept) kept = std::make_shared<Observation>(observation);
      seen.to_try = {race, kept, slow_others};
      seen.is_failing = has_failed;
    }
    if (!counted.insert(&seen).second) continue;
    ++seen.executions;
    if (failed) seen.failed = seen.failed.value_or(0) + has_failed;
  }
}

std::vector<RaceToTry> RaceBook::to_try() const {
  std::vector<RaceToTry> all;
  for (const Seen* seen : first_) {
    if (seen->to_try.observation) all.push_back(seen->to_try);
  }
  return all;
}

void RaceBook::tried(std::size_t number, const RaceTried& tried) {
  for (Seen* seen : first_) {
    if (seen->to_try.observation && number-- == 0) seen->tried = tried;
  }
}

void RaceBook::ask(PlaceQuestions& questions) const {
  for (const auto& [places, seen] : seen_) {
    questions.add(seen.names, seen.race.first.operation);
    questions.add(seen.names, seen.race.second.operation);
    if (!seen.to_try.observation) continue;
    questions.add(*seen.to_try.observation->controlled, seen.to_try.race.first.operation);
    questions.add(*seen.to_try.observation->controlled, seen.to_try.race.second.operation);
  }
}

std::vector<ToldRace> RaceBook::told(const Places& places) const {
  std::map<std::pair<CodePlace, CodePlace>, ToldRace> by_lines;
  for (const auto& [key, seen] : seen_) {
    ToldRace race;
    race.first = told_access(seen.race.first, seen.first, seen.names, places);
    race.second = told_access(seen.race.second, seen.second, seen.names, places);
    race.variable = variable_of(seen.race, seen.names, places);
    race.executions = seen.executions;
    race.failed = seen.failed;
    race.index = seen.index;
    race.tried = seen.tried;
    race.tried_order = order_tried(seen.to_try, seen.tried, places);
    // A line that reads and writes (`n++`) has more than one address.
    CodePlace low = race.first.place, high = race.second.place;
    if (low.is_known()) low.address = 0;
    if (high.is_known()) high.address = 0;
    if (high < low) std::swap(low, high);
    const auto [found, is_new] = by_lines.try_emplace({low, high}, race);
    if (is_new) continue;
    ToldRace& known = found->second;
    if (race.index < known.index) std::swap(known, race);
    add_tried(known, race);
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
