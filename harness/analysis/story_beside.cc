#include "analysis/story_beside.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "analysis/step_words.h"

namespace jitterlab {
namespace {

using Event = TraceEvent;

bool was_done(const Event& event) {
  return event.kind == Event::Kind::kExecuted && (event.flags & (Event::kTimedOut | Event::kInterrupted)) == 0;
}

// Finds a step again in another execution: the n-th that the task does there in the same way to the same thing.
struct Sameness {
  TaskId task = 0;
  Thing thing;
  Call call = Call::kNone;
  StepKind kind = StepKind::kOther;
  std::uint64_t place = 0;
  auto operator<=>(const Sameness&) const = default;
};

Sameness sameness(TaskId task, const Thing& thing, const Operation& operation) {
  // However a task ends, it is its end.
  if (operation.call == Call::kExit) return {task, {}, Call::kExit, operation.kind, 0};
  return {task, thing, operation.call, operation.kind, operation.place};
}

using Counted = std::pair<Sameness, int>;

bool is_aside(const Operation& operation) {
  return operation.call == Call::kSemaphoresErase || operation.call == Call::kSemaphoresControl;
}

enum class Way { kNeither, kGives, kTakes };

// Which way what is done to a thing lets others go on.
Way way_of(const Event& event) {
  switch (event.operation.call) {
    case Call::kSemop:
      if (event.value == kFailedCall || event.operation.size == 0) return Way::kNeither;
      return semop_change(event.value) > 0 ? Way::kGives : Way::kTakes;
    case Call::kConditionSignal:
    case Call::kConditionBroadcast:
    case Call::kFutexWake:
      return event.value > 0 ? Way::kGives : Way::kNeither;
    case Call::kMutexUnlock:
    case Call::kReadWriteUnlock:
    case Call::kSpinUnlock:
    case Call::kSemaphorePost:
    case Call::kQueueSend:
    case Call::kWrite:
    case Call::kFileUnlock:
      return Way::kGives;
    case Call::kMutexLock:
    case Call::kReadLock:
    case Call::kWriteLock:
    case Call::kSpinLock:
    case Call::kSemaphoreWait:
    case Call::kConditionWoken:
    case Call::kFutexWoken:
    case Call::kQueueReceive:
    case Call::kRead:
    case Call::kFileLock:
      return Way::kTakes;
    default:
      return Way::kNeither;
  }
}

class Beside {
 public:
  Beside(const Story& story, const NamedTrace& failing, const Trace* passing, const Deadlock* deadlock)
      : story_(story), failing_(failing), passing_(passing), deadlock_(deadlock) {}

  StoryBeside run() {
    if (passing_ != nullptr) tell_passing();
    choose_key();
    find_hand_overs();
    return std::move(result_);
  }

 private:
  // ---- the execution that passes ------------------------------------------------------------------------------------

  // What each step of the story is called in both executions.
  std::map<Counted, int> told_steps() const {
    std::map<std::size_t, int> by_event;
    for (std::size_t i = 0; i < story_.steps.size(); ++i) by_event[story_.steps[i].event] = static_cast<int>(i);
    std::map<Counted, int> told;
    std::map<Sameness, int> counts;
    for (std::size_t i = 0; i < failing_.trace.events.size(); ++i) {
      const Event& event = failing_.trace.events[i];
      if (!was_done(event)) continue;
      const Sameness same = sameness(event.task, failing_.things.of(event.operation), event.operation);
      const int count = counts[same]++;
      if (const auto found = by_event.find(i); found != by_event.end()) told[{same, count}] = found->second;
    }
    // A wait that does not end here would have been the next of its kind.
    for (std::size_t i = 0; i < story_.steps.size(); ++i) {
      const StoryStep& step = story_.steps[i];
      const TaskSeen* task = failing_.tasks.find(step.id);
      if (step.event != StoryStep::kWaits || task == nullptr || task->waiting == nullptr) continue;
      const Sameness same = sameness(step.id, step.thing, task->waiting->operation);
      told[{same, counts[same]}] = static_cast<int>(i);
    }
    return told;
  }

  void tell_passing() {
    const std::map<Counted, int> told = told_steps();
    std::set<Thing> things;
    for (const StoryStep& step : story_.steps) {
      if (!(step.thing == Thing{}) && step.thing.kind != ThingKind::kOther) things.insert(step.thing);
    }
    std::map<Sameness, int> counts;
    int number = 0;
    bool preempted = false;
    TaskId running = 0;
    for (std::size_t i = 0; i < passing_->events.size(); ++i) {
      const Event& event = passing_->events[i];
      if (event.kind != Event::Kind::kExecuted) continue;
      ++number;
      if (event.task != running) preempted = event.choice.is_preemption();
      running = event.task;
      if (!was_done(event)) continue;
      const Thing thing = failing_.things.of(event.operation);
      const Sameness same = sameness(event.task, thing, event.operation);
      const auto found = told.find({same, counts[same]++});
      const bool is_seen_again = repeats(event, thing);
      if (found == told.end() && (things.count(thing) == 0 || is_seen_again || is_aside(event.operation))) continue;
      add_passing(i, thing, number, preempted, found == told.end() ? -1 : found->second);
      preempted = false;
    }
    shorten();
  }

  // A read that sees what its task saw before.
  bool repeats(const Event& event, const Thing& thing) {
    if (event.operation.kind != StepKind::kRead || thing.kind != ThingKind::kMemory) return false;
    const auto [seen, is_new] = seen_.try_emplace({event.task, thing}, event.value);
    return !is_new && std::exchange(seen->second, event.value) == event.value;
  }

