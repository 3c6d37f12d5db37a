#include "analysis/deadlock.h"

#include <algorithm>

#include "analysis/wait_circle.h"

namespace jitterlab {
namespace {

using Event = TraceEvent;

bool reads_pipe(const WaitNode& node) {
  return (node.thing.kind == ThingKind::kPipe || node.thing.kind == ThingKind::kFifo) &&
         node.task->operation.kind == StepKind::kReceive;
}

// What would end the wait: "a V", "the signal", …; nothing: there is no word for it.
std::string what_is_missing(const WaitNode& node) {
  switch (node.thing.kind) {
    case ThingKind::kSemaphore:
      return node.task->semaphores.size() == 1 && node.task->semaphores[0].change == 0 ? "a P" : "a V";
    case ThingKind::kPosixSemaphore:
      return "a sem_post";
    case ThingKind::kCondition:
      return "a signal";
    case ThingKind::kFutex:
      return "a wake-up";
    case ThingKind::kBarrier:
      return "an arrival";
    case ThingKind::kQueue:
      return node.task->operation.kind == StepKind::kReceive ? "a message" : "room";
    case ThingKind::kFifo:
      if (node.task->operation.call == Call::kOpenToRead) return "somebody who opens it for writing";
      if (node.task->operation.call == Call::kOpenToWrite) return "somebody who opens it for reading";
      [[fallthrough]];
    case ThingKind::kPipe:
    case ThingKind::kSocket:
    case ThingKind::kFile:
      if (node.task->operation.kind == StepKind::kWait) return "an event";
      return node.task->operation.kind == StepKind::kReceive ? "bytes or the end" : "room";
    case ThingKind::kMemory:
      return "a write";
    default:
      return "";
  }
}

class Explaining {
 public:
  Explaining(const ControlledEnd& end, const TaskList& tasks, const Things& things, const Sites& sites,
             const Trace* passing)
      : end_(end),
        tasks_(tasks),
        things_(things),
        sites_(sites),
        passing_(passing),
        graph_(end, tasks, things, passing) {}

  Deadlock run() {
    find_cause();
    for (const TaskId id : deadlock_.at_fault) tell(*graph_.find(id));
    for (const WaitNode& node : graph_.nodes()) {
      if (!is_at_fault(node.task->id)) tell(node);
    }
    return std::move(deadlock_);
  }

 private:
  bool is_at_fault(TaskId id) const {
    return std::find(deadlock_.at_fault.begin(), deadlock_.at_fault.end(), id) != deadlock_.at_fault.end();
  }

  // ---- which kind ---------------------------------------------------------------------------------------------------

  void find_cause() {
    for (const WaitNode& node : graph_.nodes()) {
      if (unheard_of(node) != nullptr || reason(node, Claim::Why::kDidToCopy) != nullptr)
        return blame(DeadlockKind::kOneProcess, node);
    }
    if (const WaitNode* reader = reader_without_end()) return blame(DeadlockKind::kWriteEndOpen, *reader);
    const std::vector<TaskId> circle = graph_.cycle();
    if (circle.size() == 1) return blame(DeadlockKind::kSelfDeadlock, *graph_.find(circle[0]));
    if (!circle.empty()) return blame_circle(circle);
    const WaitNode* root = find_root();
    if (root != nullptr) blame(kind_of_root(*root), *root);
  }

  // What somebody of another process did to end this wait, since it began: it wakes those of its own process only.
  // Null: nothing.
  const Event* unheard_of(const WaitNode& node) const {
    const Call call = node.task->operation.call;
    const auto& events = end_.trace.events;
    const Event* unheard = nullptr;
    for (std::size_t i = events.size(); i-- > 0;) {
      const Event& event = events[i];
      if (event.kind != Event::Kind::kExecuted) continue;
      if (event.task == node.task->id) return unheard;
      if (things_.of(event.operation) != node.thing ||
          tasks_.process_of(event.task) == tasks_.process_of(node.task->id))
        continue;
      const Call done = event.operation.call;
      const bool is_signal = done == Call::kConditionSignal || done == Call::kConditionBroadcast;
      if ((call == Call::kSemaphoreAsleep && done == Call::kSemaphorePost) ||
          (call == Call::kMutexAsleep && done == Call::kMutexUnlock) ||
          (call == Call::kConditionWoken && is_signal && event.value == 0))
        unheard = &event;
    }
    return nullptr;
  }

