// Starting trusted programs of ours from the harness: bubblewrap, git, the system's tools. The one place for
// Boost.Process.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "os/ending.h"
#include "os/fd.h"

namespace jitterlab {

// A child process; the destructor kills it if it still runs, and always waits for it.
class Child {
 public:
  virtual ~Child() = default;
  virtual int pid() const = 0;
  virtual Ending wait() = 0;  // blocks until it has ended
  virtual void kill() = 0;    // SIGKILL; does nothing when it has ended
};

// A descriptor of ours that the child gets under another number (100 and up; 0, 1, 2 for the standard streams).
struct Passed {
  int ours;
  int theirs;
};

// Starts `arguments` ([0] is looked up in PATH) in a process group of its own. All descriptors but 0, 1, 2 and `passed`
// are closed in the child. Throws Error when it cannot be started.
std::unique_ptr<Child> spawn(const std::vector<std::string>& arguments, const std::vector<Passed>& passed);

// Runs a program that a person works with: it has our standard streams and our terminal. Until it has ended, Ctrl-C is
// its business and not ours. Throws Error when it cannot be started.
Ending run_in_terminal(const std::vector<std::string>& arguments);

// Runs to the end and collects both streams (at most 1 MiB each).
struct Ran {
  Ending ending;
  std::string out, err;
};
Ran run_program(const std::vector<std::string>& arguments, const std::string& input = "");

}  // namespace jitterlab
