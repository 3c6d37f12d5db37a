#include "analysis/story.h"

#include <algorithm>
#include <map>
#include <set>

#include "analysis/interruptions.h"
#include "analysis/sleep_order.h"
#include "analysis/step_words.h"

namespace jitterlab {
namespace {

using Event = TraceEvent;

// Of one thing, more would make no story better.
constexpr std::size_t kMostCompared = 400;
constexpr std::size_t kMostSleeps = 3;
constexpr std::size_t kBeforeSleep = 3;

bool is_told(ThingKind kind) {
  return kind != ThingKind::kOther && kind != ThingKind::kChildren && kind != ThingKind::kTask &&
         kind != ThingKind::kSignal;
}

bool was_done(const Event& event) {
  return event.kind == Event::Kind::kExecuted && (event.flags & (Event::kTimedOut | Event::kInterrupted)) == 0;
}

bool sets_semaphores(const Operation& operation) {
  return operation.call == Call::kSemaphoresSet || operation.call == Call::kSemaphoreSet ||
         operation.call == Call::kSemaphoreInit;
}

// Tells nothing unless its order matters.
bool is_aside(const Operation& operation) {
  return operation.call == Call::kSemaphoresErase || operation.call == Call::kSemaphoresControl;
}

// One operation on one thing, named so that it is found again in another execution.
struct Touch {
  std::size_t event = 0;
  TaskId task = 0;
  bool is_write = false;
  int index = 0;  // of the task's operations on this thing
};

bool conflict(const Touch& one, const Touch& other) {
  return one.task != other.task && (one.is_write || other.is_write);
}

using Touches = std::map<Thing, std::vector<Touch>>;

Touches touches_of(const Trace& trace, const Things& things) {
  Touches touches;
  std::map<std::pair<Thing, TaskId>, int> counts;
  const auto add = [&](const Thing& thing, std::size_t i) {
    const Event& event = trace.events[i];
    touches[thing].push_back({i, event.task, event.operation.is_write, counts[{thing, event.task}]++});
  };
  for (std::size_t i = 0; i < trace.events.size(); ++i) {
    const Event& event = trace.events[i];
    if (!was_done(event)) continue;
    const Thing thing = things.of(event.operation);
    if (!is_told(thing.kind)) continue;
    add(thing, i);
  }
  return touches;
}

bool is_shared(const std::vector<Touch>& touches) {
  bool written = false, by_others = false;
  for (const Touch& touch : touches) {
    written = written || touch.is_write;
    by_others = by_others || touch.task != touches.front().task;
  }
  return written && by_others;
}

// Events whose last conflicting one before came after it in the passing execution, or not at all.
std::set<std::size_t> changed(const std::vector<Touch>& failing, const std::vector<Touch>& passing) {
  std::map<std::pair<TaskId, int>, std::size_t> there;
  for (const Touch& touch : passing) there[{touch.task, touch.index}] = touch.event;
  std::set<std::size_t> events;
  const std::size_t first = failing.size() > kMostCompared ? failing.size() - kMostCompared : 0;
  for (std::size_t i = first; i < failing.size(); ++i) {
    for (std::size_t j = i; j-- > first;) {
      if (!conflict(failing[i], failing[j])) continue;
      const auto one = there.find({failing[i].task, failing[i].index});
      const auto other = there.find({failing[j].task, failing[j].index});
      const bool same = one != there.end() && other != there.end() && other->second < one->second;
      if (!same) events.insert({failing[i].event, failing[j].event});
      break;
    }
  }
  return events;
}

class Telling {
 public:
  Telling(const ControlledEnd& end, const TaskList& tasks, const Things& things, const Sites& sites,
          const Trace* passing, const Deadlock* deadlock, const StoryAim& aim = {})
      : end_(end),
        tasks_(tasks),
        things_(things),
        sites_(sites),
        passing_(passing),
        deadlock_(deadlock),
        aim_(aim),
        touches_(touches_of(end.trace, things)) {}

  Story run() {
    choose_things();
    choose_events();
    if (events_.empty() && deadlock_ == nullptr) choose_last();
    tell();
    return std::move(story_);
  }

  Story run_all(std::size_t most) {
    for (std::size_t i = 0; i < end_.trace.events.size() && events_.size() < most; ++i) {
      if (event(i).kind == Event::Kind::kExecuted) events_.insert(i);
    }
    is_whole_ = true;
    tell();
    return std::move(story_);
  }

