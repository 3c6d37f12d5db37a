#include <gmock/gmock.h>

#include <set>

#include "os/error.h"
#include "plan/plan.h"

namespace jitterlab {
namespace {

Parameter words(const std::string& name, int count) {
  return {.name = name, .kind = DrawKind::kWord, .count = count, .distinct = true};
}

Parameter number(std::int64_t min, std::int64_t max, int count, bool distinct) {
  return {.name = "n", .kind = DrawKind::kNumber, .count = count, .distinct = distinct, .min = min, .max = max};
}

Parameter choice(const std::vector<std::string>& choices, int count, bool distinct) {
  return {.name = "colour", .kind = DrawKind::kChoice, .count = count, .distinct = distinct, .choices = choices};
}

Lab lab_with(const std::vector<Parameter>& parameters) {
  Lab lab;
  lab.parameters = parameters;
  return lab;
}

std::vector<std::string> drawn(const Parameter& parameter, std::uint64_t seed) {
  return draw(lab_with({parameter}), seed).at(parameter.name);
}

// The pairs of words of which one contains the other; a word is no pair with itself.
std::vector<std::string> nested(const std::vector<std::string>& words) {
  std::vector<std::string> pairs;
  for (std::size_t a = 0; a < words.size(); ++a)
    for (std::size_t b = 0; b < words.size(); ++b)
      if (a != b && words[a].find(words[b]) != std::string::npos) pairs.push_back(words[a] + " " + words[b]);
  return pairs;
}

// Computed once outside the harness; a change means that every recorded seed tells another story.
TEST(Draw, ValuesAreTheSameForEver) {
  EXPECT_THAT(drawn(words("words", 5), 1), testing::ElementsAre("vubivi", "burabot", "mavoza", "tukona", "zutivabu"));
  EXPECT_THAT(drawn(number(-5, 100, 5, false), 1), testing::ElementsAre("43", "99", "89", "39", "13"));
  EXPECT_THAT(drawn(choice({"red", "green", "blue"}, 5, false), 1),
              testing::ElementsAre("blue", "blue", "red", "red", "blue"));
}

TEST(Draw, SeedDecidesAllValues) {
  const Lab lab = lab_with({words("words", 10), number(0, 1'000'000, 10, false)});
  EXPECT_EQ(draw(lab, 5), draw(lab, 5));
  EXPECT_NE(draw(lab, 5).at("words"), draw(lab, 6).at("words"));
  EXPECT_NE(draw(lab, 5).at("n"), draw(lab, 6).at("n"));
}

TEST(Draw, OtherParametersDoNotChangeANumber) {
  const Parameter n = number(0, 1'000'000, 3, true);
  EXPECT_EQ(draw(lab_with({words("words", 10), n, choice({"red", "green"}, 1, false)}), 5).at("n"), drawn(n, 5));
}

TEST(Draw, WordsHaveFourToEightLowerCaseLetters) {
  std::set<std::size_t> lengths;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    for (const std::string& word : drawn(words("words", 40), seed)) {
      EXPECT_THAT(word, testing::MatchesRegex("[a-z]+"));
      lengths.insert(word.size());
    }
  }
  EXPECT_THAT(lengths, testing::ElementsAre(4, 5, 6, 7, 8));
}

TEST(Draw, NoWordContainsAnotherAlsoOfAnotherParameter) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto values = draw(lab_with({words("first", 100), words("second", 100)}), seed);
    std::vector<std::string> all = values.at("first");
    all.insert(all.end(), values.at("second").begin(), values.at("second").end());
    EXPECT_THAT(nested(all), testing::IsEmpty()) << "seed " << seed;
  }
}

TEST(Draw, ThousandsOfWordsAreStillDistinct) {
  const auto values = drawn(words("words", 5000), 1);
  EXPECT_EQ(std::set<std::string>(values.begin(), values.end()).size(), 5000u);
}

TEST(Draw, WordThatAnEventOfTheLabContainsIsNotDrawn) {
  Lab lab = lab_with({words("words", 3)});
  const std::string first = draw(lab, 1).at("words")[0];
  lab.events = {{.name = "x", .pattern = "item " + first + " (\\w+)"}};
  EXPECT_NE(draw(lab, 1).at("words")[0], first);
  lab.events = {{.name = "x", .pattern = "(\\w+)", .example = "got " + first}};
  EXPECT_NE(draw(lab, 1).at("words")[0], first);
  lab.events = {{.name = first.substr(1, 3), .pattern = "(\\w+)"}};
  EXPECT_NE(draw(lab, 1).at("words")[0], first);
  lab.events = {{.name = "produced", .pattern = "produced (\\w+)"}};
  EXPECT_EQ(draw(lab, 1).at("words")[0], first);
}

TEST(Draw, NumbersReachBothEndsOfTheirRangeAndStayInside) {
  std::set<std::string> seen;
  for (std::uint64_t seed = 0; seed < 100; ++seed)
    seen.merge(std::set<std::string>{drawn(number(-1, 1, 1, false), seed)[0]});
  EXPECT_THAT(seen, testing::ElementsAre("-1", "0", "1"));
}

TEST(Draw, RangeOfAllNumbersDoesNotOverflow) {
  EXPECT_NE(drawn(number(INT64_MIN, INT64_MAX, 1, false), 1), drawn(number(INT64_MIN, INT64_MAX, 1, false), 2));
}

TEST(Draw, DistinctNumbersUseUpTheirWholeRange) {
  EXPECT_THAT(drawn(number(3, 6, 4, true), 9), testing::UnorderedElementsAre("3", "4", "5", "6"));
}

TEST(Draw, NumbersThatNeedNotDifferMayRepeat) {
  EXPECT_THAT(drawn(number(4, 4, 3, false), 1), testing::ElementsAre("4", "4", "4"));
}

TEST(Draw, DistinctChoicesAreAllDifferent) {
  EXPECT_THAT(drawn(choice({"red", "green", "blue"}, 3, true), 1),
              testing::UnorderedElementsAre("red", "green", "blue"));
}

TEST(Draw, DistinctParameterWithTooFewValuesIsAnError) {
  EXPECT_THROW(drawn(number(1, 2, 3, true), 1), Error);
  EXPECT_THROW(drawn(choice({"red", "red"}, 2, true), 1), Error);
}

TEST(Draw, LabWithoutParametersHasNoValues) { EXPECT_TRUE(draw(lab_with({}), 1).empty()); }

}  // namespace
}  // namespace jitterlab
