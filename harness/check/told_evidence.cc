#include "check/told_evidence.h"

#include <algorithm>

#include "analysis/left_behind.h"

namespace jitterlab {
namespace {

constexpr std::size_t kMostTold = 5;  // races of a scenario, other things of a scenario; the others are in the Grade

bool forbids(const Check& check, const std::string& kind) {
  const auto* question = std::get_if<FindingsCheck>(&check.question);
  return question != nullptr && std::any_of(question->none_of.begin(), question->none_of.end(),
                                            [&](FindingKind one) { return spelled(one) == kind; });
}

bool forbids(const Check& check, const ToldRace&) { return forbids(check, spelled(FindingKind::kRace)); }

bool forbids(const Check& check, const ToldFound& found) {
  const auto* left = std::get_if<LeftBehindCheck>(&check.question);
  if (left == nullptr) return forbids(check, found.kind);
  return found.kind == kLeak && std::any_of(left->none_of.begin(), left->none_of.end(), [&](LeftKind kind) {
           return found.what.starts_with(word_for(kind) + " ");
         });
}

std::string words_of(const ToldAccess& access, const std::string& what) {
  return "\n    " + access.task + " " + access.does + what + " at " + access.place.words() +
         (access.source.empty() ? "" : "\n        " + access.source);
}

std::string words_of(const ToldRace& race) {
  const std::string tried = tried_words(race);
  return "\n  " + race.variable + words_of(race.first, " it") + words_of(race.second, " it") +
         (tried.empty() ? "" : "\n    " + tried);
}

std::string words_of(const ToldFound& found) {
  std::string words = "\n  " + found.what;
  for (const ToldAccess& step : found.steps) words += words_of(step, "");
  return words;
}

const ToldRace& told(const ScenarioRace& race) { return race.race; }
const ToldFound& told(const ScenarioFound& found) { return found.found; }

// Of a thing that was left behind and whose maker is not known, the check has said all.
bool says_more(const ToldRace&) { return true; }
bool says_more(const ToldFound& found) { return !found.steps.empty(); }

template <typename OfScenario>
void tell(ScenarioFinding& scenario, const Check& check, std::vector<OfScenario>& all) {
  std::size_t count = 0;
  for (OfScenario& one : all) {
    if (one.scenario != scenario.scenario || !forbids(check, told(one))) continue;
    one.check = check.id;
    if (says_more(told(one)) && count++ < kMostTold) scenario.answer.seen += words_of(told(one));
  }
  if (count > kMostTold) scenario.answer.seen += "\n  and " + std::to_string(count - kMostTold) + " more";
}

}  // namespace

void tell_evidence_in_checks(Grade& grade, const Lab& lab) {
  for (Finding& finding : grade.findings) {
    const Check* check = find_check(lab, finding.check);
    if (finding.verdict != Verdict::kFailed || check == nullptr) continue;
    for (ScenarioFinding& scenario : finding.scenarios) {
      if (scenario.verdict != Verdict::kFailed) continue;
      tell(scenario, *check, grade.races);
      tell(scenario, *check, grade.found);
    }
  }
}

}  // namespace jitterlab