 private:
  const Event& event(std::size_t i) const { return end_.trace.events[i]; }

  // ---- which things -------------------------------------------------------------------------------------------------

  void choose_things() {
    const Touches passing = passing_ != nullptr ? touches_of(*passing_, things_) : Touches{};
    static const std::vector<Touch> none;
    for (const auto& [thing, touches] : touches_) {
      const bool waited_for =
          deadlock_ != nullptr && std::count(deadlock_->things.begin(), deadlock_->things.end(), thing) != 0;
      if (waited_for) chosen_.insert(thing);
      if (!is_shared(touches)) continue;
      const auto there = passing.find(thing);
      const std::set<std::size_t> events = changed(touches, there == passing.end() ? none : there->second);
      if (passing_ != nullptr) key_.insert(events.begin(), events.end());
      const bool may_be_told = deadlock_ == nullptr || is_part_of_deadlock(thing);
      if (may_be_told && !events.empty()) chosen_.insert(thing);
      const bool is_variable = thing.kind == ThingKind::kMemory && things_.has_name(thing);
      if (may_be_told && events.empty() && is_variable) context_.push_back(thing);
    }
    drop_unnamed();
  }

  // What libraries keep for themselves, where there is something of the program's own.
  void drop_unnamed() {
    const auto is_unnamed = [&](const Thing& thing) {
      return thing.kind == ThingKind::kMemory && !things_.has_name(thing);
    };
    if (!std::all_of(chosen_.begin(), chosen_.end(), is_unnamed)) std::erase_if(chosen_, is_unnamed);
  }

  // Of a deadlock the locks that only happened to be taken in another order tell nothing; variables may.
  bool is_part_of_deadlock(const Thing& thing) const {
    if (thing.kind != ThingKind::kMemory) return false;
    return deadlock_->kind != DeadlockKind::kCircularWait && deadlock_->kind != DeadlockKind::kSelfDeadlock;
  }

  // ---- which events -------------------------------------------------------------------------------------------------

  std::size_t room() const {
    const std::size_t ends = deadlock_ != nullptr ? deadlock_->at_fault.size() : last_exit() ? 1 : 0;
    return kMostStorySteps - std::min(kMostStorySteps / 2, ends);
  }

  void choose_events() {
    if (deadlock_ != nullptr && !deadlock_->decisive.empty()) {
      events_.insert(deadlock_->decisive.begin(), deadlock_->decisive.end());
      return;
    }
    std::set<std::size_t> all;
    for (const Thing& thing : chosen_) add_all(thing, all);
    std::erase_if(all, [&](std::size_t i) { return key_.count(i) == 0 && is_aside(event(i).operation); });
    add_settings(all);
    add_signals(all);
    add_ends(all);
    if (all.empty() && deadlock_ == nullptr) all = interruptions(end_.trace, things_);
    drop_looks(all);
    if (aim_.by_sleep) begin_at_sleep(all);
    if (all.size() > room()) keep_what_tells_most(all);
    for (const Thing& thing : context_) {
      std::set<std::size_t> more = all;
      add_all(thing, more);
      drop_looks(more);
      if (more.size() <= room()) all = more;
    }
    if (const auto last = last_exit(); last && deadlock_ == nullptr && !all.empty()) all.insert(*last);
    events_ = all;
  }

  void choose_last() {
    for (std::size_t i = end_.trace.events.size(); i-- > 0 && events_.size() < kMostStorySteps;) {
      if (event(i).kind == Event::Kind::kExecuted) events_.insert(i);
    }
    is_whole_ = story_.is_only_the_last = true;
  }

  void add_all(const Thing& thing, std::set<std::size_t>& all) const {
    const auto touches = touches_.find(thing);
    for (const Touch& touch : touches->second) all.insert(touch.event);
  }

  // The first sleep of each place that was over early, and what came of it: that is near them, not at the end.
  void begin_at_sleep(std::set<std::size_t>& all) const {
    std::set<std::uint64_t> places;
    std::set<std::size_t> sleeps;
    for (std::size_t i = 0; i < end_.trace.events.size() && sleeps.size() < kMostSleeps; ++i) {
      if (is_early_sleep(event(i)) && places.insert(event(i).operation.place).second) sleeps.insert(i);
    }
    if (sleeps.empty()) return;
    auto first = all.lower_bound(*sleeps.begin());
    for (std::size_t i = 0; i < kBeforeSleep && first != all.begin(); ++i) --first;
    all.erase(all.begin(), first);
    all.insert(sleeps.begin(), sleeps.end());
    while (all.size() > room()) all.erase(std::prev(all.end()));
  }

