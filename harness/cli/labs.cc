#include "cli/labs.h"

#include <algorithm>
#include <filesystem>

#include "os/error.h"
#include "os/installed.h"

namespace jitterlab {
namespace {

namespace fs = std::filesystem;

// A name is looked up among the labs, unless the folder of a lab lies right here under it.
bool is_path(const std::string& lab) {
  return lab.find('/') != std::string::npos || fs::is_regular_file(fs::path(lab) / "lab.yaml");
}

std::string labs_folder(const Options& options) {
  if (options.labs_folder.empty()) return installed_file("labs");
  if (!fs::is_directory(options.labs_folder)) throw Error("there is no folder " + options.labs_folder + " (--labs)");
  return fs::canonical(options.labs_folder).string();
}

}  // namespace

std::vector<std::string> lab_folders(const Options& options) {
  std::vector<std::string> folders;
  for (const auto& entry : fs::directory_iterator(labs_folder(options))) {
    if (fs::is_regular_file(entry.path() / "lab.yaml")) folders.push_back(entry.path().string());
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

std::string lab_folder(const Options& options) {
  return is_path(options.lab) ? options.lab : labs_folder(options) + "/" + options.lab;
}

Lab find_lab(const Options& options) {
  const std::string folder = lab_folder(options);
  if (!fs::is_regular_file(fs::path(folder) / "lab.yaml"))
    throw Error("there is no lab " + options.lab + "; `jitterlab list` shows those there are");
  LoadedLab loaded = load_lab(fs::canonical(folder).string());
  if (loaded.lab) return std::move(*loaded.lab);
  std::string words = "the lab file has mistakes:";
  for (const Mistake& mistake : loaded.mistakes) words += "\n" + to_string(mistake);
  throw Error(words);
}

std::string named_lab(const Options& options) {
  if (options.labs_folder.empty() || is_path(options.lab)) return options.lab;
  return (fs::path(options.labs_folder) / options.lab).string();
}

}  // namespace jitterlab
