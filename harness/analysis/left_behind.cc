#include "analysis/left_behind.h"

#include <cstdio>
#include <optional>
#include <set>
#include <utility>

#include "schedule/name_hash.h"

namespace jitterlab {
namespace {

// A maker of what is told by a number: the object of System V in the order of `Observation::objects`, which is that of
// what is left.
class Makers {
 public:
  explicit Makers(const Observation& observation) : observation_(observation), end_(*observation.controlled) {}

  const TraceEvent* of(const LeftOver& left) {
    switch (left.kind) {
      case LeftKind::kSegment:
        return of_object(ObjectKind::kSegment, Call::kSegmentGet, left);
      case LeftKind::kSemaphores:
        return of_object(ObjectKind::kSemaphores, Call::kSemaphoresGet, left);
      case LeftKind::kQueue:
        return of_object(ObjectKind::kQueue, Call::kQueueGet, left);
      case LeftKind::kProcess:
        return last_with(static_cast<std::uint64_t>(left.pid), is_fork);
      default:
        return last_with(hash_of_name(left.name.c_str()), makes_name);
    }
  }

 private:
  static bool is_fork(const TraceEvent& event) { return event.operation.call == Call::kFork; }
  static bool makes_name(const TraceEvent& event) {
    const Call call = event.operation.call;
    return event.operation.kind == StepKind::kObject && (call == Call::kNone || call == Call::kOpen);
  }

  // Process ids and names are given again: the last who got it has it.
  const TraceEvent* last_with(std::uint64_t value, bool (*fits)(const TraceEvent&)) const {
    const TraceEvent* found = nullptr;
    for (const TraceEvent& event : end_.trace.events) {
      if (event.kind == TraceEvent::Kind::kExecuted && event.value == value && fits(event)) found = &event;
    }
    return found;
  }

  // Only who makes an object can be the first to get it.
  const TraceEvent* first_get(Call call, int id) const {
    for (const TraceEvent& event : end_.trace.events) {
      if (event.kind != TraceEvent::Kind::kExecuted || event.operation.call != call) continue;
      if (event.value < end_.objects.size() && end_.objects[event.value].a == static_cast<std::uint64_t>(id))
        return &event;
    }
    return nullptr;
  }

  // The next object that is still there, of this kind, of this process, not told yet.
  const TraceEvent* of_object(ObjectKind kind, Call call, const LeftOver& left) {
    for (const ObjectSeen& object : observation_.objects) {
      if (object.kind != kind || object.erased || object.creator_pid != left.pid) continue;
      if (!has_key(left.name, object.key) || !told_.insert({kind, object.id}).second) continue;
      return first_get(call, object.id);
    }
    return nullptr;
  }

  static bool has_key(const std::string& name, std::int64_t key) {
    char words[32];
    std::snprintf(words, sizeof words, "key 0x%llx", static_cast<unsigned long long>(key));
    const std::string wanted = key == 0 ? "private (no key)" : words;
    return name == wanted || name.starts_with(wanted + ",");
  }

  const Observation& observation_;
  const ControlledEnd& end_;
  std::set<std::pair<ObjectKind, int>> told_;
};

}  // namespace

std::string word_for(LeftKind kind) {
  switch (kind) {
    case LeftKind::kSegment:
      return "segment";
    case LeftKind::kSemaphores:
      return "semaphore set";
    case LeftKind::kQueue:
      return "message queue";
    case LeftKind::kSharedMemory:
      return "POSIX shared memory";
    case LeftKind::kMessageQueue:
      return "POSIX message queue";
    case LeftKind::kFile:
      return "file";
    case LeftKind::kFifo:
      return "FIFO";
    case LeftKind::kSocket:
      return "socket";
    case LeftKind::kProcess:
      return "process";
  }
  return "thing";
}

std::vector<Found> left_behind_in(const Observation& observation) {
  std::vector<Found> all;
  std::optional<Makers> makers;
  if (observation.controlled) makers.emplace(observation);
  for (const LeftOver& left : observation.left_behind) {
    Found found{kLeak, word_for(left.kind) + " " + left.name, {}};
    const TraceEvent* maker = makers ? makers->of(left) : nullptr;
    if (maker != nullptr) {
      Operation operation = maker->operation;
      operation.object = 0;
      found.steps.push_back({maker->task, left.kind == LeftKind::kProcess ? "forks it" : "makes it", operation});
    }
    all.push_back(std::move(found));
  }
  return all;
}

}  // namespace jitterlab
