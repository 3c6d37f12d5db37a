// What the registers and the stack of the calling task hold once the agent's own functions have returned: what the
// program will go on with. Found as a debugger finds it, by the tables of unwinding in the agent's own library.
#pragma once

#include <cstdint>

namespace jitterlab {

struct CallerState {
  std::uint64_t registers[17];  // by their DWARF numbers; those that a call preserves are right, the others are not
  std::uint64_t stack;          // its pointer, where the program goes on
  std::uint64_t place;          // there
};

// False: some function of the agent on the way has no table.
bool find_caller(CallerState& state);

}  // namespace jitterlab
