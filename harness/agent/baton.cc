// Theory of operation.
//
// A task that comes to a step publishes the operation it is about to carry out and what would make it wait, and then
// chooses who goes on, itself included:
//
//   publish ─> refresh (who could go on?) ─> scheduler.choose ─> hand over ─> park ─> … chosen ─> the operation
//
// refresh() keeps the set of enabled tasks exact without running anybody: what a task waits for is looked at without
// effect, by whoever has the baton where the object has a name that all processes share (System V objects, futexes,
// other tasks), else by the task itself, which is woken for that only (Turn::kProbe). An operation marks those tasks as
// stale whose answer it may change; the others keep theirs.
//
// If nobody can go on, the virtual clock jumps to the next deadline; if there is none, the execution is at rest: the
// task with the baton tells box init (the bell) and looks again every millisecond, since signals, input and programs
// that we do not control may still change something.
//
// A task that dies hands over before, and its successor waits for its end (leave()). One that dies without that
// (killed, crashed) or blocks in a call that we do not control keeps the baton; the parked tasks look after it every 20
// ms (watch()) and take the baton away. Real time decides nothing else.
//
// Tasks may also go round in loops for ever, trying or looking again and again (livelock). That is proven (LoopProof),
// and then it is rest too: those tasks count as waiting until something moves. An execution that takes very many steps
// is brought to its end by running everyone in turn; what does not end then is stopped.
//
// Signals are blocked in the kernel while a task is parked, and delivered when it is chosen: before its operation, or,
// when that cannot go on, instead of it.
#include "agent/baton.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <poll.h>
#include <signal.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/wait.h>

#include <cerrno>
#include <ctime>

#include "agent/kernel.h"
#include "agent/kernel_signals.h"
#include "agent/private_state.h"
#include "agent/probes.h"
#include "agent/program_image.h"
#include "agent/python.h"
#include "agent/step.h"
#include "agent/task.h"
#include "agent/virtual_timers.h"
#include "agent/wrap.h"
#include "schedule/callers.h"
#include "schedule/mix.h"
#include "schedule/place.h"
#include "schedule/python_place.h"

