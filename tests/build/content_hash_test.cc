#include "build/content_hash.h"

#include <gtest/gtest.h>

namespace jitterlab {
namespace {

TEST(ContentHash, SameFieldsGiveTheSameSixtyFourDigits) {
  const std::string first = ContentHash().add("a").add("b").hex();
  EXPECT_EQ(first, ContentHash().add("a").add("b").hex());
  EXPECT_EQ(first.size(), 64u);
}

TEST(ContentHash, BordersBetweenFieldsCount) {
  EXPECT_NE(ContentHash().add("ab").add("c").hex(), ContentHash().add("a").add("bc").hex());
}

// "a" behind its length, 8 bytes little-endian; the digest is that of coreutils' sha256sum.
TEST(ContentHash, IsSha256OfLengthAndBytes) {
  EXPECT_EQ(ContentHash().add("a").hex(), "ae6121c88ba555f64c3d812123eb799d128015541f850c5e9bf1d54c08ad8481");
}

}  // namespace
}  // namespace jitterlab
