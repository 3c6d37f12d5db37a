// Keeps tasks that spin from running for ever: the fair scheduler of CHESS (Musuvathi and Qadeer: "Fair Stateless Model
// Checking", PLDI 2008) around any strategy. A task that yields gets a lower priority than the tasks that it has kept
// from running since its last yield: those that were enabled all the time, or that it disabled, and that did not run.
// It is taken out of the enabled set while one of them is in it. Programs that never spin are not affected, so nothing
// is lost for them. Freestanding.
//
// Different here: a yield is not what a task calls (a single sleep orders nothing, and the schedules in which the
// sleeper goes on at once must stay possible), but what it does: it reads, tries or sleeps at the same few places of
// the program on the same objects, again and again, and writes nothing and sends nothing in between.
#pragma once

#include "schedule/strategy.h"

namespace jitterlab {

class Fair {
 public:
  static constexpr int kRecent = 8;          // a loop of more operations than this is not taken for spinning
  static constexpr int kSpinning = 12;       // repeated operations that count as a yield
  static constexpr std::uint32_t kIdle = 8;  // yields, of whichever tasks, with nothing but spinning in between
  static constexpr int kSleepCounts = 4;     // a repeated sleep counts as so many
  // Where others are slow, that many times as many count. A loop may look some 16 times and then block (std::atomic's
  // wait does): whoever gives way before that never gets to see what happens when it blocks too early.
  static constexpr int kSlowOthers = 4;

  void begin(bool slow_others = false);
  void task_created(TaskRef child);
  // At every scheduling point, also at forced ones: those of `enabled` that may run. Not empty unless `enabled` is.
  TaskSet allowed(TaskSet enabled);
  void executed(TaskRef task, const Operation& operation);
  void removed(TaskRef task) { alive_ &= ~task.bit(); }
  // Whether whoever ran of late has only spun: what they wait for may be the time, which has to pass. Begins to count
  // again. A task that also gives locks back may have got something done that does not show here: it is a reason to let
  // sleepers wake, not to let others give up.
  enum class Idle { kNot, kTriesAndReleases, kOnlyLooks };
  Idle idle();

 private:
  struct State {
    TaskSet below;     // tasks with a higher priority
    TaskSet enabled;   // E: enabled ever since its last yield
    TaskSet disabled;  // D: disabled by it since then
    TaskSet ran;       // S: ran since then
    std::uint64_t recent[kRecent];
    std::uint8_t next_recent;
    std::uint8_t repeats;
  };

  bool is_spinning(State& state, const Operation& operation);
  void account(TaskSet enabled);

  TaskSet alive_ = 0;
  TaskSet enabled_ = 0;  // at the last scheduling point
  bool has_run_ = false;
  bool has_yielded_ = false;  // the task that ran last
  int spinning_ = kSpinning;
  std::uint32_t idle_yields_ = 0, looking_yields_ = 0;
  TaskRef last_;
  State states_[kMaxTasks] = {};
};

}  // namespace jitterlab
