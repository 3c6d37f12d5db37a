#include "os/cpu_time.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace jitterlab {
namespace {

namespace fs = std::filesystem;

// Any process may end while it is looked at, also between opening a file and reading it: then it has no ticks.

// Of the process and of its children that it has waited for.
long ticks_of(const std::string& process) {
  std::ifstream file(process + "/stat");
  std::string text;
  std::getline(file, text, '\0');          // unlike iterators, it takes a failed read for the end
  const auto name_ends = text.rfind(')');  // a name may hold anything
  if (name_ends == std::string::npos) return 0;
  std::istringstream rest(text.substr(name_ends + 1));
  std::string skipped;
  constexpr int kFieldsBeforeTimes = 11;
  for (int i = 0; i < kFieldsBeforeTimes; ++i) rest >> skipped;
  long own = 0, system = 0, children = 0, children_system = 0;
  rest >> own >> system >> children >> children_system;
  return own + system + children + children_system;
}

std::vector<std::string> children_of(const std::string& process) {
  std::vector<std::string> children;
  std::error_code ended;
  for (fs::directory_iterator task(process + "/task", ended); !ended && task != fs::directory_iterator();
       task.increment(ended)) {
    std::ifstream file(task->path() / "children");
    for (std::string pid; file >> pid;) children.push_back("/proc/" + pid);
  }
  return children;
}

long ticks_of_tree(const std::string& process) {
  long ticks = ticks_of(process);
  for (const std::string& child : children_of(process)) ticks += ticks_of_tree(child);
  return ticks;
}

}  // namespace

double cpu_seconds_of_all() {
  return static_cast<double>(ticks_of_tree("/proc/self")) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

}  // namespace jitterlab
