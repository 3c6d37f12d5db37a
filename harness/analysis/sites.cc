#include "analysis/sites.h"

#include "schedule/callers.h"

namespace jitterlab {
namespace {

std::vector<std::uint64_t> chain_of(const Operation& operation, std::uint64_t callers) {
  std::vector<std::uint64_t> chain = {operation.place};
  if (const std::uint64_t caller = caller_of(operation.place, callers); caller != 0) {
    chain.push_back(caller);
    if (const std::uint64_t next = second_caller_of(operation.place, callers); next != 0) chain.push_back(next);
  }
  return chain;
}

// In a header of the system; files of the submission have no such path.
bool is_of_library(const SourceLine& line) { return line.file.starts_with("/"); }

}  // namespace

std::string words_of(const SourceLine& line) {
  if (!line.is_known()) return "an unknown place";
  const std::string place = line.file + ":" + std::to_string(line.line);
  return line.function.empty() ? place : place + " (" + line.function + ")";
}

void Sites::add(const Trace& trace) {
  for (const TraceEvent& event : trace.events) {
    if (event.kind == TraceEvent::Kind::kExecuted) add(event.task, event.operation, event.parent);
  }
}

void Sites::add(const std::vector<WaitingTask>& waiting) {
  for (const WaitingTask& task : waiting) add(task.id, task.operation, task.callers);
}

void Sites::add(TaskId task, const Operation& operation, std::uint64_t callers) {
  if (operation.place == 0) return;
  const Chain chain = chain_of(operation, callers);
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const std::string& function = function_of(chain[i]);
    places_in_[function].insert(chain[i]);
    places_of_task_in_[{task, function}].insert(chain[i]);
    if (i + 1 < chain.size()) callers_of_[function].insert(chain[i + 1]);
  }
}

SourceLine Sites::of(const TraceEvent& event) const { return of(event.task, event.operation, event.parent); }

SourceLine Sites::of(const WaitingTask& task) const { return of(task.id, task.operation, task.callers); }

SourceLine Sites::of(TaskId task, const Operation& operation, std::uint64_t callers) const {
  if (operation.place == 0) return {};
  const Chain chain = chain_of(operation, callers);
  const bool is_access = operation.kind <= StepKind::kAtomic && operation.call == Call::kNone;
  const auto count = [](const auto& map, const auto& key) {
    const auto found = map.find(key);
    return found == map.end() ? std::size_t{0} : found->second.size();
  };
  for (const std::uint64_t place : chain) function_of(place);
  std::size_t level = 0;
  while (level + 1 < chain.size() && is_of_library(lines_[chain[level]])) ++level;
  if (is_of_library(lines_[chain[level]])) level = 0;
  while (!is_access && level + 1 < chain.size()) {
    const std::string& function = function_of(chain[level]);
    const std::string& caller = function_of(chain[level + 1]);
    if (caller.empty() || is_of_library(lines_[chain[level + 1]]) || count(places_in_, function) > 1) break;
    if (count(callers_of_, function) < 2 && count(places_of_task_in_, std::pair(task, caller)) < 2) break;
    ++level;
  }
  while (level > 0 && !lines_[chain[level]].is_known()) --level;
  return lines_[chain[level]];
}

const std::string& Sites::function_of(std::uint64_t place) const {
  const auto known = lines_.find(place);
  if (known != lines_.end()) return known->second.function;
  return (lines_[place] = names_.line_of ? names_.line_of(place) : SourceLine{}).function;
}

}  // namespace jitterlab
