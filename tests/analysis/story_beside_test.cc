#include "analysis/story_beside.h"

#include <gmock/gmock.h>

#include "analysis/made_execution.h"

namespace jitterlab {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::SizeIs;

constexpr auto kRead = StepKind::kRead, kWrite = StepKind::kWrite;

Made two_children() {
  Made made;
  made.created(2, 1);
  made.created(3, 1);
  return made;
}

// Each child adds one; the second comes in between, or after.
Made additions(bool is_between) {
  Made made = two_children();
  made.did(2, Made::access(kRead, 0, 10), 0);
  if (!is_between) made.did(2, Made::access(kWrite, 0, 11), 0);
  made.preempting(3, Made::access(kRead, 0, 20), is_between ? 0 : 1);
  made.did(3, Made::access(kWrite, 0, 21), is_between ? 0 : 1);
  if (is_between) made.did(2, Made::access(kWrite, 0, 11), 1);
  made.did(1, Made::access(kRead, 0, 30), is_between ? 1 : 2);
  return made;
}

Explanation explained(const Made& made, const Made* passing) {
  return explain(made.observation, passing == nullptr ? nullptr : &passing->observation.controlled->trace,
                 made_names());
}

std::vector<std::string> words_of(const std::vector<StepBeside>& steps) {
  std::vector<std::string> words;
  for (const StepBeside& one : steps)
    words.push_back(std::to_string(one.same_as) + " " + one.step.task + " " + one.step.what);
  return words;
}

TEST(StoryBeside, TheSameStepsAreToldInTheOrderOfTheExecutionThatPasses) {
  const Made failing = additions(true), passing = additions(false);
  EXPECT_THAT(words_of(explained(failing, &passing).beside.passing),
              ElementsAre("0 child 1 reads counter: 0", "3 child 1 writes counter: 1", "1 child 2 reads counter: 1",
                          "2 child 2 writes counter: 2", "4 main reads counter: 2"));
}

TEST(StoryBeside, TheStepsThatMatterAreAReadAndAWriteThatComeTheOtherWayRound) {
  const Made failing = additions(true), passing = additions(false);
  const StoryBeside beside = explained(failing, &passing).beside;
  EXPECT_THAT(beside.key, ElementsAre(1u, 3u));
  EXPECT_TRUE(beside.is_swapped);
}

TEST(StoryBeside, WithoutAnExecutionThatPassesNothingIsClaimed) {
  const StoryBeside beside = explained(additions(true), nullptr).beside;
  EXPECT_THAT(beside.passing, IsEmpty());
  EXPECT_THAT(beside.key, IsEmpty());
  EXPECT_FALSE(beside.is_swapped);
}

TEST(StoryBeside, OfACircleTheWaitsMatterAndWhoGotThroughIsToldBeside) {
  Made failing = two_children(), passing = two_children();
  failing.semop(2, 0, -1, 0, 10);
  failing.semop(3, 1, -1, 0, 20);
  failing.waits_for_semaphore(2, 1, 11);
  failing.waits_for_semaphore(3, 0, 21);
  passing.semop(2, 0, -1, 0, 10);
  passing.semop(2, 1, -1, 0, 11);
  passing.semop(2, 1, 1, 1, 12);
  passing.semop(2, 0, 1, 1, 13);
  passing.semop(3, 1, -1, 0, 20);
  passing.semop(3, 0, -1, 0, 21);
  const StoryBeside beside = explained(failing, &passing).beside;
  EXPECT_THAT(beside.key, ElementsAre(2u, 3u));
  EXPECT_FALSE(beside.is_swapped);
  EXPECT_THAT(words_of(beside.passing),
              ElementsAre("0 child 1 P(semaphore 0): 1 -> 0", "2 child 1 P(semaphore 1): 1 -> 0",
                          "-1 child 1 V(semaphore 1): 0 -> 1", "-1 child 1 V(semaphore 0): 0 -> 1",
                          "1 child 2 P(semaphore 1): 1 -> 0", "3 child 2 P(semaphore 0): 1 -> 0"));
}

std::vector<std::pair<std::size_t, std::size_t>> pairs_of(const std::vector<HandOver>& hand_overs) {
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (const HandOver& one : hand_overs) pairs.emplace_back(one.from, one.to);
  return pairs;
}

TEST(StoryBeside, WhoTakesIsLetGoOnByTheLastWhoGaveUnlessThatWasHimself) {
  Made failing = two_children(), passing = two_children();
  failing.semop(2, 0, 1, 1, 10);
  failing.semop(3, 0, -1, 0, 20);
  failing.semop(3, 0, 1, 1, 21);
  failing.semop(3, 0, -1, 0, 22);
  passing.semop(3, 0, -1, 0, 20);
  passing.semop(3, 0, 1, 1, 21);
  passing.semop(3, 0, -1, 0, 22);
  passing.semop(2, 0, 1, 1, 10);
  const Explanation explanation = explained(failing, &passing);
  ASSERT_THAT(explanation.story.steps, SizeIs(4));
  EXPECT_THAT(pairs_of(explanation.beside.hand_overs), ElementsAre(std::pair(0u, 1u)));
}

TEST(StoryBeside, ALongExecutionThatPassesIsShortenedToWhatBothDo) {
  Made failing = two_children(), passing = two_children();
  for (std::uint64_t i = 0; i < 40; ++i) passing.did(2 + i % 2, Made::access(kWrite, 0, 50 + i), i);
  for (Made* made : {&failing, &passing}) {
    const bool fails = made == &failing;
    made->did(fails ? 2 : 3, Made::access(kWrite, 0, fails ? 10 : 20), 40);
    made->did(fails ? 3 : 2, Made::access(kWrite, 0, fails ? 20 : 10), 41);
  }
  const StoryBeside beside = explained(failing, &passing).beside;
  EXPECT_THAT(beside.passing, SizeIs(Le(kMostStepsBeside)));
  EXPECT_EQ(beside.left_out + static_cast<int>(beside.passing.size()), 42);
  EXPECT_EQ(beside.passing.back().same_as, 0);
}

}  // namespace
}  // namespace jitterlab
