#include "os/spawn.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "os/error.h"
#include "os/temp_dir.h"

namespace jitterlab {
namespace {

Ran run_shell(const std::string& script, const std::string& input = "") {
  return run_program({"sh", "-c", script}, input);
}

// Waits until the child has ended, without taking its status from the kernel.
void wait_until_ended(int pid) {
  siginfo_t info{};
  ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT), 0);
}

std::string error_of(const std::vector<std::string>& arguments, const std::vector<Passed>& passed = {}) {
  try {
    spawn(arguments, passed);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(RunProgram, BothStreamsAndTheExitCodeAreCollected) {
  const Ran ran = run_shell("echo out; echo err >&2; exit 3");
  EXPECT_EQ(ran.out, "out\n");
  EXPECT_EQ(ran.err, "err\n");
  EXPECT_TRUE(ran.ending.exited_with(3));
}

TEST(RunProgram, ProgramKilledByASignalIsNotAnExit) {
  EXPECT_TRUE(run_shell("kill -SEGV $$").ending.killed_by(SIGSEGV));
  EXPECT_TRUE(run_shell("exit 11").ending.exited_with(11));
}

TEST(RunProgram, InputIsGivenAndEnds) { EXPECT_EQ(run_shell("cat; echo end", "a\nb\n").out, "a\nb\nend\n"); }

TEST(RunProgram, WithoutInputTheProgramFindsItsEnd) { EXPECT_EQ(run_program({"cat"}).out, ""); }

TEST(RunProgram, InputLargerThanAPipeComesBackWhole) {
  const std::string big(500'000, 'x');
  EXPECT_EQ(run_program({"cat"}, big).out, big);
}

TEST(RunProgram, ProgramThatEndsByItselfThoughOutputIsLargeGivesItWhole) {
  const Ran ran = run_shell("head -c 500000 /dev/zero; head -c 300000 /dev/zero >&2");
  EXPECT_EQ(ran.out.size(), 500'000u);
  EXPECT_EQ(ran.err.size(), 300'000u);
  EXPECT_TRUE(ran.ending.exited_with(0));
}

TEST(RunProgram, OutputBeyondTheBoundIsCutAndTheProgramDoesNotHang) {
  const Ran ran = run_program({"yes"});
  EXPECT_EQ(ran.out.size(), std::size_t{1} << 20);
  EXPECT_TRUE(ran.ending.killed_by(SIGPIPE)) << ran.ending.words();
}

TEST(RunProgram, ErrorsBeyondTheBoundAreCutAndTheProgramDoesNotHang) {
  const Ran ran = run_program({"sh", "-c", "exec yes >&2"});
  EXPECT_EQ(ran.err.size(), std::size_t{1} << 20);
  EXPECT_TRUE(ran.ending.killed_by(SIGPIPE)) << ran.ending.words();
}

TEST(RunProgram, ArgumentsArriveAsTheyAre) {
  EXPECT_EQ(run_program({"printf", "<%s>", "a b", "", "$x;*"}).out, "<a b><><$x;*>");
}

TEST(Spawn, DescriptorsOfOursAreClosedInTheChildEvenInGaps) {
  const Fd first(::open("/dev/null", O_RDONLY)), second(::open("/dev/null", O_RDONLY));
  const Fd far(::fcntl(first.get(), F_DUPFD, 200));
  ASSERT_GE(far.get(), 200);
  // The 3 is the one that `ls` itself opens to read the folder.
  EXPECT_EQ(run_program({"ls", "/proc/self/fd"}).out, "0\n1\n2\n3\n");
}

TEST(Spawn, PassedDescriptorHasTheNumberAskedFor) {
  const TempDir folder;
  write_file(folder.path() + "/file", "through 100");
  const Fd file(::open((folder.path() + "/file").c_str(), O_RDONLY | O_CLOEXEC));
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  const Fd reading(ends[0]);
  Fd writing(ends[1]);
  const auto child = spawn({"cat", "/proc/self/fd/100"}, {{file.get(), 100}, {writing.get(), 1}});
  writing.reset();
  EXPECT_EQ(read_all(reading.get(), 100), "through 100");
  EXPECT_TRUE(child->wait().exited_with(0));
}

TEST(Spawn, BlockedAndIgnoredSignalsOfOursAreNotInherited) {
  sigset_t term, before;
  sigemptyset(&term);
  sigaddset(&term, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &term, &before);
  const auto old_pipe = ::signal(SIGPIPE, SIG_IGN);
  const std::string status = run_program({"grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status"}).out;
  ::signal(SIGPIPE, old_pipe);
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  unsigned long long ignored = 0;
  ASSERT_EQ(std::sscanf(status.c_str(), "SigBlk: 0000000000000000 SigIgn: %llx", &ignored), 1) << status;
  EXPECT_EQ(ignored & (1ull << (SIGPIPE - 1)), 0u);
}

TEST(Spawn, ProgramNotInPathIsAnErrorThatSaysSo) {
  EXPECT_EQ(error_of({"no-such-program-of-ours"}), "the program no-such-program-of-ours is not in PATH; install it");
}

TEST(Spawn, PathThatCannotBeExecutedIsAnErrorThatNamesIt) {
  EXPECT_EQ(error_of({"/nonexistent/program"}), "cannot start /nonexistent/program: No such file or directory");
  EXPECT_EQ(error_of({"/etc/passwd"}), "cannot start /etc/passwd: Permission denied");
}

TEST(Spawn, DescriptorThatIsNotOpenCannotBePassed) {
  EXPECT_EQ(error_of({"true"}, {{999, 100}}).substr(0, 12), "cannot start");
}

TEST(Child, WaitAfterTheEndGivesTheSameEnding) {
  const auto child = spawn({"sh", "-c", "exit 7"}, {});
  EXPECT_TRUE(child->wait().exited_with(7));
  EXPECT_TRUE(child->wait().exited_with(7));
  child->kill();
  EXPECT_TRUE(child->wait().exited_with(7));
}

TEST(Child, KilledChildIsSaidToBeKilled) {
  const auto child = spawn({"sleep", "1000"}, {});
  child->kill();
  EXPECT_TRUE(child->wait().killed_by(SIGKILL));
}

TEST(Child, KillAfterItEndedUnnoticedKeepsItsExitCode) {
  const auto child = spawn({"sh", "-c", "exit 7"}, {});
  wait_until_ended(child->pid());
  child->kill();
  EXPECT_TRUE(child->wait().exited_with(7));
}

TEST(Child, DestructorKillsAndCollectsARunningChild) {
  auto child = spawn({"sleep", "1000"}, {});
  const int pid = child->pid();
  EXPECT_EQ(::kill(pid, 0), 0);
  child.reset();
  EXPECT_EQ(::kill(pid, 0), -1);
  EXPECT_EQ(errno, ESRCH);
}

}  // namespace
}  // namespace jitterlab
