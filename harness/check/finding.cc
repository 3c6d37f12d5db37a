#include "check/finding.h"

#include "check/check.h"

namespace jitterlab {

std::string to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPassed:
      return "passed";
    case Verdict::kFailed:
      return "failed";
    case Verdict::kNotGraded:
      break;
  }
  return "not graded";
}

void add_up(Grade& grade) {
  // Without findings the points of the lab stand as they are.
  if (!grade.findings.empty()) grade.points = 0;
  grade.earned = grade.lost = grade.open = 0;
  for (const Finding& finding : grade.findings) {
    grade.points += finding.points;
    grade.earned += finding.earned;
    grade.lost += finding.lost;
    grade.open += finding.open;
  }
  if (grade.not_graded_because.empty()) return;
  grade.earned = grade.lost = 0;
  grade.open = grade.points;
}

int exit_code(const Grade& grade) {
  if (grade.open > 0 || !grade.not_graded_because.empty()) return 2;
  return grade.lost > 0 ? 1 : 0;
}

}  // namespace jitterlab
