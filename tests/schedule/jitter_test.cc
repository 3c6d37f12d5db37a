#include "schedule/jitter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "schedule/mix.h"

namespace jitterlab {
namespace {

constexpr std::uint64_t kMicrosecond = 1'000;
constexpr std::uint64_t kMillisecond = 1'000'000;

// Delays of a task that reads and writes in turn, after its start.
std::vector<std::uint64_t> delays(std::uint64_t seed, std::uint64_t task, std::uint64_t steps) {
  std::vector<std::uint64_t> result{jitter_delay(seed, task, 0, StepKind::kStart)};
  for (std::uint64_t step = 1; step < steps; ++step) {
    result.push_back(jitter_delay(seed, task, step, step % 2 == 0 ? StepKind::kRead : StepKind::kLock));
  }
  return result;
}

std::uint64_t sum(const std::vector<std::uint64_t>& numbers) {
  std::uint64_t result = 0;
  for (std::uint64_t number : numbers) result += number;
  return result;
}

TEST(JitterDelay, SameSeedTaskAndStepGiveTheSameDelay) { EXPECT_EQ(delays(7, 1, 1000), delays(7, 1, 1000)); }

TEST(JitterDelay, SeedsAndTasksDelayInDifferentPlaces) {
  int different_by_seed = 0, different_by_task = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    different_by_seed += delays(seed, 1, 200) != delays(seed + 1, 1, 200);
    different_by_task += delays(seed, 1, 200) != delays(seed, 2, 200);
  }
  EXPECT_GT(different_by_seed, 90);
  EXPECT_GT(different_by_task, 80);
}

TEST(JitterDelay, MillionStepsAreDelayedByABoundedTime) {
  std::uint64_t most = 0, total = 0;
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    const std::uint64_t one = sum(delays(seed, mix(seed), 1'000'000));
    most = std::max(most, one);
    total += one;
  }
  EXPECT_LT(most, 80 * kMillisecond);
  EXPECT_LT(total / 12, 40 * kMillisecond);
}

TEST(JitterDelay, NoDelayIsLongerThanFiveMilliseconds) {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    for (std::uint64_t delay : delays(seed, 3, 300)) EXPECT_LE(delay, 5 * kMillisecond);
  }
}

TEST(JitterDelay, LateStepsAreDelayedToo) {
  int delayed_late = 0;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const std::vector<std::uint64_t> all = delays(seed, 3, 100'000);
    delayed_late += std::any_of(all.begin() + 50'000, all.end(), [](std::uint64_t delay) { return delay != 0; });
  }
  EXPECT_GT(delayed_late, 20);
}

TEST(JitterDelay, SomeExecutionsAreNotDelayedAtAll) {
  int undelayed = 0;
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    undelayed += sum(delays(seed, 1, 500)) + sum(delays(seed, 2, 500)) + sum(delays(seed, 3, 500)) == 0;
  }
  EXPECT_GT(undelayed, 20);
  EXPECT_LT(undelayed, 100);
}

// How many of 500 executions have a first hundred steps for which `is_such` holds.
template <typename Predicate>
int executions_with(Predicate is_such) {
  int count = 0;
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    std::vector<std::uint64_t> all = delays(seed, 1, 100);
    all.erase(all.begin());
    all.erase(std::remove(all.begin(), all.end(), 0u), all.end());
    count += !all.empty() && is_such(all);
  }
  return count;
}

TEST(JitterDelay, SomeExecutionsDelayFewPlacesLongAndOthersManyShort) {
  EXPECT_GT(executions_with([](const auto& all) {
              return all.size() <= 8 && *std::min_element(all.begin(), all.end()) >= kMillisecond;
            }),
            50);
  EXPECT_GT(executions_with([](const auto& all) {
              return all.size() >= 20 && *std::max_element(all.begin(), all.end()) <= 200 * kMicrosecond;
            }),
            50);
}

TEST(JitterDelay, SomeExecutionsStartATaskLate) {
  int late = 0;
  for (std::uint64_t seed = 0; seed < 500; ++seed) late += jitter_delay(seed, 1, 0, StepKind::kStart) > kMillisecond;
  EXPECT_GT(late, 20);
}

// In one execution, whether any of the first thousand steps of this kind is delayed.
bool delays_kind(std::uint64_t seed, std::uint64_t task, StepKind kind) {
  for (std::uint64_t step = 1; step < 1000; ++step) {
    if (jitter_delay(seed, task, step, kind) != 0) return true;
  }
  return false;
}

TEST(JitterDelay, SomeExecutionsDelayOnlyAccessesAndOthersOnlyCalls) {
  int only_accesses = 0, only_calls = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const bool accesses = delays_kind(seed, 1, StepKind::kWrite);
    const bool calls = delays_kind(seed, 1, StepKind::kLock);
    only_accesses += accesses && !calls;
    only_calls += calls && !accesses;
  }
  EXPECT_GT(only_accesses, 20);
  EXPECT_GT(only_calls, 20);
}

TEST(JitterDelay, SomeExecutionsDelayOneTaskAndNotTheOther) {
  int one_sided = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    one_sided += delays_kind(seed, 1, StepKind::kLock) != delays_kind(seed, 2, StepKind::kLock);
  }
  EXPECT_GT(one_sided, 20);
}

}  // namespace
}  // namespace jitterlab
