// What a task did in one step, in a few words: "reads counter: 0", "P(mutex): 1 -> 0", "locks left". Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "analysis/task_list.h"
#include "analysis/things.h"

namespace jitterlab {

// `thing`: what it is done to; of an operation on all members of a semaphore set the member that is of interest.
// `after`: the value of the memory after it, where that is known.
std::string step_words(const TraceEvent& event, const Thing& thing, const Things& things, const TaskList& tasks,
                       std::optional<std::uint64_t> after);

// What a task waits for, that never came: "wants P(mutex)", "wants to lock left".
std::string wait_words(const WaitingTask& task, const Thing& thing, const Things& things);

}  // namespace jitterlab
