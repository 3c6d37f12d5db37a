// Many executions over several boxes. Where a test must know how often a program really ran, the box is a trusting one
// whose programs write into a folder of the test.
#include "run/lanes.h"

#include <algorithm>

#include "os/error.h"
#include "os/fd.h"
#include "scenario_fixture.h"

namespace jitterlab {
namespace {

class LanesTest : public ScenarioTest {
 protected:
  std::vector<Execution> executions(int count, const std::string& scenario = "played") {
    std::vector<Execution> all;
    for (int i = 0; i < count; ++i) all.push_back({scenario, Strategy::kPlain, i, static_cast<std::uint64_t>(i)});
    return all;
  }

  void run(const std::string& scenario, int lanes, const std::vector<Execution>& executions) {
    const Lab lab = lab_with("  played:\n" + scenario);
    run_executions(lab, {lanes, setup_, programs_}, executions, stop_, takers(), time_outs_);
  }

  Takers takers() {
    return {[this](const Observation& observation) {
              order_.push_back(observation.execution.index);
              seen_.push_back(observation);
              if (stop_after_first_) stop_ = true;
            },
            [this](const Execution& execution, const std::string& why) {
              order_.push_back(execution.index);
              left_out_.push_back(why);
            }};
  }

  void expect_in_order(int count) const {
    ASSERT_EQ(order_.size(), static_cast<std::size_t>(count));
    EXPECT_TRUE(std::is_sorted(order_.begin(), order_.end()));
  }

  // How many times a script that appends a line to this file was run.
  std::string counter() const { return folder_.path() + "/runs"; }
  std::ptrdiff_t runs() const {
    const std::string text = read_file(counter());
    return std::count(text.begin(), text.end(), '\n');
  }

  BoxSetup setup_ = setup();
  std::atomic<bool> stop_ = false;
  TimeOuts time_outs_;
  bool stop_after_first_ = false;
  std::vector<int> order_;
  std::vector<Observation> seen_;
  std::vector<std::string> left_out_;
};

TEST_F(LanesTest, ObservationsComeInTheOrderOfTheExecutions) {
  // The first ones take longest.
  run("    run: \"shell -c 'sleep 0.$n; echo $n'\"\n", 3, executions(12));
  expect_in_order(12);
  for (const Observation& observation : seen_) EXPECT_EQ(out(observation), observation.parameters.at("n")[0] + "\n");
}

TEST_F(LanesTest, NothingToDoIsDone) {
  run("    run: actor\n", 3, {});
  EXPECT_TRUE(order_.empty());
}

TEST_F(LanesTest, ExecutionThatExceedsItsTimeIsRunAgainAndOnlyThatCounts) {
  setup_.trust = true;
  run("    run: \"shell -c 'if mkdir " + folder_.path() + "/once; then sleep 1000; fi; echo second'\"\n" +
          "    limits: { seconds: 3 }\n",
      1, executions(1));
  ASSERT_EQ(seen_.size(), 1u);
  EXPECT_EQ(seen_[0].limit, Limit::kNone);
  EXPECT_EQ(out(seen_[0]), "second\n");
}

TEST_F(LanesTest, ScenarioThatTimedOutTwiceIsNotRunAgain) {
  setup_.trust = true;
  run("    run: \"shell -c 'echo x >> " + counter() + "; sleep 1000'\"\n    limits: { seconds: 2 }\n", 1,
      executions(4));
  expect_in_order(4);
  for (const Observation& observation : seen_) EXPECT_EQ(observation.limit, Limit::kWall);
  EXPECT_EQ(runs(), 2 + 2 + 1 + 1);
}

TEST_F(LanesTest, ScenarioThatTimedOutTwiceInAnEarlierCallIsNotRunAgain) {
  setup_.trust = true;
  time_outs_["played"] = 2;
  run("    run: \"shell -c 'echo x >> " + counter() + "; sleep 1000'\"\n    limits: { seconds: 2 }\n", 1,
      executions(2));
  EXPECT_EQ(runs(), 1 + 1);
}

TEST_F(LanesTest, OutputBeyondItsLimitIsNotRunAgain) {
  setup_.trust = true;
  run("    run: \"shell -c 'echo x >> " + counter() + "; yes'\"\n    limits: { output: 2K }\n", 1, executions(2));
  EXPECT_EQ(runs(), 2);
}

TEST_F(LanesTest, StopBeforeTheStartLeavesOutAll) {
  stop_ = true;
  run("    run: actor\n", 2, executions(20));
  expect_in_order(20);
  EXPECT_EQ(left_out_, std::vector<std::string>(20, "stopped before this execution began"));
}

TEST_F(LanesTest, StopLeavesOutTheRest) {
  stop_after_first_ = true;
  run("    run: \"shell -c 'sleep 0.1'\"\n", 2, executions(100));
  expect_in_order(100);
  EXPECT_GT(left_out_.size(), 0u);
  EXPECT_EQ(seen_.size() + left_out_.size(), 100u);
}

TEST_F(LanesTest, ErrorInALaneReachesTheCaller) {
  std::vector<Execution> all = executions(20);
  all[7].scenario = "unknown";
  EXPECT_THROW(run("    run: \"shell -c 'exit 0'\"\n", 3, all), Error);
  EXPECT_LE(seen_.size(), 7u);
  EXPECT_TRUE(left_out_.empty());
}

TEST_F(LanesTest, BoxThatCannotBeMadeReachesTheCaller) {
  setup_.mounts.push_back({folder_.path() + "/missing", "missing"});
  EXPECT_THROW(run("    run: actor\n", 2, executions(4)), Error);
  EXPECT_TRUE(order_.empty());
}

TEST_F(LanesTest, ErrorOfTheTakerEndsAllLanes) {
  const Lab lab = lab_with("  played: { run: \"shell -c 'exit 0'\" }\n");
  Takers throwing = takers();
  throwing.seen = [](const Observation&) { throw Error("the disk is full"); };
  EXPECT_THROW(run_executions(lab, {2, setup_, programs_}, executions(1000), stop_, throwing, time_outs_), Error);
}

}  // namespace
}  // namespace jitterlab
