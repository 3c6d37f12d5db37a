#include "cli/verify.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "cli/grade.h"
#include "cli/labs.h"
#include "cli/mutants.h"
#include "os/cpu_time.h"
#include "os/error.h"
#include "os/fd.h"
#include "report/report.h"
#include "verify/handout.h"
#include "verify/judgement.h"
#include "verify/known_submissions.h"
#include "verify/table.h"
#include "verify/verification_json.h"

namespace jitterlab {
namespace {

namespace fs = std::filesystem;

void print(const std::string& text) { write_all(STDOUT_FILENO, text); }

std::vector<std::string> wanted_folders(const Options& options) {
  if (options.labs.empty()) return lab_folders(options);
  std::vector<std::string> folders;
  for (const std::string& lab : options.labs) {
    Options one = options;
    one.lab = lab;
    folders.push_back(lab_folder(one));
    if (!fs::is_regular_file(fs::path(folders.back()) / "lab.yaml"))
      throw Error("there is no lab " + lab + "; `jitterlab list` shows those there are");
  }
  return folders;
}

std::string reference_of(const Lab& lab, const Options& options) {
  const fs::path all = options.reference_folder.empty() ? fs::path(lab.folder).parent_path().parent_path() / "reference"
                                                        : fs::path(options.reference_folder);
  return (all / lab.id).string();
}

// Grades a submission with one seed, as `grade` does, and counts what that took.
SeedResult grade_with(const Options& options, const Lab& lab, const std::string& label, const std::string& path,
                      std::uint64_t seed, const std::atomic<bool>& stop) {
  Options one = options;
  one.submission = path;
  one.seed = seed;
  SeedResult result;
  result.seed = seed;
  const double before = cpu_seconds_of_all();
  GradeWatcher watcher;
  watcher.label = lab.id + ", " + label + ", seed " + std::to_string(seed) + ": ";
  watcher.executed = [&](const Findings& findings) {
    ++result.whole.executions;
    for (const Check& check : lab.checks) {
      if (result.first_failures.count(check.id) == 0 && findings.has_failed(check.id))
        result.first_failures[check.id] = {result.whole.executions, cpu_seconds_of_all() - before};
    }
  };
  result.grade = grade(one, lab, stop, watcher);
  result.whole.cpu_seconds = cpu_seconds_of_all() - before;
  return result;
}

class LabVerifier {
 public:
  LabVerifier(const Options& options, const Lab& lab, const std::atomic<bool>& stop)
      : options_(options), lab_(lab), stop_(stop), known_(find_known_submissions(lab, reference_of(lab, options))) {}

  LabVerification run() {
    found_.lab = lab_.id;
    const bool is_whole = options_.only.empty();
    if (is_whole || options_.only == "lab") look_at_handout();
    if (is_whole) look_at_submissions();
    for (const KnownSubmission& one : known_.all) {
      if (is_whole || is_meant(one, options_.only)) wanted_.push_back(one);
    }
    if (options_.mutants) {
      print(lab_.id + ": mutants of the accepted solutions\n");
      return run_mutants(options_, lab_, wanted_, reference_of(lab_, options_), stop_);
    }
    tell_heading();
    if (is_whole || options_.only == "lab") grade_starter();
    for (const KnownSubmission& one : wanted_) {
      if (!stop_) grade_known(one);
    }
    return std::move(found_);
  }

 private:
  void look_at_handout() {
    const std::string file = lab_.folder + "/README.md";
    if (!fs::is_regular_file(file)) {
      found_.complaints.push_back("there is no handout " + file);
      return;
    }
    for (const std::string& what : handout_complaints(lab_, read_file(file)))
      found_.complaints.push_back("README.md: " + what);
  }

  void look_at_submissions() {
    found_.complaints.insert(found_.complaints.end(), known_.complaints.begin(), known_.complaints.end());
    for (const std::string& check : checks_without_bug(lab_, known_.all))
      found_.warnings.push_back("no known-bad submission fails " + check + ": nothing shows that it finds anything");
  }