  // What came in another order than in the passing execution; and, up to the step of no return, what led to it: a value
  // that was read before others changed it came in no other order. After that step stands only what came of it, of
  // which the last is enough. Where that step is not known, or near the end, the last steps are told.
  void keep_what_tells_most(std::set<std::size_t>& all) const {
    const std::size_t point = aim_.no_return ? event_of(*aim_.no_return) : event_count();
    std::set<std::size_t> led_to_it;
    for (auto at = all.upper_bound(point); aim_.no_return && at != all.begin() && led_to_it.size() < room() / 2;)
      led_to_it.insert(*--at);
    if (passing_ != nullptr) keep_key(all);
    all.insert(led_to_it.begin(), led_to_it.end());
    const auto after = static_cast<std::size_t>(std::distance(all.upper_bound(point), all.end()));
    const std::size_t room_before = std::max(room() - std::min(room(), after), room() / 2);
    for (std::size_t before = all.size() - after; before > room_before; --before) all.erase(all.begin());
    while (all.size() > room()) all.erase(std::prev(all.end(), 2));
  }

  std::size_t event_count() const { return end_.trace.events.size(); }

  // Of the step with this number, from 1.
  std::size_t event_of(std::size_t step) const {
    std::size_t i = 0;
    for (std::size_t steps = 0; i < event_count(); ++i) {
      if (event(i).kind == Event::Kind::kExecuted && ++steps == step) break;
    }
    return i;
  }

  // Of those who could have helped.
  void add_ends(std::set<std::size_t>& all) const {
    for (std::size_t i = 0; deadlock_ != nullptr && i < deadlock_->ended.size(); ++i) {
      const TaskSeen* task = tasks_.find(deadlock_->ended[i]);
      if (task != nullptr && task->ended) all.insert(*task->ended);
    }
  }

  // Where the semaphores got their first values.
  void add_settings(std::set<std::size_t>& all) const {
    for (std::size_t i = 0; i < end_.trace.events.size(); ++i) {
      const Operation& operation = event(i).operation;
      if (!was_done(event(i)) || operation.call != Call::kSemaphoresSet) continue;
      for (const Thing& thing : chosen_) {
        if (thing.kind == ThingKind::kSemaphore && thing.object == operation.object) all.insert(i);
      }
    }
  }

  void add_signals(std::set<std::size_t>& all) const {
    const bool by_signal =
        deadlock_ != nullptr && std::any_of(deadlock_->things.begin(), deadlock_->things.end(),
                                            [](const Thing& thing) { return thing.kind == ThingKind::kSignal; });
    for (std::size_t i = 0; by_signal && i < end_.trace.events.size(); ++i) {
      const bool arrives = (event(i).flags & Event::kInterrupted) != 0 && event(i).kind == Event::Kind::kExecuted;
      const Call call = event(i).operation.call;
      if (call == Call::kKill || call == Call::kPause || call == Call::kSignalMask || arrives) all.insert(i);
    }
  }

  // A read that saw what the same task saw before.
  void drop_looks(std::set<std::size_t>& all) const {
    std::map<std::pair<TaskId, Thing>, std::uint64_t> seen;
    for (auto at = all.begin(); at != all.end();) {
      const Event& one = event(*at);
      const auto what = std::pair(one.task, things_.of(one.operation));
      const bool repeats = one.operation.kind == StepKind::kRead && seen.count(what) != 0 && seen[what] == one.value;
      seen[what] = one.value;
      at = repeats ? all.erase(at) : std::next(at);
    }
  }

  // The last one of each task stays: it shows what came of it.
  void keep_key(std::set<std::size_t>& all) const {
    std::map<Thing, std::size_t> last;
    for (const std::size_t i : all) last[things_.of(event(i).operation)] = i;
    std::erase_if(all, [&](std::size_t i) {
      return key_.count(i) == 0 && !sets_semaphores(event(i).operation) && last[things_.of(event(i).operation)] != i &&
             event(i).operation.kind != StepKind::kSignal;
    });
  }

  // ---- telling ------------------------------------------------------------------------------------------------------

