// Sentences that more than one format uses. They claim no more than was seen: "no failure in 40 jittered and 10 plain
// executions", never "correct".
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "check/finding.h"

namespace jitterlab {

// "0x00000000deadbeef": how seeds are written everywhere; JSON numbers cannot hold them.
std::string seed_words(std::uint64_t seed);

// Of the whole: not graded when any points are open or an error of ours ended the grading.
Verdict verdict_of(const Grade& grade);

// "producer-consumer: 14 of 20 points, failed"
std::string headline(const Grade& grade);

// Empty when the submission ran in a sandbox.
std::string sandbox_warning(const Grade& grade);

// "Partial result: …"; empty when everything was done.
std::string partial_words(const Grade& grade);

// "your instructor" when the lab names nobody.
std::string contact_of(const Grade& grade);

// Whether `reason`, of something not graded, says that the submission attacked the harness. Then a person decides, and
// the report does not say that it is nobody's fault.
bool is_interference(const std::string& reason);

// "failed in 3 of 40 jittered executions and 0 of 10 plain ones, first with seed 0x… (execution jitter 7)",
// "no failure in 40 jittered and 10 plain executions"
std::string how_often(const ScenarioFinding& finding);

// Scenarios in which a check went the same way, in the order of the finding.
struct SameWay {
  std::vector<std::string> scenarios;
  const ScenarioFinding* first = nullptr;  // lives as long as the finding
};
std::vector<SameWay> grouped(const Finding& finding);

// "a, b and c"
std::string enumerated(const std::vector<std::string>& words);

}  // namespace jitterlab
