// What is said of a failing execution of programs in Python: which lines of theirs were carried out in which order, and
// where each task waits at the end. What the interpreter does with its locks and memory tells nothing of the program,
// so there are no objects here, and nobody is said to hold anything. Pure.
#pragma once

#include "analysis/deadlock.h"
#include "analysis/source_names.h"
#include "analysis/story.h"
#include "analysis/task_list.h"

namespace jitterlab {

// From the first line on that comes otherwise than in `passing`, which may be null; a long story loses its middle.
Story tell_python_story(const ControlledEnd& end, const TaskList& tasks, const SourceNames& names,
                        const Trace* passing);

// Of an execution that came to rest: DeadlockKind::kUnknown, with a waiter for each task.
Deadlock python_deadlock(const ControlledEnd& end, const TaskList& tasks, const SourceNames& names);

}  // namespace jitterlab
