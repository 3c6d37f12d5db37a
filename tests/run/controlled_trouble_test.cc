// Controlled executions in which something goes wrong.
#include <signal.h>

#include "controlled_fixture.h"
#include "os/error.h"

namespace jitterlab {
namespace {

using ControlledTrouble = ControlledTest;

TEST_F(ControlledTrouble, EndlessProgramIsStoppedByItsSteps) {
  const Observation seen = play("    run: actor turn\n");
  EXPECT_EQ(seen.limit, Limit::kSteps);
  ASSERT_TRUE(seen.controlled.has_value());
  EXPECT_TRUE(seen.controlled->stopped_by_steps);
  EXPECT_TRUE(seen.controlled->trace.is_cut);
  EXPECT_GE(seen.controlled->trace.events.size(), std::size_t{kMostSteps});
}

TEST_F(ControlledTrouble, ProgramThatCannotBeStartedHoldsUpNobody) {
  programs_.instrumented["shell"] = "/mnt/no-such-program";
  const Observation seen = play(R"(
    roles:
      a: { run: actor count a }
      missing: { run: shell }
      b: { run: actor count b }
)");
  EXPECT_EQ(ending(seen, "missing").kind(), Ending::Kind::kNotStarted);
  EXPECT_TRUE(ending(seen, "a").exited_with(0));
  EXPECT_TRUE(ending(seen, "b").exited_with(0));
  EXPECT_EQ(seen.controlled.value().lost, 0u);
}

TEST_F(ControlledTrouble, ScribblingOverTheAgentsMemoryIsInterference) {
  for (const char* how : {"scribble 0", "scribble 1", "scribble 255", "shorten"}) {
    const Observation seen = play(std::string("    run: actor ") + how + "\n    limits: { seconds: 5 }\n");
    EXPECT_NE(seen.interference, "") << how;
    EXPECT_FALSE(seen.controlled.has_value()) << how;
  }
  EXPECT_EQ(out(play("    run: actor add locked\n")), "counter 2\n");  // the box is as new
}

TEST_F(ControlledTrouble, CrashOfOneDoesNotHoldUpTheOthers) {
  const Observation seen = play(R"(
    roles:
      crashes: { run: "shell -c 'kill -SEGV $$$$'" }
      a: { run: actor count a }
)");
  EXPECT_TRUE(ending(seen, "crashes").killed_by(SIGSEGV)) << ending(seen, "crashes").words();
  EXPECT_TRUE(ending(seen, "a").exited_with(0));
  EXPECT_FALSE(seen.came_to_rest);
}

TEST_F(ControlledTrouble, ScheduleThatTheAgentCannotHoldIsAnError) {
  Schedule schedule{.kind = StrategyKind::kReplay};
  schedule.switches.resize(Replay::kMaxSwitches + 1);
  EXPECT_THROW(follow("    run: actor add\n", schedule), Error);
}

}  // namespace
}  // namespace jitterlab
