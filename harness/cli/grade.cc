#include "cli/grade.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "build/build.h"
#include "build/content_hash.h"
#include "build/hand_in.h"
#include "check/check.h"
#include "check/told_evidence.h"
#include "cli/checker.h"
#include "cli/controlled.h"
#include "cli/programs.h"
#include "os/error.h"
#include "plan/plan.h"
#include "report/progress.h"
#include "run/lanes.h"

namespace jitterlab {
namespace {

void make_partial(Grade& grade, const std::string& why) {
  if (grade.partial) grade.partial_because += "; ";
  grade.partial = true;
  grade.partial_because += why;
}

Grade begin(const Options& options, const Lab& lab) {
  Grade grade;
  grade.lab = lab.id;
  grade.title = lab.title;
  grade.contact = lab.contact;
  grade.lab_version = lab.version;
  grade.points = grade.open = lab.points;
  grade.lab_hash = ContentHash().add(lab.text).hex();
  grade.seed = options.seed.value_or(default_seed(lab));
  grade.trusted = options.trust;
  grade.meta = options.meta;
  if (!options.scenario.empty() || !options.checks.empty())
    make_partial(grade, "only a part was asked for (--scenario, --check)");
  const auto has_more = [&](const Scenario& scenario) { return *options.executions < scenario.executions.jitter; };
  if (options.executions && std::any_of(lab.scenarios.begin(), lab.scenarios.end(), has_more))
    make_partial(grade, "fewer executions were asked for (--executions) than the lab has");
  const auto has_more_schedules = [&](const Scenario& scenario) {
    return *options.schedules < scenario.executions.controlled;
  };
  if (options.schedules && std::any_of(lab.scenarios.begin(), lab.scenarios.end(), has_more_schedules))
    make_partial(grade, "fewer schedules were asked for (--schedules) than the lab has");
  return grade;
}

void require_known(const Options& options, const Lab& lab) {
  if (!options.scenario.empty() && !find_scenario(lab, options.scenario))
    throw Error("the lab " + lab.id + " has no scenario " + options.scenario + "; `jitterlab show " + lab.id +
                "` lists them");
  for (const std::string& id : options.checks) {
    if (!find_check(lab, id))
      throw Error("the lab " + lab.id + " has no check " + id + "; `jitterlab show " + lab.id + "` lists them");
  }
}

// Scenarios that no asked-for check looks at need not be run.
bool is_wanted(const Execution& execution, const Options& options, const Lab& lab) {
  if (options.checks.empty()) return true;
  return std::any_of(options.checks.begin(), options.checks.end(), [&](const std::string& id) {
    const auto& in = find_check(lab, id)->in;
    return std::find(in.begin(), in.end(), execution.scenario) != in.end();
  });
}

std::vector<Execution> wanted_executions(const Options& options, const Lab& lab, std::uint64_t seed,
                                         Strategy strategy) {
  Lab asked = lab;
  if (options.executions) {
    for (Scenario& scenario : asked.scenarios) scenario.executions.jitter = *options.executions;
  }
  std::vector<Execution> executions = plan(asked, seed, options.scenario);
  std::erase_if(executions, [&](const Execution& execution) {
    return execution.strategy != strategy || !is_wanted(execution, options, lab);
  });
  return executions;
}

// Without a sandbox all lanes would use the same keys and ports.
int lane_count(const Options& options) {
  if (options.trust) return 1;
  return options.lanes > 0 ? options.lanes : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

// A check cannot be passed by a program that did not build.
void lose_all(Grade& grade, const Lab& lab) {
  Finding builds;
  builds.check = builds.kind = "builds";
  builds.verdict = Verdict::kFailed;
  builds.points = builds.lost = lab.points;
  grade.findings.push_back(builds);
}

void run_and_check(Grade& grade, const Options& options, const Lab& lab, const BuiltPrograms& built,
                   const std::atomic<bool>& stop, const GradeWatcher& watcher) {
  Lanes lanes;
  lanes.count = lane_count(options);
  lanes.setup = box_setup(lab, built, options.trust);
  lanes.programs = program_paths(built, lanes.setup);
  if (watcher.prepare) watcher.prepare(lanes);
  const std::vector<Execution> plain = wanted_executions(options, lab, grade.seed, Strategy::kPlain);
  std::vector<Execution> jittered = wanted_executions(options, lab, grade.seed, Strategy::kJitter);
  Checker checker(lab, built, options.trust);
  Findings findings(lab, std::ref(checker), options.checks);
  std::size_t total = plain.size() + jittered.size();
  for (const Scenario& scenario : lab.scenarios) total += controlled_executions(scenario, options);
  Progress progress(static_cast<int>(total), progress_stream(STDERR_FILENO));
  const auto done = [&](const std::string& what) {
    progress.advance(watcher.label + what);
    if (watcher.executed) watcher.executed(findings);
  };
  bool stopped = false;
  Takers takers;
  takers.seen = [&](const Observation& observation) {
    findings.add(observation);
    done(observation.execution.scenario + ", " + to_string(observation.execution.strategy) + " " +
         std::to_string(observation.execution.index));
  };
  takers.left_out = [&](const Execution& execution, const std::string& why) {
    findings.add_not_graded(execution, why);
    progress.advance(watcher.label + execution.scenario);
    stopped = true;
  };
  // Every scenario has its plain executions: how often a bug shows by itself is told beside how often it shows under
  // control. Jitter comes last: it can only add what control did not find, where that may still matter.
  TimeOuts time_outs;
  run_executions(lab, lanes, plain, stop, takers, time_outs);
  const ProgramSources sources = sources_of_submission(lab, built, lanes.setup, options.submission);
  grade.sources = sources.texts;
  run_controlled(grade, options, lab, lanes, sources, findings, stop, done);
  std::erase_if(jittered, [&](const Execution& execution) { return findings.decided(execution.scenario); });
  run_executions(lab, lanes, jittered, stop, takers, time_outs);
  if (stopped || stop) make_partial(grade, "stopped before all executions were done");
  grade.findings = findings.result();
  tell_evidence_in_checks(grade, lab);
}

}  // namespace

Grade grade(const Options& options, const Lab& lab, const std::atomic<bool>& stop, const GradeWatcher& watcher) {
  require_known(options, lab);
  Grade grade = begin(options, lab);
  try {
    const BuiltPrograms built = build(lab, options.submission, {options.cache_folder, options.trust, {lab.folder}});
    grade.build_failures = built.failures;
    grade.remarks = built.remarks;
    grade.submission_hash = built.submission_hash;
    grade.toolchain = built.toolchain;
    grade.toolchain_hash = built.toolchain_hash;
    grade.isolation = to_string(isolation_for(box_setup(lab, built, options.trust)));
    if (built.failures.empty())
      run_and_check(grade, options, lab, built, stop, watcher);
    else
      lose_all(grade, lab);
  } catch (const Error& error) {
    grade.findings.clear();
    grade.not_graded_because = error.what();
  }
  add_up(grade);
  return grade;
}

}  // namespace jitterlab
