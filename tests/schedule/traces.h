// Traces of simulated tasks.
#pragma once

#include "schedule/campaign_schedule.h"
#include "schedule/simulation.h"
#include "schedule/trace.h"

namespace jitterlab::simulation {

inline TraceEvent created(TaskId task, TaskId parent = 0) {
  TraceEvent event;
  event.task = task;
  event.parent = parent;
  return event;
}

inline TraceEvent executed(TaskId task, const Operation& operation, Choice choice = {1, 0, 0}) {
  TraceEvent event;
  event.kind = TraceEvent::Kind::kExecuted;
  event.choice = choice;
  event.task = task;
  event.operation = operation;
  return event;
}

// As the agent writes it: a child stands behind the fork that created it.
inline Trace trace_of(const Play& play) {
  Trace trace{{}, play.is_cut};
  auto child = play.created.begin();
  for (; child != play.created.end() && child->first == 0; ++child) trace.events.push_back(created(child->second));
  for (const Step& step : play.steps) {
    trace.events.push_back(executed(step.task.id, step.operation, step.choice));
    if (step.operation.kind != StepKind::kFork) continue;
    trace.events.push_back(created(child->second, child->first));
    ++child;
  }
  return trace;
}

inline Play run(const Scene& scene, const Schedule& schedule, Scheduler& scheduler) {
  if (!schedule.load(scheduler)) return {};
  return run(scene, scheduler, schedule.kind, schedule.seed, schedule.hints);
}

}  // namespace jitterlab::simulation
