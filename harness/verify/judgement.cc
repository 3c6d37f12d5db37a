#include "verify/judgement.h"

#include <algorithm>
#include <cmath>

#include "report/wording.h"
#include "verify/chance.h"

namespace jitterlab {
namespace {

// With fewer even a bug that shows at once is not surely one that is caught often enough.
constexpr std::size_t kSeedsForAChance = 3;
constexpr double kSureEnough = 0.99;

std::string in_seed(std::uint64_t seed) { return "seed " + std::to_string(seed) + ": "; }

std::string seen_in(const Finding& finding) {
  for (const ScenarioFinding& scenario : finding.scenarios) {
    if (scenario.verdict == Verdict::kFailed && !scenario.answer.seen.empty())
      return scenario.scenario + ": " + scenario.answer.seen;
  }
  return "";
}

std::string diagnostics_of(const Grade& grade) {
  return grade.build_failures.empty() ? "" : grade.build_failures[0].what + "\n" + grade.build_failures[0].diagnostics;
}

void look_for_open_points(const SeedResult& result, Judgement& judgement) {
  const Grade& grade = result.grade;
  if (!grade.not_graded_because.empty()) {
    judgement.not_told.push_back(in_seed(result.seed) + grade.not_graded_because);
    return;
  }
  if (grade.partial) judgement.not_told.push_back(in_seed(result.seed) + grade.partial_because);
  for (const Finding& finding : grade.findings) {
    if (finding.open > 0)
      judgement.not_told.push_back(in_seed(result.seed) + finding.check + " is not graded: " + finding.reason);
  }
}

void compare(const Lab& lab, const SeedResult& result, Judgement& judgement) {
  const KnownSubmission& submission = judgement.submission;
  bool is_kind_seen = submission.is_accepted(), loses = false;
  for (const Finding& finding : result.grade.findings) {
    const bool promised = submission.fails.count(finding.check) > 0;
    if (finding.lost > 0) {
      loses = true;
      const Check* check = find_check(lab, finding.check);
      is_kind_seen |= finding.kind == submission.kind || (check && is_of_kind(*check, submission.kind));
      if (!promised) {
        const std::string seen = finding.check == "builds" ? diagnostics_of(result.grade) : seen_in(finding);
        judgement.complaints.push_back(in_seed(result.seed) + "loses " + std::to_string(finding.lost) + " points in " +
                                       finding.check + (submission.is_accepted() ? "" : ", which it does not name") +
                                       (seen.empty() ? "" : "\n" + seen));
      }
    } else if (promised && finding.open == 0) {
      const std::string excuse =
          finding.not_charged_because.empty() ? "" : ": not charged, as " + finding.not_charged_because + " fails";
      judgement.complaints.push_back(in_seed(result.seed) + "loses nothing in " + finding.check +
                                     ", which it says it fails" + excuse);
    }
  }
  if (submission.fails.count("builds") && result.grade.build_failures.empty())
    judgement.complaints.push_back(in_seed(result.seed) + "builds, though it says that it does not");
  if (loses && !is_kind_seen)
    judgement.complaints.push_back(in_seed(result.seed) + "no check that it fails is of the kind " + submission.kind +
                                   ", its folder");
}

// Failures of a check over all seeds, for each scenario and strategy.
std::vector<Tally> tallies_of(const Lab& lab, const std::string& check, const std::vector<SeedResult>& seeds) {
  std::map<std::string, Tally> tallies;
  const auto add = [&](const std::string& of, int failures, int executions, int budget) {
    Tally& tally = tallies[of];
    tally.failures += failures;
    tally.executions += executions;
    tally.budget = budget;
  };
  for (const SeedResult& result : seeds) {
    for (const Finding& finding : result.grade.findings) {
      if (finding.check != check) continue;
      for (const ScenarioFinding& seen : finding.scenarios) {
        const Executions& budget = find_scenario(lab, seen.scenario)->executions;
        add(seen.scenario + " plain", seen.plain_failures, seen.plain_executions, budget.plain);
        add(seen.scenario + " jitter", seen.jitter_failures, seen.jitter_executions, budget.jitter);
        const int first = seen.first_controlled_failure;
        add(seen.scenario + " controlled", first > 0 ? 1 : 0, first > 0 ? first : seen.controlled_executions,
            budget.controlled);
      }
    }
  }
  std::vector<Tally> list;
  for (const auto& [of, tally] : tallies) list.push_back(tally);
  return list;
}

std::optional<double> chance_of(const Lab& lab, const Judgement& judgement) {
  if (judgement.submission.is_accepted() || judgement.submission.fails.count("builds")) return std::nullopt;
  double least = 1;
  for (const std::string& id : judgement.submission.fails) {
    const Check* check = find_check(lab, id);
    if (!check || check->holds != Holds::kAlways) return std::nullopt;
    least = std::min(least, chance_of_catching(tallies_of(lab, id, judgement.seeds)));
  }
  return least;
}

std::string percent(double share) {
  const int tenths = static_cast<int>(std::floor(share * 1000));
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

}  // namespace

Judgement judge(const Lab& lab, const KnownSubmission& submission, std::vector<SeedResult> seeds) {
  Judgement judgement;
  judgement.submission = submission;
  judgement.seeds = std::move(seeds);
  for (const SeedResult& result : judgement.seeds) {
    look_for_open_points(result, judgement);
    if (result.grade.not_graded_because.empty()) compare(lab, result, judgement);
  }
  if (judgement.seeds.size() < kSeedsForAChance) return judgement;
  judgement.chance = chance_of(lab, judgement);
  if (judgement.chance && *judgement.chance < kSureEnough)
    judgement.warnings.push_back("these " + std::to_string(judgement.seeds.size()) +
                                 " seeds show only that a grading catches it with at least " +
                                 percent(*judgement.chance) +
                                 " (95 % confidence); more executions, or a scenario in "
                                 "which it shows more often, would make it 99 %");
  return judgement;
}

Judgement judge_starter(const Lab& lab, SeedResult result) {
  Judgement judgement;
  judgement.submission.kind = "lab";
  judgement.submission.name = "starter";
  judgement.seeds.push_back(std::move(result));
  const SeedResult& only = judgement.seeds[0];
  look_for_open_points(only, judgement);
  if (!only.grade.not_graded_because.empty()) return judgement;
  if (!only.grade.build_failures.empty()) {
    judgement.complaints.push_back("the starter does not build: " + diagnostics_of(only.grade));
    return judgement;
  }
  if (only.grade.lost == 0 && only.grade.open == 0) judgement.complaints.push_back("the starter gets all points");
  for (const Finding& finding : only.grade.findings) {
    if (finding.lost == 0) continue;
    judgement.submission.fails.insert(finding.check);
    if (seen_in(finding).empty())
      judgement.complaints.push_back("the report does not say what was seen when the starter failed " + finding.check);
    if (find_check(lab, finding.check)->hint.empty())
      judgement.complaints.push_back("the starter fails " + finding.check + ", and that check has no hint");
  }
  return judgement;
}

std::optional<Effort> effort_to_catch(const KnownSubmission& submission, const SeedResult& result) {
  if (submission.fails.count("builds")) return Effort{0, result.whole.cpu_seconds};
  Effort most;
  for (const std::string& id : submission.fails) {
    const auto first = result.first_failures.find(id);
    if (first == result.first_failures.end()) return std::nullopt;
    if (first->second.executions > most.executions) most = first->second;
  }
  return most;
}

std::vector<std::string> checks_without_bug(const Lab& lab, const std::vector<KnownSubmission>& submissions) {
  std::vector<std::string> unshown;
  for (const Check& check : lab.checks) {
    if (std::none_of(submissions.begin(), submissions.end(),
                     [&](const KnownSubmission& one) { return one.fails.count(check.id) > 0; }))
      unshown.push_back(check.id);
  }
  return unshown;
}

}  // namespace jitterlab
