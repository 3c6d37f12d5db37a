#include <gmock/gmock.h>

#include "check/observation_fixture.h"

namespace jitterlab {
namespace {

using How = OutputCheck::How;
using testing::HasSubstr;

Answer exact(const std::string& text, const Observation& observation, const std::string& role = "") {
  return ask(OutputCheck{How::kExact, role, text, {}}, observation);
}

Answer matches(const std::string& pattern, const Observation& observation) {
  return ask(OutputCheck{How::kMatches, "", pattern, {}}, observation);
}

Answer lines(const std::vector<std::string>& list, const Observation& observation) {
  return ask(OutputCheck{How::kLineSet, "", "", list}, observation);
}

TEST(OutputQuestion, TheSameTextPasses) {
  EXPECT_EQ(exact("one\ntwo\n", seen("a: one\n | b: two\n")).verdict, Verdict::kPassed);
}

TEST(OutputQuestion, TrailingBlanksAndAMissingLastNewlineAreForgiven) {
  EXPECT_EQ(exact("one\ntwo\n", seen("a: one \t\r\ntwo")).verdict, Verdict::kPassed);
  EXPECT_EQ(exact("one\ntwo", seen("a: one\ntwo\n")).verdict, Verdict::kPassed);
}

TEST(OutputQuestion, ADifferentLineFailsAndIsShown) {
  const Answer answer = exact("one\ntwo\n", seen("a: one\ntow\n"));
  EXPECT_EQ(answer.verdict, Verdict::kFailed);
  EXPECT_EQ(answer.seen, "line 2 is `tow`, expected `two`");
}

TEST(OutputQuestion, MissingAndAdditionalLinesFail) {
  EXPECT_EQ(exact("one\ntwo\n", seen("a: one\n")).seen, "line 2 is the end of the output, expected `two`");
  EXPECT_EQ(exact("one\n", seen("a: one\n\n")).seen, "line 2 is ``, expected the end of the output");
  EXPECT_EQ(exact("one\n", seen("a!: one\n")).seen, "line 1 is the end of the output, expected `one`");
}

TEST(OutputQuestion, OnlyTheNamedRoleIsLookedAt) {
  EXPECT_EQ(exact("two\n", seen("a: one\n | b: two\n"), "b").verdict, Verdict::kPassed);
  const Answer answer = exact("two\n", seen("a: one\n | b: two\n"), "a");
  EXPECT_EQ(answer.verdict, Verdict::kFailed);
  EXPECT_THAT(answer.expected, HasSubstr("the output of a is"));
}

TEST(OutputQuestion, ParametersAreFilledIn) {
  Observation observation = seen("a: kiwi\nfig\n");
  observation.parameters = {{"words", {"kiwi", "fig"}}};
  EXPECT_EQ(exact("$words", observation).verdict, Verdict::kPassed);
  EXPECT_EQ(exact("$words[1]\n$words[0]", observation).verdict, Verdict::kFailed);
  observation.output[0].bytes = "all: kiwi fig";
  EXPECT_EQ(exact("all: $words\n", observation).verdict, Verdict::kPassed);
}

TEST(OutputQuestion, APatternMatchesAnywhereAndItsAnchorsAtLines) {
  EXPECT_EQ(matches("^t\\w+$", seen("a: one\ntwo \nthree")).verdict, Verdict::kPassed);
  EXPECT_EQ(matches("one\n.*\n$", seen("a: one\ntwo")).verdict, Verdict::kPassed);
  EXPECT_EQ(matches("name: $", seen("a: name: ")).verdict, Verdict::kPassed);
}

TEST(OutputQuestion, APatternThatMatchesNothingFails) {
  EXPECT_EQ(matches("^wo", seen("a: two\n")).seen, "nothing in it matches; it begins `two\n`");
  EXPECT_EQ(matches("two", seen("a!: two\n")).seen, "nothing was printed");
}

TEST(OutputQuestion, ALineSetPassesInAnyOrderWithEmptyLinesBetween) {
  EXPECT_EQ(lines({"one", "two", "two"}, seen("a: two\n\none \ntwo")).verdict, Verdict::kPassed);
}

TEST(OutputQuestion, ALineSetReportsMissingAndUnexpectedLines) {
  const Answer answer = lines({"one", "two", "two"}, seen("a: two\nthree\nthree\n"));
  EXPECT_EQ(answer.verdict, Verdict::kFailed);
  EXPECT_EQ(answer.seen, "missing: `one`, `two`; not expected: `three`, `three`");
}

TEST(OutputQuestion, AParameterInALineSetIsOneLinePerValue) {
  Observation observation = seen("a: fig\nend\nkiwi\n");
  observation.parameters = {{"words", {"kiwi", "fig"}}};
  EXPECT_EQ(lines({"$words", "end"}, observation).verdict, Verdict::kPassed);
  EXPECT_EQ(lines({"$words"}, observation).seen, "not expected: `end`");
}

}  // namespace
}  // namespace jitterlab
