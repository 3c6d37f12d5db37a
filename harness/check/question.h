// The questions a check can ask: one function each. All are pure (but the instructor's program), read one observation,
// and leave Answer::seen empty when they pass; when they say "not graded", it holds the reason.
#pragma once

#include "check/check.h"
#include "check/finding.h"
#include "lab/lab.h"
#include "run/observation.h"

namespace jitterlab {

// What a question may look at.
struct Evidence {
  const Lab& lab;
  const Scenario& scenario;
  const Observation& observation;
};

Answer answer_output(const OutputCheck& question, const Evidence& evidence);
Answer answer_count(const CountCheck& question, const Evidence& evidence);
Answer answer_exactly_once(const ExactlyOnceCheck& question, const Evidence& evidence);
Answer answer_sequence(const SequenceCheck& question, const Evidence& evidence);
Answer answer_order(const OrderCheck& question, const Evidence& evidence);
Answer answer_at_most(const AtMostCheck& question, const Evidence& evidence);
Answer answer_each(const EachCheck& question, const Evidence& evidence);
Answer answer_ended(const EndedCheck& question, const Evidence& evidence);
Answer answer_objects(const ObjectsCheck& question, const Evidence& evidence);
Answer answer_uses(const UsesCheck& question, const Evidence& evidence);
Answer answer_left_behind(const LeftBehindCheck& question, const Evidence& evidence);
Answer answer_findings(const FindingsCheck& question, const Evidence& evidence);
Answer answer_program(const ProgramCheck& question, const Evidence& evidence, const ProgramRunner& run_program);

// The word for a question in lab files and reports: "exactly-once".
std::string kind_of(const Question& question);

// True for questions about what the kernel saw, which is recorded in plain executions only, and where the lab says so.
bool needs_plain_execution(const Question& question);

// True for questions that only executions under control can pass; others may fail them.
bool takes_control(const Question& question);

}  // namespace jitterlab
