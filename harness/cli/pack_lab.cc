#include "cli/pack_lab.h"

#include <unistd.h>

#include <filesystem>

#include "build/build.h"
#include "cli/labs.h"
#include "os/error.h"
#include "os/fd.h"
#include "os/spawn.h"
#include "os/temp_dir.h"

namespace jitterlab {
namespace {

namespace fs = std::filesystem;

bool is_archive(const std::string& target) { return target.ends_with(".tar.gz") || target.ends_with(".tgz"); }

bool is_for_students(const fs::path& file) {
  const std::string top = file.begin()->string(), ending = file.extension().string();
  if (top.starts_with(".") || top == "drivers") return false;
  return top != "checks" || ending == ".py";
}

void copy_files(const std::string& lab, const fs::path& into) {
  for (const auto& entry : fs::recursive_directory_iterator(lab)) {
    const fs::path name = fs::relative(entry.path(), lab);
    if (!entry.is_regular_file() || !is_for_students(name)) continue;
    fs::create_directories((into / name).parent_path());
    fs::copy_file(entry.path(), into / name);
  }
}

// Programs in the cache can be run only; what students get can be copied as well. `from` is in a cache of our own.
void copy_program(const std::string& from, const fs::path& to) {
  constexpr auto kForEveryone = static_cast<fs::perms>(0755);
  fs::create_directories(to.parent_path());
  fs::permissions(from, kForEveryone);
  fs::copy_file(from, to);
}

void copy_programs(const Lab& lab, const BuiltPrograms& built, const fs::path& compiled) {
  for (const auto& [name, program] : built.of_reference) {
    if (!program.script.empty())
      throw Error("the reference of " + lab.id + " is in Python, of which there is no compiled form to hand out");
    copy_program(program.plain, compiled / "reference" / (name + ".plain"));
    copy_program(program.instrumented, compiled / "reference" / (name + ".instrumented"));
  }
  for (const auto& [name, program] : built.of_lab) copy_program(program.plain, compiled / "drivers" / name);
  for (const auto& [name, file] : built.checkers) {
    if (!file.ends_with(".py")) copy_program(file, compiled / "checks" / name);
  }
}

// The same files give the same archive.
void make_archive(const std::string& folder, const std::string& lab, const std::string& target) {
  const Ran ran = run_program({"tar", "--create", "--gzip", "--sort=name", "--owner=0", "--group=0", "--numeric-owner",
                               "--mtime=@0", "--file", target, "--directory", folder, lab});
  if (!ran.ending.exited_with(0)) throw Error("tar could not make " + target + ": " + ran.err);
}

}  // namespace

int pack_lab(const Options& options) {
  const Lab lab = find_lab(options);
  if (fs::is_directory(lab.folder + "/compiled")) throw Error(lab.folder + " is packed already: it has no sources");
  const std::string target = options.target.empty() ? lab.id + ".tar.gz" : options.target;
  const TempDir made;
  const fs::path folder = fs::path(made.path()) / lab.id;
  copy_files(lab.folder, folder);
  const TempDir cache;
  const BuiltPrograms built = build_lab(lab, {cache.path() + "/programs", options.trust, {lab.folder}});
  copy_programs(lab, built, folder / "compiled");
  fs::create_directories(folder / "compiled");  // says that it is packed
  if (is_archive(target)) {
    make_archive(made.path(), lab.id, target);
  } else {
    if (fs::exists(fs::path(target) / lab.id)) throw Error("there is a " + target + "/" + lab.id + " already");
    fs::create_directories(target);
    fs::copy(folder, fs::path(target) / lab.id, fs::copy_options::recursive);
  }
  const std::string place = is_archive(target) ? target : (fs::path(target) / lab.id).string();
  write_all(STDOUT_FILENO,
            place + " is what students get. They unpack it where they like, and then:\n\n  jitterlab grade ./" +
                lab.id + " my-solution/\n");
  return 0;
}

}  // namespace jitterlab
