#include "check/sequence_expression.h"

#include <gmock/gmock.h>

#include <iterator>
#include <sstream>

#include "os/error.h"

namespace jitterlab {
namespace {

std::vector<std::string> split(const std::string& names) {
  std::istringstream words(names);
  return {std::istream_iterator<std::string>(words), {}};
}

bool matches(const std::string& expression, const std::string& names) {
  return SequenceExpression(expression, {"a", "b", "b-2"}).matches(split(names));
}

std::optional<std::size_t> continuable(const std::string& expression, const std::string& names) {
  return SequenceExpression(expression, {"a", "b", "b-2"}).continuable(split(names));
}

TEST(SequenceExpression, NamesAreMatchedWhole) {
  EXPECT_TRUE(matches("(a b-2)* a?", "a b-2 a"));
  EXPECT_FALSE(matches("(a b-2)* a?", "a b a"));
  EXPECT_TRUE(matches("a{2}|b+", "b b b"));
  EXPECT_FALSE(matches("a{2}|b+", "a a b"));
  EXPECT_TRUE(matches("a*", ""));
}

// expression, sequence, how many of it can be continued
struct Case {
  const char* expression;
  const char* names;
  std::size_t fits;
};

class Beginnings : public testing::TestWithParam<Case> {};

TEST_P(Beginnings, AreFoundUpToTheFirstEventThatCannotCome) {
  const Case& c = GetParam();
  EXPECT_EQ(continuable(c.expression, c.names), c.fits) << c.expression << ": " << c.names;
}

INSTANTIATE_TEST_SUITE_P(
    AllOperators, Beginnings,
    testing::Values(Case{"a b a", "a b b", 2}, Case{"a b a", "b", 0}, Case{"a b a", "a b a a", 3},
                    Case{"a b a", "a b", 2}, Case{"a|b a", "b a a", 2}, Case{"a|b a", "b b", 1},
                    Case{"(a b)*", "a b a a", 3}, Case{"(a b)*", "", 0}, Case{"(a b)+ b-2", "a b a b b-2 a", 5},
                    Case{"(a b)+ b-2", "b-2", 0}, Case{"a? b", "b a", 1}, Case{"a? b", "a a", 1},
                    Case{"(a b){2}", "a b a b a", 4}, Case{"(a b){2}", "a b b", 2}, Case{"a{2,3} b", "a a b b", 3},
                    Case{"a{2,3} b", "a a a a", 3}, Case{"a{2,} b", "a a a a b a", 5}, Case{"a{0} b", "a", 0},
                    Case{"a{1} b", "a b b", 2}, Case{"((a|b)* b-2)*", "a b a", 3}, Case{"a (|b) b-2", "a b-2 a", 2},
                    Case{"a (|b) b-2", "a b b-2 a", 3}, Case{"(a (b b-2)? a)*", "a b b-2 a a b b", 6}));

// Other operators of RE2 still match; only the place of a mistake cannot be told.
TEST(SequenceExpression, OtherOperatorsMatchButTellNoPlace) {
  for (const char* expression : {"a .", "(a .)", "a{,2} b|a b", "a{ b|a b"}) {
    EXPECT_TRUE(matches(expression, "a b")) << expression;
    EXPECT_EQ(continuable(expression, "a b"), std::nullopt) << expression;
  }
}

TEST(SequenceExpression, AnExpressionThatContradictsTheLabIsAnErrorOfOurs) {
  EXPECT_THROW(SequenceExpression("a c", {"a", "b"}), Error);
  EXPECT_THROW(SequenceExpression("(a", {"a"}), Error);
  EXPECT_THROW(SequenceExpression("a", std::vector<std::string>(129, "a")), Error);
}

}  // namespace
}  // namespace jitterlab
