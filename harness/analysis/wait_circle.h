// What is told of tasks that wait for each other in a circle, besides each one's wait. Pure.
#pragma once

#include <string>
#include <vector>

#include "analysis/task_list.h"
#include "analysis/things.h"
#include "analysis/wait_graph.h"

namespace jitterlab {

// Tasks and what they wait for, in turn, as three lines of text. `circle` is WaitGraph::cycle(), of two tasks or more.
std::vector<std::string> picture_of(const std::vector<TaskId>& circle, const WaitGraph& graph, const TaskList& tasks,
                                    const Things& things);

// Coffman's four conditions, each with what shows it.
std::vector<std::string> conditions_of(const std::vector<TaskId>& circle, const WaitGraph& graph, const TaskList& tasks,
                                       const Things& things);

}  // namespace jitterlab
