// What ends an execution that does not end by itself.
#include "scenario_fixture.h"

namespace jitterlab {
namespace {

using LimitOf = ScenarioTest;

TEST_F(LimitOf, WallTimeEndsTheExecution) {
  const Observation seen = play("    run: \"shell -c 'sleep 1000'\"\n    limits: { seconds: 0.5 }\n");
  EXPECT_EQ(seen.limit, Limit::kWall);
  EXPECT_TRUE(first(seen, "shell").alive_at_end);
  EXPECT_EQ(ending(seen, "shell").kind(), Ending::Kind::kRunning);
  EXPECT_FALSE(seen.came_to_rest);
}

TEST_F(LimitOf, WallTimeIsNotPutOffByAFloodOfOutput) {
  const Observation seen =
      play("    run: \"shell -c yes\"\n    limits: { seconds: 0.5, output: 1G, cpu-seconds: 60 }\n");
  EXPECT_EQ(seen.limit, Limit::kWall);
  EXPECT_FALSE(seen.output_cut);
}

TEST_F(LimitOf, MemoryOfAllProcessesTogetherIsBounded) {
  const Observation seen = play("    run: actor memory\n    limits: { seconds: 60, memory: 64M }\n");
  EXPECT_EQ(seen.limit, Limit::kMemory);
  EXPECT_TRUE(first(seen, "actor").alive_at_end);
}

TEST_F(LimitOf, OutputIsCutAndSaidToBe) {
  const Observation seen = play("    run: \"shell -c yes\"\n    limits: { seconds: 60, output: 2K }\n");
  EXPECT_EQ(seen.limit, Limit::kOutput);
  EXPECT_TRUE(seen.output_cut);
  EXPECT_EQ(out(seen).size(), 2048u);
}

TEST_F(LimitOf, OutputThatIsCutOnTheWayToTheEndIsSaidToBe) {
  const Observation seen =
      play("    run: \"shell -c 'yes | head -c 3000; (yes | head -c 100000) &'\"\n    limits: { output: 2K }\n");
  EXPECT_EQ(seen.limit, Limit::kOutput);
  EXPECT_TRUE(seen.output_cut);
}

TEST_F(LimitOf, AfterALimitTheNextExecutionIsAsAnyOther) {
  play("    run: \"shell -c yes\"\n    limits: { output: 2K }\n");
  const Observation seen = play("    run: \"shell -c 'ls -A; echo fine'\"\n");
  EXPECT_EQ(out(seen), "fine\n");
  EXPECT_EQ(seen.limit, Limit::kNone);
  EXPECT_EQ(left(seen), "");
}

}  // namespace
}  // namespace jitterlab