  void tell_heading() {
    print(lab_.id + ": " + lab_.title + "\n");
    for (const std::string& what : found_.complaints) print("WRONG  " + printable(what) + "\n");
    for (const std::string& what : found_.warnings) print("       warning: " + printable(what) + "\n");
    for (const KnownSubmission& one : wanted_) widest_ = std::max(widest_, static_cast<int>(one.label().size()));
    print(heading_line(widest_));
  }

  void add(Judgement judgement) {
    print(judgement_lines(judgement, widest_));
    found_.judgements.push_back(std::move(judgement));
  }

  void grade_starter() {
    const std::string folder = lab_.folder + "/starter";
    if (!fs::is_directory(folder)) {
      found_.complaints.push_back("there is no starter code, " + folder);
      print("WRONG  " + found_.complaints.back() + "\n");
      return;
    }
    add(judge_starter(lab_, grade_with(options_, lab_, "starter", folder, options_.seeds.at(0), stop_)));
  }

  void grade_known(const KnownSubmission& known) {
    std::vector<SeedResult> results;
    for (const std::uint64_t seed : options_.seeds) {
      if (!stop_) results.push_back(grade_with(options_, lab_, known.label(), known.path, seed, stop_));
    }
    add(judge(lab_, known, std::move(results)));
  }

  const Options& options_;
  const Lab& lab_;
  const std::atomic<bool>& stop_;
  const KnownSubmissions known_;
  std::vector<KnownSubmission> wanted_;
  LabVerification found_;
  int widest_ = 16;
};

LabVerification verify_folder(const std::string& folder, const Options& options, const std::atomic<bool>& stop) {
  const LoadedLab loaded = load_lab(fs::canonical(folder).string());
  if (loaded.lab) return LabVerifier(options, *loaded.lab, stop).run();
  LabVerification found;
  found.lab = folder;
  print(folder + ":\n");
  for (const Mistake& mistake : loaded.mistakes) {
    found.complaints.push_back(to_string(mistake));
    print("WRONG  " + printable(found.complaints.back()) + "\n");
  }
  return found;
}

void write_tables(const std::string& file, const std::vector<LabVerification>& labs) {
  std::string document = fs::exists(file) ? read_file(file) : "";
  for (const LabVerification& lab : labs) document = with_table(document, lab.lab, markdown_table(lab.judgements));
  write_file(file, document);
}

int tell_result(const std::vector<LabVerification>& labs, bool stopped) {
  const bool wrong = std::any_of(labs.begin(), labs.end(), [](const LabVerification& lab) { return lab.is_wrong(); });
  const bool open =
      stopped || std::any_of(labs.begin(), labs.end(), [](const LabVerification& lab) { return lab.is_open(); });
  print(wrong  ? "Something is not as it says; see WRONG above.\n"
        : open ? "Nothing is wrong so far, but something could not be told; see above.\n"
               : "Everything is as it says.\n");
  return wrong ? 1 : open ? 2 : 0;
}

}  // namespace

int verify(const Options& options, const std::atomic<bool>& stop) {
  std::vector<LabVerification> labs;
  for (const std::string& folder : wanted_folders(options)) {
    if (!stop) labs.push_back(verify_folder(folder, options, stop));
  }
  const bool nothing_meant = std::all_of(labs.begin(), labs.end(), [](const LabVerification& lab) {
    return lab.judgements.empty() && lab.complaints.empty();
  });
  if (!options.only.empty() && nothing_meant && !stop && !options.mutants)
    throw Error("there is no submission " + options.only + " (--only); lab, accepted and known-bad are groups of them");
  if (!options.json_file.empty()) write_file(options.json_file, verification_json(labs));
  if (!options.table_file.empty() && !options.mutants) write_tables(options.table_file, labs);
  return tell_result(labs, stop);
}

}  // namespace jitterlab
