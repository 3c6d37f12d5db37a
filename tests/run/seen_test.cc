// What an observation says about output, objects, mechanisms, and what was left behind.
#include <signal.h>

#include <set>

#include "scenario_fixture.h"

namespace jitterlab {
namespace {

using Seen = ScenarioTest;

TEST_F(Seen, OutputOfSeveralRolesKeepsItsOrder) {
  const Observation seen = play(R"(
    roles:
      a: { run: "shell -c 'echo one; read x; echo three'", stdin: [{ text: "\n", when: role b printed two }] }
      b: { run: "shell -c 'echo two; read x; echo four'", start: role a printed one,
           stdin: [{ text: "\n", when: role a printed three }] }
)");
  EXPECT_EQ(out(seen), "one\ntwo\nthree\nfour\n");
  EXPECT_EQ(out(seen, "a"), "one\nthree\n");
}

TEST_F(Seen, OutputOfDescendantsBelongsToTheInstance) {
  const Observation seen = play(R"(
    roles:
      a: { run: "shell -c 'setsid sh -c \"(echo from a)\"; :'" }
      b: { run: "shell -c '( (echo from b; :); :)'" }
)");
  EXPECT_EQ(out(seen, "a"), "from a\n");
  EXPECT_EQ(out(seen, "b"), "from b\n");
  for (const OutputPiece& piece : seen.output) {
    EXPECT_GT(piece.pid, 0);
    EXPECT_NE(piece.pid, seen.instances[piece.instance].pid);
  }
}

TEST_F(Seen, ErrorsAreAStreamOfTheirOwn) {
  const Observation seen = play("    run: \"shell -c 'echo good; echo bad >&2'\"\n");
  EXPECT_EQ(out(seen), "good\n");
  EXPECT_EQ(text_of(seen, Stream::kErr), "bad\n");
}

TEST_F(Seen, OutputAfterTheProgramEndedIsNotLost) {
  EXPECT_EQ(out(play("    run: \"shell -c '(echo late) & exit 0'\"\n")), "late\n");
}

TEST_F(Seen, ProgramThatCannotBeStartedIsNotStartedWithTheReason) {
  programs_.plain["actor"] = "/mnt/nothing";
  const Observation seen = play("    run: actor\n");
  EXPECT_EQ(ending(seen, "actor").kind(), Ending::Kind::kNotStarted);
  EXPECT_NE(ending(seen, "actor").why().find("No such file"), std::string::npos) << ending(seen, "actor").why();
}

TEST_F(Seen, ProgramOfTheLabRunsAsAnotherUserWithoutOurLibraries) {
  const Observation seen = play(R"(
    roles:
      mine: { run: "shell -c 'id -u; env | grep -c LD_PRELOAD'" }
      theirs: { run: "driver -c 'id -u; env | grep -c LD_PRELOAD'", from: lab }
)");
  const std::string mine = out(seen, "mine"), theirs = out(seen, "theirs");
  EXPECT_EQ(mine.substr(mine.find('\n')), "\n1\n");
  EXPECT_EQ(theirs.substr(theirs.find('\n')), "\n0\n");
  if (box_->isolation() == Isolation::kRootNamespaces) {
    EXPECT_NE(mine.substr(0, mine.find('\n')), theirs.substr(0, theirs.find('\n')));
  }
}

TEST_F(Seen, UnderJitterTheInstrumentedProgramIsTold) {
  programs_.instrumented["shell"] = "/usr/bin/env";
  const Observation seen = play("    run: shell\n", Strategy::kJitter);
  EXPECT_NE(out(seen).find("JITTERLAB_CONTROL=" + box_->agent_control_path()), std::string::npos) << out(seen);
  EXPECT_NE(out(seen).find("JITTERLAB_ROOT=0"), std::string::npos) << out(seen);
  EXPECT_EQ(seen.interference, "");
}

TEST_F(Seen, ObjectsAreRecordedWithKeyModeAndSize) {
  const Observation seen = play(R"(
    roles:
      segment: { run: actor segment 12345 }
      semaphores: { run: actor semaphores 7 }
      queue: { run: actor queue 8 }
    stop: when everyone waits
)");
  ASSERT_EQ(seen.objects.size(), 3u);
  std::map<ObjectKind, ObjectSeen> by_kind;
  for (const ObjectSeen& object : seen.objects) by_kind[object.kind] = object;
  const ObjectSeen& segment = by_kind[ObjectKind::kSegment];
  EXPECT_EQ(segment.key, 12345);
  EXPECT_EQ(segment.mode, 0640);
  EXPECT_EQ(segment.size, 100);
  EXPECT_EQ(segment.creator_pid, first(seen, "segment").pid);
  EXPECT_FALSE(segment.erased || segment.operated);
  EXPECT_EQ(by_kind[ObjectKind::kSemaphores].key, 7);
  EXPECT_EQ(by_kind[ObjectKind::kSemaphores].size, 3);
  EXPECT_EQ(by_kind[ObjectKind::kQueue].mode, 0666);
}

TEST_F(Seen, ErasedObjectIsRecordedAndNotLeftBehind) {
  const Observation seen = play("    run: actor erased-segment 12345\n");
  ASSERT_EQ(seen.objects.size(), 1u);
  EXPECT_TRUE(seen.objects[0].erased);
  EXPECT_EQ(seen.objects[0].key, 12345);
  EXPECT_EQ(left(seen), "");
}

TEST_F(Seen, ObjectsOfTheLabsProgramsAreNotTheSubmissions) {
  box_ = Box::open(setup());
  if (box_->isolation() != Isolation::kRootNamespaces) GTEST_SKIP() << "all programs of a box share one user id here";
  programs_.lab["driver"] = "/mnt/actor";
  const Observation seen = play("    run: driver segment 12345\n    from: lab\n    ends: stopped\n");
  EXPECT_EQ(out(seen), "ready\n");
  EXPECT_TRUE(seen.objects.empty());
}

TEST_F(Seen, WhatAKilledRoleCouldNotRemoveIsLeftBehind) {
  const Observation seen = play(R"(
    roles:
      victim: { run: actor segment 12345 }
      files: { run: "shell -c 'mkfifo pipe; echo x > text; exec sleep 1000'" }
    steps:
      - { when: role victim printed ready, send: SIGKILL, to: victim }
      - { when: fifo pipe exists, send: SIGKILL, to: files }
)");
  EXPECT_TRUE(ending(seen, "victim").killed_by(SIGKILL));
  EXPECT_FALSE(first(seen, "victim").alive_at_end);
  EXPECT_EQ(left(seen).substr(0, left(seen).find(';')), "key 0x3039, 100 bytes");
  EXPECT_NE(left(seen).find("pipe"), std::string::npos);
}

TEST_F(Seen, ProcessThatOutlivesItsRoleIsLeftBehind) {
  const Observation seen = play("    run: \"shell -c 'sleep 1000 & exit 0'\"\n");
  ASSERT_EQ(seen.left_behind.size(), 1u);
  EXPECT_EQ(seen.left_behind[0].kind, LeftKind::kProcess);
  EXPECT_EQ(seen.left_behind[0].name, "sleep");
}

TEST_F(Seen, BeyondFiftyThingsLeftBehindAreOnlyCounted) {
  const Observation seen = play(
      "    run: \"shell -c 'for i in 1 2 3 4 5 6; do for k in 0 1 2 3 4 5 6 7 8 9; do "
      "> $${i}x$$k; done; done'\"\n");
  EXPECT_EQ(seen.left_behind.size(), 50u);
  EXPECT_EQ(seen.left_behind_more, 10);
}

TEST_F(Seen, MechanismsAreThoseOfTheSubmissionThatRan) {
  programs_.imports = {{"actor", {"sem_wait", "printf", "shmget"}}, {"shell", {"pthread_create"}}};
  const Observation seen = play(R"(
    roles:
      a: { run: actor segment 1 }
      never: { run: "shell -c 'echo x'", start: fifo nowhere exists }
      theirs: { run: "driver -c 'echo x | cat'", from: lab }
    stop: when everyone waits
)");
  EXPECT_EQ(seen.used, (std::vector<std::string>{"posix-semaphores", "sysv-segment"}));
}

TEST_F(Seen, SystemVMechanismNeedsAnObjectThatWasThere) {
  programs_.imports = {{"shell", {"mkfifo", "pipe", "msgget", "semget", "shmget"}}};
  const Observation seen = play("    run: \"shell -c 'ipcmk -Q; ipcmk -S 1'\"\n");
  EXPECT_EQ(seen.used, (std::vector<std::string>{"fifo", "pipe", "sysv-queue", "sysv-semaphores"}));
}

TEST_F(Seen, ASharedMappingIsReportedByTheKernel) {
  EXPECT_EQ(play("    run: actor mapping\n").used, std::vector<std::string>{"shared-mapping"});
}

TEST_F(Seen, AMappingOfAFileWithoutANameIsShownByTheSymbol) {
  programs_.imports = {{"shell", {"mmap"}}};
  EXPECT_EQ(play("    run: \"shell -c true\"\n").used, std::vector<std::string>{"shared-mapping"});
}

// The sandbox reports some calls; a signal that is pending then would make them fail, which they never do by
// themselves.
TEST_F(Seen, ReportedCallsAreNotInterruptedBySignals) {
  programs_.agent = "/mnt/agent.so";
  for (const Strategy strategy : {Strategy::kPlain, Strategy::kJitter}) {
    const Observation seen = play("    run: actor interrupted\n", strategy);
    EXPECT_EQ(out(seen), "0 interrupted\n");
    EXPECT_TRUE(ending(seen, "actor").exited_with(0)) << ending(seen, "actor").words();
  }
}

}  // namespace
}  // namespace jitterlab
