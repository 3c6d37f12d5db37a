// `jitterlab explore` and `jitterlab replay` as users call them.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "os/fd.h"
#include "os/spawn.h"
#include "os/temp_dir.h"

namespace jitterlab {
namespace {

const std::string kPrograms = JITTERLAB_TESTS "/detection/programs/";
const std::string kLostUpdate = kPrograms + "lost-update.sysv.bug.c";
const std::string kTwin = kPrograms + "lost-update.sysv.ok.c";

class ExploreProgram : public testing::Test {
 protected:
  Ran run(std::vector<std::string> words) {
    words.insert(words.begin(), JITTERLAB_BUILD "/jitterlab");
    words.insert(words.begin() + 2, {"--cache", JITTERLAB_BUILD "/test-cache"});
    return run_program(words);
  }

  nlohmann::json explored(std::vector<std::string> words, int exit_code) {
    const std::string file = folder_.path() + "/result.json";
    words.insert(words.begin(), {"explore", "--json", file});
    const Ran result = run(words);
    EXPECT_TRUE(result.ending.exited_with(exit_code)) << result.ending.words() << "\n" << result.out << result.err;
    return nlohmann::json::parse(read_file(file));
  }

  std::string write_source(const std::string& name, const std::string& text) {
    write_file(folder_.path() + "/" + name, text);
    return folder_.path() + "/" + name;
  }

