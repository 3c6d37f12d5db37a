#include "check/race_evidence.h"

#include <algorithm>

namespace jitterlab {
namespace {

constexpr std::size_t kMostTold = 5;  // of a scenario; the others are in Grade::races

bool forbids_races(const Lab& lab, const Finding& finding) {
  const Check* check = find_check(lab, finding.check);
  const auto* question = check != nullptr ? std::get_if<FindingsCheck>(&check->question) : nullptr;
  return question != nullptr && std::count(question->none_of.begin(), question->none_of.end(), FindingKind::kRace) > 0;
}

std::string words_of(const ToldAccess& access) {
  return "\n    " + access.task + " " + access.does + " it at " + access.place.words() +
         (access.source.empty() ? "" : "\n        " + access.source);
}

std::string words_of(const ToldRace& race) {
  return "\n  " + race.variable + words_of(race.first) + words_of(race.second);
}

void tell(ScenarioFinding& scenario, const std::string& check, std::vector<ScenarioRace>& races) {
  std::size_t told = 0;
  for (ScenarioRace& race : races) {
    if (race.scenario != scenario.scenario) continue;
    race.check = check;
    if (told++ < kMostTold) scenario.answer.seen += words_of(race.race);
  }
  if (told > kMostTold) scenario.answer.seen += "\n  and " + std::to_string(told - kMostTold) + " more";
}

}  // namespace

void tell_races_in_checks(Grade& grade, const Lab& lab) {
  for (Finding& finding : grade.findings) {
    if (finding.verdict != Verdict::kFailed || !forbids_races(lab, finding)) continue;
    for (ScenarioFinding& scenario : finding.scenarios) {
      if (scenario.verdict == Verdict::kFailed) tell(scenario, finding.check, grade.races);
    }
  }
}

}  // namespace jitterlab
