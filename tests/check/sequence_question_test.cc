#include <gmock/gmock.h>

#include "check/observation_fixture.h"

namespace jitterlab {
namespace {

Answer alternate(const std::string& writes, const std::string& per = "") {
  return ask(SequenceCheck{"(ping pong)* ping?", {"ping", "pong"}, per}, seen(writes));
}

TEST(SequenceQuestion, AMatchingSequencePassesWhateverElseIsPrinted) {
  EXPECT_EQ(alternate("a: Ping, produced kiwi | b: Pong | a: Ping").verdict, Verdict::kPassed);
  EXPECT_EQ(alternate("a: nothing").verdict, Verdict::kPassed);
}

TEST(SequenceQuestion, AnEventOutOfTurnFailsAndIsShownWithItsSurroundings) {
  const Answer answer = alternate("a: Ping1 | b: Pong1 | a: Ping2 | b: Pong2 | b: Pong3 | a: Ping3");
  EXPECT_EQ(answer.verdict, Verdict::kFailed);
  EXPECT_EQ(answer.expected, "the events come in the order `(ping pong)* ping?`");
  EXPECT_EQ(answer.seen, "after 4 events that fit came `Pong3` by b: ping pong ping pong pong ← here");
}

TEST(SequenceQuestion, ASequenceThatStopsTooEarlyFails) {
  const SequenceCheck rounds{"(ping pong){2}", {"ping", "pong"}, ""};
  EXPECT_EQ(ask(rounds, seen("a: PingPongPing")).seen, "it ends too early: ping pong ping ← the end");
  EXPECT_EQ(ask(rounds, seen("a: nothing")).seen, "none of these events was printed");
}

TEST(SequenceQuestion, WithPerEveryValueHasASequenceOfItsOwn) {
  EXPECT_EQ(alternate("a: Ping1Ping2Pong2Pong1", "n").verdict, Verdict::kPassed);
  const Answer answer = alternate("a: Ping1Ping2Pong2Pong2Pong1", "n");
  EXPECT_EQ(answer.verdict, Verdict::kFailed);
  EXPECT_EQ(answer.seen, "for `n` `2`: after 2 events that fit came `Pong2`: ping pong pong ← here");
}

TEST(SequenceQuestion, WithoutAPlaceTheEndIsShown) {
  const SequenceCheck any{"ping . ping", {"ping", "pong"}, ""};
  EXPECT_EQ(ask(any, seen("a: PingPongPing")).verdict, Verdict::kPassed);
  EXPECT_EQ(ask(any, seen("a: PingPong")).seen, "this does not match: ping pong ← the end");
}

}  // namespace
}  // namespace jitterlab
