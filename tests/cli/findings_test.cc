// `findings: { none-of: … }` of lab files in a whole grading: each kind from both sides.
#include <gmock/gmock.h>

#include <algorithm>

#include "grading.h"

namespace jitterlab {
namespace {

using testing::HasSubstr;
using testing::Not;

// Two children count in a segment that is erased in the end; the pieces of the program are put in by each test.
constexpr char kCounter[] = R"(
#include <pthread.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

int *jobs;
int set;
void P(void) { struct sembuf take = {0, -1, 0}; semop(set, &take, 1); }
void V(void) { struct sembuf give = {0, 1, 0}; semop(set, &give, 1); }

int main(void) {
  int segment = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
  jobs = shmat(segment, 0, 0);
  set = semget(IPC_PRIVATE, 1, IPC_CREAT | 0600);
  semctl(set, 0, SETVAL, VALUE);
  for (int child = 0; child < 2; child++)
    if (fork() == 0) { COUNT; return 0; }
  while (wait(0) > 0) continue;
  printf("%d\n", *jobs);
  shmctl(segment, IPC_RMID, 0);
  ERASE
  return 0;
}
)";
constexpr char kErase[] = "semctl(set, 0, IPC_RMID);";

class FindingsInGrade : public Grading {
 protected:
  FindingsInGrade() { options_.lab = kHere + "labs/raced"; }

  Grade grade_with(const std::string& count, const std::string& erase = kErase, int value = 1) {
    std::string source = kCounter;
    for (const auto& [name, text] : {std::pair(std::string("COUNT"), count), std::pair(std::string("ERASE"), erase),
                                     std::pair(std::string("VALUE"), std::to_string(value))})
      source.replace(source.find(name), name.size(), text);
    return grade_source(source);
  }
  static std::string seen(const Grade& grade, const std::string& check) {
    return finding(grade, check).scenarios.at(0).answer.seen;
  }
};

TEST_F(FindingsInGrade, ACorrectProgramLosesNothing) {
  const Grade grade = grade_with("P(); ++*jobs; V()");
  EXPECT_EQ(grade.earned, grade.points) << grade.not_graded_because;
  EXPECT_TRUE(grade.races.empty());
}

// Each writes a byte of its own line; the output is right whoever comes first.
TEST_F(FindingsInGrade, ARaceThatNoOutputShowsCostsItsPointsAndIsToldOnce) {
  const Grade grade = grade_with("P(); jobs[1] = jobs[0]; V(); jobs[1] = 7; P(); ++*jobs; V()");
  EXPECT_EQ(finding(grade, "counts").lost, 0);
  const Finding& race_free = finding(grade, "race-free");
  EXPECT_EQ(race_free.lost, 3);
  EXPECT_FALSE(race_free.scenarios.at(0).token.empty());
  const std::string words = seen(grade, "race-free");
  EXPECT_THAT(words, HasSubstr("race: accesses to the same memory that nothing orders\n  jobs[1]\n"));
  EXPECT_THAT(words, HasSubstr("counter, child 1 writes it at pair.c:"));
  EXPECT_THAT(words, HasSubstr("jobs[1] = 7;"));
  for (const ScenarioRace& race : grade.races) {
    EXPECT_EQ(race.check, "race-free");
    EXPECT_EQ(race.race.tried.outcome, RaceTried::Outcome::kNothing);
  }
  EXPECT_EQ(finding(grade, "goes-on").earned, 2);
}

TEST_F(FindingsInGrade, ARaceThatAnotherCheckCostsAlreadyIsNotCharged) {
  const Grade grade = grade_with("++*jobs");
  EXPECT_EQ(finding(grade, "counts").lost, 3);
  EXPECT_EQ(finding(grade, "race-free").verdict, Verdict::kFailed);
  EXPECT_EQ(finding(grade, "race-free").not_charged_because, "counts");
  const auto is_harmful = [](const ScenarioRace& race) {
    return race.race.tried.outcome == RaceTried::Outcome::kHarmful && race.race.tried.leads_to == "counts fails";
  };
  EXPECT_TRUE(std::any_of(grade.races.begin(), grade.races.end(), is_harmful));
  EXPECT_EQ(grade.lost, 3);
}

TEST_F(FindingsInGrade, ADeadlockCostsItsPoints) {
  const Grade grade = grade_with("P(); ++*jobs; V()", kErase, 0);
  EXPECT_EQ(finding(grade, "goes-on").lost, 2);
  EXPECT_THAT(seen(grade, "goes-on"), HasSubstr("deadlock: everyone waited"));
}

TEST_F(FindingsInGrade, WhatIsLeftBehindCostsItsPoints) {
  const Grade grade = grade_with("P(); ++*jobs; V()", ";");
  EXPECT_EQ(finding(grade, "tidy").lost, 2);
  EXPECT_EQ(grade.lost, 2);
  EXPECT_THAT(seen(grade, "tidy"), HasSubstr("leak: left behind: semaphore set"));
}

class SleepersInGrade : public FindingsInGrade {
 protected:
  SleepersInGrade() { options_.lab = kHere + "labs/slept"; }

