// Lines and tables of what verify found.
#include "verify/table.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "os/error.h"
#include "verify/verification_json.h"

namespace jitterlab {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

Judgement caught_after(const std::vector<int>& executions) {
  Judgement judgement;
  judgement.submission = {"", "count", "bug.c", {"arrive"}};
  for (const int number : executions) {
    SeedResult result;
    result.seed = judgement.seeds.size() + 1;
    result.whole = {200, 4};
    result.first_failures["arrive"] = {number, number / 10.0};
    Finding arrive{.check = "arrive"};
    arrive.scenarios.push_back({.scenario = "one", .plain_executions = 5, .plain_failures = 1});
    result.grade.findings = {arrive};
    judgement.seeds.push_back(result);
  }
  return judgement;
}

TEST(MarkdownTable, HasMedianAndWorstOverTheSeeds) {
  EXPECT_THAT(markdown_table({caught_after({40, 3, 7})}),
              HasSubstr("\n| count/bug.c | arrive | 7 | 40 | 0.7 | 4.0 | 3 of 15 |  |\n"));
}

TEST(MarkdownTable, SeedThatDidNotCatchItCountsAsAWholeGrading) {
  Judgement judgement = caught_after({3, 5});
  judgement.seeds[1].first_failures.clear();
  EXPECT_THAT(markdown_table({judgement}), HasSubstr("| 3 | 200 | 0.3 | 4.0 |"));
}

TEST(MarkdownTable, ChanceIsRoundedDown) {
  Judgement judgement = caught_after({3});
  judgement.chance = 0.98999;
  EXPECT_THAT(markdown_table({judgement}), HasSubstr("| 98.9 % |\n"));
}

TEST(JudgementLines, SayWhatIsWrongBelow) {
  Judgement judgement = caught_after({3});
  EXPECT_THAT(judgement_lines(judgement, 20), StartsWith("ok     count/bug.c           arrive "));
  judgement.not_told = {"seed 1: no box"};
  EXPECT_THAT(judgement_lines(judgement, 20), StartsWith("open "));
  judgement.complaints = {"seed 1: loses 2 points in ends\none: \x1b[31mline"};
  const std::string text = judgement_lines(judgement, 20);
  EXPECT_THAT(text, StartsWith("WRONG"));
  EXPECT_THAT(text, HasSubstr("\n       seed 1: loses 2 points in ends\n         | one: \\x1b[31mline\n"));
  EXPECT_THAT(text, HasSubstr("       not told: seed 1: no box\n"));
}

TEST(WithTable, ReplacesWhatIsBetweenTheMarks) {
  const std::string document = "a\n<!-- table of x -->\nold\n<!-- end of table -->\nb\n";
  EXPECT_EQ(with_table(document, "x", "new\n"), "a\n<!-- table of x -->\nnew\n<!-- end of table -->\nb\n");
}

TEST(WithTable, IsAddedWhereThereAreNoMarks) {
  EXPECT_EQ(with_table("a\n", "x", "new\n"), "a\n\n## x\n\n<!-- table of x -->\nnew\n<!-- end of table -->\n");
}

TEST(WithTable, MarkWithoutAnEndIsRefused) {
  EXPECT_THROW(with_table("<!-- table of x -->\nold\n", "x", "new\n"), Error);
}

TEST(VerificationJson, HoldsEveryFigure) {
  LabVerification lab;
  lab.lab = "x";
  lab.judgements = {caught_after({3})};
  lab.judgements[0].chance = 0.5;
  EXPECT_FALSE(lab.is_wrong() || lab.is_open());
  lab.judgements[0].complaints = {"\xff"};
  lab.judgements[0].not_told = {"open"};
  EXPECT_TRUE(lab.is_wrong() && lab.is_open());
  const auto json = nlohmann::json::parse(verification_json({lab}));
  const auto& one = json.at("labs")[0].at("submissions")[0];
  EXPECT_EQ(one.at("submission"), "count/bug.c");
  EXPECT_EQ(one.at("caught_with_at_least"), 0.5);
  EXPECT_EQ(one.at("seeds")[0].at("caught").at("executions"), 3);
  EXPECT_EQ(one.at("complaints")[0], "\\xff");
}

}  // namespace
}  // namespace jitterlab
