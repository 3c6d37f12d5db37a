#include "analysis/wait_graph.h"

#include <algorithm>
#include <functional>
#include <set>

namespace jitterlab {
namespace {

using Event = TraceEvent;

bool was_done(const Event& event) {
  return event.kind == Event::Kind::kExecuted && (event.flags & (Event::kTimedOut | Event::kInterrupted)) == 0;
}

// ---- what would end a wait ------------------------------------------------------------------------------------------

// The operations that would, given the thing that is waited for; empty: none that the trace can show.
using Ends = std::function<bool(const Event&)>;

Ends calls(std::set<Call> wanted) {
  return [wanted](const Event& event) { return wanted.count(event.operation.call) != 0; };
}

bool gives_semaphore(const Event& event) {
  if (event.operation.call == Call::kSemaphorePost) return true;
  if (event.operation.call != Call::kSemop || event.value == kFailedCall) return false;
  return event.operation.size != 0 ? semop_change(event.value) > 0 : event.operation.kind == StepKind::kUnlock;
}

Ends ends_of(const WaitingTask& task, ThingKind kind) {
  switch (kind) {
    case ThingKind::kSemaphore:
    case ThingKind::kPosixSemaphore:
      return gives_semaphore;
    case ThingKind::kCondition:
      return calls({Call::kConditionSignal, Call::kConditionBroadcast});
    case ThingKind::kFutex:
      return calls({Call::kFutexWake});
    case ThingKind::kBarrier:
      return calls({Call::kBarrierWait});
    case ThingKind::kQueue:
      if (task.operation.kind != StepKind::kReceive) return calls({Call::kQueueReceive});
      return [type = task.message_type](const Event& event) {
        return event.operation.call == Call::kQueueSend && event.value != kFailedCall &&
               (type <= 0 || event.value == static_cast<std::uint64_t>(type));
      };
    case ThingKind::kFifo:
      if (task.operation.call == Call::kOpenToRead) return calls({Call::kOpenToWrite});
      if (task.operation.call == Call::kOpenToWrite) return calls({Call::kOpenToRead});
      [[fallthrough]];
    case ThingKind::kPipe:
    case ThingKind::kSocket:
    case ThingKind::kFile:
      return calls({task.operation.kind == StepKind::kReceive ? Call::kWrite : Call::kRead});
    case ThingKind::kMemory:
      return [](const Event& event) { return event.operation.is_write; };
    default:
      return {};
  }
}

// ---- who holds ------------------------------------------------------------------------------------------------------

// Who has it at the event of this number.
std::optional<Claim> lock_holder(const Trace& trace, const Things& things, const Thing& lock, std::size_t at) {
  std::optional<Claim> holder;
  for (std::size_t i = 0; i < at; ++i) {
    const Event& event = trace.events[i];
    if (!was_done(event)) continue;
    const bool gives_while_waiting =
        event.operation.call == Call::kConditionWait && event.value == packed_place(lock.object, lock.offset);
    if (gives_while_waiting) holder.reset();
    const auto takes = takes_lock(event);
    if (!takes || things.of(event.operation) != lock) continue;
    if (*takes)
      holder = Claim{event.task, Claim::Why::kHolds, i};
    else
      holder.reset();
  }
  return holder;
}

// Tasks that took the semaphore more often than they gave it. It is a lock if nobody else ever gives it.
std::vector<Claim> semaphore_holders(const Trace& trace, const Trace* passing, const Things& things,
                                     const Thing& semaphore) {
  std::map<TaskId, int> balance;
  std::map<TaskId, std::size_t> last;
  std::set<TaskId> givers;
  const auto look = [&](const Trace& at, bool counts) {
    for (const auto& change : history_of(at, things, semaphore).changes) {
      if (change.is_set) continue;
      if (change.by > 0) givers.insert(change.task);
      if (!counts) continue;
      balance[change.task] -= change.by;
      if (change.by < 0) last[change.task] = change.event;
    }
  };
  look(trace, true);
  if (passing != nullptr) look(*passing, false);
  std::vector<Claim> holders;
  for (const auto& [task, taken] : balance) {
    const bool gives = givers.empty() || givers.count(task) != 0;
    if (taken > 0 && gives) holders.push_back({task, Claim::Why::kHolds, last[task]});
  }
  return holders;
}

// The member that does not let the operation through, by the values that the trace shows.
Thing blocking_member(const WaitingTask& task, const Trace& trace, const Things& things) {
  for (const SemaphoreChange& change : task.semaphores) {
    const Thing member = things.member(task.operation, change.member);
    const auto changes = history_of(trace, things, member).changes;
    const std::optional<int> value = changes.empty() ? std::nullopt : changes.back().value;
    if (value && (change.change == 0 ? *value != 0 : *value + change.change < 0)) return member;
  }
  return things.member(task.operation, task.semaphores.empty() ? 0 : task.semaphores[0].member);
}

// ---- the graph ------------------------------------------------------------------------------------------------------

class Builder {
 public:
  Builder(const ControlledEnd& end, const TaskList& tasks, const Things& things, const Trace* passing)
      : end_(end), tasks_(tasks), things_(things), passing_(passing) {}

