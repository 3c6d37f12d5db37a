#include "analysis/found_book.h"

#include <algorithm>
#include <set>

#include "analysis/busy_waiting.h"
#include "analysis/task_names.h"
#include "schedule/place.h"

namespace jitterlab {
namespace {

// The same for what is the same in another execution, where programs may have other numbers.
std::string key_of(const Found& found, const ControlledEnd& end) {
  std::string key = found.kind + '\0' + found.what;
  for (const FoundStep& step : found.steps) {
    if (step.is_example) continue;
    const auto number = static_cast<std::size_t>(program_of_place(step.operation.place));
    key += '\0' + (number < end.programs.size() ? end.programs[number].path : "") + '\0' +
           std::to_string(address_of_place(step.operation.place)) + step.does;
  }
  return key;
}

// A loop in a header of the C++ library (std::stop_token has two) is none of the student's.
bool is_in_library(const ToldFound& found) {
  return found.what == kReadingLoop && found.steps[0].place.file.starts_with("/");
}

}  // namespace

void FoundBook::add(const Observation& observation, const std::vector<Found>& all) {
  if (!observation.controlled || all.empty()) return;
  const ControlledEnd& end = *observation.controlled;
  const TaskNames names(observation);
  std::set<std::string> counted;
  for (const Found& found : all) {
    const std::string key = key_of(found, end);
    if (!counted.insert(key).second || (seen_.size() >= kMost && seen_.count(key) == 0)) continue;
    const auto [entry, is_new] = seen_.try_emplace(key);
    Seen& seen = entry->second;
    ++seen.executions;
    if (!is_new) continue;
    seen.found = found;
    for (const FoundStep& step : found.steps) seen.tasks.push_back(names.of(step.task));
    seen.names.programs = end.programs;
    seen.names.objects = end.objects;
    seen.index = static_cast<std::uint64_t>(observation.execution.index);
  }
}

void FoundBook::ask(PlaceQuestions& questions) const {
  for (const auto& [key, seen] : seen_) {
    for (const FoundStep& step : seen.found.steps) questions.add(seen.names, step.operation);
  }
}

std::vector<ToldFound> FoundBook::told(const Places& places) const {
  std::vector<ToldFound> all;
  std::map<std::string, std::size_t> known;  // one line of the source may have more than one address
  for (const auto& [key, seen] : seen_) {
    ToldFound told{seen.found.kind, seen.found.what, {}, seen.executions, seen.index};
    std::string lines = told.kind == kLeak ? key : told.kind + '\0' + told.what;
    for (std::size_t i = 0; i < seen.found.steps.size(); ++i) {
      const FoundStep& step = seen.found.steps[i];
      const CodePlace place = places.code(seen.names, step.operation.place);
      if (!step.is_example) lines += '\0' + place.words() + step.does;
      const std::string what = step.names_data ? " " + places.data(seen.names, step.operation) : "";
      told.steps.push_back({seen.tasks[i], step.does + what, place, places.source_line(place)});
    }
    if (is_in_library(told)) continue;
    const auto [entry, is_new] = known.try_emplace(lines, all.size());
    if (is_new) {
      all.push_back(std::move(told));
      continue;
    }
    ToldFound& before = all[entry->second];
    const std::uint64_t executions = std::max(before.executions, told.executions);
    if (told.index < before.index) before = std::move(told);
    before.executions = executions;
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const ToldFound& a, const ToldFound& b) { return a.executions > b.executions; });
  return all;
}

}  // namespace jitterlab
