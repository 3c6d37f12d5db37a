#include "lab/spelling.h"

#include <gtest/gtest.h>

namespace jitterlab {
namespace {

TEST(EditDistance, EveryKindOfSlipCostsOne) {
  EXPECT_EQ(edit_distance("points", "points"), 0u);
  EXPECT_EQ(edit_distance("point", "points"), 1u);
  EXPECT_EQ(edit_distance("pointts", "points"), 1u);
  EXPECT_EQ(edit_distance("paints", "points"), 1u);
  EXPECT_EQ(edit_distance("piónts", "points"), 3u);  // bytes, not letters
  EXPECT_EQ(edit_distance("pionts", "points"), 1u);
  EXPECT_EQ(edit_distance("", "points"), 6u);
  EXPECT_EQ(edit_distance("points", ""), 6u);
}

TEST(Suggestion, NearWordIsSuggested) {
  EXPECT_EQ(suggestion("tilte", {"lab", "title", "points"}), "did you mean `title`?");
  EXPECT_EQ(suggestion("unless_failed", {"hint", "unless-failed"}), "did you mean `unless-failed`?");
}

TEST(Suggestion, NearestOfSeveralWordsIsSuggested) {
  EXPECT_EQ(suggestion("counts", {"mount", "count", "points"}), "did you mean `count`?");
}

TEST(Suggestion, WordFarFromAllIsAnsweredWithTheList) {
  EXPECT_EQ(suggestion("zebra", {"lab", "title"}), "there are: lab, title");
  EXPECT_EQ(suggestion("zebra", {}), "there are none");
}

TEST(Suggestion, LongListIsCut) {
  EXPECT_EQ(suggestion("zebra", std::vector<std::string>(300, "zebra")).substr(0, 17), "there are: zebra,");
  EXPECT_EQ(listed(std::vector<std::string>(21, "a")).size(), std::string("a, ").size() * 20 + std::string("…").size());
}

}  // namespace
}  // namespace jitterlab
