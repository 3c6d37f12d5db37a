// `findings`: what analysis must not find, whatever the programs print.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "analysis/busy_waiting.h"
#include "analysis/explanation.h"
#include "analysis/misuses.h"
#include "analysis/orphans.h"
#include "analysis/polls.h"
#include "analysis/races.h"
#include "check/question.h"
#include "lab/vocabulary.h"

namespace jitterlab {
namespace {

std::string spelled_list(const std::vector<FindingKind>& kinds) {
  std::string words;
  for (const FindingKind kind : kinds) words += (words.empty() ? "" : ", ") + spelled(kind);
  return words;
}

std::string leak_words(const Evidence& evidence) {
  LeftBehindCheck nothing;
  for (const Word& word : word_lists().at("left-kind")) nothing.none_of.push_back(static_cast<LeftKind>(word.value));
  const Answer leaks = answer_left_behind(nothing, evidence);
  return leaks.verdict == Verdict::kFailed ? leaks.seen : "";
}

std::string why_not_seen(FindingKind kind, const Observation& observation) {
  if (kind == FindingKind::kSleepAsSynchronisation) return "this version does not look for " + spelled(kind);
  return needs_control(kind) ? why_not_analysed(observation) : "";
}

// Only C has no library whose headers may hold a loop that waits, as those of C++ do; and a trace does not tell whose a
// loop is.
bool may_be_of_library(const Lab& lab) {
  const auto is_c = [](const std::string& pattern) { return pattern.ends_with(".c") || pattern.ends_with(".h"); };
  const auto all_c = [&](const Program& program) {
    return std::all_of(program.sources.begin(), program.sources.end(), is_c);
  };
  return lab.hand_in.language != Language::kC ||
         !std::all_of(lab.hand_in.programs.begin(), lab.hand_in.programs.end(), all_c);
}

std::string misuse_words(FindingKind kind, const Observation& observation) {
  for (const Found& found : misuses_in(observation)) {
    if (found.kind == spelled(kind)) return found.what;
  }
  return "";
}

// What was found of this kind, in words; empty: nothing.
std::string found_words(FindingKind kind, const Evidence& evidence) {
  const Observation& observation = evidence.observation;
  switch (kind) {
    case FindingKind::kRace:
      return races_in(observation).empty() ? "" : "accesses to the same memory that nothing orders";
    case FindingKind::kDeadlock:
      return observation.came_to_rest && !is_livelock(observation) ? "everyone waited and nobody could go on" : "";
    case FindingKind::kLivelock:
      return is_livelock(observation) ? "everyone waited or tried again and again, and nobody could get on" : "";
    case FindingKind::kLostWakeUp:
      return kind_of_deadlock(observation) == DeadlockKind::kLostWakeUp
                 ? "who waited for ever had been signalled before, or another one was"
                 : "";
    case FindingKind::kLeak:
      return leak_words(evidence);
    case FindingKind::kBusyWaiting:
      if (!polls_in(observation).empty()) return "somebody waits by looking or trying again and again";
      return busy_waiting_in(observation).empty() ? "" : "somebody waits by reading the same again and again";
    case FindingKind::kValueSetAgain:
    case FindingKind::kOutsideSegment:
    case FindingKind::kFailedCallUsed:
      return misuse_words(kind, observation);
    case FindingKind::kOrphan:
      return orphans_in(observation).empty() ? "" : "the program was over before all of its processes were";
    case FindingKind::kSleepAsSynchronisation:
      break;
  }
  return "";
}

}  // namespace

Answer answer_findings(const FindingsCheck& question, const Evidence& evidence) {
  Answer answer{.expected = "none of: " + spelled_list(question.none_of)};
  std::string hidden;
  for (const FindingKind kind : question.none_of) {
    if (const std::string why = why_not_seen(kind, evidence.observation); !why.empty()) {
      hidden = why;
    } else if (kind == FindingKind::kBusyWaiting && may_be_of_library(evidence.lab) &&
               polls_in(evidence.observation).empty() && !busy_waiting_in(evidence.observation).empty()) {
      hidden = "a loop waits by reading again and again, and in C++ it may be one of the library's own";
    } else if (const std::string words = found_words(kind, evidence); !words.empty()) {
      answer.verdict = Verdict::kFailed;
      answer.seen += (answer.seen.empty() ? "" : "\n") + spelled(kind) + ": " + words;
    }
  }
  if (answer.verdict == Verdict::kFailed || hidden.empty()) return answer;
  answer.verdict = Verdict::kNotGraded;
  answer.seen = hidden;
  return answer;
}

}  // namespace jitterlab
