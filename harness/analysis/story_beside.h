// What a picture shows beside a story: the same steps where all goes well, the two steps that matter, and who let whom
// go on. Pure.
#pragma once

#include <cstddef>
#include <vector>

#include "analysis/story.h"

namespace jitterlab {

inline constexpr std::size_t kMostStepsBeside = 16;

// A step of the execution that passes.
struct StepBeside {
  StoryStep step;
  int same_as = -1;  // index of the same step in the story; -1: it is done here only
};

// By the one step the other could be carried out: a V and the P after it, a signal and who woke up.
struct HandOver {
  std::size_t from = 0, to = 0;  // indices of the story
};

struct StoryBeside {
  std::vector<StepBeside> passing;  // in the order of the execution that passes; empty: there is none
  int left_out = 0;                 // of those
  std::vector<std::size_t> key;     // indices of the story: the steps that matter, most often two; empty: not known
  bool is_swapped = false;          // … which come the other way round in the execution that passes
  std::vector<HandOver> hand_overs;
};

// An execution with the names for it.
struct NamedTrace {
  const Trace& trace;
  const TaskList& tasks;
  const Things& things;
  const Sites& sites;
};

// `passing` and `deadlock` may be null.
StoryBeside tell_beside(const Story& story, const NamedTrace& failing, const Trace* passing, const Deadlock* deadlock);

}  // namespace jitterlab
