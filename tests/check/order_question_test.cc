#include <gmock/gmock.h>

#include "check/observation_fixture.h"

namespace jitterlab {
namespace {

Answer in_order(const std::vector<std::string>& words, const std::string& writes, const std::string& per = "who") {
  Observation observation = seen(writes);
  observation.parameters = {{"words", words}};
  return ask(OrderCheck{{"got", "item"}, std::string("words"), per}, observation);
}

TEST(OrderQuestion, GapsAndStrangersAreAllowed) {
  EXPECT_EQ(in_order({"a", "b", "c"}, "c: consumer 1 got a, consumer 1 got x, consumer 1 got c").verdict,
            Verdict::kPassed);
}

TEST(OrderQuestion, ALaterValueFirstFails) {
  const Answer answer = in_order({"a", "b", "c"}, "c: consumer 1 got a, consumer 1 got c, consumer 1 got b");
  EXPECT_EQ(answer.verdict, Verdict::kFailed);
  EXPECT_EQ(answer.expected, "the values of `got.item` come in the order of `$words`, for each `who` by itself");
  EXPECT_EQ(answer.seen, "for `who` `1`: `b` came after `c`: `consumer 1 got c`, later `consumer 1 got b`");
}

TEST(OrderQuestion, EveryConsumerHasAnOrderOfItsOwn) {
  const std::string writes = "c: consumer 1 got b, consumer 2 got a, consumer 2 got c";
  EXPECT_EQ(in_order({"a", "b", "c"}, writes).verdict, Verdict::kPassed);
  EXPECT_EQ(in_order({"a", "b", "c"}, writes, "").seen,
            "`a` came after `b`: `consumer 1 got b`, later `consumer 2 got a`");
}

TEST(OrderQuestion, AValueTwiceIsNoDisorder) {
  EXPECT_EQ(in_order({"a", "b"}, "c: consumer 1 got a, consumer 1 got a, consumer 1 got b").verdict, Verdict::kPassed);
  EXPECT_EQ(in_order({"a", "b", "a"}, "c: consumer 1 got b, consumer 1 got a").verdict, Verdict::kPassed);
  EXPECT_EQ(
      in_order({"a", "b", "a"}, "c: consumer 1 got a, consumer 1 got b, consumer 1 got a, consumer 1 got b").verdict,
      Verdict::kFailed);
}

TEST(OrderQuestion, TheOrderMayBeThatOfEvents) {
  const OrderCheck check{{"got", "item"}, EventField{"produced", "item"}, ""};
  EXPECT_EQ(ask(check, seen("p: produced a, produced b | c: consumer 1 got a, consumer 1 got b")).verdict,
            Verdict::kPassed);
  EXPECT_EQ(ask(check, seen("p: produced a, produced b | c: consumer 1 got b, consumer 1 got a")).verdict,
            Verdict::kFailed);
}

Answer alone(const std::string& writes, int k = 1, const std::string& per = "") {
  return ask(AtMostCheck{k, "enter", "leave", per}, seen(writes));
}

TEST(AtMostQuestion, OneAfterTheOtherPasses) {
  EXPECT_EQ(alone("a: enter x\nleave x\n | b: enter x\n").verdict, Verdict::kPassed);
}

TEST(AtMostQuestion, TwoAtOnceFail) {
  const Answer answer = alone("a: enter x\n | b: enter x\n | a: leave x\n | b: leave x\n");
  EXPECT_EQ(answer.verdict, Verdict::kFailed);
  EXPECT_EQ(answer.expected, "never more than 1 between `enter` and `leave`");
  EXPECT_EQ(answer.seen, "2 were inside at `enter x` by b: enter enter ← here");
  EXPECT_EQ(alone("a: enter x\n | b: enter x\n", 2).verdict, Verdict::kPassed);
}

TEST(AtMostQuestion, WithPerEveryValueIsCountedByItself) {
  EXPECT_EQ(alone("a: enter x\n | b: enter y\n", 1, "lock").verdict, Verdict::kPassed);
  EXPECT_EQ(alone("a: enter x\nenter y\nenter x\n", 1, "lock").seen,
            "for `lock` `x`: 2 were inside at `enter x`: enter enter ← here");
}

TEST(AtMostQuestion, LeavingTooOftenMakesNoRoom) {
  EXPECT_EQ(alone("a: leave x\nleave x\nenter x\nenter x\n").verdict, Verdict::kFailed);
}

}  // namespace
}  // namespace jitterlab