  std::vector<WaitNode> build() {
    std::vector<WaitNode> nodes;
    for (const WaitingTask& task : end_.waiting) {
      WaitNode node;
      node.task = &task;
      node.thing = task.semaphores.empty() ? things_.of(task.operation) : blocking_member(task, end_.trace, things_);
      node.claims = claims_of(node);
      nodes.push_back(std::move(node));
    }
    for (WaitNode& node : nodes) {
      if (node.claims.empty()) add_who_is_left(node, nodes);
      for (Claim& claim : node.claims) claim.is_over = is_over(claim, nodes);
    }
    return nodes;
  }

 private:
  std::vector<Claim> claims_of(const WaitNode& node) const {
    if (node.task->waits_for == WaitsFor::kTask) return {{node.task->task, Claim::Why::kIsAwaited}};
    if (node.thing.kind == ThingKind::kChildren) return children_of(node.task->id);
    if (is_lock(node.thing.kind) && node.task->operation.kind == StepKind::kLock) {
      auto holder = lock_holder(end_.trace, things_, node.thing, end_.trace.events.size());
      if (!holder) holder = holder_at_fork(node);
      return holder ? std::vector<Claim>{*holder} : std::vector<Claim>{};
    }
    if (is_semaphore(node.thing.kind)) {
      std::vector<Claim> holders = semaphore_holders(end_.trace, passing_, things_, node.thing);
      if (!holders.empty()) return holders;
    }
    if (std::vector<Claim> owners = other_ends(node); !owners.empty()) return owners;
    return doers(node);
  }

  bool is_private_to(const Thing& thing, TaskId process) const {
    const NamedThing* object = thing.object < end_.objects.size() ? &end_.objects[thing.object] : nullptr;
    return object != nullptr && object->kind == NamedKind::kPrivate && object->a == process;
  }

  // Of a lock in the memory of its process that nobody there has taken: a copy of one that was taken at the fork.
  std::optional<Claim> holder_at_fork(const WaitNode& node) const {
    const TaskSeen* process = tasks_.find(tasks_.process_of(node.task->id));
    if (process == nullptr || process->parent == 0 || !is_private_to(node.thing, process->id)) return std::nullopt;
    const auto& events = end_.trace.events;
    const auto made = std::find_if(events.begin(), events.end(), [&](const Event& event) {
      return event.kind == Event::Kind::kCreated && event.task == process->id;
    });
    const TaskId parent = tasks_.process_of(process->parent);
    for (std::size_t object = 0; object < end_.objects.size(); ++object) {
      Thing original = node.thing;
      original.object = object;
      if (!is_private_to(original, parent)) continue;
      auto holder =
          lock_holder(end_.trace, things_, original, static_cast<std::size_t>(std::distance(events.begin(), made)));
      if (holder) holder->why = Claim::Why::kHeldAtFork;
      return holder;
    }
    return std::nullopt;
  }

