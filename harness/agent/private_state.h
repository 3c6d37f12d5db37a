// The state of the calling task, in a number: what only it can change. If it is the same at the same place twice, and
// nobody else ran meanwhile, the task will do the same again.
#pragma once

#include <cstdint>

namespace jitterlab {

struct StateHash {
  bool is_known = false;  // else: too much of it, or it cannot be found
  std::uint64_t hash = 0;
};

// Of the registers and the own stack.
StateHash state_of_stack();
// Of the variables of the program and its libraries, and of the heap.
StateHash state_of_data();

}  // namespace jitterlab
