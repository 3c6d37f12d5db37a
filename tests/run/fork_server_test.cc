// Programs that are copied from one that waits: all that happens is as if each had been started by exec, and whoever
// attacks those that wait gains nothing by it.
#include <signal.h>

#include "controlled_fixture.h"

namespace jitterlab {
namespace {

class ForkServer : public ControlledTest {
 protected:
  ForkServer() { programs_.instrumented["shell"] = "/mnt/itself"; }

  BoxSetup setup() const override {
    BoxSetup setup = ControlledTest::setup();
    setup.mounts.push_back({ITSELF, "itself"});
    return setup;
  }

  Observation by(StartBy start, const std::string& scenario, std::uint64_t seed = 1) {
    return follow(scenario, {.seed = seed}, start);
  }

  // The first that may be a copy is started by exec, since nothing waits yet.
  Observation by_copy(const std::string& scenario, std::uint64_t seed = 1) {
    by(StartBy::kFork, scenario, seed);
    return by(StartBy::kFork, scenario, seed);
  }

  static std::string events_of(const Observation& seen) {
    std::string words;
    for (const TraceEvent& event : seen.controlled.value().trace.events) {
      const Operation& done = event.operation;
      for (const std::uint64_t part : {event.task, static_cast<std::uint64_t>(event.kind), event.value, done.object,
                                       done.offset, done.place, static_cast<std::uint64_t>(done.kind)})
        words += std::to_string(part) + " ";
      words += "\n";
    }
    return words;
  }
};

constexpr char kThree[] = R"(
    roles:
      a: { run: actor count a }
      b: { run: actor count b, instances: 2 }
)";
constexpr char kBlocked[] = "    run: actor block\n";
constexpr char kServed[] = R"(
    roles:
      server: { run: actor serve, ends: stopped }
      client: { run: actor ask, start: queue 4711 exists }
      echo: { run: actor echo, stdin: [first, { text: second, when: role client ended }] }
)";
// In a list of the processes, those that wait have numbers of their own.
constexpr char kListed[] = R"(
    roles:
      one: { run: actor add }
      driver: { run: "driver -c 'cd /proc; echo 320*'", from: lab }
)";

TEST_F(ForkServer, SameScheduleGivesTheSameExecutionByExecAndByCopying) {
  for (const char* scenario : {"    run: actor add\n", kThree, kBlocked, kServed}) {
    for (const std::uint64_t seed : {1, 2, 3}) {
      const Observation exec = by(StartBy::kExec, scenario, seed), copy = by_copy(scenario, seed);
      EXPECT_EQ(all_of(copy), all_of(exec)) << scenario;
      EXPECT_EQ(events_of(copy), events_of(exec)) << scenario;
      EXPECT_EQ(left(copy), left(exec)) << scenario;
    }
  }
}

TEST_F(ForkServer, ProcessSeesNothingOfBeingACopy) {
  constexpr char kLook[] = "    run: shell look\n";
  const std::string seen = out(by(StartBy::kExec, kLook));
  EXPECT_NE(seen, "");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(out(by(StartBy::kFork, kLook)), seen);
}

TEST_F(ForkServer, ProgramsWaitOnlyForExecutionsThatMayCopyThem) {
  EXPECT_EQ(out(by(StartBy::kFork, kListed), "driver"), "320*\n");
  EXPECT_EQ(out(by(StartBy::kFork, kListed), "driver"), "32001\n");
  EXPECT_EQ(out(by(StartBy::kFork, kListed), "driver"), "32001\n");
  EXPECT_EQ(out(by(StartBy::kExec, kListed), "driver"), "320*\n");
  EXPECT_EQ(out(by(StartBy::kFork, kListed), "driver"), "32001\n");
  EXPECT_EQ(out(ScenarioTest::play(kListed), "driver"), "320*\n");
}

TEST_F(ForkServer, WaitingProgramsOutliveExecutionsInWhichSomebodyIsLeftBehind) {
  by_copy(kListed);
  for (int i = 0; i < 3; ++i) {
    const Observation seen = by(StartBy::kFork, kBlocked);
    EXPECT_TRUE(seen.came_to_rest);
    EXPECT_EQ(seen.controlled.value().waiting.size(), 3u);
  }
  EXPECT_EQ(out(by(StartBy::kFork, kListed), "driver"), "32001 32002\n");
}

TEST_F(ForkServer, WhoeverKillsThemAllHurtsNoLaterExecution) {
  const std::string honest = all_of(by(StartBy::kExec, kThree));
  for (const int signal : {SIGTERM, SIGSTOP, SIGKILL}) {
    const std::string scenario = "    run: shell kill " + std::to_string(signal) + "\n";
    for (int i = 0; i < 4; ++i) {
      EXPECT_TRUE(by(StartBy::kFork, scenario).instances.at(0).ending.exited_with(0)) << signal;
      EXPECT_EQ(all_of(by(StartBy::kFork, kThree)), honest) << signal;
    }
  }
}

TEST_F(ForkServer, StreamsThatAProgramChangedHurtNoLaterExecution) {
  constexpr char kLook[] = "    run: shell look\n";
  const std::string seen = out(by(StartBy::kExec, kLook));
  for (const char* how : {"flags", "shut", "shut-one"}) {
    const std::string spoil = std::string("    run: shell spoil ") + how + "\n";
    for (const StartBy start : {StartBy::kFork, StartBy::kFork, StartBy::kExec}) {
      EXPECT_TRUE(by_copy(spoil).instances.at(0).ending.exited_with(0)) << how;
      EXPECT_EQ(out(by(start, kLook)), seen) << how;
    }
  }
}

TEST_F(ForkServer, AnswersOfAUsurperAreNotBelieved) {
  // The process ids of box init, of nobody, of another program's server; and an error.
  for (const char* answer : {"1", "77", "32001", "-11"}) {
    const std::string scenario = std::string("    run: shell usurp ") + answer + "\n";
    for (int i = 0; i < 5; ++i) {
      const Observation seen = by(StartBy::kFork, scenario);
      EXPECT_EQ(out(seen), "honest\n") << answer;
      EXPECT_TRUE(seen.instances.at(0).ending.exited_with(0)) << answer;
    }
  }
}

TEST_F(ForkServer, InterferenceEndsWithItsExecution) {
  const std::string honest = all_of(by(StartBy::kExec, kThree));
  for (const char* how : {"scribble 0", "scribble 255", "shorten"}) {
    const std::string scenario = std::string("    run: actor ") + how + "\n    limits: { seconds: 5 }\n";
    for (int i = 0; i < 2; ++i) {
      EXPECT_NE(by(StartBy::kFork, scenario).interference, "") << how;
      EXPECT_EQ(all_of(by(StartBy::kFork, kThree)), honest) << how;
    }
  }
}

}  // namespace
}  // namespace jitterlab
