#include "build/python_program.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "build/staging.h"
#include "os/error.h"
#include "os/fd.h"

namespace jitterlab {
namespace {

namespace fs = std::filesystem;

constexpr char kVersion[] = "Python 3.11.";

bool is_as_written(const std::string& folder, const std::vector<SourceFile>& files) {
  if (!fs::is_directory(folder)) return false;
  std::size_t count = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename();
    const auto file = std::find_if(files.begin(), files.end(), [&](const SourceFile& one) { return one.name == name; });
    if (file == files.end() || !entry.is_regular_file() || read_file(entry.path()) != file->bytes) return false;
    ++count;
  }
  return count == files.size();
}

}  // namespace

void check_python_version(const std::string& version) {
  if (version.starts_with(kVersion)) return;
  throw Error(std::string("jitterlab can control CPython 3.11 only, and ") + kPython + " is " + version +
              "; grade on Debian 12, or in its container");
}

std::string script_of(const Program& program, const std::vector<std::string>& sources) {
  std::string other = program.name;  // as modules are named
  std::replace(other.begin(), other.end(), '-', '_');
  for (const std::string& name : {program.name + ".py", other + ".py"}) {
    if (std::find(sources.begin(), sources.end(), name) != sources.end()) return name;
  }
  for (const std::string& name : program.sources) {
    if (std::find(sources.begin(), sources.end(), name) != sources.end()) return name;
  }
  return sources.size() == 1 ? sources[0] : "";
}

BuildFailure no_script(const Program& program) {
  return {program.name, "it cannot be told which file is the program " + program.name,
          "call the file that is to be run " + program.name + ".py", ""};
}

std::string keep_python_files(const std::string& cache_folder, const std::vector<SourceFile>& files) {
  const std::string folder = fs::absolute(cache_folder + "/" + hash_of(files) + ".python").string();
  if (is_as_written(folder, files)) return folder;
  std::string place = folder + "-XXXXXX";
  if (::mkdtemp(place.data()) == nullptr) throw system_error("cannot make a folder in " + cache_folder);
  stage(files, place + "/files");
  fs::remove_all(folder);
  std::error_code another_was_faster;
  fs::rename(place + "/files", folder, another_was_faster);
  fs::remove_all(place);
  return folder;
}

}  // namespace jitterlab