  std::vector<Claim> children_of(TaskId task) const {
    std::vector<Claim> claims;
    const TaskId process = tasks_.process_of(task);
    for (const TaskSeen& other : tasks_.all()) {
      if (other.is_thread || other.parent == 0 || tasks_.process_of(other.parent) != process) continue;
      if (is_alive(other.id)) claims.push_back({other.id, Claim::Why::kIsAwaited});
    }
    return claims;
  }

  // A process is alive while any of its tasks is.
  bool is_alive(TaskId process) const {
    return std::any_of(end_.waiting.begin(), end_.waiting.end(),
                       [&](const WaitingTask& task) { return tasks_.process_of(task.id) == process; });
  }

  // Who has the other end of a pipe open.
  std::vector<Claim> other_ends(const WaitNode& node) const {
    std::vector<Claim> claims;
    if (node.thing.kind != ThingKind::kPipe && node.thing.kind != ThingKind::kFifo) return claims;
    if (node.task->operation.kind != StepKind::kReceive && node.task->operation.kind != StepKind::kSend) return claims;
    const bool reads = node.task->operation.kind == StepKind::kReceive;
    for (const OpenEnd& open : end_.open_ends) {
      if (open.object != node.thing.object || !(reads ? open.writes : open.reads)) continue;
      for (const WaitingTask& task : end_.waiting) {
        const bool is_first = tasks_.process_of(task.id) == task.id;
        if (task.pid == open.pid && is_first && !has(claims, task.id))
          claims.push_back({task.id, Claim::Why::kDescriptor});
      }
    }
    return without_useless(claims, node.task->id);
  }

  // Who waits for somebody's end, or is the one who waits, is told only if nobody else has it open.
  std::vector<Claim> without_useless(const std::vector<Claim>& claims, TaskId self) const {
    std::vector<Claim> useful;
    for (const Claim& claim : claims) {
      const TaskSeen* task = tasks_.find(claim.task);
      const bool waits_for_end = task != nullptr && task->waiting != nullptr &&
                                 (task->waiting->waits_for == WaitsFor::kTask ||
                                  things_.of(task->waiting->operation).kind == ThingKind::kChildren);
      if (claim.task != self && !waits_for_end) useful.push_back(claim);
    }
    return useful.empty() ? claims : useful;
  }

  static bool has(const std::vector<Claim>& claims, TaskId task) {
    return std::any_of(claims.begin(), claims.end(), [&](const Claim& claim) { return claim.task == task; });
  }

  bool is_same(const WaitNode& node, const Event& event) const {
    if (node.thing.kind == ThingKind::kMemory)
      return event.operation.object == node.thing.object && event.operation.kind <= StepKind::kAtomic &&
             event.operation.offset < node.thing.offset + node.task->operation.size &&
             node.thing.offset < event.operation.offset + event.operation.size;
    if (node.thing.kind == ThingKind::kSemaphore && event.operation.size == 0)
      return event.operation.object == node.thing.object;
    return things_.of(event.operation) == node.thing;
  }

  std::vector<Claim> doers(const WaitNode& node) const {
    std::vector<Claim> claims;
    if (node.thing.kind == ThingKind::kSignal) return signallers(node);
    const Ends ends = ends_of(*node.task, node.thing.kind);
    if (!ends) return claims;
    const auto look = [&](const Trace& trace, Claim::Why why) {
      for (std::size_t i = 0; i < trace.events.size(); ++i) {
        const Event& event = trace.events[i];
        if (event.task == node.task->id || !was_done(event) || !ends(event) || !is_same(node, event)) continue;
        add(claims, event.task, why, i);
      }
    };
    look(end_.trace, Claim::Why::kDidIt);
    if (passing_ != nullptr) look(*passing_, Claim::Why::kDoesIt);
    return claims.empty() ? doers_to_copies(node, ends) : claims;
  }

