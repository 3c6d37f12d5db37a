// Controlled executions in a real box: the same schedule gives the same execution, another one may show the bug.
#include <signal.h>

#include <set>

#include "controlled_fixture.h"

namespace jitterlab {
namespace {

using Controlled = ControlledTest;

constexpr char kBug[] = "    run: actor add\n";
constexpr char kCorrect[] = "    run: actor add locked\n";

TEST_F(Controlled, SameSeedGivesTheSameExecution) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    const std::string once = all_of(play(kBug, seed));
    EXPECT_EQ(all_of(play(kBug, seed)), once);
    EXPECT_NE(once.find("lost 0,"), std::string::npos) << once;
  }
}

TEST_F(Controlled, SomeSchedulesShowALostUpdateAndNoneInTheCorrectProgram) {
  int lost = 0;
  std::set<std::uint64_t> schedules;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Observation seen = play(kBug, seed);
    schedules.insert(schedule_hash(seen.controlled.value().trace));
    lost += out(seen) == "counter 1\n";
    EXPECT_EQ(out(play(kCorrect, seed)), "counter 2\n");
  }
  EXPECT_GT(lost, 0);
  EXPECT_LT(lost, 20);
  EXPECT_GT(schedules.size(), 5u);
}

TEST_F(Controlled, FoundScheduleIsFollowedByItsChoices) {
  std::uint64_t seed = 0;
  Observation found = play(kBug, seed);
  while (out(found) != "counter 1\n" && seed < 50) found = play(kBug, ++seed);
  const Schedule same{.kind = StrategyKind::kFollow, .prefix = choices_of(found.controlled->trace)};
  const Observation again = follow(kBug, same);
  EXPECT_EQ(all_of(again), all_of(found));
  EXPECT_EQ(again.controlled->differs_at, -1);
}

TEST_F(Controlled, ScheduleOfAnotherProgramTellsWhereItDiffers) {
  const Schedule impossible{.kind = StrategyKind::kFollow, .prefix = {{.count = 50, .picked = 49, .last = 0}}};
  EXPECT_GE(follow(kBug, impossible).controlled.value().differs_at, 0);
}

TEST_F(Controlled, RolesStartedTogetherDoTheSameInEveryRepetition) {
  constexpr char kTwo[] = R"(
    roles:
      a: { run: actor count a }
      b: { run: actor count b, instances: 2 }
)";
  const std::string once = all_of(play(kTwo, 5));
  for (int i = 0; i < 20; ++i) ASSERT_EQ(all_of(play(kTwo, 5)), once);
  EXPECT_NE(all_of(play(kTwo, 6)), once);
}

TEST_F(Controlled, DeadlockEndsAtOnceAndTellsWhoWaits) {
  const Observation seen = play("    run: actor block\n");
  EXPECT_TRUE(seen.came_to_rest);
  EXPECT_EQ(seen.limit, Limit::kNone);
  ASSERT_TRUE(seen.controlled.has_value());
  EXPECT_EQ(seen.controlled->lost, 0u);
  EXPECT_FALSE(seen.controlled->trace.is_cut);
  ASSERT_EQ(seen.controlled->waiting.size(), 3u);
  int semaphores = 0;
  for (const WaitingTask& task : seen.controlled->waiting) {
    EXPECT_EQ(task.instance, 0);
    semaphores += task.waits_for == WaitsFor::kSemaphores;
  }
  EXPECT_EQ(semaphores, 2);
}

TEST_F(Controlled, ServerThatWaitsIsStoppedAndEndsNormally) {
  const Observation seen = play(R"(
    roles:
      server: { run: actor serve, ends: stopped }
      client: { run: actor ask, start: queue 4711 exists }
)");
  EXPECT_EQ(out(seen), "got hello\nbye\n");
  EXPECT_TRUE(ending(seen, "server").exited_with(0)) << ending(seen, "server").words();
  EXPECT_TRUE(first(seen, "server").sent_sigterm);
  EXPECT_FALSE(seen.came_to_rest);
  EXPECT_EQ(left(seen), "");
  EXPECT_EQ(seen.controlled.value().lost, 0u);
}

TEST_F(Controlled, WhateverPrintsIsAStepAndOutputAndErrorAreTwoObjects) {
  const Observation seen = play("    run: actor say\n");
  EXPECT_EQ(out(seen), "name number print file\n");
  std::vector<std::uint64_t> sent;
  for (const TraceEvent& event : seen.controlled.value().trace.events) {
    if (event.kind == TraceEvent::Kind::kExecuted && event.operation.kind == StepKind::kSend)
      sent.push_back(event.operation.object);
  }
  ASSERT_EQ(sent.size(), 8u);
  EXPECT_EQ(std::set(sent.begin(), sent.begin() + 4), std::set({sent.front()}));
  EXPECT_EQ(std::set(sent.begin() + 4, sent.end()), std::set({sent.back()}));
  EXPECT_NE(sent.front(), sent.back());
}

