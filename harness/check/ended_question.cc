// `ended`: how the processes of the roles ended.
//
// A role that the scenario may stop (it `ends: stopped`, a step stops it, or the scenario stops everybody when everyone
// waits) is not asked to end by itself, unless the check names it: it may be there until it is sent SIGTERM, and end by
// it. But it must have been started, must not crash before, and must not outlive the SIGTERM.
#include <signal.h>

#include <algorithm>

#include "check/excerpt.h"
#include "check/question.h"

namespace jitterlab {
namespace {

bool may_be_stopped(const Scenario& scenario, const Role& role) {
  return role.ends == Ends::kStopped || scenario.stop_when_everyone_waits ||
         std::any_of(scenario.steps.begin(), scenario.steps.end(),
                     [&](const Step& step) { return step.action == Step::Action::kStop && step.role == role.name; });
}

std::string words_for_limit(Limit limit) {
  switch (limit) {
    case Limit::kNone:
      return "";
    case Limit::kWall:
      return "the time limit was reached";
    case Limit::kMemory:
      return "together they used more memory than the limit allows";
    case Limit::kOutput:
      return "more was printed than the limit allows";
    case Limit::kSteps:
      return "it took more steps than a controlled execution may";
  }
  return "";
}

// Why something was still running when the execution was over.
std::string why_alive(const Observation& observation) {
  if (is_livelock(observation)) return "everyone waited or tried again and again, and nobody could get on";
  if (observation.came_to_rest) return "everyone waited and nobody could go on";
  return words_for_limit(observation.limit);
}

std::string still_running(const Observation& observation) {
  const std::string why = why_alive(observation);
  return "still running at the end" + (why.empty() ? "" : ": " + why);
}

bool was_started(const InstanceSeen& seen) { return seen.ending.kind() != Ending::Kind::kNotStarted; }

std::string words_for_not_started(const InstanceSeen& seen) {
  return seen.ending.why().empty() ? "was not started, because what it waits for did not happen" : seen.ending.words();
}

// What keeps an instance from having ended as asked; empty when nothing does.
std::string fault_by_itself(const EndedCheck& question, bool stop_is_normal, const InstanceSeen& seen,
                            const Observation& observation) {
  if (!was_started(seen)) return words_for_not_started(seen);
  if (seen.alive_at_end || !seen.ending.has_ended()) {
    // What could not be stopped because the execution was over before is not to blame.
    if (stop_is_normal && !seen.sent_sigterm) return "";
    return seen.sent_sigterm ? "did not end after SIGTERM" : still_running(observation);
  }
  if (seen.ending.kind() == Ending::Kind::kSignalled) {
    const bool stopped = seen.sent_sigterm && seen.ending.killed_by(SIGTERM);
    if (stopped && stop_is_normal) return "";
    return stopped ? "had to be stopped" : "was ended by " + seen.ending.words();
  }
  if (stop_is_normal || !question.status || seen.ending.exited_with(*question.status)) return "";
  return "ended with " + seen.ending.words();
}

std::string fault_stopped(const InstanceSeen& seen) {
  if (!was_started(seen)) return words_for_not_started(seen);
  if (seen.sent_sigterm || seen.alive_at_end || !seen.ending.has_ended()) return "";
  return "ended before it was to be stopped: " + seen.ending.words();
}

bool is_asked(const EndedCheck& question, const Scenario& scenario, const Role& role) {
  if (!question.role.empty()) return role.name == question.role;
  if (role.origin != Origin::kSubmission) return false;
  return question.how == Ends::kByItself || may_be_stopped(scenario, role);
}

// Appends what is wrong with each instance of a role.
void look_at(const Role& role, const EndedCheck& question, const Evidence& evidence, std::vector<std::string>& faults) {
  const bool stop_is_normal = question.role.empty() && may_be_stopped(evidence.scenario, role);
  const auto& instances = evidence.observation.instances;
  bool seen_any = false;
  for (std::size_t i = 0; i < instances.size(); ++i) {
    if (instances[i].role != role.name) continue;
    seen_any = true;
    const std::string fault = question.how == Ends::kStopped
                                  ? fault_stopped(instances[i])
                                  : fault_by_itself(question, stop_is_normal, instances[i], evidence.observation);
    if (!fault.empty()) faults.push_back(instance_name(evidence.observation, static_cast<int>(i)) + " " + fault);
  }
  if (!seen_any) faults.push_back(role.name + " was not started, because what it waits for did not happen");
}

std::string expected(const EndedCheck& question) {
  const std::string who = question.role.empty() ? "every program" : question.role;
  if (question.how == Ends::kStopped) return who + " is still there when it is stopped";
  return who + " ends by itself" + (question.status ? " with exit status " + std::to_string(*question.status) : "");
}

}  // namespace

Answer answer_ended(const EndedCheck& question, const Evidence& evidence) {
  std::vector<std::string> faults;
  for (const Role& role : evidence.scenario.roles) {
    if (is_asked(question, evidence.scenario, role)) look_at(role, question, evidence, faults);
  }
  // Somebody of the lab's or the reference's may be the one who hangs, waiting for the submission.
  const bool asks_all = question.role.empty() && question.how == Ends::kByItself;
  if (faults.empty() && asks_all) {
    const std::string why = why_alive(evidence.observation);
    if (!why.empty()) faults.push_back(why);
  }
  return {.verdict = faults.empty() ? Verdict::kPassed : Verdict::kFailed,
          .expected = expected(question),
          .seen = listed(faults, "; ")};
}

}  // namespace jitterlab