  static bool has_sleep(const Grade& grade) {
    return std::any_of(grade.found.begin(), grade.found.end(),
                       [](const ScenarioFound& found) { return found.found.kind == "sleep-as-synchronisation"; });
  }
};

TEST_F(SleepersInGrade, AFailureThatNeedsAnEarlySleepIsToldWithTheSleepAndTheStepOfNoReturn) {
  const Grade grade = grade_with("if (child == 0) *jobs = 1; else { usleep(1000); ++*jobs; }");
  const ScenarioFinding& failed = finding(grade, "counts").scenarios.at(0);
  ASSERT_EQ(failed.answer.verdict, Verdict::kFailed);
  ASSERT_EQ(grade.found.size(), 1u);
  const ToldFound& found = grade.found.at(0).found;
  EXPECT_THAT(found.what, HasSubstr("this failure, `counts`, came in "));
  EXPECT_THAT(found.what, HasSubstr(", and in none of "));
  ASSERT_EQ(found.steps.size(), 1u);
  EXPECT_EQ(found.steps.at(0).task, "counter, child 2");
  EXPECT_THAT(found.steps.at(0).source, HasSubstr("usleep(1000)"));
  EXPECT_EQ(found.index, static_cast<std::uint64_t>(failed.example.index));
  const std::vector<StoryStep>& steps = failed.explanation.story.steps;
  const auto has = [&](const auto& says) { return std::any_of(steps.begin(), steps.end(), says); };
  EXPECT_TRUE(has([](const StoryStep& step) { return step.what == "sleeps (others have not got on)"; }));
  EXPECT_TRUE(has([](const StoryStep& step) { return step.is_no_return; }));
}

TEST_F(SleepersInGrade, ASleepThatHasNoPartInAFailureIsNotTold) {
  const Grade grade = grade_with("++*jobs; usleep(1000)");
  EXPECT_EQ(finding(grade, "counts").lost, 3);
  EXPECT_FALSE(has_sleep(grade));
}

TEST_F(SleepersInGrade, ASleeperThatTakesALockIsNotTold) {
  const Grade grade = grade_with("usleep(1000); P(); ++*jobs; V()");
  EXPECT_EQ(grade.earned, grade.points) << grade.not_graded_because;
  EXPECT_FALSE(has_sleep(grade));
}

// One schedule, in which nothing goes wrong; what fails is reached by what analysis suspects in it.
class TrialsInGrade : public SleepersInGrade {
 protected:
  TrialsInGrade() { options_.schedules = 1; }

  static void expect_failure_with_token(const Grade& grade) {
    const Finding& counts = finding(grade, "counts");
    EXPECT_EQ(counts.lost, 3);
    EXPECT_FALSE(counts.scenarios.at(0).token.empty());
    EXPECT_FALSE(counts.scenarios.at(0).explanation.story.steps.empty());
  }
};

TEST_F(TrialsInGrade, ALostUpdateThatOnlyTheOtherOrderOfARaceShowsCostsItsPoints) {
  const Grade grade = grade_with("++*jobs");
  expect_failure_with_token(grade);
  const auto is_harmful = [](const ScenarioRace& race) {
    return race.race.tried.outcome == RaceTried::Outcome::kHarmful;
  };
  EXPECT_TRUE(std::any_of(grade.races.begin(), grade.races.end(), is_harmful));
}

TEST_F(TrialsInGrade, ARaceThatDoesNoHarmCostsNothing) {
  const Grade grade = grade_with("P(); ++*jobs; V(); jobs[1 + child] = jobs[2 - child]");
  EXPECT_EQ(finding(grade, "counts").lost, 0);
  EXPECT_FALSE(grade.races.empty());
}

constexpr char kTwoLocks[] = R"(
#include <pthread.h>
#include <stdio.h>
pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER, right = PTHREAD_MUTEX_INITIALIZER;
int jobs;
void *work(void *which) {
  pthread_mutex_t *one = which ? &left : &right, *other = ORDER;
  pthread_mutex_lock(one);
  pthread_mutex_lock(other);
  ++jobs;
  pthread_mutex_unlock(other);
  pthread_mutex_unlock(one);
  return 0;
}
int main(void) {
  pthread_t threads[2];
  for (long i = 0; i < 2; i++) pthread_create(&threads[i], 0, work, (void *)i);
  for (int i = 0; i < 2; i++) pthread_join(threads[i], 0);
  printf("%d\n", jobs);
}
)";

