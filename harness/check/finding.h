// The answers to the lab's checks, and what they add up to.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "analysis/explanation.h"
#include "analysis/found_book.h"
#include "analysis/race_book.h"
#include "build/failure.h"
#include "lab/lab.h"
#include "plan/execution.h"

namespace jitterlab {

enum class Verdict {
  kPassed,
  kFailed,
  kNotGraded,  // our fault, or interference, for a person to decide; never points lost
};

// "passed", "failed", "not graded"
std::string to_string(Verdict verdict);

// What one check says of one observation.
struct Answer {
  Verdict verdict = Verdict::kPassed;
  std::string expected;  // one or two lines, for a student: "every word of $words arrives exactly once"
  std::string seen;  // what was seen instead, the nearest pieces only: "`kiwi` arrived twice (consumer 1, consumer 2)"
};

// How a check went in one scenario.
struct ScenarioFinding {
  std::string scenario;
  Verdict verdict = Verdict::kPassed;
  int plain_executions = 0, plain_failures = 0;
  int jitter_executions = 0, jitter_failures = 0;
  int controlled_executions = 0, controlled_failures = 0;
  int first_controlled_failure = 0;  // the how-many-th controlled execution failed first, from 1; 0: none did
  bool once_is_enough = false;       // it `holds: sometimes`: failed means that it held in none of these executions
  // Of the first execution that decided (failed, or not graded); of any one when passed.
  Answer answer;
  Execution example;
  std::string token;        // example.strategy == kControlled: its schedule, shortened; empty: too long for a token
  Explanation explanation;  // of that schedule
};

// The answer to one check over all its executions.
struct Finding {
  std::string check;  // id
  std::string kind;   // of the question: "exactly-once", "ended", "builds", …
  Verdict verdict = Verdict::kPassed;
  int points = 0;                      // the check is worth
  int earned = 0, lost = 0, open = 0;  // add up to points
  std::string not_charged_because;     // id of the failed check that already costs this bug; points are then earned
  std::string reason;                  // not graded only: why
  std::string hint;
  std::vector<ScenarioFinding> scenarios;
};

// How far controlled executions went in a scenario.
struct ScenarioStrength {
  std::string scenario;
  std::string words;  // "400 schedules, 212 distinct interleavings; …"
};

// A race that controlled executions of a scenario showed.
struct ScenarioRace {
  std::string scenario;
  ToldRace race;
  std::string check;  // id of the failed check that forbids it and tells of it; empty: information only
};

// Likewise, of what else was found: a thing left behind, a misused semaphore.
struct ScenarioFound {
  std::string scenario;
  ToldFound found;
  std::string check;
};

// The whole result of grading one submission. Everything a report needs.
struct Grade {
  std::string lab, title, contact;
  int lab_version = 0;
  int points = 0, earned = 0, lost = 0, open = 0;
  bool partial = false;  // stopped before all executions were done, or only some checks were asked for
  std::string partial_because;
  std::vector<BuildFailure> build_failures;  // not empty: `findings` has the check `builds`, and all points are lost
  std::vector<std::string> remarks;          // about the hand-in, cost nothing ("ignored __MACOSX")
  std::vector<Finding> findings;             // in the order of the lab file
  std::vector<ScenarioStrength> strengths;   // in the order of the lab file, where there were controlled executions
  std::vector<ScenarioRace> races;           // likewise; the most frequent of a scenario first
  std::vector<ScenarioFound> found;          // likewise
  std::uint64_t seed = 0;
  std::string isolation;                                             // strength, one line, as said by the sandbox
  bool trusted = false;                                              // --i-trust-this-submission: ran without a sandbox
  std::string submission_hash, lab_hash, toolchain_hash, toolchain;  // sha256 in hex; the compiler's first line
  std::string not_graded_because;  // not empty: an error of ours ended the grading; all points are open
  std::vector<std::pair<std::string, std::string>> meta;  // --meta, unread
  std::map<std::string, std::string> sources;             // file of the submission -> its text
};

// 0 all points, 1 points lost, 2 points open or an error of ours.
int exit_code(const Grade& grade);

}  // namespace jitterlab
