// `faults:` and signals `at: any step` of lab files, in a whole grading: who ignores them fails, the twin passes.
#include "grading.h"

namespace jitterlab {
namespace {

class Faults : public Grading {
 protected:
  Faults() { options_.lab = kHere + "labs/faulty"; }
  Grade grade_with(bool robust) {
    return grade_source("#define ROBUST " + std::to_string(robust) + "\n" + read_file(kHere + "passes.c"));
  }
  static Verdict verdict(const Grade& grade, const std::string& check) { return finding(grade, check).verdict; }
};

TEST_F(Faults, ThatAreIgnoredCostPointsWhereTheScenarioAsksForThem) {
  const Grade grade = grade_with(false);
  EXPECT_EQ(verdict(grade, "whole-without"), Verdict::kPassed);
  for (const char* check : {"whole-when-read", "whole-when-written", "counted", "read"})
    EXPECT_EQ(verdict(grade, check), Verdict::kFailed) << check;
}

TEST_F(Faults, ThatAreExpectedCostNothing) {
  const Grade grade = grade_with(true);
  EXPECT_EQ(grade.earned, grade.points) << grade.not_graded_because;
}

}  // namespace
}  // namespace jitterlab