  void add_passing(std::size_t i, const Thing& thing, int number, bool preempted, int same_as) {
    const Event& event = passing_->events[i];
    StepBeside beside;
    beside.same_as = same_as;
    beside.step.step = number;
    beside.step.task = failing_.tasks.name(event.task);
    beside.step.id = event.task;
    beside.step.thing = thing;
    beside.step.event = i;
    beside.step.line = failing_.sites.of(event);
    beside.step.is_preemption = preempted;
    // It sets many values, of which the story has told those that matter.
    const bool sets_many = event.operation.call == Call::kSemaphoresSet && same_as >= 0;
    beside.step.what = sets_many ? story_.steps[static_cast<std::size_t>(same_as)].what
                                 : step_words(event, thing, failing_.things, failing_.tasks, value_after(i, thing));
    result_.passing.push_back(std::move(beside));
  }

  // What the next one who looks finds.
  std::optional<std::uint64_t> value_after(std::size_t i, const Thing& thing) const {
    if (thing.kind != ThingKind::kMemory) return std::nullopt;
    const std::uint32_t size = passing_->events[i].operation.size;
    for (std::size_t k = i + 1; k < passing_->events.size(); ++k) {
      const Event& event = passing_->events[k];
      if (was_done(event) && event.operation.size == size && failing_.things.of(event.operation) == thing)
        return event.value;
    }
    return std::nullopt;
  }

  // What is done in both stays longest, and the end longer than the beginning.
  void shorten() {
    auto& steps = result_.passing;
    for (const bool only_here : {true, false}) {
      for (auto at = steps.begin(); at != steps.end() && steps.size() > kMostStepsBeside;) {
        const bool goes = !only_here || at->same_as < 0;
        at = goes ? steps.erase(at) : std::next(at);
        result_.left_out += goes;
      }
    }
  }

  // ---- the steps that matter ----------------------------------------------------------------------------------------

  bool is_wait(std::size_t i) const { return story_.steps[i].event == StoryStep::kWaits; }

  bool is_write(std::size_t i) const { return is_wait(i) || event_of(i).operation.is_write; }

  const Event& event_of(std::size_t i) const { return failing_.trace.events[story_.steps[i].event]; }

  bool are_swapped(std::size_t first, std::size_t second) const {
    const auto place = [&](std::size_t i) {
      return std::find_if(result_.passing.begin(), result_.passing.end(),
                          [&](const StepBeside& beside) { return beside.same_as == static_cast<int>(i); });
    };
    const auto one = place(first), other = place(second);
    return one != result_.passing.end() && other != result_.passing.end() && other < one;
  }

  bool is_waited_for(const Thing& thing) const {
    return deadlock_ != nullptr &&
           std::find(deadlock_->things.begin(), deadlock_->things.end(), thing) != deadlock_->things.end();
  }

  // How much the order of two steps explains; 0: nothing.
  int weight_of(std::size_t first, std::size_t second) const {
    const StoryStep &one = story_.steps[first], &other = story_.steps[second];
    if (one.id == other.id || one.thing != other.thing || (!is_write(first) && !is_write(second))) return 0;
    if (!are_swapped(first, second)) return 0;
    int weight = 1;
    if (deadlock_ != nullptr ? is_waited_for(one.thing) : one.thing.kind == ThingKind::kMemory) weight += 4;
    if (is_write(first) != is_write(second)) weight += 2;
    return weight;
  }

  void choose_key() {
    std::vector<std::size_t> waits;
    for (std::size_t i = 0; i < story_.steps.size(); ++i) {
      if (is_wait(i)) waits.push_back(i);
    }
    if (deadlock_ != nullptr && deadlock_->kind == DeadlockKind::kCircularWait) return void(result_.key = waits);
    int best = 0;
    for (std::size_t i = 0; i < story_.steps.size(); ++i) {
      for (std::size_t k = i + 1; k < story_.steps.size(); ++k) {
        if (const int weight = weight_of(i, k); weight > best) {
          best = weight;
          result_.key = {i, k};
        }
      }
    }
    result_.is_swapped = best > 0;
    if (best == 0) result_.key = waits;
  }

  // ---- who let whom go on -------------------------------------------------------------------------------------------

  void find_hand_overs() {
    for (std::size_t to = 0; to < story_.steps.size(); ++to) {
      if (is_wait(to) || way_of(event_of(to)) != Way::kTakes) continue;
      const auto giver = giver_of(to);
      if (!giver) continue;
      for (std::size_t from = 0; from < to; ++from) {
        if (story_.steps[from].event == *giver) result_.hand_overs.push_back({from, to});
      }
    }
  }

  // The last who gave before, if it was another task.
  std::optional<std::size_t> giver_of(std::size_t to) const {
    const StoryStep& taker = story_.steps[to];
    for (std::size_t i = taker.event; i-- > 0;) {
      const Event& event = failing_.trace.events[i];
      if (!was_done(event) || way_of(event) != Way::kGives || failing_.things.of(event.operation) != taker.thing)
        continue;
      return event.task == taker.id ? std::nullopt : std::optional(i);
    }
    return std::nullopt;
  }

  const Story& story_;
  const NamedTrace& failing_;
  const Trace* passing_;
  const Deadlock* deadlock_;
  std::map<std::pair<TaskId, Thing>, std::uint64_t> seen_;
  StoryBeside result_;
};

}  // namespace

StoryBeside tell_beside(const Story& story, const NamedTrace& failing, const Trace* passing, const Deadlock* deadlock) {
  if (story.steps.empty()) return {};
  return Beside(story, failing, passing, deadlock).run();
}

}  // namespace jitterlab
