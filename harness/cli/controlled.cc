#include "cli/controlled.h"

#include <unistd.h>

#include <algorithm>
#include <utility>

#include "analysis/found_in.h"
#include "analysis/left_behind.h"
#include "build/build.h"
#include "build/content_hash.h"
#include "build/hand_in.h"
#include "cli/checker.h"
#include "cli/commands.h"
#include "cli/explained.h"
#include "cli/held.h"
#include "cli/labs.h"
#include "cli/lock_trials.h"
#include "cli/programs.h"
#include "cli/race_trials.h"
#include "cli/saved_observation.h"
#include "cli/sleep_trials.h"
#include "cli/tokens.h"
#include "os/error.h"
#include "os/fd.h"
#include "plan/plan.h"
#include "plan/stable_hash.h"
#include "report/exploration_report.h"
#include "report/report.h"
#include "run/crew.h"
#include "run/search.h"
#include "run/trouble.h"

namespace jitterlab {
namespace {

constexpr int kTriesToShorten = 100;
constexpr int kTriesForPoint = 60;
constexpr std::size_t kFirstLook = 2;  // schedules

bool is_wanted(const Options& options, const Lab& lab, const Scenario& scenario) {
  if (!options.scenario.empty() && options.scenario != scenario.name) return false;
  if (options.checks.empty()) return true;
  return std::any_of(options.checks.begin(), options.checks.end(), [&](const std::string& id) {
    const auto& in = find_check(lab, id)->in;
    return std::find(in.begin(), in.end(), scenario.name) != in.end();
  });
}

// What analysis found in a scenario, with its places.
void add_found(Grade& grade, const Scenario& scenario, const RaceBook& races, const FoundBook& book,
               const ProgramSources& sources) {
  if (races.empty() && book.empty()) return;
  PlaceQuestions questions;
  races.ask(questions);
  book.ask(questions);
  const Places places = look_up(questions, sources);
  for (ToldRace& race : races.told(places)) {
    if (!race.tried.leads_to.empty()) race.tried.leads_to += " fails";
    grade.races.push_back({scenario.name, std::move(race), ""});
  }
  for (const ToldFound& found : book.told(places)) grade.found.push_back({scenario.name, found, ""});
}

std::vector<std::string> semaphore_names(const Lab& lab) {
  const auto names = lab.names.find("semaphores");
  return names == lab.names.end() ? std::vector<std::string>() : names->second;
}

CampaignOptions campaign_of(const Execution& execution, int executions) {
  return {
      .kind = CampaignKind::kPortfolio, .seed = execution.seed, .executions = static_cast<std::uint64_t>(executions)};
}

// Whether a check fails in the first schedules of its search.
bool fails_at_once(const Execution& execution, int executions, Crew& crew, const Findings& findings) {
  Campaign campaign(campaign_of(execution, executions));
  std::vector<Schedule> schedules;
  while (schedules.size() < kFirstLook) {
    auto schedule = campaign.next();
    if (!schedule) break;
    schedules.push_back(std::move(*schedule));
  }
  const std::vector<Observation> seen = crew.run(execution, schedules);
  return std::any_of(seen.begin(), seen.end(), [&](const Observation& observation) {
    return why_not_judged(observation).empty() && !findings.newly_failing(observation).empty();
  });
}

// What fails soon is searched first: once it is known how, there may be nothing left to ask of the others. Not so where
// the lab has few schedules looked at: it tells how a bug works less well than others.
std::vector<const Scenario*> in_order_of_search(std::vector<const Scenario*> scenarios, const Options& options,
                                                std::uint64_t seed, Crew& crew, const Findings& findings,
                                                const std::atomic<bool>& stop) {
  int most = 0;
  for (const Scenario* scenario : scenarios) most = std::max(most, scenario->executions.controlled);
  std::stable_partition(scenarios.begin(), scenarios.end(), [&](const Scenario* scenario) {
    return !stop && scenario->executions.controlled == most &&
           fails_at_once(controlled_execution(scenario->name, seed), controlled_executions(*scenario, options), crew,
                         findings);
  });
  return scenarios;
}

void search_scenario(Grade& grade, const Lab& lab, const Scenario& scenario, Crew& crew, int executions,
                     const ProgramSources& sources, const std::string& save_folder, Findings& findings,
                     const std::atomic<bool>& stop, const std::function<void(const std::string&)>& advance) {
  const Execution execution = controlled_execution(scenario.name, grade.seed);
  SearchOptions options;
  options.campaign = campaign_of(execution, executions);
  options.most_tries = kTriesToShorten;
  options.tries_for_point = kTriesForPoint;
  options.is_enough = [&](const std::set<std::string>& confirmed) {
    return findings.decided(scenario.name, confirmed);
  };
  options.is_worth_shortening = [&](const std::string& check, const std::set<std::string>& confirmed) {
    return findings.is_told_at_length(check, confirmed);
  };
  // What cannot be judged under control is judged by the other executions.
  const Judge judge = [&](const Observation& observation) {
    return why_not_judged(observation).empty() ? findings.newly_failing(observation) : std::set<std::string>();
  };
  RaceBook races;
  LockTrials locks;
  FoundBook book;
  std::uint64_t cut_traces = 0;
  const Seen seen = [&](const Schedule& schedule, const Observation& observation) {
    races.add(observation, schedule.slow_others, {});
    locks.add(observation, schedule.slow_others);
    book.add(observation, left_behind_in(observation));
    book.add(observation, found_in(observation));
    cut_traces += has_cut_trace(observation);
    if (!observation.interference.empty() || why_not_judged(observation).empty()) findings.add(observation);
    advance(scenario.name + ", schedule " + std::to_string(schedule.index));
  };
  const std::uint32_t fingerprint = fingerprint_of(grade, scenario.name);
  const TokenOf token = [=](const std::optional<Schedule>& schedule) { return token_of(schedule, fingerprint); };
  options.afterwards = [&](const CarryOut& carry_out) {
    locks.try_all(carry_out, stop);
    try_races(races, carry_out, judge, token, stop);
  };
  const SearchResult result = search(crew, execution, options, judge, seen, stop);
  for (const Failure& failure : result.failures) {
    if (!failure.is_repeated) continue;
    Observation told = failure.observation;
    told.execution.index = static_cast<int>(failure.index);  // the one that showed it first
    SavedObservation saved = with_places(failure.observation, failure.passing, sources, semaphore_names(lab));
    if (failure.point) saved.no_return = failure.point->step;
    if (findings.is_told_at_length(failure.what, {})) {
      const Judge is_it = [&](const Observation& one) {
        return findings.fails(failure.what, one) ? std::set<std::string>{failure.what} : std::set<std::string>();
      };
      const auto sleep = try_sleep(failure, crew, execution, is_it, stop);
      if (sleep) book.add(told, {*sleep});
      saved.by_sleep = sleep.has_value();
    }
    if (!failure.found_by.empty()) findings.add(told);
    findings.add_confirmed(told, token(failure.schedule), analysed(saved).explanation);
    if (!save_folder.empty()) save(saved, save_folder, scenario.name + "-" + failure.what);
  }
  const std::string cut = cut_traces > 0 ? ". " + cut_trace_words(cut_traces) : "";
  grade.strengths.push_back({scenario.name, result.summary.words() + cut});
  add_found(grade, scenario, races, book, sources);
}

}  // namespace

int controlled_executions(const Scenario& scenario, const Options& options) {
  const int standard = scenario.executions.controlled;
  if (options.schedules) return standard > 0 ? *options.schedules : 0;
  if (options.budget == "quick") return (standard + 3) / 4;
  if (options.budget == "thorough") return standard * 10;
  return standard;
}

std::uint32_t fingerprint_of(const Grade& grade, const std::string& scenario) {
  return fingerprint(mix(stable_hash(grade.lab_hash), stable_hash(scenario), grade.seed),
                     stable_hash(grade.submission_hash), stable_hash(grade.toolchain_hash));
}

void run_controlled(Grade& grade, const Options& options, const Lab& lab, const Lanes& lanes,
                    const ProgramSources& sources, Findings& findings, const std::atomic<bool>& stop,
                    const std::function<void(const std::string&)>& advance) {
  std::vector<const Scenario*> scenarios;
  for (const Scenario& scenario : lab.scenarios) {
    const bool is_searched = is_wanted(options, lab, scenario) && controlled_executions(scenario, options) > 0;
    if (is_searched && !findings.decided(scenario.name)) scenarios.push_back(&scenario);
  }
  if (scenarios.empty() || stop) return;
  Crew crew(lab, lanes);
  if (scenarios.size() > 1) scenarios = in_order_of_search(scenarios, options, grade.seed, crew, findings, stop);
  for (const Scenario* scenario : scenarios) {
    if (stop) break;
    if (findings.decided(scenario->name)) continue;
    search_scenario(grade, lab, *scenario, crew, controlled_executions(*scenario, options), sources,
                    options.save_folder, findings, stop, advance);
  }
  const auto place = [&](const std::string& name) { return find_scenario(lab, name) - lab.scenarios.data(); };
  const auto in_order_of_lab = [&](const auto& a, const auto& b) { return place(a.scenario) < place(b.scenario); };
  std::stable_sort(grade.strengths.begin(), grade.strengths.end(), in_order_of_lab);
  std::stable_sort(grade.races.begin(), grade.races.end(), in_order_of_lab);
  std::stable_sort(grade.found.begin(), grade.found.end(), in_order_of_lab);
}

ProgramSources sources_of_submission(const Lab& lab, const BuiltPrograms& built, const BoxSetup& setup,
                                     const std::string& submission) {
  ProgramSources sources = program_sources(built, setup);
  for (const SourceFile& file : take_hand_in(submission, lab.hand_in).files) sources.texts[file.name] = file.bytes;
  return sources;
}

int replay_submission(const Options& options) {
  const Token token = token_from(options.token);
  const Lab lab = find_lab(options);
  const BuiltPrograms built = build(lab, options.submission, {options.cache_folder, options.trust, {lab.folder}});
  if (!built.failures.empty()) {
    show_build_failures(built.failures);
    return 2;
  }
  Grade identity;
  identity.lab_hash = ContentHash().add(lab.text).hex();
  identity.seed = options.seed.value_or(default_seed(lab));
  identity.submission_hash = built.submission_hash;
  identity.toolchain_hash = built.toolchain_hash;
  const auto matching = std::find_if(lab.scenarios.begin(), lab.scenarios.end(), [&](const Scenario& scenario) {
    return fingerprint_of(identity, scenario.name) == token.fingerprint;
  });
  const bool is_ours = matching != lab.scenarios.end();
  std::string scenario = is_ours                    ? matching->name
                         : options.scenario.empty() ? lab.scenarios.at(0).name
                                                    : options.scenario;
  if (!find_scenario(lab, scenario)) throw Error("the lab " + lab.id + " has no scenario " + scenario);
  if (!is_ours) {
    write_all(STDERR_FILENO,
              "jitterlab: this token belongs to another version of these files, another lab, seed or compiler; its "
              "schedule is followed as far as it goes, in scenario " +
                  scenario + " (--scenario names another)\n");
  }
  Lanes lanes;
  lanes.setup = box_setup(lab, built, options.trust);
  lanes.programs = program_paths(built, lanes.setup);
  const Execution execution = controlled_execution(scenario, identity.seed);
  const ProgramSources sources = sources_of_submission(lab, built, lanes.setup, options.submission);
  if (!options.stop_at.empty()) {
    return hold({.lab = lab,
                 .lanes = lanes,
                 .execution = execution,
                 .schedule = schedule_of(token, is_ours),
                 .sources = sources,
                 .folders = {options.submission}},
                options);
  }
  Crew crew(lab, lanes);
  const Observation observation = crew.run(execution, {schedule_of(token, is_ours)}).at(0);
  Checker checker(lab, built, options.trust);
  const Findings findings(lab, std::ref(checker));
  const Judge judge = [&](const Observation& seen) { return findings.newly_failing(seen); };
  const std::string why = why_not_judged(observation);
  const std::set<std::string> failing = why.empty() ? judge(observation) : std::set<std::string>();
  Explanation explanation;
  if (!failing.empty())
    explanation = explained(observation, undisturbed(crew, execution, judge), sources, semaphore_names(lab));
  show_replay(observation, explanation, every_step(observation, sources, semaphore_names(lab)));
  write_replay_page(options, observation, failing, explanation, sources.texts);
  if (!why.empty()) throw Error("nothing can be said: " + why);
  if (is_ours && differs(observation)) return 2;
  for (const std::string& check : failing)
    write_all(STDERR_FILENO, "jitterlab: the check " + check + " fails in this execution\n");
  if (failing.empty()) write_all(STDERR_FILENO, "jitterlab: no check fails in this execution\n");
  return failing.empty() ? 0 : 1;
}

}  // namespace jitterlab
