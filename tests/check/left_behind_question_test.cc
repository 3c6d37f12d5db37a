#include <gmock/gmock.h>

#include "check/observation_fixture.h"

namespace jitterlab {
namespace {

const LeftBehindCheck kNothing{{LeftKind::kSegment, LeftKind::kSemaphores, LeftKind::kQueue, LeftKind::kSharedMemory,
                                LeftKind::kMessageQueue, LeftKind::kFile, LeftKind::kFifo, LeftKind::kSocket,
                                LeftKind::kProcess}};
const LeftBehindCheck kNoIpc{{LeftKind::kSegment, LeftKind::kSemaphores}};

Observation left(const std::vector<LeftOver>& things, int more = 0) {
  Observation observation = ended("producer: exit 0");
  observation.left_behind = things;
  observation.left_behind_more = more;
  return observation;
}

TEST(LeftBehindQuestion, NothingLeftPasses) { EXPECT_EQ(ask(kNothing, left({})).verdict, Verdict::kPassed); }

TEST(LeftBehindQuestion, SomethingLeftFailsAndIsNamed) {
  const Answer answer = ask(kNothing, left({{LeftKind::kSegment, "key 0x3039, 20 bytes"}, {LeftKind::kFifo, "chat"}}));
  EXPECT_EQ(answer.verdict, Verdict::kFailed);
  EXPECT_EQ(answer.expected, "nothing is left behind at the end");
  EXPECT_EQ(answer.seen, "left behind: segment `key 0x3039, 20 bytes`, FIFO `chat`");
}

TEST(LeftBehindQuestion, OnlyForbiddenKindsCount) {
  EXPECT_EQ(ask(kNoIpc, left({{LeftKind::kFile, "core"}})).verdict, Verdict::kPassed);
  const Answer answer = ask(kNoIpc, left({{LeftKind::kFile, "core"}, {LeftKind::kSemaphores, "key 0x1"}}));
  EXPECT_EQ(answer.expected, "no segment, semaphore set is left behind at the end");
  EXPECT_EQ(answer.seen, "left behind: semaphore set `key 0x1`");
}

TEST(LeftBehindQuestion, EveryKindHasAWord) {
  for (const LeftKind kind : kNothing.none_of) {
    const Answer answer = ask(LeftBehindCheck{{kind}}, left({{kind, "x"}}));
    EXPECT_EQ(answer.verdict, Verdict::kFailed);
    EXPECT_THAT(answer.seen, testing::MatchesRegex("left behind: [A-Za-z ]+ `x`"));
  }
}

TEST(LeftBehindQuestion, MoreThanIsRecordedFailsWhenNothingIsAllowed) {
  EXPECT_EQ(ask(kNothing, left({}, 2)).seen, "2 things were left behind");
}

TEST(LeftBehindQuestion, MoreThanIsRecordedIsNotGradedWhenItMayBeAllowed) {
  const Answer answer = ask(kNoIpc, left({{LeftKind::kFile, "x"}}, 900));
  EXPECT_EQ(answer.verdict, Verdict::kNotGraded);
  EXPECT_EQ(answer.seen, "900 more things were left behind than are recorded");
}

}  // namespace
}  // namespace jitterlab
