#include "cli/commands.h"

#include <unistd.h>

#include <sstream>
#include <string>

#include "build/build.h"
#include "cli/labs.h"
#include "cli/programs.h"
#include "os/error.h"
#include "os/fd.h"
#include "plan/plan.h"
#include "report/lab_listing.h"
#include "report/report.h"
#include "run/run_execution.h"
#include "sandbox/box.h"
#include "sandbox/probe.h"

namespace jitterlab {
namespace {

void print(const std::string& text) { write_all(STDOUT_FILENO, text); }
void remark(const std::string& text) { write_all(STDERR_FILENO, text); }

}  // namespace

void show_build_failures(const std::vector<BuildFailure>& failures) {
  for (const BuildFailure& failure : failures) {
    remark("jitterlab: " + printable(failure.what) + "\n" + printable(failure.what_to_do) + "\n");
    // A gutter, so that no line of a student's file can pass for one of ours or for a command to a CI system.
    std::istringstream lines(failure.diagnostics);
    for (std::string line; std::getline(lines, line);) remark("| " + printable(line) + "\n");
  }
}

// How everything ended, on standard error so that the output stays the programs' own.
void tell_ends(const Observation& observation) {
  remark("\n");
  for (std::size_t i = 0; i < observation.instances.size(); ++i) {
    const InstanceSeen& seen = observation.instances[i];
    const std::string after = seen.sent_sigterm ? ", after it was sent SIGTERM" : "";
    remark("jitterlab: " + instance_name(observation, static_cast<int>(i)) + ": " + seen.ending.words() + after + "\n");
  }
  if (is_livelock(observation))
    remark("jitterlab: everyone waited or tried again and again, and nobody could get on\n");
  else if (observation.came_to_rest)
    remark("jitterlab: everyone waited, and nobody could go on\n");
  if (observation.limit == Limit::kWall) remark("jitterlab: stopped at the scenario's time limit\n");
  if (observation.limit == Limit::kMemory) remark("jitterlab: stopped at the scenario's memory limit\n");
  if (observation.limit == Limit::kSteps) remark("jitterlab: stopped after too many steps\n");
  if (observation.limit == Limit::kOutput) remark("jitterlab: stopped at the scenario's output limit\n");
  for (const LeftOver& left : observation.left_behind) remark("jitterlab: left behind: " + printable(left.name) + "\n");
}

int list_labs(const Options& options) {
  for (const std::string& folder : lab_folders(options)) {
    const LoadedLab loaded = load_lab(folder);
    if (loaded.lab)
      print(lab_line(*loaded.lab) + "\n");
    else
      print(folder + ": has mistakes; `jitterlab show " + folder + "` lists them\n");
  }
  return 0;
}

int show_lab(const Options& options) {
  print(lab_description(find_lab(options)));
  return 0;
}

int run_once(const Options& options) {
  const Lab lab = find_lab(options);
  const std::string scenario = options.scenario.empty() ? lab.scenarios.at(0).name : options.scenario;
  if (!find_scenario(lab, scenario))
    throw Error("the lab " + lab.id + " has no scenario " + scenario + "; `jitterlab show " + lab.id + "` lists them");
  const BuiltPrograms built = build(lab, options.submission, {options.cache_folder, options.trust, {lab.folder}});
  if (!built.failures.empty()) {
    show_build_failures(built.failures);
    return 1;
  }
  const BoxSetup setup = box_setup(lab, built, options.trust);
  const auto box = Box::open(setup);
  const Strategy strategy = options.jitter ? Strategy::kJitter : Strategy::kPlain;
  const Execution execution{scenario, strategy, 0, options.seed.value_or(default_seed(lab))};
  const Observation observation = run_execution(*box, lab, program_paths(built, setup), execution);
  for (const OutputPiece& piece : observation.output)
    write_all(piece.stream == Stream::kOut ? STDOUT_FILENO : STDERR_FILENO, piece.bytes);
  tell_ends(observation);
  return 0;
}

int print_table(const Options& options) {
  std::vector<SavedResult> results;
  for (const std::string& file : options.results) results.push_back({file, read_file(file)});
  print(results_table(results));
  return 0;
}

int doctor(const Options&) {
  bool usable = true;
  for (const std::string& words : machine_remarks()) print(words + "\n");
  for (const Probe& probe : probe_machine()) {
    print((probe.good ? "  yes  " : probe.needed ? "  NO   " : "  weak ") + probe.what + ": " + probe.seen + "\n");
    if (!probe.good) print("       what to do: " + probe.remedy + "\n");
    usable = usable && (probe.good || !probe.needed);
  }
  print(usable ? "This machine can grade.\n" : "This machine cannot grade in a sandbox; see NO above.\n");
  return usable ? 0 : 2;
}

}  // namespace jitterlab
