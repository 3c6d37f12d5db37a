// Traces written by hand: "A writes 0 of segment 1, gives member 0 of set 2, …".
#pragma once

#include "sandbox/controlled_end.h"
#include "schedule/effect.h"

namespace jitterlab::traces {

// The objects of every such trace.
inline constexpr std::uint64_t kSegment = 1, kSet = 2, kQueue = 3, kPipe = 4, kFile = 5, kMemory = 6, kSocket = 7,
                               kSignals = 8;

inline ControlledEnd empty() {
  ControlledEnd end;
  end.objects = {{},
                 {NamedKind::kSegment},
                 {NamedKind::kSemaphores},
                 {NamedKind::kQueue},
                 {NamedKind::kFile},
                 {NamedKind::kFile},
                 {NamedKind::kPrivate},
                 {NamedKind::kSocket},
                 {NamedKind::kSignals}};
  return end;
}

class Script {
 public:
  ControlledEnd end = empty();

  Script& create(TaskId task, TaskId parent = 0, bool is_thread = false) {
    end.trace.events.push_back(
        {.flags = is_thread ? TraceEvent::kThread : std::uint8_t{0}, .task = task, .parent = parent});
    return *this;
  }

  Script& does(TaskId task, StepKind kind, std::uint64_t object, std::uint64_t offset = 0, std::uint32_t size = 0,
               int effect = 0, std::uint64_t value = 0, std::uint8_t flags = 0) {
    end.trace.events.push_back(event(TraceEvent::Kind::kExecuted, task, kind, object, offset, size, effect, value));
    end.trace.events.back().flags = flags;
    return *this;
  }

  Script& notes(TaskId task, StepKind kind, std::uint64_t object, std::uint64_t offset = 0, std::uint32_t size = 0,
                int effect = 0) {
    end.trace.notes.push_back(
        {end.trace.events.size() - 1, event(TraceEvent::Kind::kNoted, task, kind, object, offset, size, effect, 0)});
    return *this;
  }

  Script& reads(TaskId task, std::uint64_t offset = 0, std::uint64_t object = kSegment, std::uint32_t size = 4) {
    return does(task, StepKind::kRead, object, offset, size);
  }
  Script& writes(TaskId task, std::uint64_t offset = 0, std::uint64_t object = kSegment, std::uint32_t size = 4) {
    return does(task, StepKind::kWrite, object, offset, size);
  }
  // kill; `to` 0: a group
  Script& sends_signal(TaskId task, std::uint64_t signal, TaskId to) {
    does(task, StepKind::kSignal, to);
    end.trace.events.back().value = signal;
    return *this;
  }
  // semop
  Script& takes(TaskId task, int member, int effect = 0) {
    return does(task, StepKind::kLock, kSet, static_cast<std::uint64_t>(member), 1, effect, 1u << member);
  }
  Script& gives(TaskId task, int member, int effect = 0) {
    return does(task, StepKind::kUnlock, kSet, static_cast<std::uint64_t>(member), 1, effect,
                std::uint64_t{1} << (32 + member));
  }

 private:
  // Every event has a place of its own.
  TraceEvent event(TraceEvent::Kind kind, TaskId task, StepKind what, std::uint64_t object, std::uint64_t offset,
                   std::uint32_t size, int effect, std::uint64_t value) {
    const bool is_write = what == StepKind::kWrite || what >= StepKind::kLock;
    return {
        .kind = kind,
        .choice = {1, 0, Choice::kNone},
        .effect = static_cast<std::uint8_t>(effect),
        .task = task,
        .operation =
            {.kind = what, .is_write = is_write, .size = size, .object = object, .offset = offset, .place = ++places_},
        .detail = value};
  }
  std::uint64_t places_ = 0x1000;
};

}  // namespace jitterlab::traces
