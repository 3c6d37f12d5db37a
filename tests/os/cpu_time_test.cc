// CPU time of a whole tree of processes.
#include "os/cpu_time.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

namespace jitterlab {
namespace {

constexpr double kWork = 0.2, kInaccuracy = 0.05;

void work() {
  timespec spent{};
  do ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
  while (static_cast<double>(spent.tv_sec) + static_cast<double>(spent.tv_nsec) * 1e-9 < kWork);
}

TEST(CpuTime, CountsAChildThatRunsAndStillCountsItWhenItHasEnded) {
  int said[2];
  ASSERT_EQ(::pipe(said), 0);
  const double before = cpu_seconds_of_all();
  const pid_t child = ::fork();
  if (child == 0) {
    work();
    if (::write(said[1], "x", 1) != 1) ::_exit(1);
    for (;;) ::pause();
  }
  char byte;
  ASSERT_EQ(::read(said[0], &byte, 1), 1);
  const double while_it_runs = cpu_seconds_of_all();
  EXPECT_GE(while_it_runs, before + kWork - kInaccuracy);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_GE(cpu_seconds_of_all(), while_it_runs - kInaccuracy);
  ::close(said[0]);
  ::close(said[1]);
}

TEST(CpuTime, ProcessesMayEndWhileTheyAreCounted) {
  const pid_t child = ::fork();
  if (child == 0) {
    for (;;) {
      if (::fork() == 0) ::_exit(0);
      ::wait(nullptr);
    }
  }
  constexpr int kLooks = 3000;
  double last = 0;
  for (int i = 0; i < kLooks; ++i) EXPECT_NO_THROW(last = cpu_seconds_of_all());
  EXPECT_GT(last, 0);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
}

}  // namespace
}  // namespace jitterlab
