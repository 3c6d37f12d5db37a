// Tasks have the same identity in every execution, whatever way they come into being.
#include <gtest/gtest.h>

#include <set>

#include "agent/agent_bench.h"

namespace jitterlab {
namespace {

using StepsOfTasks = std::map<std::uint64_t, std::uint64_t>;

std::set<std::uint64_t> ids(const StepsOfTasks& tasks) {
  std::set<std::uint64_t> result;
  for (const auto& [id, steps] : tasks) result.insert(id);
  return result;
}

class Identity : public testing::Test {
 protected:
  StepsOfTasks tasks_of(const std::string& program, const std::vector<std::string>& arguments = {}, int root = 0,
                        std::uint64_t seed = 5) {
    bench_.reset(seed);
    const BenchRun run = bench_.run(program, arguments, bench_.environment(root));
    EXPECT_TRUE(run.ending.exited_with(0)) << run.ending.words() << "\n" << run.out;
    EXPECT_EQ(bench_.area().damaged, 0u);
    return bench_.steps_of_tasks();
  }

  AgentBench bench_;
};

TEST_F(Identity, ForkedTreeHasTheSameTasksWithTheSameStepsInEveryExecution) {
  const auto first = tasks_of("fork_tree");
  EXPECT_EQ(first.size(), 7u);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(tasks_of("fork_tree"), first);
}

TEST_F(Identity, ChildOfARawSystemCallIsNoDamageAndBecomesATask) {
  // tasks_of() expects exit 0 and no damage. The first child shares its parent's task, which goes on after it.
  EXPECT_GE(tasks_of("raw_clone").size(), 3u);
}

TEST_F(Identity, SeedDoesNotChangeWhoTheTasksAre) {
  EXPECT_EQ(tasks_of("fork_tree", {}, 0, 1), tasks_of("fork_tree", {}, 0, 2));
}

TEST_F(Identity, RootsWithDifferentNumbersHaveNoTaskInCommon) {
  auto first = tasks_of("fork_tree", {}, 1);
  first.merge(tasks_of("fork_tree", {}, 2));
  EXPECT_EQ(first.size(), 14u);
  EXPECT_EQ(bench_.area().roots, 0u);
}

TEST_F(Identity, RootWithoutNumberIsCounted) {
  for (const char* number : {"", "x", "1000", "-1"}) {
    bench_.reset(1);
    std::vector<std::string> environment = bench_.environment();
    environment.back() = std::string(kRootVariable) + "=" + number;
    EXPECT_TRUE(bench_.run("exec_chain", {"0"}, environment).ending.exited_with(0));
    EXPECT_EQ(bench_.area().roots, 1u) << number;
  }
}

TEST_F(Identity, SecondRootWithTheSameNumberIsAnotherTask) {
  const auto first = tasks_of("exec_chain", {"0"});
  bench_.run("exec_chain", {"0"});
  EXPECT_EQ(bench_.area().roots, 1u);
  EXPECT_EQ(bench_.steps_of_tasks().size(), 2u);
}

TEST_F(Identity, ExecKeepsTheTaskAndGoesOnCounting) {
  const auto once = tasks_of("exec_chain", {"0"});
  const auto eight_times = tasks_of("exec_chain", {"7"});
  ASSERT_EQ(once.size(), 1u);
  ASSERT_EQ(eight_times.size(), 1u);
  EXPECT_EQ(once.begin()->first, eight_times.begin()->first);
  EXPECT_GE(eight_times.begin()->second, once.begin()->second + 7);
  EXPECT_EQ(bench_.area().roots, 0u);
}

TEST_F(Identity, VforkSpawnSystemAndPopenGiveTheSameTasksInEveryExecution) {
  const auto first = tasks_of("spawn_ways");
  EXPECT_GE(first.size(), 5u);
  EXPECT_EQ(bench_.area().roots, 0u);
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(ids(tasks_of("spawn_ways")), ids(first));
    EXPECT_EQ(bench_.area().roots, 0u);
  }
}

TEST_F(Identity, ThreadsAreTasks) {
  const auto first = tasks_of("check_then_act.correct");
  EXPECT_EQ(first.size(), 3u);
  // How many steps each takes depends on which comes first.
  EXPECT_EQ(ids(tasks_of("check_then_act.correct")), ids(first));
}

}  // namespace
}  // namespace jitterlab