  // A pipe whose write end is open only with those who will not write: the reader itself, or who waits for a child.
  const WaitNode* reader_without_end() const {
    for (const WaitNode& node : graph_.nodes()) {
      if (!reads_pipe(node) || node.claims.empty() || node.claims[0].why != Claim::Why::kDescriptor) continue;
      const bool nobody_writes = std::all_of(node.claims.begin(), node.claims.end(), [&](const Claim& claim) {
        const WaitNode* holder = graph_.find(claim.task);
        return claim.task == node.task->id || (holder != nullptr && holder->waits_for_end());
      });
      if (nobody_writes) return &node;
    }
    return nullptr;
  }

  // A wait that no waiting task can end; of several, the one for whom the others wait.
  const WaitNode* find_root() const {
    const WaitNode* root = nullptr;
    for (const WaitNode& node : graph_.nodes()) {
      const bool hopes = std::any_of(node.claims.begin(), node.claims.end(), [&](const Claim& claim) {
        if (!claim.can_reach()) return false;
        return graph_.find(claim.task) != nullptr && !claim.is_over && (claim.is_certain() || !node.waits_for_signal());
      });
      if (hopes || node.waits_for_end()) continue;
      if (root == nullptr || (node.waits_for_signal() && !root->waits_for_signal())) root = &node;
    }
    return root;
  }

  DeadlockKind kind_of_root(const WaitNode& node) const {
    if (reason(node, Claim::Why::kHeldAtFork) != nullptr) return DeadlockKind::kHeldAtFork;
    if (set_again(node) != nullptr) return DeadlockKind::kValueSetAgain;
    if (node.waits_for_signal() && last_signal(node) && !is_looked_for_in_vain(node)) return DeadlockKind::kLostWakeUp;
    const bool has_ended = std::any_of(node.claims.begin(), node.claims.end(), [&](const Claim& claim) {
      return claim.why != Claim::Why::kIsLeft && graph_.find(claim.task) == nullptr;
    });
    if (has_ended && !node.waits_for_signal() && node.thing.kind != ThingKind::kQueue && !reads_pipe(node))
      return DeadlockKind::kProcessEnded;
    return DeadlockKind::kNeverSent;
  }

  // Null: there is none of this kind.
  static const Claim* reason(const WaitNode& node, Claim::Why why) {
    const auto found =
        std::find_if(node.claims.begin(), node.claims.end(), [&](const Claim& c) { return c.why == why; });
    return found == node.claims.end() ? nullptr : &*found;
  }

  // Everybody who waits for this condition looked at memory after the last signal, before waiting, and nobody has
  // written there since: no signal is lost, what they wait for has not been done.
  bool is_looked_for_in_vain(const WaitNode& node) const {
    if (node.thing.kind != ThingKind::kCondition) return false;
    const auto signal = static_cast<std::size_t>(last_signal(node) - end_.trace.events.data());
    return std::all_of(graph_.nodes().begin(), graph_.nodes().end(), [&](const WaitNode& other) {
      return other.thing != node.thing || has_looked(other.task->id, signal);
    });
  }

  // Reads of the task after the event, of what nobody else wrote after that.
  bool has_looked(TaskId task, std::size_t after) const {
    const auto& events = end_.trace.events;
    bool has = false;
    for (std::size_t i = after + 1; i < events.size(); ++i) {
      const Event& event = events[i];
      if (event.kind != Event::Kind::kExecuted || event.task != task || event.operation.kind != StepKind::kRead)
        continue;
      has = true;
      for (std::size_t j = i + 1; j < events.size(); ++j) {
        if (events[j].task != task && writes_to(events[j], event.operation)) return false;
      }
    }
    return has;
  }

