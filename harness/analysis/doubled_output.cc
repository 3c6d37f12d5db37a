#include "analysis/doubled_output.h"

#include <map>
#include <set>
#include <string>

#include "analysis/lab_tasks.h"
#include "analysis/task_list.h"
#include "schedule/pending_output.h"

namespace jitterlab {
namespace {

constexpr std::size_t kMostShown = 60;  // bytes
constexpr std::size_t kMost = 100;      // findings

// A fork with something in the buffer.
struct Fork {
  const TraceEvent* event = nullptr;
  TaskId parent = 0, child = 0;  // first tasks of their processes
};

class Doubled {
 public:
  explicit Doubled(const Observation& observation)
      : observation_(observation), end_(*observation.controlled), tasks_(observation) {}

  std::vector<Found> run() {
    find_forks();
    if (forks_.empty()) return {};
    for (const OutputPiece& piece : observation_.output) {
      if (piece.stream == Stream::kOut) written_[piece.pid] += piece.bytes;
    }
    std::set<std::uint64_t> told;
    std::vector<Found> found;
    for (const Fork& fork : forks_) {
      const std::string copy = copy_written(fork);
      if (copy.empty() || !is_written_again(fork, copy) || !told.insert(fork.event->operation.place).second) continue;
      if (found.size() < kMost) found.push_back(found_at(fork, copy));
    }
    return found;
  }

 private:
  // The child is created in the course of the fork.
  void find_forks() {
    for (const auto& [task, instance] : end_.roots) {
      const auto index = static_cast<std::size_t>(instance);
      if (instance >= 0 && index < observation_.instances.size()) pids_[task] = observation_.instances[index].pid;
    }
    std::map<TaskId, const TraceEvent*> forking;
    for (const TraceEvent& event : end_.trace.events) {
      if (event.kind == TraceEvent::Kind::kExecuted) {
        forking[event.task] = event.operation.call == Call::kFork ? &event : nullptr;
        continue;
      }
      const TraceEvent* fork = forking[event.parent];
      if (fork == nullptr || (event.flags & TraceEvent::kThread) != 0) continue;
      pids_[event.task] = static_cast<int>(fork->value);
      if (pending_size(fork->detail) > 0) forks_.push_back({fork, tasks_.process_of(event.parent), event.task});
    }
  }

  const std::string& written_by(TaskId process) const {
    static const std::string kNothing;
    const auto pid = pids_.find(process);
    const auto found = pid == pids_.end() ? written_.end() : written_.find(pid->second);
    return found == written_.end() ? kNothing : found->second;
  }

  // The child's copy, if it wrote it; else empty.
  std::string copy_written(const Fork& fork) const {
    const std::string& written = written_by(fork.child);
    const std::size_t size = pending_size(fork.event->detail);
    const bool is_copy = written.size() >= size && packed_pending(written.data(), size) == fork.event->detail;
    return is_copy ? written.substr(0, size) : "";
  }

  // By the parent, or by another child that was forked with the same in the buffer.
  bool is_written_again(const Fork& fork, const std::string& copy) const {
    if (written_by(fork.parent).find(copy) != std::string::npos) return true;
    for (const Fork& other : forks_) {
      const bool is_alike = other.parent == fork.parent && other.event->detail == fork.event->detail;
      if (other.child != fork.child && is_alike && !copy_written(other).empty()) return true;
    }
    return false;
  }

  Found found_at(const Fork& fork, const std::string& copy) const {
    const std::string shown = copy.size() > kMostShown ? copy.substr(0, kMostShown) + "…" : copy;
    Found found{kDoubledOutput,
                "`" + shown +
                    "` stood in the buffer of standard output when `fork` was called, and more than one process wrote "
                    "it: fflush(stdout) before fork() writes it once",
                {{fork.event->task, "forks with it in the buffer", fork.event->operation}}};
    const TaskSeen* child = tasks_.find(fork.child);
    if (child != nullptr && child->ended && end_.trace.events[*child->ended].operation.place != 0) {
      found.steps.push_back(
          {fork.child, "has written its copy when it ends", end_.trace.events[*child->ended].operation});
      found.steps.back().is_example = true;
    }
    return found;
  }

  const Observation& observation_;
  const ControlledEnd& end_;
  TaskList tasks_;
  std::vector<Fork> forks_;
  std::map<TaskId, int> pids_;  // of processes, by their first tasks
  std::map<int, std::string> written_;
};

}  // namespace

std::vector<Found> doubled_output_in(const Observation& observation) {
  if (!observation.controlled || observation.controlled->lost != 0) return {};
  return of_the_submission(observation, Doubled(observation).run(), BlamedStep::kFirst);
}

}  // namespace jitterlab
