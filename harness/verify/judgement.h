// Whether a submission of reference/ was graded as it must be, and what that cost. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "check/finding.h"
#include "lab/lab.h"
#include "verify/known_submissions.h"

namespace jitterlab {

// Spent from the beginning of a grading.
struct Effort {
  int executions = 0;  // in the order in which a grading makes them: plain, jittered, controlled
  double cpu_seconds = 0;
};

// One grading of a submission.
struct SeedResult {
  std::uint64_t seed = 0;
  Grade grade;
  Effort whole;
  std::map<std::string, Effort> first_failures;  // check -> until an execution failed it
};

struct Judgement {
  KnownSubmission submission;
  std::vector<SeedResult> seeds;
  std::vector<std::string> complaints;  // each names its seed
  std::vector<std::string> not_told;    // points that stayed open: nothing can be concluded
  std::vector<std::string> warnings;
  std::optional<double> chance;  // of catching it at the lab's own budget, at least; where that can be said
};

Judgement judge(const Lab& lab, const KnownSubmission& submission, std::vector<SeedResult> seeds);

// The starter compiles, loses points, and each check that it fails says what was seen and has a hint. `complaints` and
// `not_told` are filled.
Judgement judge_starter(const Lab& lab, SeedResult result);

// Until the named checks had all failed once. Nothing when one of them did not fail.
std::optional<Effort> effort_to_catch(const KnownSubmission& submission, const SeedResult& result);

// Checks that no known-bad submission fails: nothing shows that they can.
std::vector<std::string> checks_without_bug(const Lab& lab, const std::vector<KnownSubmission>& submissions);

}  // namespace jitterlab