  static bool writes_to(const Event& event, const Operation& memory) {
    const Operation& written = event.operation;
    return event.kind == Event::Kind::kExecuted && written.is_write && written.object == memory.object &&
           written.offset < memory.offset + memory.size && memory.offset < written.offset + written.size;
  }

  void blame(DeadlockKind kind, const WaitNode& node) {
    deadlock_.kind = kind;
    deadlock_.at_fault = {node.task->id};
    deadlock_.things = {node.thing};
    for (const Claim& claim : node.claims) {
      if (!claim.can_reach()) deadlock_.things.push_back(things_.of(end_.trace.events[claim.event].operation));
      if (graph_.find(claim.task) == nullptr) deadlock_.ended.push_back(claim.task);
    }
    if (const Claim* held = reason(node, Claim::Why::kHeldAtFork)) deadlock_.decisive = {held->event, fork_of(node)};
    deadlock_.headline = headline(kind, node);
  }

  // By which the process of the task came about.
  std::size_t fork_of(const WaitNode& node) const {
    const TaskSeen& process = *tasks_.find(tasks_.process_of(node.task->id));
    std::size_t fork = 0;
    for (std::size_t i = 0; i < end_.trace.events.size(); ++i) {
      const Event& event = end_.trace.events[i];
      if (event.kind == Event::Kind::kCreated && event.task == process.id) break;
      if (event.kind == Event::Kind::kExecuted && event.task == process.parent) fork = i;
    }
    return fork;
  }

  void blame_circle(const std::vector<TaskId>& circle) {
    deadlock_.kind = DeadlockKind::kCircularWait;
    deadlock_.at_fault = circle;
    for (const TaskId id : circle) deadlock_.things.push_back(graph_.find(id)->thing);
    deadlock_.headline = "Circular wait: " + tasks_.names(circle) +
                         (circle.size() == 2 ? " wait for each other." : " wait for each other in a circle.");
    deadlock_.circle = picture_of(circle, graph_, tasks_, things_);
    deadlock_.conditions = conditions_of(circle, graph_, tasks_, things_);
  }

  // "A V for which child 1 waits", or "The V …".
  std::string awaited(const WaitNode& node, bool is_known) const {
    const std::string who = tasks_.name(node.task->id), missing = what_is_missing(node);
    if (missing.empty()) return "What " + who + " waits for";
    return (is_known ? "The " + missing.substr(missing.find(' ') + 1) : capital(missing)) + " for which " + who +
           " waits";
  }

  std::string headline(DeadlockKind kind, const WaitNode& node) const {
    const std::string who = tasks_.name(node.task->id), thing = things_.name(node.thing);
    switch (kind) {
      case DeadlockKind::kSelfDeadlock:
        return "Self-deadlock: " + who + " waits for what only it can give back.";
      case DeadlockKind::kLostWakeUp:
        return "Lost wake-up: the signal for which " + who + " waits has come already.";
      case DeadlockKind::kProcessEnded:
        return awaited(node, true) + " never comes: who was to do it has ended.";
      case DeadlockKind::kNeverSent:
        return awaited(node, false) + " never comes.";
      case DeadlockKind::kWriteEndOpen:
        return who + " waits for the end of " + thing + ", which never comes: its write end is still open.";
      case DeadlockKind::kValueSetAgain:
        return "A V is lost: " + thing + " was set again after it.";
      case DeadlockKind::kOneProcess:
        if (unheard_of(node) == nullptr)
          return capital(what_is_missing(node)) + " does not reach " + who + ": each process has " + thing +
                 " for itself.";
        return "A wake-up does not reach " + who + ": " + thing + " was set up for one process only.";
      case DeadlockKind::kHeldAtFork:
        return "The copy of " + thing + " that " + who + " has was locked when it was forked, and stays so.";
      default:
        return "Nobody can go on.";
    }
  }

