// Two steps of an execution that nothing orders, put next to each other: once in the order in which they were seen,
// once the other way round, with the same before and the same after them. What differs between the two executions comes
// from that order and from nothing else. The reversal of a race as in partial-order reduction (Flanagan and Godefroid:
// "Dynamic Partial-Order Reduction for Model Checking Software", POPL 2005). Harness side, pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "schedule/trace.h"

namespace jitterlab {

// Who goes on after the two steps.
enum class Onward : std::uint8_t {
  kSecond,  // the task of the second step, until it blocks; then the base policy
  kFirst,   // likewise that of the first step
  kAsSeen,  // everybody, as in the execution
};

// For loose replays.
struct BothOrders {
  std::vector<Switch> as_seen, other_way;
};

// `first` < `second`: indices in Trace::events of steps of two tasks. is_after[i] of a step between them: it cannot
// come before the first step.
BothOrders both_orders(const Trace& trace, std::size_t first, std::size_t second, const std::vector<bool>& is_after,
                       Onward onward);

// A step by which an execution can be compared with another one.
struct StepOf {
  TaskId task = 0;
  std::size_t number = 0;  // of its operations, from 1
  Operation operation;
};
StepOf step_of(const Trace& trace, std::size_t index);

// Whether both steps were made, `one` first.
bool comes_first(const Trace& trace, const StepOf& one, const StepOf& other);

}  // namespace jitterlab
