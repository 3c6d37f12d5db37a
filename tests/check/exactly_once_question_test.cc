#include <gmock/gmock.h>

#include "check/observation_fixture.h"
#include "os/error.h"

namespace jitterlab {
namespace {

Answer all_arrive(const std::vector<std::string>& words, const std::string& writes) {
  Observation observation = seen(writes);
  observation.parameters = {{"words", words}};
  return ask(ExactlyOnceCheck{std::string("words"), {"got", "item"}}, observation);
}

TEST(ExactlyOnceQuestion, EveryValueOncePassesInAnyOrder) {
  const Answer answer = all_arrive({"kiwi", "fig"}, "c: consumer 1 got fig\nconsumer 2 got kiwi\n");
  EXPECT_EQ(answer.verdict, Verdict::kPassed);
  EXPECT_EQ(answer.expected, "every value of `$words` comes exactly once as `got.item`, and no other");
  EXPECT_EQ(answer.seen, "");
}

TEST(ExactlyOnceQuestion, AMissingValueFails) {
  const Answer answer = all_arrive({"kiwi", "fig"}, "c: consumer 1 got fig\n");
  EXPECT_EQ(answer.verdict, Verdict::kFailed);
  EXPECT_EQ(answer.seen, "missing: `kiwi`");
}

TEST(ExactlyOnceQuestion, ADoubledValueFailsAndBothArrivalsAreShown) {
  const Answer answer = all_arrive({"kiwi"}, "c: consumer 1 got kiwi\nconsumer 2 got kiwi\n");
  EXPECT_EQ(answer.verdict, Verdict::kFailed);
  EXPECT_EQ(answer.seen, "too often: `kiwi` 2 times (`consumer 1 got kiwi`, `consumer 2 got kiwi`)");
}

TEST(ExactlyOnceQuestion, AValueThatWasNeverSentFails) {
  const Answer answer = all_arrive({"kiwi"}, "c: consumer 1 got kiwi | d: consumer 1 got kiw\n");
  EXPECT_EQ(answer.verdict, Verdict::kFailed);
  EXPECT_EQ(answer.seen, "not expected: `kiw` in `consumer 1 got kiw` by d");
}

TEST(ExactlyOnceQuestion, AValueDrawnTwiceMustComeTwice) {
  EXPECT_EQ(all_arrive({"fig", "fig"}, "c: consumer 1 got fig\nconsumer 1 got fig\n").verdict, Verdict::kPassed);
  EXPECT_EQ(all_arrive({"fig", "fig"}, "c: consumer 1 got fig\n").seen, "missing: `fig` (1 of 2)");
}

TEST(ExactlyOnceQuestion, OfManyOnlyTheFirstAreShown) {
  EXPECT_EQ(all_arrive({"a", "b", "c", "d", "e"}, "c: consumer 1 got x\n").seen,
            "missing: `a`, `b`, `c`, and 2 more; not expected: `x` in `consumer 1 got x`");
}

TEST(ExactlyOnceQuestion, EventsAreMatchedWithEvents) {
  const ExactlyOnceCheck check{EventField{"produced", "item"}, {"got", "item"}};
  EXPECT_EQ(ask(check, seen("c: consumer 1 got fig\n | p: produced fig\n")).verdict, Verdict::kPassed);
  EXPECT_EQ(ask(check, seen("p: produced fig\nproduced kiwi\n | c: consumer 1 got fig")).seen, "missing: `kiwi`");
}

TEST(ExactlyOnceQuestion, AnObservationWithoutTheParameterIsAnErrorOfOurs) {
  EXPECT_THROW(ask(ExactlyOnceCheck{std::string("words"), {"got", "item"}}, seen("a: x")), Error);
}

}  // namespace
}  // namespace jitterlab