  static std::string capital(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
  }

  // ---- sentences ----------------------------------------------------------------------------------------------------

  std::string at(std::size_t event) const { return words_of(sites_.of(end_.trace.events[event])); }

  void tell(const WaitNode& node) {
    Waiter waiter;
    waiter.task = tasks_.name(node.task->id);
    waiter.place = words_of(sites_.of(*node.task));
    waiter.thing = things_.name(node.thing);
    for (const Claim& claim : node.claims) waiter.on.push_back(tasks_.name(claim.task));
    waiter.words = waiter.task + " waits at " + waiter.place + " " + for_what(node) + why(node) + ".";
    deadlock_.waiters.push_back(std::move(waiter));
  }

  std::string for_what(const WaitNode& node) const {
    if (node.waits_for_end()) {
      std::vector<TaskId> awaited;
      for (const Claim& claim : node.claims) awaited.push_back(claim.task);
      return awaited.empty() ? "for a child" : "for " + tasks_.names(awaited) + " to end";
    }
    const std::string thing = things_.name(node.thing);
    if (is_lock(node.thing.kind) || node.holder() != nullptr) return "for " + thing;
    if (node.thing.kind == ThingKind::kSignal) return "for a signal";
    if (node.thing.kind == ThingKind::kOther) return "for something that has not come";
    if (node.thing.kind == ThingKind::kFifo && node.task->operation.call == Call::kOpenToRead)
      return "to open " + thing + " for reading";
    if (node.thing.kind == ThingKind::kFifo && node.task->operation.call == Call::kOpenToWrite)
      return "to open " + thing + " for writing";
    const std::string missing = what_is_missing(node);
    if (node.thing.kind == ThingKind::kQueue && missing == "a message" && node.task->message_type > 0)
      return "for a message of type " + std::to_string(node.task->message_type) + " in " + thing;
    if (missing == "room" || missing == "a message") return "for " + missing + " in " + thing;
    if (missing == "bytes or the end") return "for bytes from " + thing + " or its end";
    return missing.empty() ? "for " + thing : "for " + missing + " on " + thing;
  }

  std::string why(const WaitNode& node) const {
    if (node.waits_for_end()) return "";
    if (const std::string text = why_of_kind(node); !text.empty()) return text;
    if (const Claim* holder = node.holder()) return why_held(node, *holder);
    if (const Claim* held = reason(node, Claim::Why::kHeldAtFork)) return why_held_at_fork(node, *held);
    if (node.claims.empty()) return "; nobody is left who could do it";
    std::string text;
    for (std::size_t i = 0; i < node.claims.size() && i < 2; ++i) text += why_not(node, node.claims[i]);
    return text;
  }

  std::string why_held(const WaitNode& node, const Claim& holder) const {
    const bool itself = holder.task == node.task->id;
    std::string text = ", which " + (itself ? std::string("it") : tasks_.name(holder.task)) +
                       (itself ? " itself took at " : " took at ") + at(holder.event);
    const TaskSeen* task = tasks_.find(holder.task);
    if (!itself && task != nullptr && task->waiting == nullptr)
      text += " and never gave back: it has ended" + ended(*task);
    return text;
  }

  std::string why_held_at_fork(const WaitNode& node, const Claim& held) const {
    const TaskSeen& process = *tasks_.find(tasks_.process_of(node.task->id));
    const std::string forked = "when " + tasks_.name(process.parent) + " forked " + process.name;
    if (held.task == process.parent)
      return "; " + tasks_.name(held.task) + " had taken it at " + at(held.event) + " " + forked +
             ", and no unlock of its own reaches the copy";
    return "; " + tasks_.name(held.task) + " had taken it at " + at(held.event) + " " + forked +
           ", and in a child only the thread that called fork goes on";
  }

