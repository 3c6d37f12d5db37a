// Controlled executions written down by hand.
#pragma once

#include <string>
#include <vector>

#include "analysis/explanation.h"
#include "schedule/callers.h"

namespace jitterlab {

// Tasks are numbers, main is 1. A place is a line of prog.c; the function is "f" unless `functions` says otherwise.
class Made {
 public:
  Made() {
    observation.instances.push_back({});
    observation.instances[0].role = "main";
    observation.controlled.emplace();
    end().roots[1] = 0;
    created(1, 0);
  }

  ControlledEnd& end() { return *observation.controlled; }

  void created(TaskId task, TaskId parent, bool is_thread = false) {
    TraceEvent event;
    event.task = task;
    event.parent = parent;
    event.flags = is_thread ? TraceEvent::kThread : 0;
    end().trace.events.push_back(event);
  }

  TraceEvent& did(TaskId task, const Operation& operation, std::uint64_t value = 0) {
    TraceEvent event;
    event.kind = TraceEvent::Kind::kExecuted;
    event.choice = {1, 0, 0};
    event.task = task;
    event.operation = operation;
    event.value = value;
    end().trace.events.push_back(event);
    return end().trace.events.back();
  }

  // The task before could have gone on.
  TraceEvent& preempting(TaskId task, const Operation& operation, std::uint64_t value = 0) {
    TraceEvent& event = did(task, operation, value);
    event.choice = {2, 1, 0};
    return event;
  }

  WaitingTask& waits(TaskId task, const Operation& operation, WaitsFor what = WaitsFor::kOther) {
    observation.came_to_rest = true;
    WaitingTask waiting;
    waiting.id = task;
    waiting.pid = static_cast<int>(task) + 100;
    waiting.waits_for = what;
    waiting.operation = operation;
    end().waiting.push_back(waiting);
    return end().waiting.back();
  }

  void waits_for_semaphore(TaskId task, int member, std::uint64_t line) {
    Operation operation{.kind = StepKind::kLock, .is_write = true, .call = Call::kSemop, .size = 1, .object = 50};
    operation.offset = static_cast<std::uint64_t>(member);
    operation.place = line;
    waits(task, operation, WaitsFor::kSemaphores).semaphores = {{member, -1}};
  }

  void semop(TaskId task, int member, int change, int value, std::uint64_t line) {
    did(task,
        {.kind = change > 0 ? StepKind::kUnlock : StepKind::kLock,
         .is_write = true,
         .call = Call::kSemop,
         .size = 1,
         .object = 50,
         .offset = static_cast<std::uint64_t>(member),
         .place = line},
        packed_semop(static_cast<std::int16_t>(change), static_cast<std::uint16_t>(value)));
  }

  void waits_for_children(TaskId task, std::uint64_t line) {
    waits(task, {.kind = StepKind::kWait, .call = Call::kChildWait, .object = task, .place = line});
  }

  void ends(TaskId task, std::uint64_t line, int status = 0) {
    did(task, {.kind = StepKind::kExit, .is_write = true, .call = Call::kExit, .object = 1, .place = line},
        static_cast<std::uint64_t>(status));
  }

  static Operation access(StepKind kind, std::uint64_t offset, std::uint64_t line) {
    return {
        .kind = kind, .is_write = kind != StepKind::kRead, .size = 4, .object = 60, .offset = offset, .place = line};
  }

  static Operation call(Call call, StepKind kind, std::uint64_t object, std::uint64_t line) {
    return {.kind = kind, .is_write = true, .call = call, .size = 4, .object = object, .place = line};
  }

  Observation observation;
};

inline SourceNames made_names() {
  SourceNames names;
  names.line_of = [](std::uint64_t place) { return SourceLine{"prog.c", static_cast<int>(place), "f"}; };
  names.variable_of = [](const Operation& operation) {
    if (operation.object == 60) return std::string(operation.offset == 0 ? "counter" : "done");
    return std::string();
  };
  return names;
}

}  // namespace jitterlab
