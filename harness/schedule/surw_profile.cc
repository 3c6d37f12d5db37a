#include "schedule/surw_profile.h"

#include <algorithm>
#include <utility>

#include "schedule/mix.h"

namespace jitterlab {
namespace {

constexpr std::uint64_t kGranule = 8;  // bytes of memory that count as one object
enum Draw : std::uint64_t { kObjectDraw = 31 };

void keep_smaller(std::map<TaskId, std::uint32_t>& kept, const std::map<TaskId, std::uint32_t>& counts) {
  for (const auto& [task, count] : counts) {
    const auto [known, is_new] = kept.try_emplace(task, count);
    if (!is_new) known->second = std::min(known->second, count);
  }
}

std::uint64_t sum_of(const std::map<TaskId, std::uint32_t>& counts) {
  std::uint64_t sum = 0;
  for (const auto& [task, count] : counts) sum += count;
  return sum;
}

}  // namespace

SurwProfile::Part SurwProfile::part_of(const Operation& operation) {
  switch (operation.kind) {
    case StepKind::kRead:
    case StepKind::kWrite:
    case StepKind::kAtomic:
      return {operation.object, operation.offset / kGranule * kGranule, kGranule};
    default:
      return {operation.object, operation.offset, operation.size};
  }
}

void SurwProfile::task_created(TaskId parent, TaskId child) { current_created_.emplace_back(parent, child); }

void SurwProfile::executed(TaskId task, const Operation& operation) {
  ++current_all_[task];
  if (operation.object == 0) return;
  if (operation.kind == StepKind::kSignal) {
    ++current_signals_[operation.object][task];
    return;
  }
  Touched& touched = current_parts_[part_of(operation)];
  ++touched.counts[task];
  touched.is_written |= operation.is_write;
}

void SurwProfile::end_execution() {
  for (const auto& [part, touched] : current_parts_) {
    keep_smaller(parts_[part].counts, touched.counts);
    parts_[part].is_written |= touched.is_written;
  }
  for (const auto& [target, counts] : current_signals_) keep_smaller(signals_[target], counts);
  keep_smaller(all_, current_all_);
  // A task is created by the same parent in every execution: the id is made from the parent's.
  for (const auto& one : current_created_) {
    if (std::find(created_.begin(), created_.end(), one) == created_.end()) created_.push_back(one);
  }
  current_parts_.clear();
  current_signals_.clear();
  current_all_.clear();
  current_created_.clear();
}

Hints SurwProfile::weigh(const Counts& counts) const {
  Counts weights = counts;
  for (auto one = created_.rbegin(); one != created_.rend(); ++one) {
    if (one->first != 0) weights[one->first] += weights[one->second];
  }
  Hints hints;
  for (const auto& [task, weight] : weights) {
    if (weight == 0 || hints.weight_count == kMaxTasks) continue;
    hints.weights[hints.weight_count++] = {task, weight};
  }
  return hints;
}

Hints SurwProfile::basic_hints() const { return weigh(all_); }

std::vector<SurwProfile::Candidate> SurwProfile::candidates() const {
  std::vector<Candidate> list;
  for (const auto& [part, touched] : parts_) {
    if (!touched.is_written) continue;
    const std::uint64_t touches = sum_of(touched.counts);
    if (touched.counts.size() > 1) list.push_back({part, 0, touches});
    for (const auto& [target, signals] : signals_) {
      if (touched.counts.count(target) != 0) list.push_back({part, target, touches + sum_of(signals)});
    }
  }
  return list;
}

Hints SurwProfile::hints(std::uint64_t seed) const {
  const std::vector<Candidate> all = candidates();
  if (all.empty()) return basic_hints();
  std::uint64_t sum = 0;
  for (const Candidate& one : all) sum += one.operations;
  std::uint64_t drawn = mix(seed, kObjectDraw) % sum;
  auto chosen = all.begin();
  while (drawn >= chosen->operations) drawn -= (chosen++)->operations;
  Counts counts = parts_.at(chosen->part).counts;
  if (chosen->signalled != 0) {
    for (const auto& [task, count] : signals_.at(chosen->signalled)) counts[task] += count;
  }
  Hints hints = weigh(counts);
  std::tie(hints.object, hints.offset, hints.size) = chosen->part;
  hints.signalled = chosen->signalled;
  return hints;
}

}  // namespace jitterlab