  std::string ended(const TaskSeen& task) const {
    if (!task.ended) return "";
    const SourceLine line = sites_.of(end_.trace.events[*task.ended]);
    return line.is_known() ? " at " + words_of(line) : "";
  }

  // What is special about this kind of deadlock, in the sentence of the task at fault.
  std::string why_of_kind(const WaitNode& node) const {
    if (!is_at_fault(node.task->id)) return "";
    if (deadlock_.kind == DeadlockKind::kLostWakeUp) return why_lost(node);
    if (deadlock_.kind == DeadlockKind::kValueSetAgain) return why_set_again(node);
    if (deadlock_.kind == DeadlockKind::kWriteEndOpen) return why_open(node);
    if (deadlock_.kind == DeadlockKind::kOneProcess) return why_unheard_of(node);
    return "";
  }

  const Event* last_signal(const WaitNode& node) const {
    const Event* last = nullptr;
    for (const Claim& claim : node.claims) {
      if (claim.why != Claim::Why::kDidIt) continue;
      const Event& event = end_.trace.events[claim.event];
      if (last == nullptr || &event > last) last = &event;
    }
    return last;
  }

  std::string why_lost(const WaitNode& node) const {
    const Event& signal = *last_signal(node);
    std::string text = "; the last one came from " + tasks_.name(signal.task) + " at " + words_of(sites_.of(signal));
    if (node.thing.kind == ThingKind::kSignal) return text + ", before it waited, and was used up by the handler";
    if (signal.value == 0) return text + ", when nobody waited";
    const auto woken = std::find_if(
        end_.trace.events.begin() + (&signal - end_.trace.events.data()), end_.trace.events.end(),
        [&](const Event& event) {
          return (event.operation.call == Call::kConditionWoken || event.operation.call == Call::kFutexWoken) &&
                 things_.of(event.operation) == node.thing;
        });
    if (woken == end_.trace.events.end()) return text;
    const TaskSeen* task = tasks_.find(woken->task);
    if (woken->task == node.task->id) return text + ": it woke up then and waits again";
    return text + " and woke " + tasks_.name(woken->task) +
           (task != nullptr && task->waiting != nullptr ? ", which waits again" : ", and nobody else");
  }

  // The SETVAL that took a V away, when it was the last change that made the value smaller.
  const SemaphoreHistory::Change* set_again(const WaitNode& node) const {
    if (!is_semaphore(node.thing.kind)) return nullptr;
    history_ = history_of(end_.trace, things_, node.thing);
    const auto& changes = history_.changes;
    for (std::size_t i = changes.size(); i-- > 1;) {
      if (!changes[i].is_set) continue;
      const auto before = changes[i - 1].value;
      const bool took = before && changes[i].value && *changes[i].value < *before;
      return took && !changes[i - 1].is_set ? &changes[i] : nullptr;
    }
    return nullptr;
  }

  std::string why_set_again(const WaitNode& node) const {
    const SemaphoreHistory::Change* set = set_again(node);
    const SemaphoreHistory::Change* given = set - 1;
    return "; the V of " + tasks_.name(given->task) + " at " + at(given->event) + " was wiped out when " +
           tasks_.name(set->task) + " set it to " + std::to_string(*set->value) + " at " + at(set->event);
  }

  std::string why_unheard_of(const WaitNode& node) const {
    const Event* unheard = unheard_of(node);
    if (unheard == nullptr) {
      const Claim& claim = *reason(node, Claim::Why::kDidToCopy);
      return "; " + tasks_.name(claim.task) + " did it at " + at(claim.event) + ", but to a copy of its own, as " +
             things_.name(node.thing) + " is not in shared memory";
    }
    const Event& event = *unheard;
    const char* how = is_semaphore(node.thing.kind) ? "pshared 0" : "not PTHREAD_PROCESS_SHARED";
    const char* did = node.thing.kind == ThingKind::kMutex ? " gave it back at " : " did it at ";
    return "; " + tasks_.name(event.task) + did + words_of(sites_.of(event)) + ", but " + things_.name(node.thing) +
           " is " + how + ", so that only who waits in the same process is woken";
  }

