#include "cli/mutants.h"

#include <unistd.h>

#include <filesystem>
#include <set>
#include <sstream>

#include "build/build.h"
#include "build/look_into.h"
#include "cli/controlled.h"
#include "cli/grade.h"
#include "cli/programs.h"
#include "os/error.h"
#include "os/fd.h"
#include "os/installed.h"
#include "os/temp_dir.h"
#include "plan/plan.h"
#include "report/report.h"
#include "run/lanes.h"
#include "verify/mutants.h"

namespace jitterlab {
namespace {

namespace fs = std::filesystem;

constexpr char kMutator[] = "libjitterlab-mutator.so";

void print(const std::string& text) { write_all(STDOUT_FILENO, text); }

// Programs run with the mutator in front, which finds its orders in `file`. The build for the agent takes the place of
// the student's own: only there call sites can be told.
void put_mutator_in(Lanes& lanes, const std::string& file) {
  lanes.setup.mounts.push_back({installed_file(kMutator), kMutator});
  lanes.setup.mounts.push_back({file, "mutant"});
  const std::string mutator = path_inside(lanes.setup, kMutator);
  lanes.programs.plain = lanes.programs.instrumented;
  lanes.programs.agent = mutator + ":" + lanes.programs.agent;
  lanes.programs.lines = mutator + ":" + lanes.programs.lines;
}

class MutantRunner {
 public:
  MutantRunner(const Options& options, const Lab& lab, const std::string& folder, const std::atomic<bool>& stop)
      : options_(options), lab_(lab), stop_(stop) {
    const std::string file = folder + "/equivalent-mutants.yaml";
    if (fs::exists(file)) equivalents_ = read_equivalents(read_file(file), file);
    found_.lab = lab.id;
    for (const std::string& mistake : equivalents_.mistakes) complain(mistake);
  }

  LabVerification run(const std::vector<KnownSubmission>& known) {
    for (const KnownSubmission& one : known) {
      if (one.is_accepted() && !stop_) run_all_of(one);
    }
    if (options_.only.empty() && !stop_) look_for_left_over_names();
    tell_sum();
    return std::move(found_);
  }

 private:
  void complain(const std::string& what) {
    found_.complaints.push_back(what);
    print("WRONG  " + printable(what) + "\n");
  }

  void run_all_of(const KnownSubmission& known) {
    const BuiltPrograms built = build(lab_, known.path, {options_.cache_folder, false, {lab_.folder}});
    if (!built.failures.empty()) throw Error(known.label() + " does not build: " + built.failures[0].what);
    const std::vector<CallSite> sites = sites_of(built);
    const SourcePlaces places = places_of(known, built, sites);
    const std::vector<Mutant> mutants = mutants_of(known.label(), told_apart(sites, places), places);
    int caught = 0;
    for (const Mutant& mutant : mutants) {
      names_.insert(mutant.name);
      if (!stop_) caught += is_caught(known, mutant) ? 1 : 0;
    }
    print("       " + known.label() + ": " + std::to_string(caught) + " of " + std::to_string(mutants.size()) +
          " mutants caught\n");
  }

  // The calls of one plain execution of each scenario, by the programs of the submission.
  std::vector<CallSite> sites_of(const BuiltPrograms& built) {
    const TempDir folder;
    write_file(folder.path() + "/mutant", "record\n");
    Lanes lanes;
    lanes.setup = box_setup(lab_, built, false);
    lanes.programs = program_paths(built, lanes.setup);
    put_mutator_in(lanes, folder.path() + "/mutant");
    std::vector<Execution> executions;
    for (const Scenario& scenario : lab_.scenarios)
      executions.push_back({scenario.name, Strategy::kPlain, 0, options_.seeds.at(0)});
    std::string errors;
    Takers takers;
    takers.seen = [&](const Observation& observation) { errors += text_of(observation, Stream::kErr); };
    takers.left_out = [](const Execution&, const std::string&) {};
    TimeOuts time_outs;
    run_executions(lab_, lanes, executions, stop_, takers, time_outs);
    std::vector<CallSite> sites = call_sites_in(errors);
    std::erase_if(sites, [&](const CallSite& site) { return !program_at(built, lanes.setup, site.program); });
    setup_ = lanes.setup;
    return sites;
  }

  static const BuiltProgram* program_at(const BuiltPrograms& built, const BoxSetup& setup, const std::string& path) {
    for (const auto& [name, program] : built.of_submission) {
      if (path_inside(setup, "instrumented/" + name) == path) return &program;
    }
    return nullptr;
  }