TEST_F(Controlled, WhatIsStartedFedAndSignalledLaterIsTheSameInEveryRepetition) {
  constexpr char kLater[] = R"(
    roles:
      server: { run: actor serve, ends: stopped }
      clients: { run: actor ask, instances: 2, start: role server waits }
      echo: { run: actor echo, stdin: [first, { text: second, when: role clients ended }] }
      late: { run: actor count x, start: "role echo printed ^.second" }
    steps:
      - { when: role late ended, send: SIGTERM, to: server }
)";
  const std::string once = all_of(play(kLater, 3));
  EXPECT_NE(once.find("[first]\n"), std::string::npos) << once;
  EXPECT_NE(once.find("bye\n"), std::string::npos) << once;
  EXPECT_NE(once.find("lost 0,"), std::string::npos) << once;
  for (int i = 0; i < 10; ++i) ASSERT_EQ(all_of(play(kLater, 3)), once);
}

TEST_F(Controlled, ServerThatPollsIsStoppedAsOneThatWaits) {
  constexpr char kPolling[] = R"(
    roles:
      server: { run: actor polling-serve, ends: stopped }
      client: { run: actor ask, start: queue 4711 exists }
)";
  const Observation seen = play(kPolling);
  EXPECT_EQ(out(seen), "got hello\nbye\n");
  EXPECT_TRUE(ending(seen, "server").exited_with(0)) << ending(seen, "server").words();
  EXPECT_FALSE(seen.came_to_rest);
  EXPECT_EQ(seen.limit, Limit::kNone);
  const std::string once = all_of(seen);
  for (int i = 0; i < 5; ++i) ASSERT_EQ(all_of(play(kPolling)), once);
}

TEST_F(Controlled, ProgramThatPollsForItsInputFindsWhatComesLater) {
  constexpr char kLater[] = R"(
    roles:
      echo: { run: actor polling-echo, stdin: [first, { text: second, when: role late ended }] }
      late: { run: actor count x, start: "role echo printed ^.first" }
)";
  const Observation seen = play(kLater);
  EXPECT_NE(out(seen).find("[first]\n"), std::string::npos) << out(seen);
  EXPECT_NE(out(seen).find("[second]\n"), std::string::npos) << out(seen);
  EXPECT_TRUE(ending(seen, "echo").exited_with(0));
  EXPECT_FALSE(seen.came_to_rest);
}

TEST_F(Controlled, ProgramThatPollsForWhatNeverComesIsALivelock) {
  const Observation seen = play("    run: actor polling-serve\n");
  EXPECT_TRUE(seen.came_to_rest);
  EXPECT_TRUE(is_livelock(seen));
  EXPECT_GT(seen.controlled.value().trace.before_loops, 0u);
  EXPECT_LT(seen.controlled.value().trace.events.size(), 5000u);
}

TEST_F(Controlled, InputLongerThanAPipeIsReadToItsEnd) {
  std::string lines;
  for (int i = 0; i < 20'000; ++i) lines += "123456789 ";
  const Observation seen = play("    roles: { echo: { run: actor echo, stdin: \"" + lines + "\" } }\n");
  EXPECT_GT(out(seen).size(), lines.size());
  EXPECT_FALSE(seen.came_to_rest);
}

TEST_F(Controlled, ProgramOfTheLabRunsFreelyBeside) {
  const Observation seen = play(R"(
    roles:
      server: { run: actor serve, ends: stopped }
      driver: { run: "driver -c 'read x; echo driver $$x'", from: lab, stdin: [{ text: "on\n", when: role server waits }] }
      client: { run: actor ask, start: role driver printed on }
)");
  EXPECT_EQ(out(seen, "driver"), "driver on\n");
  EXPECT_EQ(out(seen, "server"), "got hello\nbye\n");
}

TEST_F(Controlled, EveryoneWaitsIncludesProgramsOfTheLab) {
  const Observation seen = play(R"(
    roles:
      waits: { run: actor pause }
      driver: { run: "driver -c 'mkfifo f; read x < f'", from: lab }
)");
  EXPECT_TRUE(seen.came_to_rest);
  EXPECT_EQ(seen.controlled.value().waiting.size(), 1u);
}

}  // namespace
}  // namespace jitterlab
