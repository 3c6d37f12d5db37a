// The sets of sources (the submission, the reference, the lab's drivers and checking programs) are taken and staged
// first, because a box is shown its folders when it is opened; then one box compiles all of them.
#include "build/build.h"

#include <deque>
#include <filesystem>
#include <set>

#include "build/content_hash.h"
#include "build/diagnostics.h"
#include "build/hand_in.h"
#include "build/packed_programs.h"
#include "build/python_program.h"
#include "build/slips.h"
#include "build/staging.h"
#include "build/workshop.h"
#include "os/error.h"
#include "os/installed.h"
#include "os/temp_dir.h"

namespace jitterlab {
namespace {

constexpr char kAgent[] = "libjitterlab-agent.so";

// Names of programs that roles of this origin run.
std::set<std::string> programs_of(const Lab& lab, Origin origin) {
  std::set<std::string> names;
  for (const Scenario& scenario : lab.scenarios) {
    for (const Role& role : scenario.roles) {
      if (role.origin == origin) names.insert(role.program);
    }
  }
  return names;
}

std::set<std::string> checking_programs(const Lab& lab) {
  std::set<std::string> names;
  for (const Check& check : lab.checks) {
    if (const auto* question = std::get_if<ProgramCheck>(&check.question)) names.insert(question->program);
  }
  return names;
}

// `folder`/name with the first of these endings that is there.
std::string find_source(const std::string& folder, const std::string& name, const std::vector<std::string>& endings) {
  for (const std::string& ending : endings) {
    if (std::filesystem::exists(folder + "/" + name + ending)) return name + ending;
  }
  throw Error("the lab's program " + name + " is missing: there is no " + folder + "/" + name + endings.at(0));
}

// One line, for Errors.
std::string words_of(const BuildFailure& failure) {
  const std::string error = failure.diagnostics.empty() ? "" : ": " + first_error(failure.diagnostics);
  return failure.what + error + "; " + failure.what_to_do;
}

// A set of files with the programs to make from it.
struct Job {
  std::string mount;
  std::vector<SourceFile> files;
  struct Item {
    Program program;
    Language language;
  };
  std::vector<Item> items;
  bool with_control = true;
  std::map<std::string, BuiltProgram>* into = nullptr;
};

class Builder {
 public:
  Builder(const Lab& lab, const BuildOptions& options) : lab_(lab), options_(options), cache_(options.cache_folder) {}

  BuiltPrograms build(const std::string& submission) {
    take_submission(submission);
    if (result_.failures.empty()) take_what_is_ours();
    return make_all();
  }

  BuiltPrograms build_lab() {
    take_what_is_ours();
    return make_all();
  }

 private:
  void take_what_is_ours() {
    const PackedPrograms packed(lab_.folder, cache_);
    if (packed.are_there()) {
      for (const std::string& name : programs_of(lab_, Origin::kReference))
        result_.of_reference[name] = packed.reference(name);
      for (const std::string& name : programs_of(lab_, Origin::kLab)) result_.of_lab[name] = packed.driver(name);
    } else {
      take_reference();
      take_drivers();
    }
    take_checkers(packed);
  }

  BuiltPrograms make_all() {
    open_box();
    describe_toolchain();
    for (const Job& job : jobs_) {
      for (const Job::Item& item : job.items) make(job, item);
    }
    for (const auto& [name, program] : native_checkers_) result_.checkers[name] = program.plain;
    return std::move(result_);
  }

  void take_submission(const std::string& submission) {
    HandedIn taken = judge_hand_in(take_hand_in(submission, lab_.hand_in), lab_.hand_in);
    result_.submission_hash = hash_of(taken.files);
    result_.failures = std::move(taken.failures);
    result_.remarks = std::move(taken.remarks);
    if (lab_.hand_in.every_bytecode) result_.remarks.push_back(kEveryBytecode);
    if (!result_.failures.empty()) return;
    Job& job = add_job("submission", std::move(taken.files), result_.of_submission);
    for (const Program& program : lab_.hand_in.programs) add_item(job, program);
  }

  void take_reference() {
    const std::set<std::string> names = programs_of(lab_, Origin::kReference);
    if (names.empty()) return;
    if (lab_.reference.empty()) throw Error("the lab " + lab_.id + " has roles of a reference, but no reference");
    Job& job = add_job("reference", take_ours(lab_.reference, lab_.hand_in), result_.of_reference);
    for (const Program& program : lab_.hand_in.programs) {
      if (names.count(program.name)) add_item(job, program);
    }
  }

  void add_item(Job& job, const Program& program) {
    job.items.push_back({program, language_of(lab_.hand_in, program, job.files)});
  }

  void take_drivers() {
    const std::set<std::string> names = programs_of(lab_, Origin::kLab);
    if (!names.empty()) add_lab_job("drivers", names, result_.of_lab);
  }

