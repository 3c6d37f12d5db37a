#include <algorithm>

#include "check/check.h"
#include "check/question.h"
#include "os/error.h"

namespace jitterlab {
namespace {

// What there is to know about each question but its answer.
struct Kind {
  std::string operator()(const OutputCheck&) const { return "output"; }
  std::string operator()(const CountCheck&) const { return "count"; }
  std::string operator()(const ExactlyOnceCheck&) const { return "exactly-once"; }
  std::string operator()(const SequenceCheck&) const { return "sequence"; }
  std::string operator()(const OrderCheck&) const { return "order"; }
  std::string operator()(const AtMostCheck&) const { return "at-most"; }
  std::string operator()(const EachCheck&) const { return "each"; }
  std::string operator()(const EndedCheck&) const { return "ended"; }
  std::string operator()(const ObjectsCheck&) const { return "objects"; }
  std::string operator()(const UsesCheck&) const { return "uses"; }
  std::string operator()(const LeftBehindCheck&) const { return "left-behind"; }
  std::string operator()(const FindingsCheck&) const { return "findings"; }
  std::string operator()(const ProgramCheck&) const { return "program"; }
};

struct AnswerTo {
  const Evidence& evidence;
  const ProgramRunner& run_program;

  Answer operator()(const OutputCheck& question) const { return answer_output(question, evidence); }
  Answer operator()(const CountCheck& question) const { return answer_count(question, evidence); }
  Answer operator()(const ExactlyOnceCheck& question) const { return answer_exactly_once(question, evidence); }
  Answer operator()(const SequenceCheck& question) const { return answer_sequence(question, evidence); }
  Answer operator()(const OrderCheck& question) const { return answer_order(question, evidence); }
  Answer operator()(const AtMostCheck& question) const { return answer_at_most(question, evidence); }
  Answer operator()(const EachCheck& question) const { return answer_each(question, evidence); }
  Answer operator()(const EndedCheck& question) const { return answer_ended(question, evidence); }
  Answer operator()(const ObjectsCheck& question) const { return answer_objects(question, evidence); }
  Answer operator()(const UsesCheck& question) const { return answer_uses(question, evidence); }
  Answer operator()(const LeftBehindCheck& question) const { return answer_left_behind(question, evidence); }
  Answer operator()(const FindingsCheck& question) const { return answer_findings(question, evidence); }
  Answer operator()(const ProgramCheck& question) const { return answer_program(question, evidence, run_program); }
};

}  // namespace

std::string kind_of(const Question& question) { return std::visit(Kind{}, question); }

bool needs_plain_execution(const Question& question) {
  const auto* program = std::get_if<ProgramCheck>(&question);
  return std::holds_alternative<ObjectsCheck>(question) || std::holds_alternative<UsesCheck>(question) ||
         (program != nullptr && program->of_plain);
}

bool takes_control(const Question& question) {
  const auto* findings = std::get_if<FindingsCheck>(&question);
  return findings != nullptr && std::any_of(findings->none_of.begin(), findings->none_of.end(), needs_control);
}

Answer answer(const Lab& lab, const Check& check, const Observation& observation, const ProgramRunner& run_program) {
  const Scenario* scenario = find_scenario(lab, observation.execution.scenario);
  if (!scenario) throw Error("lab " + lab.id + " has no scenario " + observation.execution.scenario);
  return std::visit(AnswerTo{Evidence{lab, *scenario, observation}, run_program}, check.question);
}

}  // namespace jitterlab
