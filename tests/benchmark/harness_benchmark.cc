// Time of the harness itself, on the lab shared-memory, as ratios to the same work done by hand. Usage:
// harness_benchmark ROOT, with the root of the repository. Exit status: 0 within all limits, 1 over one, 2 an error.
//
// Grading: a lab with one plain execution of one scenario; a submission that the cache does not hold, while it holds
// the reference and the lab's drivers, as when one student after another is graded.
// One more execution: from the order to start until its findings are noted, in a box that is open already.
#include <sched.h>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <iterator>
#include <memory>

#include "benchmark/by_hand.h"
#include "benchmark/comparison.h"
#include "build/command.h"
#include "check/check.h"
#include "cli/grade.h"
#include "cli/options.h"
#include "cli/programs.h"
#include "lab/load_lab.h"
#include "os/error.h"
#include "os/installed.h"
#include "os/temp_dir.h"
#include "plan/plan.h"
#include "report/report.h"
#include "run/run_execution.h"

namespace jitterlab {
namespace {

constexpr char kScenario[] = "hand-over";
constexpr double kMostForGrading = 1.5;
constexpr double kMostForExecution = 2.5;

struct Site {
  std::string lab_folder, submission;
  TempDir temporary;
  explicit Site(const std::string& root)
      : lab_folder(root + "/labs/shared-memory"),
        submission(root + "/reference/shared-memory/accepted/struct_and_stat") {}
  std::string cache(const std::string& name) const { return temporary.path() + "/" + name; }
};

Lab lab_of(const Site& site) {
  LoadedLab loaded = load_lab(site.lab_folder);
  if (!loaded.lab) throw Error(to_string(loaded.mistakes.at(0)));
  for (Scenario& scenario : loaded.lab->scenarios) scenario.executions = {.plain = 1, .jitter = 0};
  return *loaded.lab;
}

// As `jitterlab grade` does it, from reading the lab file to the report.
void grade_once(const Site& site, const std::string& submission, const std::string& cache) {
  const Lab lab = lab_of(site);
  Options options;
  options.submission = submission;
  options.scenario = kScenario;
  options.cache_folder = cache;
  const std::atomic<bool> stop = false;
  const Grade result = grade(options, lab, stop);
  if (!result.not_graded_because.empty()) throw Error(result.not_graded_because);
  if (result.lost > 0 || terminal_report(result, {}).empty())
    throw Error("the accepted submission " + submission + " lost points");
}

std::ptrdiff_t files_in(const std::string& folder) {
  return std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator());
}

Subject grading(const Site& site) {
  const std::string filled = site.cache("reference"), fresh = site.cache("fresh");
  grade_once(site, lab_of(site).reference, filled);
  using Copy = std::filesystem::copy_options;
  const auto prepare = [=] {
    std::filesystem::remove_all(fresh);
    std::filesystem::copy(filled, fresh, Copy::recursive | Copy::create_hard_links);
    // A cache that others could write to is refused.
    std::filesystem::permissions(fresh, std::filesystem::perms::owner_all);
  };
  const auto work = [&site, filled, fresh] {
    grade_once(site, site.submission, fresh);
    if (files_in(fresh) <= files_in(filled)) throw Error("nothing was compiled: the submission was in the cache");
  };
  return {"grading with 1 execution", prepare, work};
}

std::vector<Command> compilers(const Site& site) {
  std::vector<Command> commands;
  for (const char* name : {"writer", "reader"}) {
    for (const Variant variant : {Variant::kPlain, Variant::kInstrumented}) {
      const CompilePlaces places = {site.submission, site.cache(name + ("." + to_string(variant))),
                                    installed_file("libjitterlab-agent.so")};
      commands.push_back({compile_command(Language::kC, variant, {std::string(name) + ".c"}, places), site.submission});
    }
  }
  return commands;
}

Subject compiling_in_turn(const Site& site) {
  return {"compiling the same files twice, one after the other", {}, [commands = compilers(site)] {
            for (const Command& command : commands) run_at_once({command});
          }};
}

Subject compiling_in_pairs(const Site& site) {
  return {"compiling the same files twice, both ways at once", {}, [commands = compilers(site)] {
            run_at_once({commands[0], commands[1]});
            run_at_once({commands[2], commands[3]});
          }};
}

// An open box with the built programs, and the same programs started by hand.
class Playing {
 public:
  explicit Playing(const Site& site)
      : lab_(lab_of(site)), built_(build(lab_, site.submission, {site.cache("played"), false, {lab_.folder}})) {
    const BoxSetup setup = box_setup(lab_, built_, false);
    programs_ = program_paths(built_, setup);
    execution_ = plan(lab_, default_seed(lab_), kScenario).at(0);
    text_ = draw(lab_, execution_.seed).at("text").at(0);
    box_ = Box::open(setup);
  }

  Subject in_box() {
    return {"1 more execution, jitter off", {}, [this] {
              const Observation seen = run_execution(*box_, lab_, programs_, execution_);
              Findings(lab_, {}).add(seen);
              expect_text(text_of(seen, Stream::kOut));
            }};
  }

  // The reader erases the segment, so there is nothing to clean up between two turns.
  Subject by_hand() {
    return {"a plain start of the same programs", {}, [this] {
              run_with_input({{built_.of_submission.at("writer").plain}, ""}, text_);
              expect_text(run_with_input({{built_.of_submission.at("reader").plain}, ""}, ""));
            }};
  }

 private:
  void expect_text(const std::string& printed) const {
    if (printed.find("reader got " + text_) == std::string::npos) throw Error("the text did not arrive: " + printed);
  }

  Lab lab_;
  BuiltPrograms built_;
  ProgramPaths programs_;
  Execution execution_;
  std::string text_;
  std::unique_ptr<Box> box_;
};

// ---- the table ---------------------------------------------------------------------------------------------------

constexpr double kNoLimit = 0;

// Prints a line; false when over the limit.
bool show(const Subject& ours, const Subject& theirs, const Turns& turns, double limit) {
  const Comparison result = compare(ours, theirs, turns);
  const bool over = limit != kNoLimit && result.ratio > limit;
  std::printf("%-28s %9.2f ms\n  %-51s %9.2f ms   ratio %5.2f", ours.name.c_str(), result.ours * 1e3,
              theirs.name.c_str(), result.theirs * 1e3, result.ratio);
  if (limit == kNoLimit)
    std::printf("   for information\n");
  else
    std::printf("   limit %.1f   %s\n", limit, over ? "OVER" : "pass");
  std::fflush(stdout);
  return !over;
}

bool run(const std::string& root) {
  // The segments of programs started by hand shall meet nobody else's; without the right to do so they do no harm.
  ::unshare(CLONE_NEWIPC);
  const Site site(root);
  const Subject whole = grading(site);
  Playing playing(site);
  constexpr Turns kOfGradings = {5, 3}, kOfExecutions = {5, 50};
  std::printf("Medians of %d rounds of alternating turns, isolation: %s\n\n", kOfGradings.rounds,
              to_string(isolation_for({})).c_str());
  bool good = show(whole, compiling_in_turn(site), kOfGradings, kMostForGrading);
  show(whole, compiling_in_pairs(site), kOfGradings, kNoLimit);
  good = show(playing.in_box(), playing.by_hand(), kOfExecutions, kMostForExecution) && good;
  return good;
}

}  // namespace
}  // namespace jitterlab

int main(int count, char** values) {
  if (count != 2) {
    std::fprintf(stderr, "usage: %s ROOT\n", values[0]);
    return 2;
  }
  try {
    return jitterlab::run(values[1]) ? 0 : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
}