  void take_checkers(const PackedPrograms& packed) {
    std::set<std::string> native;
    const std::string folder = lab_.folder + "/checks";
    for (const std::string& name : checking_programs(lab_)) {
      if (packed.has_check(name)) {
        native_checkers_[name] = packed.check(name);
        continue;
      }
      const std::string file = find_source(folder, name, {".c", ".cc", ".py"});
      if (file.ends_with(".py")) {
        result_.checkers[name] = folder + "/" + file;
      } else {
        native.insert(name);
      }
    }
    if (!native.empty()) add_lab_job("checks", native, native_checkers_);
  }

  // Programs of the lab, each one file; other files of the folder can be included.
  void add_lab_job(const std::string& folder_name, const std::set<std::string>& names,
                   std::map<std::string, BuiltProgram>& into) {
    const std::string folder = lab_.folder + "/" + folder_name;
    HandIn wanted;
    std::vector<Job::Item> items;
    for (const std::string& name : names) {
      const std::string file = find_source(folder, name, {".c", ".cc"});
      wanted.programs.push_back({name, {file}});
      items.push_back({wanted.programs.back(), file.ends_with(".cc") ? Language::kCpp : Language::kC});
    }
    Job& job = add_job(folder_name, take_ours(folder, wanted), into);
    job.items = std::move(items);
    job.with_control = false;
  }

  std::vector<SourceFile> take_ours(const std::string& path, const HandIn& wanted) {
    HandedIn taken = judge_hand_in(take_hand_in(path, wanted), wanted);
    if (!taken.failures.empty()) throw Error("in " + path + " of the lab: " + words_of(taken.failures[0]));
    return std::move(taken.files);
  }

  Job& add_job(const std::string& mount, std::vector<SourceFile> files, std::map<std::string, BuiltProgram>& into) {
    Job& job = jobs_.emplace_back();
    job.mount = mount;
    job.files = std::move(files);
    job.into = &into;
    stage(job.files, staged_.path() + "/" + mount);
    return job;
  }

  void open_box() {
    BoxSetup setup;
    for (const Job& job : jobs_) setup.mounts.push_back({staged_.path() + "/" + job.mount, job.mount});
    const std::string agent = installed_file(kAgent);
    setup.mounts.push_back({agent, kAgent});
    setup.hidden = options_.hidden;
    setup.trust = options_.trust;
    box_ = Box::open(setup);
    compiler_.emplace(*box_, box_->inside(kAgent));
    workshop_.emplace(*compiler_, cache_, ContentHash().add(read_file(agent)).hex());
  }

  // C++ as soon as one of its programs is: g++ compiles for both languages, and is of the same version.
  Language language_of_submission() const {
    if (!jobs_.empty() && jobs_.front().mount == "submission") {
      for (const Job::Item& item : jobs_.front().items) {
        if (item.language == Language::kCpp) return Language::kCpp;
      }
    }
    return lab_.hand_in.language;
  }

  void describe_toolchain() {
    const Language language = language_of_submission();
    result_.toolchain = compiler_->version(language);
    ContentHash hash;
    hash.add(result_.toolchain);
    for (const Variant variant : {Variant::kPlain, Variant::kInstrumented}) {
      for (const std::string& flag : compiler_flags(language, variant)) hash.add(flag);
      for (const std::string& library : libraries(language, variant)) hash.add(library);
    }
    result_.toolchain_hash = hash.hex();
  }

  void make(const Job& job, const Job::Item& item) {
    Made made = workshop_->make({job.files, box_->inside(job.mount)}, item.program, item.language, job.with_control);
    const bool of_student = job.mount == "submission";
    if (made.failure && !of_student) {
      throw Error("in the " + job.mount + " of the lab " + lab_.id + ": " + words_of(*made.failure));
    }
    if (made.failure) {
      result_.failures.push_back(*made.failure);
      return;
    }
    if (of_student) result_.remarks.insert(result_.remarks.end(), made.warnings.begin(), made.warnings.end());
    (*job.into)[item.program.name] = std::move(made.program);
  }

  const Lab& lab_;
  const BuildOptions& options_;
  Cache cache_;
  TempDir staged_;
  std::deque<Job> jobs_;  // add_job() hands out references
  std::unique_ptr<Box> box_;
  std::optional<Compiler> compiler_;
  std::optional<Workshop> workshop_;
  std::map<std::string, BuiltProgram> native_checkers_;
  BuiltPrograms result_;
};

}  // namespace

BuiltPrograms build(const Lab& lab, const std::string& submission, const BuildOptions& options) {
  return Builder(lab, options).build(submission);
}

BuiltPrograms build_lab(const Lab& lab, const BuildOptions& options) { return Builder(lab, options).build_lab(); }

}  // namespace jitterlab
