#include "check/finding.h"

#include <gtest/gtest.h>

#include "check/check.h"

namespace jitterlab {
namespace {

Finding finding(int earned, int lost, int open) {
  return {.points = earned + lost + open, .earned = earned, .lost = lost, .open = open};
}

Grade graded(const std::vector<Finding>& findings, const std::string& not_graded_because = "") {
  Grade grade{.points = 20, .findings = findings, .not_graded_because = not_graded_because};
  add_up(grade);
  return grade;
}

TEST(Verdict, HasWords) {
  EXPECT_EQ(to_string(Verdict::kPassed), "passed");
  EXPECT_EQ(to_string(Verdict::kFailed), "failed");
  EXPECT_EQ(to_string(Verdict::kNotGraded), "not graded");
}

TEST(AddUp, SumsAreThoseOfTheFindings) {
  const Grade grade = graded({finding(9, 0, 0), finding(0, 5, 0), finding(0, 0, 3), finding(0, 0, 0)});
  EXPECT_EQ(grade.points, 17);
  EXPECT_EQ(grade.earned, 9);
  EXPECT_EQ(grade.lost, 5);
  EXPECT_EQ(grade.open, 3);
}

TEST(AddUp, AnErrorOfOursOpensAllPoints) {
  const Grade grade = graded({finding(9, 5, 0)}, "the sandbox did not start");
  EXPECT_EQ(grade.earned, 0);
  EXPECT_EQ(grade.lost, 0);
  EXPECT_EQ(grade.open, 14);
  EXPECT_EQ(graded({}, "the sandbox did not start").open, 20);
}

TEST(ExitCode, Is0WhenNothingIsLost) {
  EXPECT_EQ(exit_code(graded({finding(9, 0, 0)})), 0);
  EXPECT_EQ(exit_code(graded({finding(9, 0, 0), finding(0, 0, 0)})), 0);
}

TEST(ExitCode, Is1WhenPointsAreLost) { EXPECT_EQ(exit_code(graded({finding(9, 5, 0)})), 1); }

TEST(ExitCode, Is2WhenPointsAreOpenOrTheFaultIsOurs) {
  EXPECT_EQ(exit_code(graded({finding(9, 5, 1)})), 2);
  Grade nothing{.not_graded_because = "no compiler"};
  add_up(nothing);
  EXPECT_EQ(exit_code(nothing), 2);
}

}  // namespace
}  // namespace jitterlab
