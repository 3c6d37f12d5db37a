#include "analysis/happens_before.h"

#include <csignal>

#include <algorithm>

#include "schedule/effect.h"
#include "schedule/mix.h"

namespace jitterlab {
namespace {

constexpr std::uint32_t kAllMembers = ~0u;

bool is_in_memory(const Operation& operation) { return operation.size != 0; }

std::uint32_t taken(const TraceEvent& event) { return static_cast<std::uint32_t>(event.detail); }
std::uint32_t given(const TraceEvent& event) { return static_cast<std::uint32_t>(event.detail >> 32); }

template <typename Visit>
void for_each_member(std::uint32_t members, Visit visit) {
  for (std::uint32_t member = 0; member < 32; ++member) {
    if ((members >> member & 1) != 0) visit(member);
  }
}

bool has_flag(const TraceEvent& event, std::uint8_t flag) { return (event.flags & flag) != 0; }
bool has_effect(const TraceEvent& event, std::uint8_t effect) { return (event.effect & effect) != 0; }

// What a task sends to itself has no number.
bool may_stop(const TraceEvent& event) {
  return event.operation.object == event.task || event.value == SIGSTOP || event.value == SIGTSTP;
}

}  // namespace

std::size_t HappensBefore::KeyHash::operator()(const Key& key) const { return mix(key.object, key.offset); }

HappensBefore::HappensBefore(const ControlledEnd& end, bool has_outsiders) : end_(end), has_outsiders_(has_outsiders) {
  std::unordered_map<TaskId, std::size_t> last;
  const auto& events = end.trace.events;
  for (std::size_t i = 0; i < events.size(); ++i) last[events[i].task] = i;
  for (const auto& [task, index] : last) ends_.emplace_back(index, task);
  std::sort(ends_.begin(), ends_.end());
}

void HappensBefore::begin(std::size_t index) {
  note_ends(index);
  const TraceEvent& event = end_.trace.events[index];
  if (event.kind == TraceEvent::Kind::kCreated) return create(event);
  Task& task = tasks_[number(event.task)];
  if (has_effect(event, kAfterRest)) {
    know_all(task);
    rested_.join(task.clock);
  }
  if (has_flag(event, TraceEvent::kInterrupted)) {
    Process& own = processes_[task.process];
    know_signals(task);
    for (const Clock* known : {&rested_, &own.ended_children}) task.clock.join(*known);
    if (has_outsiders_) task.clock.join(descriptors_);
  } else if (!has_flag(event, TraceEvent::kTimedOut)) {
    acquire(task, event);
  }
}

void HappensBefore::finish(std::size_t index) {
  const TraceEvent& event = end_.trace.events[index];
  if (event.kind != TraceEvent::Kind::kExecuted) return;
  if (has_flag(event, TraceEvent::kInterrupted) || has_flag(event, TraceEvent::kTimedOut)) return;
  Task& task = tasks_[number(event.task)];
  release(task, event);
  if (event.operation.kind > StepKind::kAtomic || has_effect(event, kReleases)) task.clock.advance(number(event.task));
}

void HappensBefore::note(const TraceEvent& note) {
  const StepKind kind = note.operation.kind;
  const bool orders =
      kind == StepKind::kAtomic || kind == StepKind::kLock || kind == StepKind::kUnlock || kind == StepKind::kWait;
  if (!orders || !knows(note.task)) return;
  Task& task = tasks_[number(note.task)];
  acquire(task, note);
  release(task, note);
  task.clock.advance(number(note.task));
}

// ---- tasks ---------------------------------------------------------------------------------------------------------

void HappensBefore::create(const TraceEvent& event) {
  if (numbers_.count(event.task) != 0) return;
  const auto own = static_cast<std::uint32_t>(tasks_.size());
  const auto parent = numbers_.find(event.parent);
  Task task;
  if (parent == numbers_.end()) {
    // Started from outside. When others have gone on before, that was done in view of what they did.
    know_all(task);
  } else {
    Task& creator = tasks_[parent->second];
    task.clock = creator.clock;
    creator.clock.advance(parent->second);
  }
  if (parent != numbers_.end() && (event.flags & TraceEvent::kThread) != 0) {
    task.process = tasks_[parent->second].process;
    // It may have the stack of one that has ended.
    task.clock.join(processes_[task.process].ended_threads);
  } else {
    task.process = static_cast<std::uint32_t>(processes_.size());
    process_numbers_[event.task] = task.process;
    Process process;
    process.parent = parent == numbers_.end() ? task.process : tasks_[parent->second].process;
    processes_.push_back(std::move(process));
  }
  ++processes_[task.process].alive;
  task.clock.advance(own);
  numbers_[event.task] = own;
  tasks_.push_back(std::move(task));
}

// Of everybody, as for somebody outside who sees that all of them rest.
void HappensBefore::know_all(Task& task) {
  for (std::size_t i = 0; i < tasks_.size(); ++i) {
    if (&tasks_[i] == &task) continue;
    task.clock.join(tasks_[i].clock);
    tasks_[i].clock.advance(i);
  }
}

void HappensBefore::note_ends(std::size_t index) {
  for (; next_end_ < ends_.size() && ends_[next_end_].first < index; ++next_end_) {
    const auto found = numbers_.find(ends_[next_end_].second);
    if (found != numbers_.end()) end_task(found->second);
  }
}

void HappensBefore::end_task(std::uint32_t number) {
  Task& task = tasks_[number];
  task.has_ended = true;
  Process& process = processes_[task.process];
  ended_.join(task.clock);
  process.ended_threads.join(task.clock);
  processes_[process.parent].ended_children.join(task.clock);
  process.all.join(task.clock);
  if (--process.alive > 0) return;
  for (const Member& undone : process.undone) {
    for_each_member(undone.members, [&](std::uint32_t member) {
      Sync& sync = syncs_[{undone.object, member}];
      sync.given.join(process.all);
      sync.seen.join(process.all);
    });
    syncs_[{undone.object, kWhole}].seen.join(process.all);
  }
}

HappensBefore::Process& HappensBefore::process_of(TaskId task, const Task& otherwise) {
  const auto found = numbers_.find(task);
  return processes_[found != numbers_.end() ? tasks_[found->second].process : otherwise.process];
}

// ---- objects -------------------------------------------------------------------------------------------------------

NamedKind HappensBefore::kind_of(const Operation& operation) const {
  return operation.object < end_.objects.size() ? end_.objects[operation.object].kind : NamedKind::kUnknown;
}

HappensBefore::Sync& HappensBefore::sync_of(const Operation& operation) {
  return syncs_[{operation.object, is_in_memory(operation) ? operation.offset : kWhole}];
}

// ---- what is known before an operation -----------------------------------------------------------------------------

void HappensBefore::acquire(Task& task, const TraceEvent& event) {
  const Operation& operation = event.operation;
  switch (operation.kind) {
    case StepKind::kAtomic:
      return acquire_atomic(task, event);
    case StepKind::kLock:
    case StepKind::kUnlock:
      if (kind_of(operation) == NamedKind::kSemaphores) return take_members(task, event);
      if (operation.kind == StepKind::kLock) take(task, number(event.task), operation);
      return;
    case StepKind::kSend:
      if (has_effect(event, kWaited)) task.clock.join(sync_of(operation).room);
      return;
    case StepKind::kReceive:
      return receive(task, event);
    case StepKind::kObject:
      if (is_in_memory(operation)) return;  // made or destroyed, whatever was there before
      if (kind_of(operation) == NamedKind::kUnknown) task.clock.join(world_);
      return task.clock.join(sync_of(operation).seen);
    case StepKind::kWait:
      return wait(task, event);
    case StepKind::kSignal:
      // Whether somebody is still there can be asked by a signal.
      if (operation.object != event.task) task.clock.join(ended_);
      return;
    case StepKind::kSleep:
      return task.clock.join(world_);  // between two looks at something that is no step
    case StepKind::kOther:
      if (event.detail == TraceEvent::kTellsOfWaiting) know_all(task);
      task.clock.join(world_);
      task.clock.join(descriptors_);
      task.clock.join(ended_);
      task.clock.join(rested_);
      know_signals(task);  // sigpending, or poll on a signalfd
      return task.clock.join(sync_of(operation).seen);
    case StepKind::kRead:
    case StepKind::kWrite:
    case StepKind::kStart:
    case StepKind::kFork:
    case StepKind::kExit:
      return;
  }
}

// A parent can wait for its child to be stopped, as for its end.
void HappensBefore::tell_stopped(TaskId target, const Task& otherwise) {
  const Process& stopped = process_of(target, otherwise);
  for (const Task& task : tasks_) {
    if (&processes_[task.process] == &stopped) processes_[stopped.parent].ended_children.join(task.clock);
  }
}

// Who was stopped and is to go on does so without another step.
void HappensBefore::go_on_after(TaskId target, const Task& sender) {
  const Process& stopped = process_of(target, sender);
  for (Task& task : tasks_) {
    if (&processes_[task.process] == &stopped) task.clock.join(sender.clock);
  }
}

// What was sent to its process.
void HappensBefore::know_signals(Task& task) {
  task.clock.join(processes_[task.process].signals);
  task.clock.join(everybody_);
}

void HappensBefore::take(Task& task, std::uint32_t number, const Operation& operation) {
  Sync& sync = sync_of(operation);
  task.clock.join(sync.given);
  // A file is unlocked by the end of who locked it, and so is a robust mutex.
  if (!is_in_memory(operation)) task.clock.join(ended_);
  if (sync.holder != ~0u && tasks_[sync.holder].has_ended) task.clock.join(tasks_[sync.holder].clock);
  sync.holder = number;
}

void HappensBefore::take_members(Task& task, const TraceEvent& event) {
  const std::uint64_t set = event.operation.object;
  const Sync& whole = syncs_[{set, kWhole}];
  if (event.detail == 0 || taken(event) == kAllMembers) task.clock.join(whole.seen);
  if (taken(event) != 0) task.clock.join(whole.given);
  for_each_member(taken(event), [&](std::uint32_t member) {
    const Sync& sync = syncs_[{set, member}];
    task.clock.join(has_effect(event, kAcquires) ? sync.seen : sync.given);
  });
}

void HappensBefore::wait(Task& task, const TraceEvent& event) {
  const Operation& operation = event.operation;
  Process& own = processes_[task.process];
  if (is_in_memory(operation) || kind_of(operation) == NamedKind::kSemaphores) {
    const Sync& sync = sync_of(operation);
    task.clock.join(sync.given);
    return task.clock.join(sync.seen);
  }
  task.clock.join(rested_);
  if (const auto joined = numbers_.find(event.detail); event.detail != 0 && joined != numbers_.end())
    return task.clock.join(tasks_[joined->second].clock);
  task.clock.join(own.ended_children);
  if (operation.object == 0) return know_signals(task);
  if (process_numbers_.count(operation.object) == 0) task.clock.join(own.ended_threads);
}

void HappensBefore::receive(Task& task, const TraceEvent& event) {
  const Operation& operation = event.operation;
  Sync& sync = sync_of(operation);
  task.clock.join(rested_);
  if (has_outsiders_) task.clock.join(descriptors_);
  if (kind_of(operation) == NamedKind::kQueue && event.detail != 0) {
    const auto same = [&](const Message& message) { return message.type == event.detail; };
    const auto found = std::find_if(sync.messages.begin(), sync.messages.end(), same);
    // Sent by somebody that we do not see: nobody knows in what order.
    task.clock.join(found == sync.messages.end() ? sync.seen : found->clock);
    if (found != sync.messages.end()) sync.messages.erase(found);
    return;
  }
  task.clock.join(sync.given);
  if (kind_of(operation) == NamedKind::kUnknown) task.clock.join(world_);
  if (kind_of(operation) == NamedKind::kSignals) know_signals(task);
  if (event.detail != 0) return;
  task.clock.join(ended_);
  task.clock.join(sync.seen);
}

// ---- what others can know after it ---------------------------------------------------------------------------------

void HappensBefore::release(Task& task, const TraceEvent& event) {
  const Operation& operation = event.operation;
  const bool is_unknown = kind_of(operation) == NamedKind::kUnknown;
  switch (operation.kind) {
    case StepKind::kAtomic:
      return release_atomic(task, event);
    case StepKind::kLock:
    case StepKind::kUnlock: {
      if (kind_of(operation) == NamedKind::kSemaphores) return give_members(task, event);
      Sync& sync = sync_of(operation);
      sync.seen.join(task.clock);
      if (operation.kind == StepKind::kLock) return;
      sync.given.join(task.clock);
      sync.holder = ~0u;
      return;
    }
    case StepKind::kSend:
      descriptors_.join(task.clock);
      if (is_unknown) world_.join(task.clock);
      return send(task, event);
    case StepKind::kReceive: {
      descriptors_.join(task.clock);
      Sync& sync = sync_of(operation);
      sync.room.join(task.clock);
      sync.seen.join(task.clock);
      return;
    }
    case StepKind::kObject: {
      Sync& sync = sync_of(operation);
      if (is_in_memory(operation)) {
        sync.given = task.clock;
        return sync.seen.join(task.clock);
      }
      descriptors_.join(task.clock);
      if (is_unknown) world_.join(task.clock);
      for (Clock* known : {&sync.given, &sync.seen, &sync.room}) known->join(task.clock);
      return;
    }
    case StepKind::kWait:
      if (!is_in_memory(operation)) return;
      sync_of(operation).given.join(task.clock);
      return sync_of(operation).seen.join(task.clock);
    case StepKind::kFork:
      return ended_.join(task.clock);  // exec closes descriptors, and says so to who reads
    case StepKind::kSignal:
      if (operation.object == 0) everybody_.join(task.clock);
      if (may_stop(event)) tell_stopped(operation.object, task);
      if (event.value == SIGCONT) go_on_after(operation.object, task);
      return process_of(operation.object, task).signals.join(task.clock);
    case StepKind::kExit:
      return process_of(operation.object, task).signals.join(task.clock);
    case StepKind::kOther:  // a try that looked hopeless when the task came to it may have gone well
      if (operation.object == 0) return;
      descriptors_.join(task.clock);
      for (Clock* known : {&sync_of(operation).given, &sync_of(operation).seen, &sync_of(operation).room})
        known->join(task.clock);
      return;
    case StepKind::kRead:
    case StepKind::kWrite:
    case StepKind::kStart:
    case StepKind::kSleep:
      return;
  }
}

void HappensBefore::give_members(Task& task, const TraceEvent& event) {
  const std::uint64_t set = event.operation.object;
  Sync& whole = syncs_[{set, kWhole}];
  whole.seen.join(task.clock);
  if (event.detail == 0 || given(event) == kAllMembers) whole.given.join(task.clock);
  for_each_member(taken(event) | given(event), [&](std::uint32_t member) {
    Sync& sync = syncs_[{set, member}];
    sync.seen.join(task.clock);
    if ((given(event) >> member & 1) != 0) sync.given.join(task.clock);
  });
  if (has_effect(event, kUndoes)) processes_[task.process].undone.push_back({set, taken(event) | given(event)});
}

void HappensBefore::send(Task& task, const TraceEvent& event) {
  Sync& sync = sync_of(event.operation);
  sync.seen.join(task.clock);
  if (kind_of(event.operation) != NamedKind::kQueue)
    sync.given.join(task.clock);
  else if (event.detail != 0)
    sync.messages.push_back({event.detail, task.clock});
}

// ---- atomic variables ----------------------------------------------------------------------------------------------

// Smaller ones are known by their byte, others by each of their words: some are read and written as a pair.
template <typename Visit>
void HappensBefore::for_each_word(const Operation& operation, Visit visit) {
  constexpr std::uint64_t kAtomicWord = std::uint64_t{1} << 63;  // apart from locks at the same place
  std::uint64_t offset = operation.offset;
  do {
    visit(syncs_[{operation.object | kAtomicWord, offset}]);
    offset += 4;
  } while (offset < operation.offset + operation.size);
}

void HappensBefore::acquire_atomic(Task& task, const TraceEvent& event) {
  if (event.operation.object == 0) {  // a fence
    if (has_effect(event, kAcquires)) task.clock.join(task.seen);
    if (has_effect(event, kAcquires) && has_effect(event, kReleases)) task.clock.join(fences_);
    return;
  }
  for_each_word(event.operation,
                [&](const Sync& sync) { (has_effect(event, kAcquires) ? task.clock : task.seen).join(sync.given); });
}

void HappensBefore::release_atomic(Task& task, const TraceEvent& event) {
  if (event.operation.object == 0) {
    if (has_effect(event, kReleases)) {
      task.offered = task.clock;
      task.has_offer = true;
      fences_.join(task.clock);
    }
    return;
  }
  if (has_effect(event, kLoads)) return;
  for_each_word(event.operation, [&](Sync& sync) {
    if (has_effect(event, kReleases)) sync.given.join(task.clock);
    if (task.has_offer) sync.given.join(task.offered);
  });
}

}  // namespace jitterlab