  std::vector<Claim> doers_to_copies(const WaitNode& node, const Ends& ends) const {
    std::vector<Claim> claims;
    const auto& events = end_.trace.events;
    if (!is_private_to(node.thing, tasks_.process_of(node.task->id))) return claims;
    for (std::size_t i = 0; i < events.size(); ++i) {
      if (!was_done(events[i]) || !ends(events[i])) continue;
      const Thing thing = things_.of(events[i].operation);
      if (thing == node.thing) return {};  // it did it itself
      const bool is_copy =
          thing.kind == node.thing.kind && thing.offset == node.thing.offset && thing.object != node.thing.object &&
          is_private_to(thing, tasks_.process_of(events[i].task)) && things_.name(thing) == things_.name(node.thing);
      if (is_copy) add(claims, events[i].task, Claim::Why::kDidToCopy, i);
    }
    return claims;
  }

  std::vector<Claim> signallers(const WaitNode& node) const {
    std::vector<Claim> claims;
    const TaskId process = tasks_.process_of(node.task->id);
    for (std::size_t i = 0; i < end_.trace.events.size(); ++i) {
      const Event& event = end_.trace.events[i];
      const bool is_kill = event.operation.call == Call::kKill && event.task != node.task->id;
      const std::uint64_t to = event.operation.object;
      if (is_kill && (to == process || to == node.task->id || to == 0)) add(claims, event.task, Claim::Why::kDidIt, i);
    }
    return claims;
  }

  static void add(std::vector<Claim>& claims, TaskId task, Claim::Why why, std::size_t event) {
    for (Claim& claim : claims) {
      if (claim.task != task) continue;
      (why == Claim::Why::kDoesIt ? claim.does : claim.event) = event;
      return;
    }
    Claim claim{task, why};
    (why == Claim::Why::kDoesIt ? claim.does : claim.event) = event;
    claims.push_back(claim);
  }

  void add_who_is_left(WaitNode& node, const std::vector<WaitNode>& all) const {
    if (node.waits_for_end() || is_lock(node.thing.kind) || node.thing.kind == ThingKind::kSignal) return;
    for (const WaitNode& other : all) {
      if (other.task->id != node.task->id && !other.waits_for_end())
        node.claims.push_back({other.task->id, Claim::Why::kIsLeft});
    }
  }

  // Who waits for others to end has mostly done all else. Otherwise a passing execution shows what comes after the
  // wait.
  bool is_over(const Claim& claim, const std::vector<WaitNode>& nodes) const {
    if (claim.why != Claim::Why::kDidIt && claim.why != Claim::Why::kDoesIt) return false;
    const auto at =
        std::find_if(nodes.begin(), nodes.end(), [&](const WaitNode& node) { return node.task->id == claim.task; });
    if (at == nodes.end() || !at->waits_for_end()) return false;
    if (passing_ == nullptr) return true;
    const Operation& wait = at->task->operation;
    const auto last = passing_->events.begin() + static_cast<std::ptrdiff_t>(claim.does);
    return std::none_of(passing_->events.begin(), last, [&](const Event& event) {
      return event.task == claim.task && event.operation.call == wait.call && event.operation.place == wait.place;
    });
  }

