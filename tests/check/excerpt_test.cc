#include "check/excerpt.h"

#include <gtest/gtest.h>

namespace jitterlab {
namespace {

TEST(Excerpt, ShortTextIsQuotedWhole) {
  EXPECT_EQ(quoted("kiwi"), "`kiwi`");
  EXPECT_EQ(quoted(std::string(60, 'a')), "`" + std::string(60, 'a') + "`");
}

TEST(Excerpt, LongTextIsCut) { EXPECT_EQ(quoted(std::string(61, 'a')), "`" + std::string(60, 'a') + "…`"); }

TEST(Excerpt, ACharacterIsNotCutInTwo) {
  EXPECT_EQ(cut(std::string(59, 'a') + "äb"), std::string(59, 'a') + "…");
  EXPECT_EQ(cut(std::string(57, 'a') + "🍐b"), std::string(57, 'a') + "…");
}

TEST(Excerpt, BytesThatAreNoUtf8AreCutAnywhere) {
  EXPECT_EQ(cut(std::string(100, '\x80')), std::string(57, '\x80') + "…");
}

TEST(Excerpt, OfALongListTheFirstThreeAreShown) {
  EXPECT_EQ(listed({}), "");
  EXPECT_EQ(listed({"a", "b", "c"}), "a, b, c");
  EXPECT_EQ(listed({"a", "b", "c", "d", "e"}, "; "), "a; b; c; and 2 more");
}

TEST(Excerpt, ATrailShowsWhatCameJustBefore) {
  EXPECT_EQ(trail({"a", "b"}, 1, "here"), "a b ← here");
  EXPECT_EQ(trail({"a", "b", "c", "d", "e", "f", "g"}, 5, "here"), "… b c d e f ← here");
  EXPECT_EQ(trail({"a", "b"}, 2, "the end"), "a b ← the end");
}

TEST(Excerpt, OneIsCountedInTheSingular) {
  EXPECT_EQ(counted(1, "byte", "bytes"), "1 byte");
  EXPECT_EQ(counted(0, "byte", "bytes"), "0 bytes");
}

}  // namespace
}  // namespace jitterlab
