#include "analysis/wait_circle.h"

#include <algorithm>

namespace jitterlab {

// child 1 ──semaphore 1──> child 2
//    ^                        │
//    └──────semaphore 0───────┘
std::vector<std::string> picture_of(const std::vector<TaskId>& circle, const WaitGraph& graph, const TaskList& tasks,
                                    const Things& things) {
  std::string top;
  for (std::size_t i = 0; i + 1 < circle.size(); ++i)
    top += tasks.name(circle[i]) + " --" + things.name(graph.find(circle[i])->thing) + "--> ";
  const std::string first = tasks.name(circle.front()), last = tasks.name(circle.back());
  top += last;
  const std::size_t left = first.size() / 2, right = top.size() - last.size() + last.size() / 2;
  std::string middle(right + 1, ' '), bottom(right + 1, '-');
  middle[left] = '^';
  middle[right] = '|';
  bottom.replace(0, left, std::string(left, ' '));
  bottom[left] = bottom[right] = '+';
  const std::string name = things.name(graph.find(circle.back())->thing);
  if (name.size() + 4 < right - left)
    bottom.replace(left + 1 + (right - left - 1 - name.size()) / 2, name.size(), name);
  return {top, middle, bottom};
}

std::vector<std::string> conditions_of(const std::vector<TaskId>& circle, const WaitGraph& graph, const TaskList& tasks,
                                       const Things& things) {
  std::vector<std::string> different;
  std::string holds;
  bool all_held = true, any_held = false;
  for (std::size_t i = 0; i < circle.size(); ++i) {
    const WaitNode& node = *graph.find(circle[i]);
    const WaitNode& before = *graph.find(circle[(i + circle.size() - 1) % circle.size()]);
    if (const std::string name = things.name(node.thing);
        std::find(different.begin(), different.end(), name) == different.end())
      different.push_back(name);
    const Claim* held = before.holder();
    const bool is_own = held != nullptr && held->task == circle[i];
    all_held = all_held && is_own;
    any_held = any_held || is_own;
    if (!holds.empty()) holds += "; ";
    if (is_own)
      holds += (tasks.name(circle[i]) + " keeps " + things.name(before.thing) + " while it waits for " +
                things.name(node.thing));
    else
      holds += (tasks.name(circle[i]) + " has not yet done what " + tasks.name(before.task->id) +
                " waits for, and waits itself");
  }
  const bool are_taken = std::all_of(circle.begin(), circle.end(), [&](TaskId id) {
    const ThingKind kind = graph.find(id)->thing.kind;
    return is_lock(kind) || is_semaphore(kind);
  });
  return {
      "mutual exclusion: " + (are_taken && any_held ? "only one at a time can have " + joined(different)
                              : are_taken           ? joined(different) + ": each V lets only one go on"
                                          : "what comes through " + joined(different) + " is used up by who gets it"),
      "hold and wait: " + holds,
      std::string("no preemption: ") +
          (all_held ? "only who took it gives it back" : "nobody else can do it in their place"),
      "circular wait: as drawn"};
}

}  // namespace jitterlab