  TempDir folder_;
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_F(ExploreProgram, ElementsOfArraysOfArraysAreNamedByAllTheirIndices) {
  const auto result = explored({"--executions", "4", write_source("grid.c", R"(
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
struct world { long head; int cell[2][3]; };
int main(void) {
  struct world *w = mmap(0, sizeof *w, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  for (int child = 0; child < 2; child++)
    if (fork() == 0) return w->cell[1][2] = child, 0;
  while (wait(0) > 0) continue;
})")},
                               0);
  ASSERT_EQ(result.at("races").size(), 1u);
  EXPECT_EQ(result.at("races")[0].at("variable"), "w->cell[1][2]");
}

TEST_F(ExploreProgram, BugIsFoundAndItsTokenShowsItAgain) {
  const auto result = explored({"--executions", "50", kLostUpdate}, 1);
  const auto& failure = result.at("failures").at(0);
  EXPECT_EQ(failure.at("what"), "exit 1");
  EXPECT_EQ(failure.at("repeated"), true);
  EXPECT_EQ(failure.at("preemptions"), 1);
  const int point = failure.at("no-return").at("step");
  int second_read = 0, reads = 0;
  for (const auto& step : failure.at("explanation").at("story").at("steps")) {
    if (has(step.at("what"), "reads shared->counter: 0") && ++reads == 2) second_read = step.at("step");
  }
  EXPECT_EQ(point, second_read) << "the update is lost once both have read";
  const Ran again = run({"replay", failure.at("token"), kLostUpdate});
  EXPECT_TRUE(again.ending.exited_with(1)) << again.out << again.err;
  EXPECT_TRUE(has(again.out, failure.at("output").get<std::string>().substr(0, 9)));
}

// What is inlined from headers of the library, and calls that the library makes, say nothing to a student.
TEST_F(ExploreProgram, CallsThroughTheLibraryOfCppAreToldAtTheLinesOfTheProgram) {
  const std::string source = write_source("joined.cc", R"(#include <atomic>
#include <mutex>
#include <thread>
std::mutex both;
std::atomic<bool> is_early{true};
int main() {
  std::thread thread([] {
    const bool early = is_early;
    if (early) std::lock_guard<std::mutex> lock(both);
  });
  std::lock_guard<std::mutex> lock(both);
  is_early = false;
  thread.join();
})");
  const auto result = explored({source}, 1);
  const auto& told = result.at("failures").at(0).at("explanation");
  std::set<std::string> waits;
  for (const auto& waiter : told.at("deadlock").at("waiters"))
    waits.insert(waiter.at("task").get<std::string>() + " at " + waiter.at("place").get<std::string>());
  EXPECT_EQ(waits, (std::set<std::string>{"main at joined.cc:13 (main)", "thread 1 at joined.cc:9 (operator())"}));
  for (const auto& step : told.at("story").at("steps")) {
    EXPECT_EQ(step.at("file"), "joined.cc") << step.dump();
  }
}

TEST_F(ExploreProgram, ProgramThatAlwaysFailsIsToldByItsLastStepsAndWhatItSaid) {
  const std::string source = write_source("refused.c",
                                          "#include <stdio.h>\n#include <sys/shm.h>\n"
                                          "int main() {\n  if (shmget(IPC_PRIVATE, 0, 0600) >= 0) return 0;\n"
                                          "  perror(\"no segment\");\n  return 3;\n}\n");
  const Ran told = run({"explore", source});
  EXPECT_TRUE(told.ending.exited_with(1));
  EXPECT_TRUE(has(told.out, "The last steps:")) << told.out;
  EXPECT_TRUE(has(told.out, "4  asks for a segment: fails")) << told.out;
  EXPECT_TRUE(has(told.out, "On standard error:\n  | no segment: Invalid argument")) << told.out;
  const auto failure = explored({source}, 1).at("failures").at(0);
  EXPECT_TRUE(has(failure.at("errors"), "no segment: Invalid argument"));
  const Ran again = run({"replay", failure.at("token"), source});
  EXPECT_TRUE(has(again.out, "Every step:\n")) << again.out;
  EXPECT_TRUE(has(again.out, "4  asks for a segment: fails")) << again.out;
}

TEST_F(ExploreProgram, EveryOutputHasATokenThatGivesItAgain) {
  const auto result = explored({"--executions", "50", kLostUpdate}, 1);
  ASSERT_EQ(result.at("outputs").size(), 2u);
  for (const auto& output : result.at("outputs")) {
    const Ran again = run({"replay", output.at("token"), kLostUpdate});
    EXPECT_TRUE(has(again.out, output.at("text").get<std::string>().substr(0, 9))) << again.out;
  }
}

TEST_F(ExploreProgram, CorrectTwinExitsWithZero) {
  const auto result = explored({"--executions", "50", kTwin}, 0);
  EXPECT_TRUE(result.at("failures").empty());
  EXPECT_EQ(result.at("executions"), 50);
}

TEST_F(ExploreProgram, SameSeedGivesTheSameResultOnOneAndOnTwoLanes) {
  EXPECT_EQ(explored({"--executions", "60", "--seed", "9", "--lanes", "1", kLostUpdate}, 1),
            explored({"--executions", "60", "--seed", "9", "--lanes", "2", kLostUpdate}, 1));
}

TEST_F(ExploreProgram, WhatIsNotControlledIsNamed) {
  const std::string raw = write_source("raw.c",
                                       "#include <sys/syscall.h>\n#include <unistd.h>\nint main(void) {\n"
                                       "  if (fork() == 0) pause();\n"
                                       "  return (int)syscall(SYS_wait4, -1, 0, 0, 0);\n}\n");
  EXPECT_TRUE(has(explored({"--executions", "1", raw}, 2).dump(), "syscall(SYS_wait4, …)"));
  const std::string notified = write_source("notified.c",
                                            "#include <signal.h>\n#include <time.h>\nint main(void) {\n"
                                            "  struct sigevent event = {.sigev_notify = SIGEV_THREAD};\n"
                                            "  timer_t timer;\n"
                                            "  return timer_create(CLOCK_REALTIME, &event, &timer) != 0;\n}\n");
  EXPECT_TRUE(has(explored({"--executions", "1", notified}, 2).dump(), "timer_create with SIGEV_THREAD"));
}

TEST_F(ExploreProgram, SmallProgramIsExploredCompletely) {
  const std::string source = write_source("two.c",
                                          "#include <stdio.h>\n#include <sys/mman.h>\n#include <sys/wait.h>\n"
                                          "#include <unistd.h>\nint main(void) {\n"
                                          "  int* n = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | "
                                          "MAP_ANONYMOUS, -1, 0);\n"
                                          "  for (int i = 0; i < 2; i++) if (fork() == 0) { *n = *n + 1; _exit(0); }\n"
                                          "  while (wait(0) > 0) continue;\n  printf(\"%d\\n\", *n);\n}\n");
  const auto result = explored({"--strategy", "exhaustive", source}, 0);
  EXPECT_TRUE(has(result.at("strength"), "all ")) << result.at("strength");
  EXPECT_EQ(result.at("outputs").size(), 2u);
}

TEST_F(ExploreProgram, SleepCostsNoTimeAndArgumentsArrive) {
  const std::string source = write_source("late.c",
                                          "#include <stdio.h>\n#include <unistd.h>\nint main(int count, char** v) {\n"
                                          "  sleep(100000);\n  for (int i = 1; i < count; i++) puts(v[i]);\n}\n");
  const auto result = explored({"--executions", "3", source, "--", "two words", "$x"}, 0);
  EXPECT_EQ(result.at("outputs").at(0).at("text"), "two words\\n$x\\n");
}

TEST_F(ExploreProgram, SeveralProgramsAreRolesOfOneExecution) {
  const std::string writer = write_source("writer.c",
                                          "#include <sys/ipc.h>\n#include <sys/msg.h>\nint main(void) {\n"
                                          "  struct { long type; char text[1]; } m = {1, {7}};\n"
                                          "  return msgsnd(msgget(77, IPC_CREAT | 0600), &m, 1, 0) != 0;\n}\n");
  const std::string reader = write_source("reader.c",
                                          "#include <sys/ipc.h>\n#include <sys/msg.h>\nint main(int c, char** v) {\n"
                                          "  struct { long type; char text[1]; } m;\n"
                                          "  int q = msgget(77, IPC_CREAT | 0600);\n"
                                          "  if (msgrcv(q, &m, 1, c > 1 ? 2 : 0, 0) != 1) return 1;\n"
                                          "  return msgctl(q, IPC_RMID, 0) != 0;\n}\n");
  EXPECT_TRUE(
      explored({"--executions", "20", "--role", "a=" + writer, "--role", "b=" + reader}, 0).at("failures").empty());
  const auto stuck = explored({"--executions", "20", "--role", "a=" + writer, "--role", "b=" + reader + " 2"}, 1);
  EXPECT_EQ(stuck.at("failures").at(0).at("what"), "deadlock");
}

TEST_F(ExploreProgram, MistypedTokenIsRefusedWithItsPlace) {
  const Ran result = run({"replay", "1x-xzjz8-2072221-yfe", kLostUpdate});
  EXPECT_TRUE(result.ending.exited_with(2));
  EXPECT_TRUE(has(result.err, "character 18 of the token")) << result.err;
}

TEST_F(ExploreProgram, TokenOfAnotherProgramIsFollowedAsFarAsItGoes) {
  const auto result = explored({"--executions", "50", kLostUpdate}, 1);
  const Ran other = run({"replay", result.at("failures").at(0).at("token"), kTwin});
  EXPECT_TRUE(other.ending.exited_with(0)) << other.err;
  EXPECT_TRUE(has(other.err, "belongs to other files")) << other.err;
}

TEST_F(ExploreProgram, WhatCannotBeRunExitsWithTwo) {
  EXPECT_TRUE(run({"explore", "no-such-file.c"}).ending.exited_with(2));
  EXPECT_TRUE(run({"explore", write_source("broken.c", "int main(void) { return }\n")}).ending.exited_with(2));
  EXPECT_TRUE(run({"explore", "--role", "nothing"}).ending.exited_with(2));
  EXPECT_TRUE(run({"explore"}).ending.exited_with(2));
}

TEST_F(ExploreProgram, CrashOfAChildIsAFailureWhateverItsParentMakesOfIt) {
  const std::string source = write_source("crash.c",
                                          "#include <assert.h>\n#include <signal.h>\n#include <string.h>\n"
                                          "#include <sys/wait.h>\n#include <unistd.h>\n"
                                          "int main(int count, char** how) {\n  if (fork() == 0) {\n"
                                          "    if (!strcmp(how[1], \"fault\")) *(volatile int*)0 = 1;\n"
                                          "    assert(strcmp(how[1], \"assert\"));\n"
                                          "    if (!strcmp(how[1], \"kill\")) kill(getpid(), SIGSEGV);\n"
                                          "    _exit(3);\n  }\n  while (wait(0) > 0) continue;\n}\n");
  const auto what = [&](const std::string& how, int exit_code) {
    const auto failures = explored({"--executions", "3", source, "--", how}, exit_code).at("failures");
    return failures.empty() ? std::string() : failures.at(0).at("what").get<std::string>();
  };
  EXPECT_EQ(what("fault", 1), "process main.1 crashed: SIGSEGV");
  EXPECT_EQ(what("assert", 1), "process main.1 crashed: SIGABRT");
  EXPECT_EQ(what("kill", 0), "");
  EXPECT_EQ(what("exit", 0), "");
}

TEST_F(ExploreProgram, LivelockIsNamedWithWhoGoesRound) {
  const auto result = explored({"--executions", "50", kPrograms + "try-keeps-first.threads.bug.c"}, 1);
  const auto& failure = result.at("failures").at(0);
  EXPECT_EQ(failure.at("what"), "livelock");
  EXPECT_TRUE(has(failure.at("loops"), "thread 1 goes round: ")) << failure.at("loops");
  EXPECT_TRUE(has(failure.at("loops"), "thread 2 goes round: ")) << failure.at("loops");
  EXPECT_LE(failure.at("token").get<std::string>().size(), 60u);
  const Ran again = run({"replay", failure.at("token"), kPrograms + "try-keeps-first.threads.bug.c"});
  EXPECT_TRUE(again.ending.exited_with(1));
  EXPECT_TRUE(has(again.err, "nobody could get on")) << again.err;
}

// A loop that only counts privately looks like one that goes round, and may not be taken for one.
TEST_F(ExploreProgram, ProgramOfMoreStepsThanAreFollowedIsNotJudged) {
  const std::string source = write_source("long.c",
                                          "#include <sys/mman.h>\nint main(void) {\n"
                                          "  volatile int* n = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | "
                                          "MAP_ANONYMOUS, -1, 0);\n"
                                          "  for (int i = 0; i < 300000; i++) if (*n) return 1;\n}\n");
  const auto result = explored({"--executions", "1", source}, 2);
  EXPECT_TRUE(result.at("failures").empty());
  EXPECT_EQ(result.at("not-judged").size(), 1u);
}

TEST_F(ExploreProgram, FlagsForTheCompilerAreUsed) {
  const std::string source = write_source("flag.c", "int main(void) { return STATUS; }\n");
  EXPECT_TRUE(explored({"--executions", "2", "--cflags", "-DSTATUS=0", source}, 0).at("failures").empty());
  EXPECT_EQ(explored({"--executions", "2", "--cflags", "-DSTATUS=5", source}, 1).at("failures").at(0).at("what"),
            "exit 5");
}

TEST_F(ExploreProgram, ReplayOfALabTakesTheTokenOfItsReport) {
  const std::string lab = JITTERLAB_TESTS "/structure/first_screen/spooler", submission = lab + ".c";
  const std::string file = folder_.path() + "/grade.json";
  run({"grade", lab, submission, "--executions", "0", "--format", "json=" + file});
  const auto result = nlohmann::json::parse(read_file(file));
  std::string token;
  for (const auto& finding : result.at("findings")) {
    for (const auto& scenario : finding.at("scenarios"))
      if (scenario.contains("example") && scenario.at("example").contains("token"))
        token = scenario.at("example").at("token");
  }
  ASSERT_NE(token, "") << result.dump(1);
  const Ran again = run({"replay", token, lab, submission});
  EXPECT_TRUE(again.ending.exited_with(1)) << again.err;
  EXPECT_TRUE(has(again.err, "all-jobs fails")) << again.err;
}

TEST_F(ExploreProgram, RaceIsToldWithBothLinesAndItsVariable) {
  const auto result = explored({"--executions", "20", kLostUpdate}, 1);
  ASSERT_EQ(result.at("races").size(), 1u);
  const auto& race = result.at("races").at(0);
  EXPECT_EQ(race.at("variable"), "shared->counter");
  EXPECT_GT(race.at("failed"), 0);
  const auto& accesses = race.at("accesses");
  std::set<std::string> lines, tasks;
  for (const auto& access : accesses) {
    lines.insert(access.at("does").get<std::string>() + ": " + access.at("source").get<std::string>());
    tasks.insert(access.at("task"));
    EXPECT_EQ(access.at("file"), "lost-update.sysv.bug.c");
    EXPECT_EQ(access.at("function"), "add");
  }
  EXPECT_EQ(lines,
            (std::set<std::string>{"reads: int seen = shared->counter;", "writes: shared->counter = seen + 1;"}));
  EXPECT_EQ(tasks, (std::set<std::string>{"main, child 1", "main, child 2"}));
}

TEST_F(ExploreProgram, TextTellsRacesBeforeOutputs) {
  const Ran result = run({"explore", "--executions", "20", kLostUpdate});
  EXPECT_TRUE(has(result.out, "Races: accesses to the same memory that nothing orders.\n")) << result.out;
  EXPECT_TRUE(has(result.out, "reads it at lost-update.sysv.bug.c:")) << result.out;
  EXPECT_FALSE(has(run({"explore", "--executions", "20", kTwin}).out, "Races")) << result.out;
}

TEST_F(ExploreProgram, RaceChangesTheExitStatusOnRequestOnly) {
  const std::string alternation = JITTERLAB_TESTS "/detection/honest/volatile_strict_alternation.c";
  const auto result = explored({"--executions", "20", alternation}, 0);
  EXPECT_EQ(result.at("races").at(0).at("failed"), 0);
  const Ran told = run({"explore", "--executions", "20", alternation});
  EXPECT_TRUE(has(told.out, "it made no difference that was seen")) << told.out;
  EXPECT_TRUE(has(told.out, "The other order was not reached in ")) << told.out;
  EXPECT_TRUE(run({"explore", "--fail-on-race", "--executions", "20", alternation}).ending.exited_with(1));
  EXPECT_TRUE(run({"explore", "--fail-on-race", "--executions", "20", kTwin}).ending.exited_with(0));
}

const nlohmann::json& harmful_race(const nlohmann::json& result) {
  static const nlohmann::json none;
  for (const auto& race : result.at("races")) {
    if (race.at("tried").at("outcome") == "harmful") return race;
  }
  return none;
}

TEST_F(ExploreProgram, HarmfulRaceIsSaidToBeSoAndItsTokenShowsIt) {
  const auto result = explored({"--executions", "20", kLostUpdate}, 1);
  const auto& race = harmful_race(result);
  ASSERT_FALSE(race.is_null());
  EXPECT_EQ(race.at("tried").at("leads-to"), "exit 1");
  EXPECT_TRUE(run({"replay", race.at("tried").at("token"), kLostUpdate}).ending.exited_with(1));
  EXPECT_EQ(explored({"--executions", "20", kLostUpdate}, 1), result) << "the same seed, the same words";
}

TEST_F(ExploreProgram, FailureThatOnlyTheOtherOrderShowsIsFound) {
  const std::string kInit = kPrograms + "double-checked-init.sysv.bug.c";
  const auto result = explored({"--executions", "5", kInit}, 1);
  const auto& failure = result.at("failures").at(0);
  EXPECT_EQ(failure.at("what"), "exit 1");
  EXPECT_EQ(failure.at("executions"), 0);
  EXPECT_EQ(failure.at("found-by"), "race-order");
  EXPECT_EQ(failure.at("repeated"), true);
  EXPECT_EQ(failure.at("preemptions"), 1);
  EXPECT_EQ(result.at("executions"), 5);
  const Ran told = run({"explore", "--executions", "5", kInit});
  EXPECT_TRUE(has(told.out, "in none of 5 executions; it came when the two accesses of a race")) << told.out;
}

TEST_F(ExploreProgram, LocksThatCouldMeetAreMadeToMeet) {
  const std::string window = kPrograms + "locks-meet-in-a-window.threads.";
  const auto result = explored({"--executions", "20", window + "bug.c"}, 1);
  ASSERT_EQ(result.at("failures").size(), 1u);
  const auto& failure = result.at("failures").at(0);
  EXPECT_EQ(failure.at("what"), "deadlock");
  EXPECT_EQ(failure.at("found-by"), "lock-order");
  EXPECT_EQ(failure.at("executions"), 0) << "the search alone would do: the program shows nothing of steering";
  EXPECT_EQ(failure.at("repeated"), true);
  EXPECT_EQ(failure.at("explanation").at("deadlock").at("kind"), "circular-wait");
  EXPECT_LE(result.at("afterwards"), 10);
  const Ran told = run({"explore", "--executions", "20", window + "bug.c"});
  EXPECT_TRUE(has(told.out, "it came when tasks that take the same locks in different orders were")) << told.out;
  EXPECT_EQ(explored({"--executions", "20", window + "ok.c"}, 0).at("afterwards"), 0) << "nothing is suspected";
}

TEST_F(ExploreProgram, RaceThatChangesWhatIsPrintedIsNotCalledHarmful) {
  const std::string source = write_source("printed.c", R"(#include <pthread.h>
#include <stdio.h>
static int number;
static void *set(void *unused) { number = 7; return unused; }
int main(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, set, NULL);
  int seen = number;
  pthread_join(thread, NULL);
  printf("%d\n", seen);
})");
  const auto result = explored({"--executions", "20", source}, 0);
  ASSERT_EQ(result.at("races").size(), 1u);
  const auto& tried = result.at("races").at(0).at("tried");
  EXPECT_EQ(tried.at("outcome"), "other-output");
  EXPECT_TRUE(run({"replay", tried.at("token"), source}).ending.exited_with(0));
}

TEST_F(ExploreProgram, PetersonOnPlainIntsIsARaceThatMakesNoDifference) {
  const std::string source = write_source("peterson.c", R"(#include <pthread.h>
static volatile int wants[2], turn;
static int count;
static void add(int me) {
  wants[me] = 1;
  turn = 1 - me;
  while (wants[1 - me] && turn == 1 - me) continue;
  count++;
  wants[me] = 0;
}
static void *other(void *unused) { add(1); return unused; }
int main(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, other, NULL);
  add(0);
  pthread_join(thread, NULL);
  return count != 2;
})");
  const auto result = explored({"--executions", "200", source}, 0);
  EXPECT_GE(result.at("races").size(), 3u);
  std::set<std::string> outcomes;
  for (const auto& race : result.at("races")) {
    if (race.contains("tried")) outcomes.insert(race.at("tried").at("outcome"));
  }
  EXPECT_TRUE(outcomes.count("no-difference"));
  EXPECT_FALSE(outcomes.count("harmful") || outcomes.count("other-output"));
}

TEST_F(ExploreProgram, RacesBetweenRolesAreNamedByTheirRoles) {
  const std::string left = write_source("left.c", R"(#include <sys/shm.h>
struct board { int turn, score; };
int main(void) {
  struct board *board = shmat(shmget(77, sizeof *board, IPC_CREAT | 0600), 0, 0);
  board->score = 1;
  return 0;
})");
  const std::string right = write_source("right.c", R"(#include <sys/shm.h>
struct board { int turn, score; };
int main(void) {
  struct board *mine = shmat(shmget(77, sizeof *mine, IPC_CREAT | 0600), 0, 0);
  return mine->score > 1;
})");
  const auto result = explored({"--executions", "20", "--role", "writer=" + left, "--role", "reader=" + right}, 0);
  ASSERT_EQ(result.at("races").size(), 1u) << result.dump(1);
  std::set<std::string> sides;
  for (const auto& access : result.at("races").at(0).at("accesses"))
    sides.insert(access.at("task").get<std::string>() + " " + access.at("does").get<std::string>() + " in " +
                 access.at("file").get<std::string>());
  EXPECT_EQ(sides, (std::set<std::string>{"writer writes in left.c", "reader reads in right.c"}));
}

}  // namespace
}  // namespace jitterlab
