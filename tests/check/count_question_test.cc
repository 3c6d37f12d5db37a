#include <gmock/gmock.h>

#include "check/observation_fixture.h"

namespace jitterlab {
namespace {

Answer count(std::int64_t at_least, std::optional<std::int64_t> at_most, const std::string& writes) {
  return ask(CountCheck{{{"produced", at_least, at_most}}}, seen(writes));
}

TEST(CountQuestion, TheRightNumberPasses) {
  EXPECT_EQ(count(2, 2, "a: produced kiwi\nproduced fig\n").verdict, Verdict::kPassed);
  EXPECT_EQ(count(0, 0, "a: nothing").verdict, Verdict::kPassed);
}

TEST(CountQuestion, TooManyFailsAndTheLastIsShown) {
  const Answer answer = count(1, 1, "a: produced kiwi\nproduced fig\n");
  EXPECT_EQ(answer.verdict, Verdict::kFailed);
  EXPECT_EQ(answer.expected, "exactly 1 `produced`");
  EXPECT_EQ(answer.seen, "2 `produced`, the last one `produced fig`");
}

TEST(CountQuestion, TooFewFails) {
  EXPECT_EQ(count(3, 3, "a: produced kiwi\n").seen, "1 `produced`, the last one `produced kiwi`");
  EXPECT_EQ(count(1, std::nullopt, "a: made kiwi\n").seen, "no `produced` at all");
}

TEST(CountQuestion, BoundsAreInclusiveAndMayBeOpen) {
  EXPECT_EQ(count(1, std::nullopt, "a: produced kiwi\nproduced fig").verdict, Verdict::kPassed);
  EXPECT_EQ(count(2, 3, "a: produced kiwi\nproduced fig").verdict, Verdict::kPassed);
  EXPECT_EQ(count(2, 3, "a: produced kiwi").expected, "2 to 3 `produced`");
  EXPECT_EQ(count(0, 1, "a: produced kiwi\nproduced fig").expected, "at most 1 `produced`");
}

TEST(CountQuestion, EveryRangeMustHold) {
  const CountCheck both{{{"ping", 1, 1}, {"pong", 2, std::nullopt}}};
  EXPECT_EQ(ask(both, seen("a: PingPongPong")).verdict, Verdict::kPassed);
  const Answer answer = ask(both, seen("a: Pong"));
  EXPECT_EQ(answer.expected, "exactly 1 `ping`, at least 2 `pong`");
  EXPECT_EQ(answer.seen, "no `ping` at all; 1 `pong`, the last one `Pong`");
}

TEST(EachQuestion, AllowedValuesPass) {
  const EachCheck check{{"got", "item"}, std::vector<std::string>{"kiwi", "fig"}};
  EXPECT_EQ(ask(check, seen("c: consumer 1 got fig\nconsumer 2 got fig\n")).verdict, Verdict::kPassed);
  EXPECT_EQ(ask(check, seen("c: nothing")).verdict, Verdict::kPassed);
}

TEST(EachQuestion, AnotherValueFails) {
  const Answer answer =
      ask(EachCheck{{"got", "item"}, EventField{"produced", "item"}}, seen("p: produced fig | c: consumer 1 got gif"));
  EXPECT_EQ(answer.verdict, Verdict::kFailed);
  EXPECT_EQ(answer.expected, "each `got.item` is one of `produced.item`");
  EXPECT_EQ(answer.seen, "`gif` in `consumer 1 got gif` by c");
}

TEST(EachQuestion, ParametersInAListAreFilledIn) {
  Observation observation = seen("c: consumer 1 got fig");
  observation.parameters = {{"words", {"kiwi", "fig"}}};
  EXPECT_EQ(ask(EachCheck{{"got", "item"}, std::vector<std::string>{"$words[1]"}}, observation).verdict,
            Verdict::kPassed);
  const Answer answer = ask(EachCheck{{"got", "item"}, std::vector<std::string>{"$words[0]"}}, observation);
  EXPECT_EQ(answer.verdict, Verdict::kFailed);
  EXPECT_EQ(answer.expected, "each `got.item` is one of `$words[0]`");
}

}  // namespace
}  // namespace jitterlab
