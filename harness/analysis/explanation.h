// What an analysis of a failing execution says to people.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/deadlock.h"
#include "analysis/story.h"
#include "analysis/story_beside.h"
#include "run/observation.h"
#include "sandbox/controlled_end.h"

namespace jitterlab {

struct Explanation {
  std::optional<Deadlock> deadlock;
  Story story;
  StoryBeside beside;
  std::vector<std::string> loops;  // of a livelock: who goes round doing what, a line each
};

// The trace of another execution, with its objects and programs numbered as in this one.
Trace aligned(const ControlledEnd& other, const ControlledEnd& one);

// Of a controlled execution that failed; `passing`: the trace of one that does not and differs little, aligned; may be
// null.
// `semaphores`: what the lab calls the members of its set. `aim`: as tell_story() wants it.
Explanation explain(const Observation& failing, const Trace* passing, const SourceNames& names,
                    const std::vector<std::string>& semaphores = {}, const StoryAim& aim = {});

// Of any controlled execution of programs that are not in Python, each of its first `most` steps.
Story every_step(const Observation& observation, const SourceNames& names, const std::vector<std::string>& semaphores,
                 std::size_t most);

// Why nobody could go on, without any words. kUnknown also where the execution did not come to rest.
DeadlockKind kind_of_deadlock(const Observation& observation);

}  // namespace jitterlab