class LocksInGrade : public TrialsInGrade {
 protected:
  Grade grade_with_order(const std::string& order, const std::string& one) {
    std::string source = kTwoLocks;
    source.replace(source.find("which ? &left : &right"), 22, one);
    return grade_source(source.replace(source.find("ORDER"), 5, order));
  }
};

TEST_F(LocksInGrade, ADeadlockThatOnlySteeringReachesCostsItsPoints) {
  const Grade grade = grade_with_order("which ? &right : &left", "which ? &left : &right");
  expect_failure_with_token(grade);
  const auto& deadlock = finding(grade, "counts").scenarios.at(0).explanation.deadlock;
  ASSERT_TRUE(deadlock);
  EXPECT_EQ(deadlock->kind, DeadlockKind::kCircularWait);
}

TEST_F(LocksInGrade, LocksThatAreTakenInOneOrderCostNothing) {
  EXPECT_EQ(finding(grade_with_order("&right", "&left"), "counts").lost, 0);
}

// One child waits for the other; both have ended when the server is stopped.
constexpr char kServer[] = R"(
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  atomic_int *ready = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (fork() == 0) { WAIT; _exit(0); }
  if (fork() == 0) { *ready = 1; _exit(0); }
  REAP;
  for (;;) pause();
}
)";

class ServerInGrade : public Grading {
 protected:
  ServerInGrade() { options_.lab = kHere + "labs/watched"; }

  Grade grade_with(const std::string& wait, const std::string& reap) {
    std::string source = kServer;
    for (const auto& [name, text] : {std::pair(std::string("WAIT"), wait), std::pair(std::string("REAP"), reap)})
      source.replace(source.find(name), name.size(), text);
    return grade_source(source);
  }
  static bool tells(const Grade& grade, const std::string& kind) {
    return std::any_of(grade.found.begin(), grade.found.end(),
                       [&](const ScenarioFound& found) { return found.found.kind == kind; });
  }
};

TEST_F(ServerInGrade, BusyWaitingCostsItsPointsAndIsToldWithBothLines) {
  const Grade grade = grade_with("while (!*ready) continue", "while (wait(0) > 0) continue");
  EXPECT_EQ(finding(grade, "sleeps").lost, 2);
  const std::string words = finding(grade, "sleeps").scenarios.at(0).answer.seen;
  EXPECT_THAT(words, HasSubstr("busy-waiting: somebody waits by reading the same again and again"));
  EXPECT_THAT(words, HasSubstr("server, child 1 goes round and reads *ready at pair.c:9"));
  EXPECT_THAT(words, HasSubstr("server, child 2 ends it by writing *ready at pair.c:10"));
  EXPECT_FALSE(tells(grade, "zombie"));
}

TEST_F(ServerInGrade, LooksThatAreCountedCostNothing) {
  const Grade grade = grade_with("for (int i = 0; i < 30 && !*ready; i++) continue", "while (wait(0) > 0) continue");
  EXPECT_EQ(finding(grade, "sleeps").earned, 2) << grade.not_graded_because;
  EXPECT_TRUE(grade.found.empty());
}

TEST_F(ServerInGrade, ChildrenThatNobodyWaitsForAreToldAndCostNothing) {
  const Grade grade = grade_with("", "");
  EXPECT_EQ(finding(grade, "sleeps").earned, 2) << grade.not_graded_because;
  EXPECT_TRUE(tells(grade, "zombie"));
}

}  // namespace
}  // namespace jitterlab
