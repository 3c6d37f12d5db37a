// Two-sided: bugs that plain runs hardly ever show are found within 200 executions for each of 10 seeds; the same
// programs without the bug never fail.
#include <gtest/gtest.h>

#include <iostream>

#include "agent/agent_bench.h"
#include "schedule/mix.h"

namespace jitterlab {
namespace {

constexpr int kPlainRuns = 1000;
constexpr int kSeeds = 10;
constexpr int kMostExecutions = 200;
constexpr int kCorrectExecutions = 500;

// What went wrong in a run; empty: nothing.
std::string failure(const BenchRun& run) {
  if (run.at_rest) return "at rest";
  return run.ending.exited_with(0) ? "" : run.ending.words() + " " + run.out;
}

class Exposure : public testing::TestWithParam<const char*> {
 protected:
  std::string failure_under_jitter(const std::string& program, std::uint64_t seed) {
    bench_.reset(seed);
    return failure(bench_.run(program));
  }

  // The number of the first failing execution, from 1; 0: none.
  int executions_until_failure(std::uint64_t seed) {
    for (int execution = 1; execution <= kMostExecutions; ++execution) {
      if (!failure_under_jitter(GetParam(), mix(seed, execution)).empty()) return execution;
    }
    return 0;
  }

  AgentBench bench_;
};

TEST_P(Exposure, BugIsFoundWithinTwoHundredExecutionsForEachSeed) {
  int plain_failures = 0;
  const std::string plain = std::string(GetParam()) + ".plain";
  for (int run = 0; run < kPlainRuns; ++run)
    plain_failures += !failure(bench_.run(plain, {}, plain_environment())).empty();
  std::cout << GetParam() << ": " << plain_failures << " of " << kPlainRuns
            << " plain runs failed; under jitter execution";
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const int found = executions_until_failure(seed);
    std::cout << " " << found << std::flush;
    EXPECT_GT(found, 0) << "seed " << seed;
  }
  std::cout << " was the first to fail (seeds 1 to " << kSeeds << ")\n";
}

TEST_P(Exposure, CorrectTwinNeverFails) {
  const std::string correct = std::string(GetParam()) + ".correct";
  for (int execution = 1; execution <= kCorrectExecutions; ++execution) {
    ASSERT_EQ(failure_under_jitter(correct, mix(99, execution)), "") << "execution " << execution;
  }
}

INSTANTIATE_TEST_SUITE_P(Bugs, Exposure,
                         testing::Values("lost_update", "flag_before_data", "check_then_act", "two_locks"),
                         [](const auto& bug) { return std::string(bug.param); });

}  // namespace
}  // namespace jitterlab
