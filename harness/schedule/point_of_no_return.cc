#include "schedule/point_of_no_return.h"

#include <algorithm>
#include <map>

#include "schedule/switches_of.h"

namespace jitterlab {
namespace {

class Bisection {
 public:
  Bisection(const Trace& failing, const Avoids& avoids, int most_tries)
      : trace_(failing), avoids_(avoids), left_(most_tries) {
    const std::size_t most = failing.before_loops != 0 ? failing.before_loops : failing.events.size();
    for (std::size_t i = 0; i < most && i < failing.events.size(); ++i) {
      if (failing.events[i].kind == TraceEvent::Kind::kExecuted) steps_.push_back(i);
    }
  }

  std::optional<PointOfNoReturn> run() {
    if (!can_be_avoided_after(0) || can_be_avoided_after(steps_.size())) return std::nullopt;
    // Of prefixes: from the one it can be avoided, from the other not.
    std::size_t can = 0, cannot = steps_.size();
    while (can + 1 < cannot) {
      const std::size_t middle = can + (cannot - can) / 2;
      (can_be_avoided_after(middle) ? can : cannot) = middle;
    }
    if (left_ < 0) return std::nullopt;
    return PointOfNoReturn{cannot, ways_.at(cannot)};
  }

 private:
  bool can_be_avoided_after(std::size_t count) {
    const std::vector<std::size_t> prefix(steps_.begin(), steps_.begin() + static_cast<std::ptrdiff_t>(count));
    int ways = 0;
    for (const TaskId task : tasks_after(count)) {
      if (--left_ < 0) return false;
      ++ways;
      if (avoids_(switches_of(trace_, prefix, task))) return true;
    }
    ways_[count] = ways;
    return false;
  }

  // Those that are there and have not ended.
  std::vector<TaskId> tasks_after(std::size_t count) const {
    std::vector<TaskId> tasks;
    const std::size_t end = count == steps_.size() ? trace_.events.size() : steps_[count];
    for (std::size_t i = 0; i < end; ++i) {
      const TraceEvent& event = trace_.events[i];
      if (event.kind == TraceEvent::Kind::kCreated) tasks.push_back(event.task);
      if (event.kind == TraceEvent::Kind::kExecuted && event.operation.kind == StepKind::kExit)
        tasks.erase(std::remove(tasks.begin(), tasks.end(), event.task), tasks.end());
    }
    return tasks;
  }

  const Trace& trace_;
  const Avoids& avoids_;
  int left_;
  std::vector<std::size_t> steps_;
  std::map<std::size_t, int> ways_;
};

}  // namespace

std::optional<PointOfNoReturn> point_of_no_return(const Trace& failing, const Avoids& avoids, int most_tries) {
  return Bisection(failing, avoids, most_tries).run();
}

}  // namespace jitterlab
