// Rest and the question whether a program waits: only what is true after the last order counts.
#include <signal.h>

#include "box_fixture.h"

namespace jitterlab {
namespace {

class Waiting : public BoxTest {
 protected:
  using Clock = std::chrono::steady_clock;

  void start(const std::string& script) {
    open();
    box_->begin({}, std::nullopt);
    box_->start(shell(script));
  }

  void wait_for_rest() {
    Seen seen;
    const auto deadline = Clock::now() + kProtection;
    while (!seen.rested && Clock::now() < deadline) take_in(seen, box_->next(deadline));
    ASSERT_TRUE(seen.rested);
  }

  bool waits() { return box_->ask({BoxQuestion::Kind::kWaits, 0, ""}); }
};

TEST_F(Waiting, ProgramThatWasJustFedIsNotSaidToWait) {
  start("while read x; do echo $x; done");
  wait_for_rest();
  EXPECT_TRUE(waits());
  box_->feed(0, "line\n");
  EXPECT_FALSE(waits());
  box_->finish();
}

TEST_F(Waiting, RestOnItsWayIsDroppedWhenAnOrderChangesTheWorld) {
  start("read x; echo $x; sleep 0.5; read x; echo $x");
  const auto deadline = Clock::now() + kProtection;
  // Asked until it waits: the message of its rest is read, but not taken, before the answer.
  while (!waits() && Clock::now() < deadline) {
  }
  wait_for_rest();
  box_->feed(0, "one\n");
  const BoxEvent next = box_->next(deadline);
  EXPECT_EQ(next.kind, BoxEvent::Kind::kOutput);
  EXPECT_EQ(next.bytes, "one\n");
  box_->finish();
}

TEST_F(Waiting, RestIsToldAgainAfterAnOrderThatChangedNothing) {
  start("trap '' USR1; mkfifo f; read x < f");
  wait_for_rest();
  box_->signal(0, SIGUSR1);
  wait_for_rest();
  box_->finish();
}

TEST_F(Waiting, SignalsToAProgramThatEndedAreNoProblem) {
  start("exit 0");
  Seen seen;
  while (seen.endings.empty()) take_in(seen, box_->next(Clock::now() + kProtection));
  box_->signal(0, SIGTERM);
  box_->feed(0, "text");
  box_->close_input(0);
  EXPECT_EQ(box_->finish().left_behind.size(), 0u);
}

TEST_F(Waiting, NextGivesNothingAtItsDeadline) {
  start("sleep 1000");
  EXPECT_EQ(box_->next(Clock::now()).kind, BoxEvent::Kind::kNothing);
  box_->finish();
}

}  // namespace
}  // namespace jitterlab
