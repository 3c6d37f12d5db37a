#include "analysis/step_words.h"

#include <gtest/gtest.h>

#include <csignal>

#include "made_execution.h"

namespace jitterlab {
namespace {

constexpr TaskId kMain = 1, kChild = 2;

constexpr std::uint64_t bit(int signal) { return std::uint64_t{1} << (signal - 1); }

// What main did.
std::string words(Call call, std::uint64_t object, std::uint64_t value, std::uint64_t detail = 0) {
  Made made;
  made.created(kChild, kMain);
  TraceEvent event = made.did(kMain, Made::call(call, StepKind::kSignal, object, 5), value);
  event.detail = detail;
  const TaskList tasks(made.observation);
  const Things things(made.end(), {});
  return step_words(event, things.of(event.operation), things, tasks, std::nullopt);
}

TEST(StepWords, SignalsHaveNames) {
  EXPECT_EQ(words(Call::kKill, kChild, SIGUSR1), "sends SIGUSR1 to child 1");
  EXPECT_EQ(words(Call::kKill, kMain, SIGTERM), "sends SIGTERM to itself");
  EXPECT_EQ(words(Call::kKill, 0, SIGINT), "sends SIGINT to a group");
  EXPECT_EQ(words(Call::kKill, kChild, 0), "looks whether child 1 is still there");
  EXPECT_EQ(words(Call::kKill, kChild, 40), "sends signal 40 to child 1");
  EXPECT_EQ(words(Call::kSignalHandler, kMain, 0, SIGCHLD), "says what SIGCHLD does");
}

TEST(StepWords, MasksSayWhatIsBlocked) {
  constexpr std::uint64_t kUsers = bit(SIGUSR1) | bit(SIGUSR2);
  EXPECT_EQ(words(Call::kSignalMask, kMain, SIG_BLOCK, kUsers), "blocks SIGUSR1, SIGUSR2");
  EXPECT_EQ(words(Call::kSignalMask, kMain, SIG_BLOCK, 0), "blocks no signal");
  EXPECT_EQ(words(Call::kSignalMask, kMain, SIG_BLOCK, kUsers | bit(SIGINT) | bit(SIGTERM)), "blocks 4 signals");
  EXPECT_EQ(words(Call::kSignalMask, kMain, SIG_UNBLOCK, bit(SIGALRM)), "unblocks SIGALRM");
  EXPECT_EQ(words(Call::kSignalMask, kMain, SIG_SETMASK, 0), "unblocks all signals");
  EXPECT_EQ(words(Call::kSignalMask, kMain, SIG_SETMASK, bit(SIGALRM)), "blocks SIGALRM and nothing else");
  EXPECT_EQ(words(Call::kSignalMask, kMain, kFailedCall), "asks which signals are blocked");
  sigset_t all;
  sigfillset(&all);
  EXPECT_EQ(words(Call::kSignalMask, kMain, SIG_BLOCK, all.__val[0]), "blocks all signals");
}

TEST(StepWords, OfCallsThatNeedNoMore) {
  EXPECT_EQ(words(Call::kYield, 0, 0), "lets others go first");
  EXPECT_EQ(words(Call::kTimer, kMain, 0), "sets a timer");
  EXPECT_EQ(words(Call::kCancel, kChild, 0), "cancels child 1");
  EXPECT_EQ(words(Call::kDetach, 0, 0), "detaches a thread");
}

}  // namespace
}  // namespace jitterlab
