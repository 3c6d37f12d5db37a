// What the harness is compared with: the same compilers and programs, started with nothing around them.
#pragma once

#include <string>
#include <vector>

namespace jitterlab {

struct Command {
  std::vector<std::string> arguments;  // [0] is a path
  std::string folder;                  // working directory; empty: ours
};

// Starts all of them at once and waits. Throws Error unless each ends with 0.
void run_at_once(const std::vector<Command>& commands);

// Starts one program, gives it `input`, and returns what it printed. Throws Error unless it ends with 0.
std::string run_with_input(const Command& command, const std::string& input);

}  // namespace jitterlab
