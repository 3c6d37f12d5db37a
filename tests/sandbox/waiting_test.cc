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

class ControlledRest : public Waiting {
 protected:
  // Without the agent: nobody comes under control, or says that he rests.
  void begin() {
    open();
    Control control{.schedule = Control::Schedule{.scheduler = std::string(1 << 10, '\0'), .most_steps = 7}};
    box_->begin({}, control);
  }
  BoxEvent next_rest() {
    const auto deadline = Clock::now() + kProtection;
    BoxEvent event;
    while (event.kind != BoxEvent::Kind::kRest && Clock::now() < deadline) event = box_->next(deadline);
    return event;
  }
};

TEST_F(ControlledRest, IsToldWhenAllThatWereAnnouncedHaveEndedAndNobodyElseIsThere) {
  begin();
  Launch one = shell("exit 0", 0), two = shell("exit 0", 1);
  one.announced = {0, 1};
  one.with_next = true;
  box_->start(one);
  box_->start(two);
  const BoxEvent rest = next_rest();
  EXPECT_EQ(rest.kind, BoxEvent::Kind::kRest);
  EXPECT_FALSE(rest.everyone);
  EXPECT_TRUE(box_->finish().controlled.has_value());
}

TEST_F(ControlledRest, OfOthersIsToldAfterThatOfTheControlled) {
  begin();
  Launch ends = shell("exit 0", 0);
  ends.announced = {0};
  ends.with_next = true;
  box_->start(ends);
  box_->start(shell("read x", 1));
  EXPECT_FALSE(next_rest().everyone);
  EXPECT_TRUE(next_rest().everyone);
  box_->finish();
}

TEST_F(ControlledRest, NobodyBeginsBeforeAllAreThere) {
  begin();
  for (int i = 0; i < 5; ++i) {
    Launch launch = shell("[ -d /proc/$(( $$ + 4 - " + std::to_string(i) + " )) ] && echo there; read x", i);
    launch.with_next = i < 4;
    box_->start(launch);
  }
  Seen seen;
  const auto deadline = Clock::now() + kProtection;
  while (seen.out.size() < 5 * 6 && seen.endings.empty() && Clock::now() < deadline)
    take_in(seen, box_->next(deadline));
  box_->finish();
  EXPECT_EQ(seen.out, "there\nthere\nthere\nthere\nthere\n");
}

TEST_F(ControlledRest, FirstInputIsThereBeforeTheProgram) {
  begin();
  Launch launch = shell("read x; read y; echo $x$y");
  launch.input = "a\nb\n";
  launch.input_ends = true;
  box_->start(launch);
  Seen seen;
  const auto deadline = Clock::now() + kProtection;
  while (seen.endings.empty() && Clock::now() < deadline) take_in(seen, box_->next(deadline));
  box_->finish();
  EXPECT_EQ(seen.out, "ab\n");
}

}  // namespace
}  // namespace jitterlab
