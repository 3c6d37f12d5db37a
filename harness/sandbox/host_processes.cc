#include "sandbox/host_processes.h"

#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <system_error>

namespace jitterlab {
namespace {

struct Status {
  int parent = 0;
  int inside = 0;  // its id in the innermost namespace; 0: it has ended
};

Status status_of(int pid) {
  Status status;
  std::ifstream file("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string key;
    words >> key;
    if (key == "PPid:") words >> status.parent;
    if (key == "NSpid:") {
      for (int id = 0; words >> id;) status.inside = id;  // outermost first
    }
  }
  return status;
}

}  // namespace

std::map<int, int> host_processes_below(int ancestor) {
  std::map<int, Status> all;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/proc", error)) {
    const std::string name = entry.path().filename().string();
    int pid = 0;
    if (std::from_chars(name.data(), name.data() + name.size(), pid).ec != std::errc()) continue;
    if (const Status status = status_of(pid); status.inside != 0) all[pid] = status;
  }
  std::map<int, int> below;
  for (const auto& [pid, status] : all) {
    int at = status.parent;
    while (at != ancestor && at != 0) {
      const auto parent = all.find(at);
      at = parent == all.end() ? 0 : parent->second.parent;
    }
    if (at == ancestor) below[status.inside] = pid;
  }
  return below;
}

}  // namespace jitterlab