  const ControlledEnd& end_;
  const TaskList& tasks_;
  const Things& things_;
  const Trace* passing_;
};

}  // namespace

const Claim* WaitNode::holder() const {
  for (const Claim& claim : claims) {
    if (claim.why == Claim::Why::kHolds) return &claim;
  }
  return nullptr;
}

bool WaitNode::waits_for_end() const { return thing.kind == ThingKind::kChildren || thing.kind == ThingKind::kTask; }

bool WaitNode::waits_for_signal() const {
  return thing.kind == ThingKind::kCondition || thing.kind == ThingKind::kFutex || thing.kind == ThingKind::kSignal;
}

WaitGraph::WaitGraph(const ControlledEnd& end, const TaskList& tasks, const Things& things, const Trace* passing)
    : nodes_(Builder(end, tasks, things, passing).build()) {}

const WaitNode* WaitGraph::find(TaskId task) const {
  const auto found = std::find_if(nodes_.begin(), nodes_.end(), [&](const WaitNode& n) { return n.task->id == task; });
  return found == nodes_.end() ? nullptr : &*found;
}

namespace {

// Whether a claim may be part of a circle. A signal that came once and is gone is no one's to give.
bool leads_on(const WaitNode& node, const Claim& claim, bool only_certain) {
  if (claim.is_certain()) return true;
  if (only_certain || claim.is_over || !claim.can_reach()) return false;
  return !(node.waits_for_signal() && claim.why == Claim::Why::kDidIt);
}

// The shortest circle through `start`, by breadth-first search.
std::vector<TaskId> circle_through(const WaitGraph& graph, const WaitNode& start, bool only_certain) {
  std::map<TaskId, TaskId> came_from;
  std::vector<TaskId> queue = {start.task->id};
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const WaitNode& node = *graph.find(queue[i]);
    for (const Claim& claim : node.claims) {
      if (!leads_on(node, claim, only_certain)) continue;
      if (claim.task == start.task->id) {
        std::vector<TaskId> circle = {queue[i]};
        while (circle.back() != start.task->id) circle.push_back(came_from[circle.back()]);
        std::reverse(circle.begin(), circle.end());
        return circle;
      }
      if (graph.find(claim.task) == nullptr || came_from.count(claim.task) != 0) continue;
      came_from[claim.task] = queue[i];
      queue.push_back(claim.task);
    }
  }
  return {};
}

}  // namespace

std::vector<TaskId> WaitGraph::cycle() const {
  for (const bool only_certain : {true, false}) {
    std::vector<TaskId> best;
    for (const WaitNode& node : nodes_) {
      const std::vector<TaskId> circle = circle_through(*this, node, only_certain);
      if (!circle.empty() && (best.empty() || circle.size() < best.size())) best = circle;
    }
    if (!best.empty()) return best;
  }
  return {};
}

SemaphoreHistory history_of(const Trace& trace, const Things& things, const Thing& semaphore) {
  SemaphoreHistory history;
  for (std::size_t i = 0; i < trace.events.size(); ++i) {
    const Event& event = trace.events[i];
    const Operation& operation = event.operation;
    if (!was_done(event) || operation.object != semaphore.object || event.value == kFailedCall) continue;
    const Thing thing = things.of(operation);
    if (thing.kind != semaphore.kind) continue;
    SemaphoreHistory::Change change{i, event.task, 0, false, std::nullopt};
    const auto before = static_cast<int>(static_cast<std::uint32_t>(event.value));
    switch (operation.call) {
      case Call::kSemop:
        if (operation.size == 0 || operation.offset != semaphore.offset) continue;
        change.by = semop_change(event.value);
        change.value = semop_value(event.value);
        break;
      case Call::kSemaphoreSet:
        change.is_set = true;
        change.value = before;
        break;
      case Call::kSemaphoresSet:
        if (semaphore.offset >= 4) continue;
        change.is_set = true;
        change.value = static_cast<int>(event.value >> 16 * semaphore.offset & 0xffff);
        break;
      case Call::kSemaphoreInit:
        if (thing != semaphore) continue;
        change.is_set = true;
        change.value = before;
        break;
      case Call::kSemaphoreWait:
      case Call::kSemaphoreTryWait:
        if (thing != semaphore || before == 0) continue;
        change.by = -1;
        change.value = before - 1;
        break;
      case Call::kSemaphorePost:
        if (thing != semaphore) continue;
        change.by = 1;
        change.value = before + 1;
        break;
      default:
        continue;
    }
    history.changes.push_back(change);
  }
  return history;
}

std::optional<bool> takes_lock(const TraceEvent& event) {
  switch (event.operation.call) {
    case Call::kMutexLock:
    case Call::kReadLock:
    case Call::kWriteLock:
    case Call::kSpinLock:
    case Call::kFileLock:
      return true;
    case Call::kMutexTryLock:
    case Call::kReadTryLock:
    case Call::kWriteTryLock:
      return event.value == kFailedCall ? std::nullopt : std::optional(true);
    case Call::kMutexUnlock:
    case Call::kReadWriteUnlock:
    case Call::kSpinUnlock:
    case Call::kFileUnlock:
      return false;
    default:
      return std::nullopt;
  }
}

}  // namespace jitterlab
