// The steps that explain a failure: of a failing execution, those on things that several tasks touch, in an order that
// differs from that of an execution that passes. Pure.
//
// As Symbiosis' differential schedule projections (Machado, Lucia, Rodrigues: "Concurrency Debugging with Differential
// Schedule Projections", PLDI 2015), which show the conflicting operations whose order differs and leave the rest out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/deadlock.h"
#include "analysis/sites.h"
#include "analysis/task_list.h"
#include "analysis/things.h"

namespace jitterlab {

inline constexpr std::size_t kMostStorySteps = 12;

struct StoryStep {
  static constexpr std::size_t kWaits = static_cast<std::size_t>(-1);
  int step = 0;  // of all that tasks carried out, from 1; 0: a wait that did not end
  std::string task;
  std::string what;  // "reads counter: 0"
  SourceLine line;
  bool is_preemption = false;  // the task before could have gone on
  bool is_no_return = false;   // from here on no way was found to avoid the failure
  TaskId id = 0;               // of the task
  Thing thing;                 // that it is done to
  std::size_t event = kWaits;  // in the trace
};

struct Story {
  std::vector<std::string> tasks;  // that appear, in the order of their creation
  std::vector<StoryStep> steps;    // at most kMostStorySteps
  int before = 0;                  // steps before the first one told, all left out
  int between = 0;                 // steps left out after that
  bool is_only_the_last = false;   // nothing in particular explains the failure: these are the last steps before it
};

// Around what a story is told that has no room for everything; otherwise its last steps are.
struct StoryAim {
  bool by_sleep = false;                 // it fails because a sleep was over too early
  std::optional<std::size_t> no_return;  // PointOfNoReturn::step
};

// `passing` and `deadlock` may be null.
Story tell_story(const ControlledEnd& end, const TaskList& tasks, const Things& things, const Sites& sites,
                 const Trace* passing, const Deadlock* deadlock, const StoryAim& aim = {});

// The first `most` steps, each of them told.
Story tell_every_step(const ControlledEnd& end, const TaskList& tasks, const Things& things, const Sites& sites,
                      std::size_t most);

// Marks the step of this number, or, where it is not told, the next one that is.
void mark_no_return(Story& story, std::size_t step);

// As text, a column for each task where `columns` allow it, otherwise a line for each step. Empty for an empty story.
std::vector<std::string> lines_of(const Story& story, int columns);

}  // namespace jitterlab
