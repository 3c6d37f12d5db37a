// Steps, signals, roles that are stopped, and how the end of an execution is found.
#include <signal.h>

#include "scenario_fixture.h"

namespace jitterlab {
namespace {

using Stopping = ScenarioTest;
using Rest = ScenarioTest;

TEST_F(Stopping, StepsStartStopAndStartAgain) {
  const Observation seen = play(R"(
    roles:
      server: { run: actor tcp4 50007, ends: stopped }
      client: { run: "shell -c 'echo client'" }
    steps:
      - { start: server }
      - { when: tcp 50007 listens, start: client }
      - { when: role client ended, stop: server }
      - { when: role server ended, start: server }
      - { when: tcp 50007 listens, start: client }
    limits: { seconds: 60 }
)");
  std::vector<std::string> order;
  for (const InstanceSeen& instance : seen.instances)
    order.push_back(instance.role + " " + std::to_string(instance.number));
  EXPECT_EQ(order, (std::vector<std::string>{"server 0", "client 0", "server 1", "client 1"}));
  EXPECT_EQ(out(seen, "client"), "client\nclient\n");
  EXPECT_TRUE(seen.instances[2].ending.killed_by(SIGTERM)) << seen.instances[2].ending.words();
  EXPECT_EQ(seen.limit, Limit::kNone);
}

TEST_F(Stopping, StepSendsASignal) {
  const Observation seen = play(R"(
    roles:
      a: { run: actor }
    steps:
      - { when: role a printed ready, send: SIGUSR1, to: a }
)");
  EXPECT_EQ(out(seen), "ready\nusr1\n");
  EXPECT_FALSE(first(seen, "a").sent_sigterm);
}

TEST_F(Stopping, SignalOfARoleIsSentOnceWhenItsConditionHolds) {
  const Observation seen = play(R"(
    roles:
      a: { run: actor, signals: [{ send: SIGUSR1, when: role b ended }] }
      b: { run: "shell -c 'exit 0'", start: role a printed ready }
)");
  EXPECT_EQ(out(seen), "ready\nusr1\n");
}

TEST_F(Stopping, StepThatReachesNobodyDoesNotHideThatEveryoneWaits) {
  const Observation seen = play(R"(
    roles:
      gone: { run: "shell -c 'exit 0'" }
      waits: { run: actor }
    steps:
      - { when: everyone waits, send: SIGUSR1, to: gone }
    limits: { seconds: 60 }
)");
  EXPECT_TRUE(seen.came_to_rest);
  EXPECT_EQ(seen.limit, Limit::kNone);
}

TEST_F(Stopping, ServerIsSentSigtermWhenTheOthersHaveEnded) {
  const Observation seen = play(R"(
    roles:
      server: { run: actor tcp4 50007, ends: stopped }
      client: { run: "shell -c 'exit 4'", start: tcp 50007 listens }
    limits: { seconds: 60 }
)");
  EXPECT_TRUE(first(seen, "server").sent_sigterm);
  EXPECT_TRUE(ending(seen, "server").killed_by(SIGTERM)) << ending(seen, "server").words();
  EXPECT_FALSE(first(seen, "server").alive_at_end);
  EXPECT_TRUE(ending(seen, "client").exited_with(4));
  EXPECT_FALSE(seen.came_to_rest);
}

TEST_F(Stopping, ServerThatIgnoresSigtermIsAliveAtTheEnd) {
  const Observation seen = play("    run: actor ignores-term\n    ends: stopped\n    limits: { seconds: 60 }\n");
  const InstanceSeen& server = first(seen, "actor");
  EXPECT_TRUE(server.sent_sigterm);
  EXPECT_TRUE(server.alive_at_end);
  EXPECT_EQ(server.ending.kind(), Ending::Kind::kRunning);
  EXPECT_GT(server.pid, 0);
  EXPECT_FALSE(seen.came_to_rest);
  EXPECT_EQ(seen.limit, Limit::kNone);
}

TEST_F(Stopping, ServerThatPollsWithATimeOutIsStoppedAllTheSame) {
  const Observation seen = play("    run: actor polls\n    ends: stopped\n    limits: { seconds: 60 }\n");
  EXPECT_TRUE(ending(seen, "actor").killed_by(SIGTERM)) << ending(seen, "actor").words();
  EXPECT_EQ(seen.limit, Limit::kNone);
}

TEST_F(Stopping, EverybodyIsStoppedWhenEveryoneWaits) {
  const Observation seen = play(R"(
    roles:
      a: { run: actor }
      b: { run: actor }
    stop: when everyone waits
    limits: { seconds: 60 }
)");
  EXPECT_TRUE(ending(seen, "a").killed_by(SIGTERM));
  EXPECT_TRUE(ending(seen, "b").killed_by(SIGTERM));
  EXPECT_EQ(out(seen), "ready\nready\n");
  EXPECT_FALSE(seen.came_to_rest);
}

TEST_F(Rest, TwoProcessesThatWaitForEachOtherComeToRest) {
  const Observation seen = play(R"(
    roles:
      a: { run: "shell -c 'mkfifo a; read x < a; echo y > b'" }
      b: { run: "shell -c 'mkfifo b; read x < b; echo y > a'" }
    limits: { seconds: 60 }
)");
  EXPECT_TRUE(seen.came_to_rest);
  EXPECT_EQ(seen.limit, Limit::kNone);
  EXPECT_TRUE(first(seen, "a").alive_at_end);
  EXPECT_TRUE(first(seen, "b").alive_at_end);
}

TEST_F(Rest, ClientThatWaitsForAServerStopsTheServerAndIsAtRestItself) {
  const Observation seen = play(R"(
    roles:
      server: { run: actor udp 50000, ends: stopped }
      client: { run: actor, start: udp 50000 bound }
    limits: { seconds: 60 }
)");
  EXPECT_TRUE(ending(seen, "server").killed_by(SIGTERM));
  EXPECT_TRUE(first(seen, "client").alive_at_end);
  EXPECT_FALSE(first(seen, "client").sent_sigterm);
  EXPECT_TRUE(seen.came_to_rest);
}

TEST_F(Rest, WhoeverWaitsForAnAlarmIsNotAtRest) {
  const Observation seen = play("    run: actor alarm\n    limits: { seconds: 60 }\n");
  EXPECT_EQ(out(seen), "ready\nalarm\n");
  EXPECT_FALSE(seen.came_to_rest);
}

TEST_F(Rest, WhoeverWaitsForAnIntervalTimerIsNotAtRest) {
  const Observation seen = play("    run: actor timer\n    limits: { seconds: 60 }\n");
  EXPECT_EQ(out(seen), "ready\nalarm\n");
  EXPECT_FALSE(seen.came_to_rest);
}

TEST_F(Rest, WhoeverReceivesWithATimeOutIsNotAtRest) {
  const Observation seen = play("    run: actor udp-for-a-while 50000\n    limits: { seconds: 60 }\n");
  EXPECT_EQ(out(seen), "nothing came\nready\n");
  EXPECT_FALSE(seen.came_to_rest);
}

TEST_F(Rest, WhoeverWaitsForAnAlarmDoesNotWaitForTheOthers) {
  const Observation seen = play(R"(
    roles:
      a: { run: actor alarm }
      b: { run: "shell -c 'echo b'", start: role a waits }
    limits: { seconds: 60 }
)");
  EXPECT_EQ(ending(seen, "b").kind(), Ending::Kind::kNotStarted);
}

TEST_F(Rest, SleepIsNoRest) {
  const Observation seen = play("    run: \"shell -c 'sleep 1; echo awake'\"\n");
  EXPECT_EQ(out(seen), "awake\n");
  EXPECT_FALSE(seen.came_to_rest);
}

}  // namespace
}  // namespace jitterlab