  void tell() {
    int step = 0;
    bool preempted = false;
    TaskId running = 0;
    for (std::size_t i = 0; i < end_.trace.events.size(); ++i) {
      const Event& one = event(i);
      if (one.kind != Event::Kind::kExecuted) continue;
      ++step;
      // A signal that the schedule has sent arrives when its task goes on.
      const bool was_sent = preempted && (one.flags & Event::kInterrupted) != 0;
      if (one.task != running) preempted = was_sent || one.choice.is_preemption();
      running = one.task;
      if (events_.count(i) == 0) {
        ++(story_.steps.empty() ? story_.before : story_.between);
        continue;
      }
      tell_event(i, step, preempted);
      preempted = false;
    }
    if (!is_whole_) tell_waits();
    for (const TaskSeen& task : tasks_.all()) {
      const bool appears = std::any_of(story_.steps.begin(), story_.steps.end(),
                                       [&](const StoryStep& told) { return told.task == task.name; });
      if (appears) story_.tasks.push_back(task.name);
    }
  }

  void tell_event(std::size_t i, int step, bool preempted) {
    const Event& one = event(i);
    StoryStep told;
    told.step = step;
    told.task = tasks_.name(one.task);
    told.line = sites_.of(one);
    told.is_preemption = preempted;
    told.id = one.task;
    told.event = i;
    const Thing thing = told.thing = things_.of(one.operation);
    if (one.operation.call != Call::kSemaphoresSet) {
      told.what = step_words(one, thing, things_, tasks_, value_after(i));
      return story_.steps.push_back(std::move(told));
    }
    std::vector<std::string> words;
    if (is_whole_) words.push_back(step_words(one, thing, things_, tasks_, std::nullopt));
    for (const Thing& member : chosen_) {
      if (member.kind == ThingKind::kSemaphore && member.object == thing.object)
        words.push_back(step_words(one, member, things_, tasks_, std::nullopt));
    }
    for (std::size_t k = 1; k < words.size(); ++k) words[k].erase(0, words[k].find(' ') + 1);
    told.what = joined(words);
    story_.steps.push_back(std::move(told));
  }

  // What the next one who looks finds.
  std::optional<std::uint64_t> value_after(std::size_t i) const {
    const Thing thing = things_.of(event(i).operation);
    const auto found = touches_.find(thing);
    if (thing.kind != ThingKind::kMemory || found == touches_.end()) return std::nullopt;
    for (const Touch& touch : found->second) {
      if (touch.event > i && event(touch.event).operation.size == event(i).operation.size)
        return event(touch.event).value;
    }
    return std::nullopt;
  }

  void tell_waits() {
    if (deadlock_ == nullptr) return;
    for (std::size_t k = 0; k < deadlock_->at_fault.size(); ++k) {
      const TaskSeen* task = tasks_.find(deadlock_->at_fault[k]);
      if (task == nullptr || task->waiting == nullptr || k >= deadlock_->things.size()) continue;
      StoryStep told;
      told.task = task->name;
      told.line = sites_.of(*task->waiting);
      told.id = task->id;
      told.thing = deadlock_->things[k];
      told.what = wait_words(*task->waiting, deadlock_->things[k], things_);
      story_.steps.push_back(std::move(told));
    }
  }

  // The last to end, if it says with what.
  std::optional<std::size_t> last_exit() const {
    for (std::size_t i = end_.trace.events.size(); i-- > 0;) {
      const Event& one = event(i);
      if (one.operation.call == Call::kExit && one.value != 0 && one.value != kFailedCall) return i;
    }
    return std::nullopt;
  }

  const ControlledEnd& end_;
  const TaskList& tasks_;
  const Things& things_;
  const Sites& sites_;
  const Trace* passing_;
  const Deadlock* deadlock_;
  StoryAim aim_;
  Touches touches_;
  std::set<Thing> chosen_;
  std::vector<Thing> context_;    // others that several tasks touch, told where there is room
  std::set<std::size_t> key_;     // events in an order that differs from the passing execution's
  std::set<std::size_t> events_;  // to be told
  bool is_whole_ = false;         // whatever ends it is among them
  Story story_;
};

}  // namespace

Story tell_story(const ControlledEnd& end, const TaskList& tasks, const Things& things, const Sites& sites,
                 const Trace* passing, const Deadlock* deadlock, const StoryAim& aim) {
  return Telling(end, tasks, things, sites, passing, deadlock, aim).run();
}

Story tell_every_step(const ControlledEnd& end, const TaskList& tasks, const Things& things, const Sites& sites,
                      std::size_t most) {
  return Telling(end, tasks, things, sites, nullptr, nullptr).run_all(most);
}

}  // namespace jitterlab