  SourcePlaces places_of(const KnownSubmission& known, const BuiltPrograms& built, const std::vector<CallSite>& sites) {
    const ProgramSources sources = sources_of_submission(lab_, built, setup_, known.path);
    std::map<std::string, std::string> questions;
    for (const CallSite& site : sites) {
      for (const std::uint64_t address : site.callers) {
        // The call is the instruction before.
        questions[site.program] += "code " + std::to_string(address - 1) + "\n";
      }
    }
    SourcePlaces places;
    for (const auto& [program, text] : questions) {
      std::istringstream answers(look_into(sources.executables.at(program), text, false));
      for (std::string line; std::getline(answers, line);) add_place(program, line, sources, places);
    }
    return places;
  }

  // "code ADDRESS LINE FUNCTION FILE", separated by tabs.
  static void add_place(const std::string& program, const std::string& answer, const ProgramSources& sources,
                        SourcePlaces& places) {
    std::istringstream words(answer);
    std::string kind, address, number, function, file;
    for (std::string* word : {&kind, &address, &number, &function, &file}) std::getline(words, *word, '\t');
    if (kind != "code") return;
    const auto source = sources.texts.find(fs::path(file).filename().string());
    std::string text;
    if (source != sources.texts.end()) {
      std::istringstream lines(source->second);
      for (int line = std::stoi(number); line > 0 && std::getline(lines, text);) --line;
    }
    const auto begin = text.find_first_not_of(" \t");
    const auto end = text.find_last_not_of(" \t\r");
    places[{program, std::stoull(address) + 1}] = {
        function, begin == std::string::npos ? "" : text.substr(begin, end - begin + 1)};
  }

  bool is_caught(const KnownSubmission& known, const Mutant& mutant) {
    const TempDir folder;
    const std::string file = folder.path() + "/mutant";
    write_file(file, mutant.for_mutator());
    std::atomic<bool> enough = false;
    Options one = options_;
    one.submission = known.path;
    one.seed = options_.seeds.at(0);
    GradeWatcher watcher;
    watcher.label = lab_.id + ", " + mutant.name + ": ";
    watcher.prepare = [&](Lanes& lanes) { put_mutator_in(lanes, file); };
    watcher.executed = [&](const Findings& findings) {
      for (const Check& check : lab_.checks)
        enough = enough || stop_ || (check.holds == Holds::kAlways && findings.has_failed(check.id));
    };
    const Grade result = grade(one, lab_, enough, watcher);
    if (stop_) return false;
    if (result.lost > 0) {
      ++caught_;
      if (equivalents_.reasons.count(mutant.name)) complain("is said to be equivalent, but is caught: " + mutant.name);
      return true;
    }
    tell_survivor(mutant, result);
    return false;
  }

  void tell_survivor(const Mutant& mutant, const Grade& result) {
    const auto reason = equivalents_.reasons.find(mutant.name);
    if (reason != equivalents_.reasons.end()) {
      ++equivalent_;
      print("equal  " + printable(mutant.name) + "\n       because " + printable(reason->second) + "\n");
      return;
    }
    ++missed_;
    print("MISSED " + printable(mutant.name) + (result.open > 0 ? " (points stayed open)" : "") + "\n");
  }

  void look_for_left_over_names() {
    for (const auto& [name, because] : equivalents_.reasons) {
      if (names_.count(name) == 0) complain("is said to be equivalent, but there is no such mutant: " + name);
    }
  }

  void tell_sum() {
    print("mutants: " + std::to_string(caught_) + " caught, " + std::to_string(equivalent_) + " equivalent, " +
          std::to_string(missed_) + " that the lab does not catch\n");
    if (!stop_ && missed_ * 20 > caught_ + missed_)
      complain("the lab does not catch " + std::to_string(missed_) + " of " + std::to_string(caught_ + missed_) +
               " mutants that are not said to be equivalent; at most one in twenty may pass");
  }

  const Options& options_;
  const Lab& lab_;
  const std::atomic<bool>& stop_;
  Equivalents equivalents_;
  BoxSetup setup_;               // of the boxes in which call sites were told
  std::set<std::string> names_;  // of all mutants
  LabVerification found_;
  int caught_ = 0, equivalent_ = 0, missed_ = 0;
};

}  // namespace

LabVerification run_mutants(const Options& options, const Lab& lab, const std::vector<KnownSubmission>& known,
                            const std::string& folder, const std::atomic<bool>& stop) {
  return MutantRunner(options, lab, folder, stop).run(known);
}

}  // namespace jitterlab