  std::string why_open(const WaitNode& node) const {
    std::vector<std::string> holders;
    for (const Claim& claim : node.claims)
      holders.push_back(claim.task == node.task->id ? "it itself" : tasks_.name(claim.task));
    std::string text =
        "; " + joined(holders) + " still " + (holders.size() == 1 ? "has" : "have") + " its write end open";
    std::vector<std::string> numbers;
    for (const OpenEnd& open : end_.open_ends) {
      if (open.object == node.thing.object && open.writes && graph_.find(node.claims[0].task)->task->pid == open.pid)
        numbers.push_back(std::to_string(open.descriptor));
    }
    return numbers.empty() || holders.size() > 1 ? text : text + " (descriptor " + joined(numbers) + ")";
  }

  // Of somebody who could do it, why he does not.
  std::string why_not(const WaitNode& node, const Claim& claim) const {
    const TaskSeen* task = tasks_.find(claim.task);
    const bool itself = claim.task == node.task->id;
    const std::string name = itself ? "it itself" : task == nullptr ? "a task that was never made here" : task->name;
    const bool waits = task != nullptr && task->waiting != nullptr;
    const std::string cannot = itself            ? " waits here"
                               : waits           ? " waits itself"
                               : task == nullptr ? ""
                                                 : " has ended" + ended(*task);
    switch (claim.why) {
      case Claim::Why::kDescriptor:
        return "; " + name + " has its other end and" + cannot;
      case Claim::Why::kDidIt:
        return "; " + name + " did it last at " + at(claim.event) + " and" + cannot;
      case Claim::Why::kDoesIt:
        return "; " + name + " would do it at " + words_of(sites_.of(passing_->events[claim.does])) +
               (task == nullptr ? "" : " but" + cannot);
      case Claim::Why::kIsLeft:
        return "; only " + name + " is left, which" + cannot;
      default:
        return "";
    }
  }

  const ControlledEnd& end_;
  const TaskList& tasks_;
  const Things& things_;
  const Sites& sites_;
  const Trace* passing_;
  WaitGraph graph_;
  Deadlock deadlock_;
  mutable SemaphoreHistory history_;
};

}  // namespace

std::string to_string(DeadlockKind kind) {
  switch (kind) {
    case DeadlockKind::kCircularWait:
      return "circular-wait";
    case DeadlockKind::kSelfDeadlock:
      return "self-deadlock";
    case DeadlockKind::kLostWakeUp:
      return "lost-wake-up";
    case DeadlockKind::kProcessEnded:
      return "process-ended";
    case DeadlockKind::kNeverSent:
      return "never-sent";
    case DeadlockKind::kWriteEndOpen:
      return "write-end-open";
    case DeadlockKind::kValueSetAgain:
      return "value-set-again";
    case DeadlockKind::kOneProcess:
      return "one-process";
    case DeadlockKind::kHeldAtFork:
      return "held-at-fork";
    case DeadlockKind::kUnknown:
      break;
  }
  return "unknown";
}

Deadlock explain_deadlock(const ControlledEnd& end, const TaskList& tasks, const Things& things, const Sites& sites,
                          const Trace* passing) {
  return Explaining(end, tasks, things, sites, passing).run();
}

std::vector<std::string> lines_of(const Deadlock& deadlock) {
  std::vector<std::string> lines = {deadlock.headline};
  for (const Waiter& waiter : deadlock.waiters) lines.push_back("- " + waiter.words);
  for (const std::string& line : deadlock.circle) lines.push_back("    " + line);
  for (const std::string& line : deadlock.conditions) lines.push_back("  " + line);
  return lines;
}

}  // namespace jitterlab
