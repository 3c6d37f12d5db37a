#include "plan/plan.h"

#include <gmock/gmock.h>

#include <set>

#include "plan/stable_hash.h"

namespace jitterlab {
namespace {

Lab lab_with_two_scenarios() {
  Lab lab;
  lab.id = "producer-consumer";
  lab.version = 3;
  for (const char* name : {"one-each", "crowd"})
    lab.scenarios.push_back({.name = name, .executions = {.plain = 2, .jitter = 3}});
  return lab;
}

// "one-each plain 0"
std::vector<std::string> lines(const std::vector<Execution>& executions) {
  std::vector<std::string> result;
  for (const Execution& execution : executions)
    result.push_back(execution.scenario + " " + to_string(execution.strategy) + " " + std::to_string(execution.index));
  return result;
}

std::set<std::uint64_t> seeds(const std::vector<Execution>& executions) {
  std::set<std::uint64_t> result;
  for (const Execution& execution : executions) result.insert(execution.seed);
  return result;
}

TEST(StableHash, PublishedFnv1aValuesAreMet) {
  EXPECT_EQ(stable_hash(""), 0xcbf29ce484222325u);
  EXPECT_EQ(stable_hash("a"), 0xaf63dc4c8601ec8cu);
  EXPECT_EQ(stable_hash("foobar"), 0x85944171f73967e8u);
}

TEST(Plan, ScenariosComeInTheOrderOfTheFileAndPlainBeforeJitter) {
  EXPECT_THAT(lines(plan(lab_with_two_scenarios(), 1)),
              testing::ElementsAre("one-each plain 0", "one-each plain 1", "one-each jitter 0", "one-each jitter 1",
                                   "one-each jitter 2", "crowd plain 0", "crowd plain 1", "crowd jitter 0",
                                   "crowd jitter 1", "crowd jitter 2"));
}

TEST(Plan, OnlyScenarioGetsTheSameExecutionsAsInTheWholePlan) {
  const Lab lab = lab_with_two_scenarios();
  const auto all = plan(lab, 7);
  EXPECT_EQ(plan(lab, 7, "crowd"), std::vector<Execution>(all.begin() + 5, all.end()));
}

TEST(Plan, UnknownScenarioHasNoExecutions) { EXPECT_TRUE(plan(lab_with_two_scenarios(), 7, "croud").empty()); }

TEST(Plan, EverySeedDiffersAndDependsOnTheMasterSeed) {
  const Lab lab = lab_with_two_scenarios();
  auto both = seeds(plan(lab, 1));
  EXPECT_EQ(both.size(), 10u);
  both.merge(seeds(plan(lab, 2)));
  EXPECT_EQ(both.size(), 20u);
}

TEST(Plan, MoreExecutionsKeepTheSeedsOfTheFirst) {
  Lab lab = lab_with_two_scenarios();
  const auto few = plan(lab, 1, "crowd");
  lab.scenarios[1].executions.jitter = 5;
  const auto many = plan(lab, 1, "crowd");
  EXPECT_EQ(std::vector<Execution>(many.begin(), many.begin() + 5), few);
}

// Computed once outside the harness; a change means that every recorded seed tells another story.
TEST(Plan, SeedsAreTheSameForEver) {
  const auto executions = plan(lab_with_two_scenarios(), 1);
  EXPECT_EQ(executions[0].seed, 15773086997051124709u);
  EXPECT_EQ(executions[2].seed, 8393109716568591899u);
  EXPECT_EQ(executions[9].seed, 1441340649371837714u);
}

TEST(Plan, ControlledExecutionsOfAScenarioShareOneSeedThatIsTheirsAlone) {
  const Execution first = controlled_execution("crowd", 7);
  EXPECT_EQ(first, (Execution{"crowd", Strategy::kControlled, 0, first.seed}));
  EXPECT_EQ(controlled_execution("crowd", 7, 3), (Execution{"crowd", Strategy::kControlled, 3, first.seed}));
  EXPECT_NE(controlled_execution("crowd", 8).seed, first.seed);
  EXPECT_NE(controlled_execution("pair", 7).seed, first.seed);
  for (const Execution& other : plan(lab_with_two_scenarios(), 7)) EXPECT_NE(other.seed, first.seed);
}

TEST(DefaultSeed, DependsOnIdAndVersionOnly) {
  Lab lab = lab_with_two_scenarios();
  const std::uint64_t seed = default_seed(lab);
  EXPECT_EQ(seed, 12839336194760270396u);
  lab.title = "other";
  lab.text = "other";
  lab.scenarios.pop_back();
  EXPECT_EQ(default_seed(lab), seed);
  lab.version = 4;
  EXPECT_NE(default_seed(lab), seed);
  lab.version = 3;
  lab.id = "tcp-echo";
  EXPECT_NE(default_seed(lab), seed);
}

TEST(Strategy, WordsOfReports) {
  EXPECT_EQ(to_string(Strategy::kPlain), "plain");
  EXPECT_EQ(to_string(Strategy::kJitter), "jitter");
  EXPECT_EQ(to_string(Strategy::kControlled), "controlled");
}

}  // namespace
}  // namespace jitterlab
