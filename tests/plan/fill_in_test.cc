#include <gtest/gtest.h>

#include "os/error.h"
#include "plan/plan.h"

namespace jitterlab {
namespace {

std::string filled(const std::string& text) {
  return fill_in(text, {{"words", {"kiwi", "$n", "lima"}}, {"n", {"7"}}, {"two-part", {"x"}}, {"none", {}}}, ", ");
}

TEST(FillIn, NameBecomesAllValuesJoinedBySeparator) { EXPECT_EQ(filled("<$words>"), "<kiwi, $n, lima>"); }

TEST(FillIn, NameWithIndexBecomesOneValue) { EXPECT_EQ(filled("$words[2] $words[0]"), "lima kiwi"); }

TEST(FillIn, ValueThatLooksLikeANameIsNotReplacedAgain) { EXPECT_EQ(filled("$words[1]"), "$n"); }

TEST(FillIn, TwoDollarsBecomeOneAndStartNoName) { EXPECT_EQ(filled("$$n $$$n"), "$n $7"); }

TEST(FillIn, DollarWithoutNameStays) { EXPECT_EQ(filled("5$ $5 $"), "5$ $5 $"); }

TEST(FillIn, LongestNameIsTaken) { EXPECT_EQ(filled("$two-part $n- $n."), "x 7- 7."); }

TEST(FillIn, BracketsThatHoldNoNumberStay) { EXPECT_EQ(filled("$n[x] $n[ $n[] $n[0"), "7[x] 7[ 7[] 7[0"); }

TEST(FillIn, ParameterWithoutValuesBecomesNothing) { EXPECT_EQ(filled("<$none>"), "<>"); }

TEST(FillIn, TextWithoutDollarIsUnchanged) { EXPECT_EQ(filled("prodcons 1 {instance}"), "prodcons 1 {instance}"); }

TEST(FillIn, UnknownNameIsAnError) { EXPECT_THROW(filled("$word"), Error); }

TEST(FillIn, IndexBeyondTheValuesIsAnError) {
  EXPECT_EQ(filled("$n[0]"), "7");
  EXPECT_THROW(filled("$n[1]"), Error);
}

}  // namespace
}  // namespace jitterlab
