#include "os/ending.h"

#include <gtest/gtest.h>
#include <signal.h>

#include "os/error.h"

namespace jitterlab {
namespace {

// Wait statuses as Linux lays them out: the exit code in the second byte, the signal in the low seven bits.
constexpr int exited(int code) { return code << 8; }
constexpr int kDumpedCore = 0x80;

TEST(Ending, ExitElevenIsNotSignalEleven) {
  const Ending exit = Ending::from_wait_status(exited(11)), signal = Ending::from_wait_status(SIGSEGV);
  EXPECT_TRUE(exit.exited_with(11));
  EXPECT_FALSE(exit.killed_by(11));
  EXPECT_FALSE(signal.exited_with(11));
  EXPECT_TRUE(signal.killed_by(SIGSEGV));
  EXPECT_NE(exit, signal);
}

TEST(Ending, CoreDumpDoesNotChangeTheSignal) {
  EXPECT_EQ(Ending::from_wait_status(SIGSEGV | kDumpedCore), Ending::from_wait_status(SIGSEGV));
}

TEST(Ending, NumbersAreGivenForTheirOwnKindOnly) {
  const Ending exit = Ending::from_wait_status(exited(3)), signal = Ending::from_wait_status(SIGKILL);
  EXPECT_EQ(exit.exit_code(), 3);
  EXPECT_EQ(signal.signal(), SIGKILL);
  EXPECT_THROW(exit.signal(), Error);
  EXPECT_THROW(signal.exit_code(), Error);
  EXPECT_THROW(Ending().exit_code(), Error);
  EXPECT_THROW(Ending::running().signal(), Error);
}

TEST(Ending, OnlyExitAndSignalAreEnds) {
  EXPECT_TRUE(Ending::from_wait_status(exited(0)).has_ended());
  EXPECT_TRUE(Ending::from_wait_status(SIGTERM).has_ended());
  EXPECT_FALSE(Ending().has_ended());
  EXPECT_FALSE(Ending::running().has_ended());
}

TEST(Ending, WhatHasNotEndedNeitherExitedNorWasKilled) {
  EXPECT_FALSE(Ending().exited_with(0));
  EXPECT_FALSE(Ending().killed_by(0));
  EXPECT_FALSE(Ending::running().exited_with(0));
}

TEST(Ending, WordsSayWhatHappened) {
  EXPECT_EQ(Ending().words(), "was not started");
  EXPECT_EQ(Ending::not_started("no such file").words(), "was not started: no such file");
  EXPECT_EQ(Ending::running().words(), "still running");
  EXPECT_EQ(Ending::from_wait_status(exited(3)).words(), "exit 3");
  EXPECT_EQ(Ending::from_wait_status(SIGSEGV).words(), "signal 11 (Segmentation fault)");
}

TEST(Ending, NamesOfASavedEndingGiveItBack) {
  for (const Ending& ending : {Ending(), Ending::not_started("why"), Ending::running(),
                               Ending::from_wait_status(exited(3)), Ending::from_wait_status(SIGKILL)})
    EXPECT_EQ(Ending::from_names(ending.kind_name(), ending.number(), ending.why()), ending) << ending.words();
}

TEST(Ending, UnknownNameIsAnError) { EXPECT_THROW(Ending::from_names("vanished", 0, ""), Error); }

}  // namespace
}  // namespace jitterlab