namespace jitterlab {
namespace {

constexpr long kWatchNanoseconds = 20'000'000;
constexpr long kRestNanoseconds = 1'000'000;
constexpr std::uint32_t kPatientLooks = 8000;  // Linux asks for a connection again after 1, 3 and 7 seconds
constexpr int kLooksForLost = 25;              // of a holder that sleeps in the kernel: half a second
constexpr int kLooksForAbsence = 250;          // of a task that never begins to run the agent
constexpr std::uint64_t kSpinPause = 32;  // steps of others after which who waits for a write reads again: it may count
constexpr std::uint64_t kClockLook = 1'000;  // nanoseconds that a look at the clock takes
constexpr std::uint32_t kEvenLooks = 4096, kMostDoublings = 10;
constexpr std::uint32_t kEvenSpinLooks = 64, kMostSpinDoublings = 20;  // by who only reads the same again and again
constexpr std::uint32_t kFairShare = 500;                              // steps, when everyone runs in turn
constexpr std::uint64_t kStepTime = 10'000;                            // and a step, while there is a timer
constexpr std::int32_t kUnheld = 0, kPreparing = -1;                   // Controlled::holder

Controlled& area() { return control_area->controlled; }
ControlledTask& task_in(int slot) { return area().tasks[slot & (kMaxTasks - 1)]; }
ControlledTask& own_task() { return task_in(this_task.slot); }

// ---- waking and sleeping -------------------------------------------------------------------------------------------

long wait_on(std::atomic<std::uint32_t>& word, std::uint32_t value, long nanoseconds) {
  timespec length{0, nanoseconds};
  return kernel(SYS_futex, kernel_pointer(&word), FUTEX_WAIT, value, kernel_pointer(&length), 0, 0);
}

void wake(std::atomic<std::uint32_t>& word) { kernel(SYS_futex, kernel_pointer(&word), FUTEX_WAKE, 1); }

void tell(ControlledTask& task, Turn turn) {
  task.turn.store(static_cast<std::uint32_t>(turn), std::memory_order_release);
  wake(task.turn);
}

void sleep_for(long nanoseconds) {
  timespec length{0, nanoseconds};
  kernel(SYS_nanosleep, kernel_pointer(&length), 0);
}

// ---- is somebody dead? ---------------------------------------------------------------------------------------------

bool is_dead(std::int32_t pid) {
  const long fd = kernel(SYS_pidfd_open, pid, 0);
  if (fd == -ESRCH) return true;
  if (fd < 0) return false;
  pollfd end{static_cast<int>(fd), POLLIN, 0};
  const bool ended = kernel(SYS_poll, kernel_pointer(&end), 1, 0) > 0;
  kernel(SYS_close, fd);
  return ended;
}

void await_end(std::int32_t pid) {
  long waited = 0;  // of a child of ours, which stays a zombie
  do waited = kernel(SYS_waitid, P_PID, pid, 0, WEXITED | WNOWAIT, 0);
  while (waited == -EINTR);
  if (waited == 0) return;
  const long fd = kernel(SYS_pidfd_open, pid, 0);
  if (fd < 0) return;
  pollfd end{static_cast<int>(fd), POLLIN, 0};
  while (kernel(SYS_poll, kernel_pointer(&end), 1, -1) == -EINTR) continue;
  kernel(SYS_close, fd);
}

// Of /proc/<pid>/task/<tid>/stat, behind the command in parentheses; 0: cannot be told.
char state_of(std::int32_t pid, std::int32_t tid) {
  char path[64];
  char* end = path;
  const auto append = [&](const char* text) {
    while (*text != '\0') *end++ = *text++;
  };
  const auto append_number = [&](std::uint32_t number) {
    char digits[12];
    int count = 0;
    do digits[count++] = static_cast<char>('0' + number % 10);
    while ((number /= 10) != 0);
    while (count > 0) *end++ = digits[--count];
  };
  append("/proc/");
  append_number(static_cast<std::uint32_t>(pid));
  append("/task/");
  append_number(static_cast<std::uint32_t>(tid));
  append("/stat");
  *end = '\0';
  const long fd = kernel(SYS_open, kernel_pointer(path), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  char text[256];
  const long size = kernel(SYS_read, fd, kernel_pointer(text), sizeof text);
  kernel(SYS_close, fd);
  for (long i = size - 3; i > 0; --i) {
    if (text[i] == ')') return text[i + 2];
  }
  return 0;
}

// The first thread of a process stays, as a zombie, until the others have ended.
void await_thread_end(std::int32_t pid, std::int32_t tid) {
  while (kernel(SYS_tgkill, pid, tid, 0) == 0 && (pid != tid || state_of(pid, tid) != 'Z')) kernel(SYS_sched_yield);
}

// A process that was sent a signal that stops it.
void await_stop(std::int32_t pid) {
  for (;;) {
    const char state = state_of(pid, pid);
    if (state == 'T' || state == 't' || state == 0 || is_dead(pid)) return;
    kernel(SYS_sched_yield);
  }
}

// ---- the set of tasks ----------------------------------------------------------------------------------------------

void append_trace(TraceEvent event) {
  const std::uint32_t at = area().trace_count.fetch_add(1, std::memory_order_relaxed);
  if (at >= kMostTraceEvents) return;
  // Whoever is killed in between leaves an event without a task: one that was not written.
  const TaskId task = event.task;
  event.task = 0;
  TraceEvent& place = trace_of(control_area)[at];
  place = event;
  std::atomic_ref<TaskId>(place.task).store(task, std::memory_order_release);
}

void append_note(const TraceEvent& event) {
  Controlled& all = area();
  const std::uint32_t count = all.trace_count.load(std::memory_order_relaxed);
  if (all.notes_end != 0) return;
  if (count < kRoomForNotes)
    append_trace(event);
  else
    all.notes_end = count + 1;
}

bool is_fault(int signal) {
  switch (signal) {
    case SIGILL:
    case SIGTRAP:
    case SIGABRT:
    case SIGBUS:
    case SIGFPE:
    case SIGSEGV:
    case SIGSYS:
      return true;
    default:
      return false;
  }
}

void add_crash(TaskId process, std::int32_t pid, int signal) {
  Controlled& all = area();
  if (all.crash_count >= kMostCrashes) return;
  all.crashes[all.crash_count++] = {process, pid, signal};
  all.unknown_crashes += signal == 0;
}

// Of what its children died of, the calling process is told, as long as it has not waited for them.
void look_at_crashes() {
  Controlled& all = area();
  for (std::uint32_t i = 0; i < all.crash_count && i < kMostCrashes; ++i) {
    Crash& crash = all.crashes[i];
    siginfo_t end{};
    if (crash.signal != 0) continue;
    if (kernel(SYS_waitid, P_PID, crash.pid, kernel_pointer(&end), WEXITED | WNOHANG | WNOWAIT, 0) != 0) continue;
    if (end.si_pid != crash.pid) continue;
    --all.unknown_crashes;
    const bool is_crash = (end.si_code == CLD_KILLED || end.si_code == CLD_DUMPED) && is_fault(end.si_status);
    crash.signal = is_crash ? end.si_status : -1;
  }
}

void remove_task(int slot) {
  Controlled& all = area();
  ControlledTask& task = task_in(slot);
  if (task.life == Life::kNone) return;
  task.life = Life::kNone;
  if (task.is_timer) --all.timer_count;
  std::uint32_t kept = 0;
  for (std::uint32_t i = 0; i < all.task_count; ++i) {
    if (all.order[i] != slot) all.order[kept++] = all.order[i];
  }
  all.task_count = kept;
  all.scheduler.removed(task.ref);
  all.loops.moved();
}

void remove_process(std::int32_t pid, int but = -1) {
  Controlled& all = area();
  for (int i = static_cast<int>(all.task_count) - 1; i >= 0; --i) {
    const int slot = all.order[i];
    if (slot != but && task_in(slot).pid == pid && !goes_on_with_another(task_in(slot))) remove_task(slot);
  }
}

// exec ends the other threads, and timers but those of setitimer.
void remove_what_exec_ends(std::int32_t pid, int but) {
  Controlled& all = area();
  for (int i = static_cast<int>(all.task_count) - 1; i >= 0; --i) {
    const int slot = all.order[i];
    const ControlledTask& task = task_in(slot);
    const bool stays = task.is_timer && task.timer.kind < static_cast<int>(TimerKind::kPosix);
    if (slot != but && task.pid == pid && !stays && !goes_on_with_another(task_in(slot))) remove_task(slot);
  }
}

int find_slot(TaskId id) {
  Controlled& all = area();
  for (std::uint32_t i = 0; i < all.task_count; ++i) {
    if (task_in(all.order[i]).ref.id == id) return all.order[i];
  }
  return -1;
}

void admit_roots() {
  Controlled& all = area();
  const std::uint32_t roots = all.roots.load(std::memory_order_acquire);
  while (all.admitted < roots && all.admitted < kMaxTasks) {
    const int slot = create_slot(0, root_task_id(all.root_number[all.admitted++]), true);
    if (slot >= 0) task_in(slot).pid = 0;
  }
}

// A process ended: what it held is free, what it wrote to is closed, its parent may be told.
void note_death() { everybody_looks_again(); }

// ---- who could go on -----------------------------------------------------------------------------------------------

bool look(ControlledTask& task) {
  const Wait& wait = task.wait;
  switch (wait.what) {
    case WaitFor::kNothing:
      return true;
    case WaitFor::kSemaphores:
      return semaphores_let(wait);
    case WaitFor::kSending:
      return queue_has_room(wait);
    case WaitFor::kReceiving:
      return queue_has_message(wait);
    case WaitFor::kTask:
      return find_slot(wait.task) < 0;
    case WaitFor::kFutex:
    case WaitFor::kWrite:
      return task.woken;
    case WaitFor::kOwn:
      return wait.probe(wait.argument);
    case WaitFor::kNever:
      return false;
  }
  return true;
}

void mask_signals() {
  if (this_task.masked) return;
  this_task.mask = block_signals();
  this_task.masked = true;
}

// Handlers run here, and may take steps of their own.
void unmask_signals() {
  Task& task = this_task;
  if (!task.masked) return;
  task.masked = false;
  const SignalMask own = task.mask, waiting = task.waiting_mask;
  // The handler runs under the mask that sigsuspend asked for. What comes while it runs is not let through after it.
  if (task.has_waiting_mask) {
    task.has_waiting_mask = false;
    if (pending_signals(waiting).any) kernel(SYS_rt_sigsuspend, kernel_pointer(&waiting), sizeof waiting);
    task.has_waiting_mask = true;
    task.waiting_mask = waiting;
  }
  restore_signals(own);
}

SignalMask effective_mask() {
  if (this_task.has_waiting_mask) return this_task.waiting_mask;
  return this_task.masked ? this_task.mask : current_mask();
}

// Of the calling task only: both its operation and its signals.
void look_at_oneself() {
  ControlledTask& own = own_task();
  own.ready = look(own);
  if (!own.maybe_signal) return;
  const PendingSignals signals = pending_signals(effective_mask());
  own.interrupted = signals.any;
  own.restarts = signals.restarts;
  own.fatal = signals.fatal;
  own.stop_signal = static_cast<std::uint8_t>(signals.stop_signal);
  own.maybe_signal = false;
}

void ask_to_look(int slot) {
  ControlledTask& task = task_in(slot);
  Controlled& all = area();
  all.answer.store(0, std::memory_order_relaxed);
  tell(task, Turn::kProbe);
  int looks = 0;
  while (all.answer.load(std::memory_order_acquire) == 0) {
    wait_on(all.answer, 0, kWatchNanoseconds);
    if (all.answer.load(std::memory_order_acquire) != 0) break;
    if (is_dead(task.pid) || ++looks > kLooksForAbsence) {
      task.turn.store(static_cast<std::uint32_t>(Turn::kStay));
      const std::int32_t pid = task.pid;
      remove_process(pid);
      note_death();
      return;
    }
  }
}

void refresh(int slot) {
  ControlledTask& task = task_in(slot);
  if (!task.stale && !task.maybe_signal) return;
  task.stale = false;
  if (task.is_timer) return;
  if (!task.arrived) {  // before its first operation, which never waits
    task.ready = true;
    return;
  }
  const bool in_sight = task.wait.what != WaitFor::kOwn || task.pid == own_task().pid;
  if (slot == this_task.slot)
    look_at_oneself();
  else if (in_sight && !task.maybe_signal)
    task.ready = look(task);
  else
    ask_to_look(slot);
  task.waited |= !task.ready;
}

bool has_timed_out(const ControlledTask& task) {
  if (task.is_timer) return may_expire(task);
  if (task.wait.deadline == 0) return false;
  if (area().loops.is_proving()) return true;
  return (area().slow_others && !task.wait.is_guard) || task.wait.deadline <= area().clock;
}

bool is_cancelled(const ControlledTask& task) {
  return task.cancelled && !task.ignores_cancel && task.wait.on_cancel != OnCancel::kWaits;
}

// Nobody of ours does anything when the loops are proven. A wait that was given up in the round before, and now could
// go on, was reached from outside: bytes came from a program that is not controlled, perhaps while the proof was made.
bool has_changed(const ControlledTask& task) {
  return task.ready && task.wait.deadline != 0 && task.given_up_at == task.operation.place;
}

void fill_enabled() {
  Controlled& all = area();
  Enabled& enabled = all.enabled;
  enabled.count = 0;
  enabled.last = -1;
  for (std::uint32_t i = 0; i < all.task_count; ++i) {
    const int slot = all.order[i];
    ControlledTask& task = task_in(slot);
    if (task.life != Life::kParked || task.stopped) continue;
    const std::uint32_t count = all.task_count;
    const bool has_paused = all.progress.load(std::memory_order_relaxed) - task.published_at > kSpinPause;
    const bool reads_again = has_paused || all.loops.is_proving();
    if (task.wait.what == WaitFor::kWrite && reads_again) task.woken = task.stale = true;
    refresh(slot);
    if (all.task_count != count) {  // it turned out to be dead
      i = static_cast<std::uint32_t>(-1);
      enabled.count = 0;
      enabled.last = -1;
      continue;
    }
    if (!task.ready && !task.interrupted && !has_timed_out(task) && !is_cancelled(task)) continue;
    if (all.loops.loops(task.ref.slot) && !task.interrupted && !has_changed(task)) continue;
    all.due[enabled.count] = task.ready || task.interrupted || is_cancelled(task) ? 0 : task.wait.deadline;
    if (static_cast<std::int32_t>(slot) == all.last_slot) enabled.last = enabled.count;
    Pending& pending = enabled.pending[enabled.count++];
    pending.task = task.ref;
    pending.operation = task.operation;
    if (task.interrupted) pending.operation = Operation{.kind = StepKind::kSignal, .object = task.ref.id};
  }
}

bool waits_in_system_v(const ControlledTask& task) {
  return task.life == Life::kParked && task.arrived && !task.ready &&
         (task.wait.what == WaitFor::kSemaphores || task.wait.what == WaitFor::kSending ||
          task.wait.what == WaitFor::kReceiving || task.wait.is_served);
}

// Linux completes the operation of a waiting task at the moment of the change: its successor in the queue, or whoever
// made the change, cannot overtake it. A task of which nobody can know yet that it waits is taken to be held up just
// before its call, where it can be overtaken.
void serve_first_in_kernel() {
  Controlled& all = area();
  Enabled& enabled = all.enabled;
  int first = -1;
  for (int i = 0; i < enabled.count; ++i) {
    const ControlledTask& task = task_in(static_cast<int>(enabled.pending[i].task.slot));
    if (!task.in_kernel || !task.ready || task.interrupted) continue;
    if (first < 0 || task.queued < task_in(static_cast<int>(enabled.pending[first].task.slot)).queued) first = i;
  }
  if (first < 0) return;
  enabled.last = enabled.last == first ? 0 : -1;
  enabled.pending[0] = enabled.pending[first];
  all.due[0] = 0;
  enabled.count = 1;
}

// Whatever the strategy thinks of it.
void let_overdue_timer_expire() {
  Controlled& all = area();
  Enabled& enabled = all.enabled;
  for (int i = 0; all.timer_count > 0 && i < enabled.count; ++i) {
    const ControlledTask& task = task_in(static_cast<int>(enabled.pending[i].task.slot));
    if (!task.is_timer || !must_expire(task)) continue;
    enabled.pending[0] = enabled.pending[i];
    all.due[0] = 0;
    enabled.count = 1;
    enabled.last = -1;
  }
}

void put_waiters_into_kernel() {
  Controlled& all = area();
  for (std::uint32_t i = 0; i < all.task_count; ++i) {
    ControlledTask& task = task_in(all.order[i]);
    if (waits_in_system_v(task)) task.in_kernel = true;
  }
}

// Timers of a process, or of all, that waited for it to do something.
void let_timers_expire(std::int32_t pid) {
  Controlled& all = area();
  for (std::uint32_t i = 0; i < all.task_count && all.timer_count > 0; ++i) {
    ControlledTask& task = task_in(all.order[i]);
    const bool is_shared = task.timer.kind == static_cast<int>(TimerKind::kDescriptor);
    if (task.is_timer && (pid == 0 || task.pid == pid || is_shared)) task.timer.must_wait = false;
  }
}

enum class Deadlines { kAll, kNoGuards };

bool jump_to_next_deadline(Deadlines which = Deadlines::kAll) {
  Controlled& all = area();
  std::uint64_t next = 0;
  for (std::uint32_t i = 0; i < all.task_count; ++i) {
    const ControlledTask& task = task_in(all.order[i]);
    if (task.life != Life::kParked || task.wait.deadline == 0 || task.stopped || expires_unnoticed(task)) continue;
    if (which == Deadlines::kNoGuards && task.wait.is_guard) continue;
    if (all.loops.loops(task.ref.slot)) continue;
    if (next == 0 || task.wait.deadline < next) next = task.wait.deadline;
  }
  if (next == 0) return false;
  let_timers_expire(0);
  put_waiters_into_kernel();
  if (next > all.clock) all.clock = next;
  return true;
}

bool any_spins() {
  Controlled& all = area();
  bool any = false;
  for (std::uint32_t i = 0; i < all.task_count; ++i) {
    const ControlledTask& task = task_in(all.order[i]);
    any |= task.life == Life::kParked && task.wait.what == WaitFor::kWrite && !task.stopped;
  }
  return any;
}

// Nobody can go on but who only reads the same again and again. Its loop may count, so it is let go on although nobody
// has written, unless it is proven that this leads nowhere.
bool let_spinners_go() {
  Controlled& all = area();
  if (all.loops.is_proven() || !any_spins()) return false;
  if (all.loops.start()) return true;
  for (std::uint32_t i = 0; i < all.task_count; ++i) {
    ControlledTask& task = task_in(all.order[i]);
    if (task.life == Life::kParked && task.wait.what == WaitFor::kWrite) task.woken = task.stale = true;
  }
  return true;
}

void ring() {
  const long fd = kernel(SYS_open, kernel_pointer(bell_path), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return;
  const char one = 1;
  kernel(SYS_write, fd, kernel_pointer(&one), 1);
  kernel(SYS_close, fd);
}

bool waits_in_real_time() {
  Controlled& all = area();
  for (std::uint32_t i = 0; i < all.task_count; ++i) {
    const ControlledTask& task = task_in(all.order[i]);
    if (task.life == Life::kParked && task.wait.in_real_time) return true;
  }
  return false;
}

// Programs are killed one after another. Whoever has come to rest before does not go on because another one is dead.
void stay_if_ending() {
  while (area().ending.load(std::memory_order_acquire) != 0) sleep_for(500'000'000);
}

// Nobody can go on. What is outside our control may still change that.
void rest() {
  Controlled& all = area();
  if (waits_in_real_time() && all.patience.fetch_add(1) < kPatientLooks) {
    sleep_for(kRestNanoseconds);
    return everybody_looks_again();
  }
  const std::uint32_t looks = all.resting.fetch_add(1) + 1;
  all.looks.fetch_add(1);
  if (looks <= 3) ring();
  sleep_for(kRestNanoseconds);
  for (int i = static_cast<int>(all.task_count) - 1; i >= 0; --i) {
    ControlledTask& task = task_in(all.order[i]);
    if (task.pid == 0 || !task.arrived) continue;
    if (task.pid != own_task().pid && is_dead(task.pid)) {
      stay_if_ending();
      remove_process(task.pid);
      i = static_cast<int>(all.task_count);
    }
  }
  everybody_looks_again();
  const std::uint32_t orders = all.orders.load(std::memory_order_acquire);
  if (orders % 2 != 0 || orders == all.orders_seen) return;
  all.orders_seen = orders;
  all.loops.moved();
}

[[noreturn]] void stop(Stopped why) {
  area().stopped.store(static_cast<std::uint32_t>(why));
  ring();
  for (;;) sleep_for(500'000'000);
}

// ---- effects of an operation on who could go on --------------------------------------------------------------------

bool overlap(const Operation& a, const Operation& b) {
  if (a.object != b.object) return false;
  if (a.size == 0 || b.size == 0) return true;
  return a.offset < b.offset + b.size && b.offset < a.offset + a.size;
}

bool changes_much(StepKind kind) {
  return kind == StepKind::kExit || kind == StepKind::kSignal || kind == StepKind::kObject ||
         kind == StepKind::kOther || kind == StepKind::kWait;
}

bool moves_bytes(StepKind kind) { return kind == StepKind::kSend || kind == StepKind::kReceive; }

// What was sent to a task before its first step is delivered after that.
bool takes_signals(const ControlledTask& task) { return task.arrived && task.operation.kind != StepKind::kStart; }

bool may_signal(const Operation& operation, const ControlledTask& task) {
  if (!takes_signals(task)) return false;
  if (operation.kind == StepKind::kExit) return true;
  return operation.kind == StepKind::kSignal &&
         (operation.object == 0 || operation.object == task.process || operation.object == task.ref.id);
}

// A signal was sent to a process, or one of its threads has taken one: its threads look again.
void process_looks_for_signals(std::int32_t pid) {
  Controlled& all = area();
  for (std::uint32_t i = 0; i < all.task_count; ++i) {
    ControlledTask& task = task_in(all.order[i]);
    if (task.pid == pid && takes_signals(task)) task.maybe_signal = task.stale = true;
  }
}

void mark_stale(int chosen, const Operation& operation) {
  Controlled& all = area();
  const bool is_access = operation.kind <= StepKind::kAtomic;
  for (std::uint32_t i = 0; i < all.task_count; ++i) {
    const int slot = all.order[i];
    ControlledTask& task = task_in(slot);
    if (slot == chosen || task.life != Life::kParked) continue;
    if (may_signal(operation, task)) task.maybe_signal = true;
    if (task.wait.what == WaitFor::kNothing) continue;
    if (task.wait.what == WaitFor::kWrite) {
      if (is_access && operation.is_write && operation.object == task.operation.object) task.woken = task.stale = true;
      continue;
    }
    if (is_access && task.wait.what != WaitFor::kOwn) continue;
    if (changes_much(operation.kind) || overlap(operation, task.operation) ||
        (task.wait.is_descriptor && moves_bytes(operation.kind)))
      task.stale = true;
  }
}

// ---- choosing ------------------------------------------------------------------------------------------------------

std::uint8_t flags_of(const ControlledTask& task) {
  int flags = task.wait.deadline != 0 ? TraceEvent::kTimed : 0;
  if (task.outcome == Outcome::kTimedOut) flags |= TraceEvent::kTimedOut;
  if (task.outcome == Outcome::kInterrupted || task.outcome == Outcome::kCancelled) flags |= TraceEvent::kInterrupted;
  return static_cast<std::uint8_t>(flags);
}

Outcome outcome_of(const ControlledTask& task) {
  if (task.interrupted) return Outcome::kInterrupted;
  if (is_cancelled(task)) return Outcome::kCancelled;
  return task.ready ? Outcome::kGo : Outcome::kTimedOut;
}

// Time passes even while somebody is always able to go on: by the clock of who only spins, others sleep for long.
void let_time_pass_for_idle() {
  if (area().loops.is_proving()) return;
  const Fair::Idle idle = area().scheduler.idle();
  if (idle != Fair::Idle::kNot)
    jump_to_next_deadline(idle == Fair::Idle::kOnlyLooks ? Deadlines::kAll : Deadlines::kNoGuards);
}

std::uint8_t effect_of(const ControlledTask& task, bool rested) {
  const int told = task.interrupted ? 0 : task.effect | (task.waited ? kWaited : 0);
  return static_cast<std::uint8_t>(told | (rested ? kAfterRest : 0));
}

// Everyone in turn, until it waits or has had its share.
int next_in_turn() {
  Controlled& all = area();
  const Enabled& enabled = all.enabled;
  all.runs_in_turn = true;
  if (enabled.last >= 0 && all.share_left > 0) {
    --all.share_left;
    return enabled.last;
  }
  all.share_left = kFairShare;
  const auto distance = [&](int index) {  // from the slot of the one before, going round
    return (enabled.pending[index].task.slot - static_cast<std::uint32_t>(all.last_slot) - 1) % kMaxTasks;
  };
  int next = 0;
  for (int i = 1; i < enabled.count; ++i) {
    if (distance(i) < distance(next)) next = i;
  }
  return next;
}

// The slot of the task or timer that goes on; -1: nobody is left.
int choose_one() {
  Controlled& all = area();
  bool rested = false;
  admit_roots();
  let_time_pass_for_idle();
  int settled = LoopProof::kStrategy;
  for (;;) {
    if (all.loops.is_due()) all.loops.start();
    fill_enabled();
    if (rested) stay_if_ending();
    serve_first_in_kernel();
    let_overdue_timer_expire();
    if (all.enabled.count > 0) {
      const bool proves = all.loops.is_proving();
      settled = all.loops.pick(all.enabled, all.due);
      if (settled == LoopProof::kRest) all.orders_seen = all.orders.load(std::memory_order_acquire);
      if (settled >= 0 || !proves) break;
      continue;  // proven, or given up: now others can go on
    }
    if (all.task_count <= all.timer_count) return -1;
    if (jump_to_next_deadline() || let_spinners_go()) continue;
    mask_signals();
    rest();
    rested = true;
    admit_roots();
  }
  const std::uint64_t done = all.progress.fetch_add(1);
  if (done >= std::uint64_t{2} * all.most_steps) stop(Stopped::kSteps);
  if (done + 1 == all.stop_at) stop(Stopped::kHeld);
  if (done >= all.most_steps && settled < 0) settled = next_in_turn();
  all.resting.store(0);
  all.patience.store(0);
  if (all.loops.is_proven()) all.loops.moved();  // somebody goes on after all, perhaps in a signal handler
  if (settled >= 0) all.scheduler.force(all.enabled, settled);
  const int index = settled >= 0 ? settled : all.scheduler.choose(all.enabled);
  const Pending& picked = all.enabled.pending[index];
  const int slot = static_cast<int>(picked.task.slot);
  ControlledTask& task = task_in(slot);
  task.outcome = outcome_of(task);
  if (task.wait.deadline != 0) task.given_up_at = task.outcome == Outcome::kTimedOut ? task.operation.place : 0;
  if (task.outcome == Outcome::kTimedOut && task.wait.deadline > all.clock) all.clock = task.wait.deadline;
  if (all.timer_count > 0) all.clock += kStepTime;
  count_steps_of_timers();
  if (!task.is_timer) all.last_slot = slot;
  append_trace(TraceEvent{.kind = TraceEvent::Kind::kExecuted,
                          .flags = flags_of(task),
                          .choice = all.scheduler.choice(),
                          .effect = effect_of(task, rested),
                          .task = task.ref.id,
                          .parent = picked.operation.place != 0 ? task.callers : 0,
                          .operation = picked.operation,
                          .detail = task.interrupted ? 0 : task.detail});
  all.last_trace = all.trace_count.load(std::memory_order_relaxed) - 1;
  all.scheduler.executed(picked.task, picked.operation);
  if (task.outcome == Outcome::kGo) mark_stale(slot, picked.operation);
  if (task.outcome == Outcome::kInterrupted)
    process_looks_for_signals(task.pid);
  else if (!task.is_timer && !task.in_handler)
    let_timers_expire(task.pid);
  return slot;
}

// A signal of our own process is taken when we are chosen with it, not in the middle of choosing.
void expire(int slot) {
  mask_signals();
  ControlledTask& timer = task_in(slot);
  area().loops.moved();
  if (!expire_timer(timer)) return remove_task(slot);
  mark_stale(slot, timer.operation);
  process_looks_for_signals(timer.pid);
}

int choose() {
  for (;;) {
    const int slot = choose_one();
    if (slot < 0 || !task_in(slot).is_timer) return slot;
    expire(slot);
  }
}

void begin_turn(ControlledTask& own) {
  if (own.await_stop != 0) {
    await_stop(own.await_stop);
    own.await_stop = 0;
  }
  if (own.await_pid != 0) {
    await_end(own.await_pid);
    own.await_pid = 0;
  }
  if (own.await_tid != 0) {
    await_thread_end(own.await_tgid, own.await_tid);
    own.await_tid = 0;
  }
}

// Hands the baton to the chosen task. True when that is the calling one.
bool hand_over(int slot) {
  Controlled& all = area();
  if (slot == this_task.slot) {
    all.holder.store(slot + 1, std::memory_order_release);
    own_task().life = Life::kRunning;
    return true;
  }
  task_in(slot).life = Life::kRunning;
  all.holder.store(slot + 1, std::memory_order_release);
  tell(task_in(slot), Turn::kGo);
  return false;
}

// ---- watching over the one with the baton --------------------------------------------------------------------------

struct Watch {
  std::uint64_t progress = 0;
  std::int32_t holder = 0;
  int looks = 0;
};

// Called now and then by parked tasks. True when the caller has the baton now and must decide.
bool watch(Watch& watch) {
  Controlled& all = area();
  std::int32_t holder = all.holder.load(std::memory_order_acquire);
  const std::uint64_t progress = all.progress.load();
  if (holder <= 0 || holder == this_task.slot + 1 || all.stopped.load() != 0) return false;
  if (holder != watch.holder || progress != watch.progress || all.resting.load() != 0 || all.patience.load() != 0)
    watch = {progress, holder, 0};
  ControlledTask& task = task_in(holder - 1);
  const std::int32_t pid = task.pid, tid = task.tid;
  ++watch.looks;
  if (pid != 0 && is_dead(pid)) {
    const TaskId process = task.process;
    if (!all.holder.compare_exchange_strong(holder, this_task.slot + 1)) return false;
    add_crash(process, pid, 0);
    remove_process(pid);
    note_death();
    return true;
  }
  const bool absent = !task.arrived && watch.looks > kLooksForAbsence;
  const bool blocked = task.arrived && watch.looks > kLooksForLost && state_of(pid, tid) == 'S' &&
                       all.resting.load() == 0 && all.patience.load() == 0;
  if (!absent && !blocked) return false;
  if (!all.holder.compare_exchange_strong(holder, this_task.slot + 1)) return false;
  if (all.lost.fetch_add(1) == 0) {
    all.lost_place = task.operation.place;
    all.lost_kind = static_cast<std::uint32_t>(task.operation.kind);
    all.lost_call = task.raw_call;
  }
  if (absent)
    remove_task(holder - 1);
  else
    task.life = Life::kOutside;
  return true;
}

// Until the calling task is chosen.
void park() {
  ControlledTask& own = own_task();
  Watch seen;
  for (;;) {
    std::uint32_t turn = own.turn.load(std::memory_order_acquire);
    switch (static_cast<Turn>(turn)) {
      case Turn::kGo:
        own.turn.store(static_cast<std::uint32_t>(Turn::kStay));
        begin_turn(own);
        return;
      case Turn::kProbe:
        look_at_oneself();
        own.turn.compare_exchange_strong(turn, static_cast<std::uint32_t>(Turn::kStay));
        area().answer.store(1, std::memory_order_release);
        wake(area().answer);
        break;
      case Turn::kDecide:
        own.turn.store(static_cast<std::uint32_t>(Turn::kStay));
        begin_turn(own);
        everybody_looks_again();
        if (hand_over(choose())) return;
        break;
      case Turn::kStay:
        if (wait_on(own.turn, turn, kWatchNanoseconds) != -ETIMEDOUT || !watch(seen)) break;
        everybody_looks_again();
        if (hand_over(choose())) return;
        break;
    }
  }
}

// The shortest time limit on a wait for others that is a guard. Timers and sleeps are none.
constexpr std::uint64_t kGuard = 1'000'000'000;

bool is_guard(const Operation& operation, const Wait& wait, std::uint64_t now) {
  return wait.what != WaitFor::kNever && operation.kind != StepKind::kSleep && wait.deadline >= now + kGuard;
}

// Where in the program a step is, and from where that was called.
struct Origin {
  std::uint64_t place = 0, callers = 0;  // Operation::place, packed_callers()
};

bool is_in_program(std::uint64_t place) { return program_of_place(place) >= 0; }

// Eight bytes; there may be holes between the parts of a program. A change of the mask that is refused reads them.
bool is_readable(std::uintptr_t address) {
  constexpr long kNoSuchChange = 99;
  return kernel(SYS_rt_sigprocmask, kNoSuchChange, static_cast<long>(address), 0, sizeof(SignalMask)) != -EFAULT;
}

// A call in the program: of what lies near (e8 and four bytes), or, as programs are compiled with -fno-plt, of what is
// in a library (ff 15 and four bytes).
bool follows_call(std::uintptr_t address) {
  constexpr std::uintptr_t kLength = 6;
  if (!is_in_program(place_of(reinterpret_cast<const void*>(address - kLength)))) return false;
  if (!is_readable(address - kLength)) return false;
  const auto* bytes = reinterpret_cast<const unsigned char*>(address - kLength);
  return bytes[1] == 0xe8 || (bytes[0] == 0xff && bytes[1] == 0x15);
}

// The first return address into the program on the stack above a call that a library made, as libstdc++ does for
// std::condition_variable: it follows a call instruction. 0: there is none nearby.
std::uint64_t place_on_stack(const std::uintptr_t* from, std::uintptr_t end) {
  constexpr int kMostWords = 64;
  for (int i = 0; i < kMostWords && reinterpret_cast<std::uintptr_t>(from + i + 1) <= end; ++i) {
    if (follows_call(from[i])) return place_of(reinterpret_cast<const void*>(from[i]));
  }
  return 0;
}

// Of a step in a script, or of a call that one makes; null: of neither.
const void* script_place_of(const void* pc) {
  if (is_python_place(reinterpret_cast<std::uintptr_t>(pc))) return pc;
  return script_place != nullptr ? script_place() : nullptr;
}

// Programs are compiled with frame pointers. Of what is not, whatever is found in the task's own stack is only a hint.
Origin origin_of(const void* pc) {
  constexpr int kMostFrames = 12;
  if (const void* place = script_place_of(pc)) return {place_of(place)};
  Origin origin{place_of(pc)};
  const std::uintptr_t end = this_task.stack_end;
  const auto* frame = static_cast<const std::uintptr_t*>(__builtin_frame_address(0));
  std::uint64_t callers[2] = {};
  int count = -1;  // -1: still in the agent
  for (int i = 0; i < kMostFrames && count < 2; ++i) {
    const auto here = reinterpret_cast<std::uintptr_t>(frame);
    if (here % sizeof(void*) != 0 || here >= end || end - here < 2 * sizeof(void*)) break;
    if (count >= 0) {
      callers[count++] = place_of(reinterpret_cast<const void*>(frame[1]));
    } else if (frame[1] == reinterpret_cast<std::uintptr_t>(pc)) {
      count = 0;
      const std::uint64_t above = is_in_program(origin.place) ? 0 : place_on_stack(frame + 2, end);
      if (above != 0) origin.place = above;
    }
    if (frame[0] <= here) break;
    frame = reinterpret_cast<const std::uintptr_t*>(frame[0]);
  }
  if (is_in_program(origin.place)) origin.callers = packed_callers(origin.place, callers[0], callers[1]);
  return origin;
}

// Publishes an operation and comes back when it was chosen.
void publish_and_park(const Step& step, const Operation& operation, const Wait& wait) {
  Controlled& all = area();
  ControlledTask& own = own_task();
  std::int32_t holder = all.holder.load(std::memory_order_acquire);
  // Everybody else has ended while this task was blocked out of our control.
  if (holder == kUnheld && all.holder.compare_exchange_strong(holder, this_task.slot + 1)) holder = this_task.slot + 1;
  const bool holds = holder == this_task.slot + 1;
  own.operation = operation;
  own.effect = step.effect;
  own.detail = step.detail;
  own.wait = wait;
  own.wait.is_guard = is_guard(operation, wait, all.clock);
  own.woken = own.interrupted = own.ready = own.in_kernel = own.waited = false;
  own.stale = true;
  own.maybe_signal = wait.what == WaitFor::kNever || this_task.masked;
  own.in_handler = this_task.handler_frame != 0;
  own.queued = ++all.next_queued;
  own.published_at = all.progress.load(std::memory_order_relaxed);
  std::atomic_thread_fence(std::memory_order_release);
  own.life = Life::kParked;
  // Somebody took the baton away from us while we were blocked; he finds us parked again.
  if (!holds) {
    mask_signals();
    return park();
  }
  const int slot = choose();
  if (slot != this_task.slot) mask_signals();
  if (!hand_over(slot)) park();
}

Operation operation_of(const Step& step) {
  Operation operation;
  operation.kind = step.kind;
  operation.is_write = step.is_write || step.kind == StepKind::kLock || step.kind >= StepKind::kUnlock;
  operation.size = static_cast<std::uint32_t>(step.size);
  operation.object = step.object;
  operation.offset = step.offset;
  operation.call = step.call;
  return operation;
}

// What is about to be read or overwritten.
std::uint64_t value_at(const void* address, std::size_t size) {
  switch (size) {
    case 1:
      return *static_cast<const volatile std::uint8_t*>(address);
    case 2:
      return *static_cast<const volatile std::uint16_t*>(address);
    case 4:
      return *static_cast<const volatile std::uint32_t*>(address);
    case 8:
      return *static_cast<const volatile std::uint64_t*>(address);
    default:
      return 0;
  }
}

void note_value(std::uint64_t value) {
  const std::uint32_t at = area().last_trace;
  if (at < kMostTraceEvents) trace_of(control_area)[at].value = value;
}

void note_effect(Effect effect) {
  const std::uint32_t at = area().last_trace;
  if (at < kMostTraceEvents) trace_of(control_area)[at].effect |= effect;
}

// ---- reading the same again and again ------------------------------------------------------------------------------

// A loop of up to four reads that saw the same values three times over, and did nothing else, waits for a write.
void note_read(const Step& step, std::uint64_t value) {
  Spin& spin = this_task.spin;
  const std::uint64_t what = mix(reinterpret_cast<std::uint64_t>(step.pc), step.object, step.offset, value);
  bool seen = false;
  for (const std::uint64_t recent : spin.recent) seen |= recent == what;
  spin.recent[spin.next++ % Spin::kRecent] = what;
  spin.repeats = seen ? spin.repeats + 1 : 0;
}

// A Python program opens some hundred files before it has a second task: nothing to choose, nothing to tell.
bool is_alone_in_python() {
  const Controlled& all = area();
  return python() != nullptr && all.task_count == 1 && all.timer_count == 0 && all.admitted == all.roots.load();
}

// ---- going round in loops ------------------------------------------------------------------------------------------

std::uint64_t name_of(const Operation& operation) {
  return mix(operation.place, operation.object, operation.offset, static_cast<std::uint64_t>(operation.kind));
}

// Of the calling task, which has come to its next operation. One that looked at the clock is never where it was.
void tell_state(const Operation& operation, const Wait& wait) {
  LoopProof& loops = area().loops;
  if (!loops.wants_state(own_task().ref)) return;
  const StateHash stack = state_of_stack();
  if (!stack.is_known) return loops.give_up();
  const std::uint64_t time = this_task.has_seen_time ? area().clock : 0;
  if (!loops.came(mix(stack.hash, name_of(operation), static_cast<std::uint64_t>(wait.what), time))) return;
  const StateHash data = state_of_data();
  if (!data.is_known) return loops.give_up();
  loops.whole(data.hash);
}

// Its value is what tells one P of many from another: it takes a token.
std::uint64_t semaphore_value(const Wait& wait) {
  if (wait.what != WaitFor::kSemaphores || wait.operations == 0) return 0;
  return static_cast<std::uint64_t>(kernel(SYS_semctl, wait.id, wait.operation[0].member, GETVAL));
}

void note_executed(const Operation& operation, const Wait& wait, Outcome outcome, std::uint64_t value) {
  LoopProof& loops = area().loops;
  if (loops.is_proving()) value += semaphore_value(wait);
  const bool gets_on = outcome == Outcome::kInterrupted || (moves_bytes(operation.kind) && outcome == Outcome::kGo);
  loops.executed(own_task().ref, mix(name_of(operation), static_cast<std::uint64_t>(outcome), value), gets_on);
}

// Where others are slow, a loop may well come to its end before they have got on.
std::uint32_t enough_looks() { return area().slow_others ? Fair::kSlowOthers * Spin::kEnough : Spin::kEnough; }

bool may_spin(const Step& step) {
  return step.kind == StepKind::kRead || step.kind == StepKind::kAtomic ||
         (step.kind == StepKind::kSleep && step.is_yield);
}

void mark_stopped(std::int32_t pid) {
  Controlled& all = area();
  for (std::uint32_t i = 0; i < all.task_count; ++i) {
    ControlledTask& task = task_in(all.order[i]);
    if (task.pid == pid && !task.is_timer) task.stopped = true;
  }
}

// Who can take the baton from a task that ends or is stopped; rather one that runs already. -1: nobody.
int find_successor() {
  Controlled& all = area();
  int next = -1;
  for (std::uint32_t i = 0; i < all.task_count; ++i) {
    const ControlledTask& task = task_in(all.order[i]);
    if (task.life != Life::kParked || task.is_timer || task.stopped) continue;
    if (next < 0 || (task.arrived && !task_in(next).arrived)) next = all.order[i];
  }
  return next;
}

// The list of tasks may be changing while we look, and the slot of a program that box init has just started is made by
// whoever chooses next.
int find_own_slot(bool is_new) {
  for (int tries = 0; tries < 3000; ++tries) {
    for (int slot = 0; slot < kMaxTasks; ++slot) {
      const ControlledTask& task = task_in(slot);
      if (task.life != Life::kNone && task.ref.id == this_task.id) return slot;
    }
    if (!is_new) break;
    if (tries < 1000)
      kernel(SYS_sched_yield);
    else
      sleep_for(kRestNanoseconds);
  }
  return -1;
}

}  // namespace

// ---- for the rest of the agent -------------------------------------------------------------------------------------

constinit ScriptPlace script_place = nullptr;

bool is_controlled() {
  return control_area != nullptr && control_area->mode == ControlMode::kControlled && this_task.slot >= 0 &&
         this_task.entry != nullptr;
}

void note_detail_in_trace(std::uint64_t detail) {
  const std::uint32_t at = area().last_trace;
  if (at < kMostTraceEvents) trace_of(control_area)[at].detail = detail;
}

void note_in_trace(const Step& what) {
  Operation operation = operation_of(what);
  const Origin origin = what.pc != nullptr ? origin_of(what.pc) : Origin{};
  operation.place = origin.place;
  append_note(TraceEvent{.kind = TraceEvent::Kind::kNoted,
                         .effect = what.effect,
                         .task = this_task.id,
                         .parent = origin.callers,
                         .operation = operation,
                         .detail = what.detail});
}

void everybody_looks_again() {
  Controlled& all = area();
  for (std::uint32_t i = 0; i < all.task_count; ++i) {
    ControlledTask& task = task_in(all.order[i]);
    task.stale = true;
    task.maybe_signal = takes_signals(task);
  }
}

Resumed controlled_step(const Step& step, const Wait& wait) {
  Task& task = this_task;
  if (task.busy || (wait.what == WaitFor::kNothing && is_alone_in_python())) return {};
  task.busy = true;
  Wait actual = wait;
  const bool spins = may_spin(step);
  if (!spins) task.spin = Spin{};
  if (spins && wait.what == WaitFor::kNothing && task.spin.repeats >= enough_looks()) actual.what = WaitFor::kWrite;
  const Origin origin = origin_of(step.pc);
  Operation operation = operation_of(step);
  operation.place = origin.place;
  if (task.spin.repeats == 0) task.spin_looks = 0;
  tell_state(operation, actual);
  const bool only_waits = spins && step.address != nullptr && task.spin.repeats >= BusyWaiting::kFirst &&
                          only_waits_for_write(operation, task.spin.repeats);
  task.clock_looks = 0;
  task.has_seen_time = false;
  // Left by longjmp.
  if (reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)) >= task.handler_frame) task.handler_frame = 0;
  const std::uintptr_t outer_handler = task.handler_frame;
  Resumed resumed;
  for (;;) {
    own_task().callers = origin.callers;
    publish_and_park(step, operation, actual);
    const ControlledTask& own = own_task();
    resumed = {own.outcome, own.restarts};
    const bool was_waiting = !own.ready, was_woken = own.woken;
    const std::uint32_t event = area().last_trace;
    if (own.outcome == Outcome::kInterrupted && own.fatal) leave(Ends::kProcess);
    const int stop_signal = own.outcome == Outcome::kInterrupted ? own.stop_signal : 0;
    if (stop_signal != 0) stop_oneself(stop_signal, Stop::kIsPending);
    // A handler runs here, and may take steps of its own.
    task.busy = false;
    task.handler_frame = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
    unmask_signals();
    task.handler_frame = outer_handler;
    area().last_trace = event;
    task.busy = true;
    if (resumed.outcome == Outcome::kCancelled && actual.on_cancel == OnCancel::kEnds) {
      task.busy = false;
      end_if_cancelled();
      task.busy = true;
      continue;
    }
    if (resumed.outcome != Outcome::kInterrupted) break;
    if (stop_signal != 0) resumed.restarts = true;
    if (actual.what == WaitFor::kFutex && was_woken) {  // woken as well, and that must not be lost
      resumed.outcome = Outcome::kGo;
      break;
    }
    // Delivered before an operation that could have gone on: it is still to be done.
    if (was_waiting && actual.what != WaitFor::kWrite && actual.what != WaitFor::kNothing) break;
  }
  task.busy = false;  // the address may be bad, and the program have a handler for that
  std::uint64_t value = 0;
  if (step.address != nullptr && step.size <= 8 && resumed.outcome == Outcome::kGo) {
    value = value_at(step.address, step.size);
    note_value(value);
    if (spins) note_read(step, value);
    if (only_waits) note_effect(kOnlyWaits);
  }
  note_executed(operation, actual, resumed.outcome, value);
  if (area().unknown_crashes != 0) look_at_crashes();
  return resumed;
}

int create_slot(TaskId parent, TaskId child, bool is_main) {
  Controlled& all = area();
  if (all.task_count == kMaxTasks) stop(Stopped::kTasks);
  int slot = 0;
  while (task_in(slot).life != Life::kNone) ++slot;
  ControlledTask& task = task_in(slot);
  task.turn.store(static_cast<std::uint32_t>(Turn::kStay));
  task.arrived = task.ready = task.in_kernel = task.maybe_signal = task.interrupted = task.woken = task.fatal = false;
  task.is_timer = task.stopped = task.in_handler = task.cancelled = task.ignores_cancel = false;
  task.stale = true;
  task.is_main = is_main;
  task.pid = task.tid = task.await_pid = task.await_tid = task.await_stop = 0;
  task.process = is_main ? child : 0;
  task.queued = task.raw_call = 0;
  task.given_up_at = 0;
  task.waited = false;
  task.effect = 0;
  task.detail = 0;
  task.ref = TaskRef{child, static_cast<std::uint32_t>(slot)};
  task.operation = Operation{.kind = StepKind::kStart};
  task.callers = 0;
  task.wait = Wait{};
  task.life = Life::kParked;
  all.order[all.task_count++] = static_cast<std::uint8_t>(slot);
  all.loops.moved();
  const int parent_slot = parent != 0 ? find_slot(parent) : -1;
  all.scheduler.task_created(parent_slot >= 0 ? task_in(parent_slot).ref : kNobody, task.ref);
  const std::uint8_t flags = is_main ? 0 : TraceEvent::kThread;
  append_trace(TraceEvent{.kind = TraceEvent::Kind::kCreated, .flags = flags, .task = child, .parent = parent});
  return slot;
}

void drop_slot(int slot) {
  if (slot >= 0) remove_task(slot);
}

void settle_vfork(int slot, std::int32_t ended) {
  if (ended != 0)
    await_end(ended);
  else if (slot >= 0 && task_in(slot).pid == 0 && !task_in(slot).arrived)
    remove_task(slot);
}

void settle_slot(int slot, std::int32_t pid) {
  if (slot >= 0 && task_in(slot).pid == 0) task_in(slot).pid = pid;
}

void arrive(bool is_new) {
  Controlled& all = area();
  find_program_image();
  std::int32_t nobody = kUnheld;
  if (all.holder.compare_exchange_strong(nobody, kPreparing)) {
    admit_roots();
    this_task.slot = find_slot(this_task.id);
    if (this_task.slot < 0) {
      all.holder.store(kUnheld);
      return;
    }
  } else {
    while (all.holder.load(std::memory_order_acquire) == kPreparing) kernel(SYS_sched_yield);
    this_task.slot = find_own_slot(is_new);
    if (this_task.slot < 0) return;
  }
  ControlledTask& own = own_task();
  own.pid = static_cast<std::int32_t>(kernel(SYS_getpid));
  own.tid = this_task.tid;
  own.parent_pid = static_cast<std::int32_t>(kernel(SYS_getppid));
  own.process = this_process();
  this_task.spin = Spin{};
  if (!is_new) {
    note_in_trace(Step{.kind = StepKind::kStart, .object = process_object()});
    remove_what_exec_ends(own.pid, this_task.slot);
    everybody_looks_again();  // exec closed what was to be closed
    return;
  }
  this_task.busy = true;
  mask_signals();
  own.arrived = true;
  if (all.holder.load(std::memory_order_acquire) != kPreparing || !hand_over(choose())) park();
  // Sent to us before we began.
  const PendingSignals signals = pending_signals(effective_mask());
  if (signals.fatal) leave(Ends::kProcess);
  if (!signals.fatal && signals.stop_signal != 0) stop_oneself(signals.stop_signal, Stop::kIsPending);
  this_task.busy = false;
  unmask_signals();
}

void stop_oneself(int signal, Stop how) {
  Controlled& all = area();
  ControlledTask& own = own_task();
  mask_signals();
  this_task.busy = true;
  mark_stopped(own.pid);
  own.operation = Operation{.kind = StepKind::kSignal, .object = own.ref.id};
  own.wait = Wait{};
  own.interrupted = own.in_kernel = false;
  own.ready = own.stale = true;
  own.maybe_signal = false;
  own.life = Life::kParked;
  const int next = find_successor();
  if (next >= 0) task_in(next).await_stop = own.pid;
  all.holder.store(next >= 0 ? next + 1 : kUnheld, std::memory_order_release);
  if (next >= 0)
    tell(task_in(next), Turn::kDecide);
  else
    ring();
  let_through(signal);
  if (how == Stop::kByUs) kernel(SYS_kill, own.pid, signal);
  block_again(signal);
  // Continued; by somebody outside if nobody has the baton.
  std::int32_t nobody = kUnheld;
  if (!all.holder.compare_exchange_strong(nobody, this_task.slot + 1)) park();
  for (std::uint32_t i = 0; i < all.task_count; ++i) {
    if (task_in(all.order[i]).pid == own.pid) task_in(all.order[i]).stopped = false;
  }
  own.life = Life::kRunning;
  this_task.busy = false;
}

void leave(Ends what) {
  Controlled& all = area();
  ControlledTask& own = own_task();
  const bool holds = all.holder.load(std::memory_order_acquire) == this_task.slot + 1;
  const std::int32_t pid = own.pid, tid = own.tid;
  mask_signals();
  this_task.busy = true;
  if (what == Ends::kProcess) remove_process(pid, this_task.slot);
  remove_task(this_task.slot);
  this_task.slot = -1;
  if (!holds) return;
  admit_roots();
  const int next = find_successor();
  if (next < 0) {
    all.holder.store(kUnheld);
    return;
  }
  ControlledTask& successor = task_in(next);
  if (what == Ends::kProcess) {
    successor.await_pid = pid;
  } else {
    successor.await_tid = tid;
    successor.await_tgid = pid;
  }
  all.holder.store(next + 1, std::memory_order_release);
  tell(successor, Turn::kDecide);
}

void note_crash(int signal) { add_crash(own_task().process, own_task().pid, signal); }

void note_killed(std::int32_t target) {
  Controlled& all = area();
  // SIGCHLD is for when the list of tasks is whole again.
  mask_signals();
  for (int i = static_cast<int>(all.task_count) - 1; i >= 0; --i) {
    const std::int32_t pid = task_in(all.order[i]).pid;
    if (pid == 0 || pid == own_task().pid || !is_meant(target, pid)) continue;
    await_end(pid);
    remove_process(pid);
    i = static_cast<int>(all.task_count);
  }
  note_death();
  unmask_signals();
}

void note_stopped(std::int32_t target) {
  Controlled& all = area();
  for (std::uint32_t i = 0; i < all.task_count; ++i) {
    const ControlledTask& task = task_in(all.order[i]);
    if (task.pid == 0 || task.is_timer || task.stopped || task.pid == own_task().pid || !is_meant(target, task.pid))
      continue;
    await_stop(task.pid);
    mark_stopped(task.pid);
  }
  everybody_looks_again();
}

void note_continued(std::int32_t target) {
  Controlled& all = area();
  for (std::uint32_t i = 0; i < all.task_count; ++i) {
    ControlledTask& task = task_in(all.order[i]);
    if (task.pid != 0 && is_meant(target, task.pid)) task.stopped = false;
  }
  everybody_looks_again();
}

void send_to_others_of_group(std::int32_t target, int signal) {
  Controlled& all = area();
  for (int i = static_cast<int>(all.task_count) - 1; i >= 0; --i) {
    const std::int32_t pid = task_in(all.order[i]).pid;
    if (pid == 0 || pid == own_task().pid || !is_meant(target, pid)) continue;
    kernel(SYS_kill, pid, signal);
    if (signal == SIGSTOP) note_stopped(pid);
    if (signal != SIGKILL) continue;
    note_killed(pid);
    i = static_cast<int>(all.task_count);
  }
}

bool is_meant(std::int32_t target, std::int32_t pid) {
  if (target > 0) return pid == target;
  if (target == -1) return pid != own_task().pid;
  const long group = target == 0 ? kernel(SYS_getpgid, 0) : -target;
  return kernel(SYS_getpgid, pid) == group;
}

TaskId process_of(std::int32_t pid) {
  Controlled& all = area();
  for (std::uint32_t i = 0; pid != 0 && i < all.task_count; ++i) {
    const ControlledTask& task = task_in(all.order[i]);
    if (task.pid == pid && task.process != 0) return task.process;
  }
  return 0;
}

void note_uncontrolled(Uncontrolled what) {
  if (area().uncontrolled == Uncontrolled::kNothing) area().uncontrolled = what;
}

void note_raw_call(std::uint32_t number) { own_task().raw_call = number; }

void hold_signals() {
  if (is_controlled()) mask_signals();
}

void release_signals() {
  if (is_controlled()) unmask_signals();
}

void set_waiting_mask(std::uint64_t mask) {
  mask_signals();
  this_task.waiting_mask = mask;
  this_task.has_waiting_mask = true;
}

void clear_waiting_mask() {
  unmask_signals();
  this_task.has_waiting_mask = false;
}

namespace {

void note_object(std::uint64_t number, Named kind, std::uint64_t a, std::uint64_t b) {
  if (number < kMostNamedObjects) area().named[number] = {static_cast<std::uint8_t>(kind), a, b};
}

}  // namespace

std::uint64_t object_number(Named kind, std::uint64_t a, std::uint64_t b) {
  Controlled& all = area();
  const std::uint64_t key = object_key(kind, a, b);
  for (std::uint64_t i = 0; i < kMostObjects; ++i) {
    KnownObject& known = all.objects[(key / 2 + i) & (kMostObjects - 1)];
    if (known.key == key) return known.number;
    if (known.key != 0) continue;
    known.number = ++all.next_object;
    known.key = key;
    note_object(known.number, kind, a, b);
    return known.number;
  }
  return 0;  // no room: an object that nothing is known of
}

// Looks without a step in between take longer and longer, so that waiting for a time does not take that time.
std::uint64_t virtual_clock() {
  Task& task = this_task;
  ++task.clock_looks;
  if (task.spin.repeats >= Spin::kEnough) {
    const std::uint32_t doublings = task.spin_looks++ / kEvenSpinLooks;
    return area().clock += kClockLook << (doublings < kMostSpinDoublings ? doublings : kMostSpinDoublings);
  }
  const std::uint32_t doublings = task.clock_looks / kEvenLooks;
  return area().clock += kClockLook << (doublings < kMostDoublings ? doublings : kMostDoublings);
}

void let_time_pass(std::uint64_t nanoseconds) { area().clock += nanoseconds; }

int wake_futex(std::uint64_t key, int most, std::uint32_t bits) {
  Controlled& all = area();
  int woken = 0;
  while (woken < most) {
    ControlledTask* first = nullptr;
    for (std::uint32_t i = 0; i < all.task_count; ++i) {
      ControlledTask& task = task_in(all.order[i]);
      if (task.life != Life::kParked || task.wait.what != WaitFor::kFutex || task.woken) continue;
      if (task.wait.key != key || (task.wait.bits & bits) == 0) continue;
      if (first == nullptr || task.queued < first->queued) first = &task;
    }
    if (first == nullptr) break;
    first->woken = first->stale = true;
    ++woken;
  }
  return woken;
}

int waiters_of_futex(std::uint64_t key) {
  Controlled& all = area();
  int count = 0;
  for (std::uint32_t i = 0; i < all.task_count; ++i) {
    const ControlledTask& task = task_in(all.order[i]);
    if (task.life == Life::kParked && task.wait.what == WaitFor::kFutex && !task.woken && task.wait.key == key) ++count;
  }
  return count;
}

int waiters_of_semaphore(std::int32_t id, std::uint16_t member, bool for_zero) {
  Controlled& all = area();
  int count = 0;
  for (std::uint32_t i = 0; i < all.task_count; ++i) {
    ControlledTask& task = task_in(all.order[i]);
    if (!waits_in_system_v(task) || task.wait.what != WaitFor::kSemaphores || task.wait.id != id) continue;
    const SemaphoreOperation* blocking = blocking_operation(task.wait);
    if (blocking == nullptr) continue;
    task.in_kernel = true;
    if (blocking->member == member && (blocking->change == 0) == for_zero) ++count;
  }
  return count;
}

bool has_ended(TaskId task) { return find_slot(task) < 0; }

void note_cancelled(TaskId task) {
  const int slot = find_slot(task);
  if (slot >= 0) task_in(slot).cancelled = true;
}

void end_if_cancelled() {
  // What runs while the thread ends is not cancelled once more.
  own_task().ignores_cancel = true;
  real<"pthread_testcancel", void()>()();
  own_task().ignores_cancel = own_task().cancelled = false;
}

void ignore_cancel(bool ignores) { own_task().ignores_cancel = ignores; }

void note_unlock(std::uint64_t object, std::uint64_t offset) {
  mark_stale(this_task.slot, Operation{.kind = StepKind::kUnlock, .size = 1, .object = object, .offset = offset});
}

void note_result(std::uint64_t value) {
  if (is_controlled() && !this_task.busy) note_value(value);
}

std::uint64_t new_object() {
  const std::uint64_t number = ++area().next_object;
  note_object(number, Named::kMapping, 0, 0);
  return number;
}

int requeue_futex(std::uint64_t from, std::uint64_t to, int most) {
  Controlled& all = area();
  int moved = 0;
  for (std::uint32_t i = 0; i < all.task_count && moved < most; ++i) {
    ControlledTask& task = task_in(all.order[i]);
    if (task.wait.what != WaitFor::kFutex || task.woken || task.wait.key != from) continue;
    task.wait.key = to;
    ++moved;
  }
  return moved;
}

}  // namespace jitterlab
