#include "benchmark/comparison.h"

#include <algorithm>
#include <chrono>
#include <vector>

namespace jitterlab {
namespace {

double seconds_of(const Subject& subject) {
  if (subject.prepare) subject.prepare();
  const auto begin = std::chrono::steady_clock::now();
  subject.work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

Comparison compare(const Subject& ours, const Subject& theirs, const Turns& turns) {
  seconds_of(ours);
  seconds_of(theirs);
  std::vector<double> all_ours, all_theirs, ratios;
  for (int round = 0; round < turns.rounds; ++round) {
    std::vector<double> round_ours, round_theirs;
    for (int turn = 0; turn < turns.per_round; ++turn) {
      round_ours.push_back(seconds_of(ours));
      round_theirs.push_back(seconds_of(theirs));
    }
    ratios.push_back(median(round_ours) / median(round_theirs));
    all_ours.insert(all_ours.end(), round_ours.begin(), round_ours.end());
    all_theirs.insert(all_theirs.end(), round_theirs.begin(), round_theirs.end());
  }
  return {median(all_ours), median(all_theirs), median(ratios)};
}

}  // namespace jitterlab
