#include "agent/faults.h"

#include <linux/limits.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <atomic>

#include "agent/baton.h"
#include "agent/kernel.h"
#include "agent/task.h"
#include "agent/virtual_timers.h"
#include "schedule/mix.h"

namespace jitterlab {
namespace {

constexpr std::uint64_t kSalt = 0x6661756c74;  // "fault"
constexpr std::uint64_t kMostSteps = 64;       // before a signal, in jitter executions
constexpr int kMostSignals = 64;

bool is_stream_socket(int fd) {
  int type = 0;
  socklen_t size = sizeof type;
  return kernel(SYS_getsockopt, fd, SOL_SOCKET, SO_TYPE, kernel_pointer(&type), kernel_pointer(&size)) == 0 &&
         type == SOCK_STREAM;
}

// Standard output and error belong to the report.
bool may_be_short(FaultBits fault, int fd, std::size_t size) {
  const bool writes = fault == kWritesAreShort;
  if (size < 2 || (writes && (fd == 1 || fd == 2))) return false;
  struct stat status {};
  if (kernel(SYS_fstat, fd, kernel_pointer(&status)) != 0) return false;
  if (S_ISFIFO(status.st_mode)) return !writes || size > PIPE_BUF;
  return S_ISSOCK(status.st_mode) && is_stream_socket(fd);
}

// The signals that are to come to this process: it is the first of its program.
std::uint64_t wanted_signals() {
  for (int number = 0; number < kMostSignalled; ++number) {
    if (root_task_id(number) == this_process()) return control_area->root_signals[number];
  }
  return 0;
}

constinit std::atomic<std::uint64_t> prepared{0};                   // bit n - 1: a signal n is on its way, or was sent
constinit std::atomic<std::uint64_t> due_after[kMostSignals] = {};  // steps; jitter executions only; 0: none
constinit std::atomic<bool> any_is_due{false};

void prepare_in_control(int signal) {
  const int slot = create_timer({.kind = static_cast<std::int32_t>(TimerKind::kAnyStep), .signal = signal});
  set_timer(slot, 1, 0);
}

void prepare_in_jitter(int signal) {
  const std::uint64_t drawn = mix(control_area->seed, this_process(), static_cast<std::uint64_t>(signal), kSalt);
  due_after[signal - 1].store(1 + drawn % kMostSteps);
  any_is_due.store(true);
}

}  // namespace

std::size_t shortened(FaultBits fault, int fd, std::size_t size) {
  if (control_area == nullptr || (control_area->faults & fault) == 0 || this_task.entry == nullptr) return size;
  if (this_task.busy || !may_be_short(fault, fd, size)) return size;
  // All controlled executions of a scenario have the same seed: where this one stands makes them differ.
  const std::uint64_t steps = is_controlled() ? control_area->controlled.progress.load() : 0;
  const std::uint64_t drawn = mix(control_area->seed, this_task.id, ++this_task.transfers, kSalt + steps);
  return (drawn & 1) != 0 ? size : 1 + static_cast<std::size_t>((drawn >> 1) % (size - 1));
}

void signal_may_come(int signal) {
  if (control_area == nullptr || this_task.entry == nullptr || signal < 1 || signal > kMostSignals) return;
  const std::uint64_t bit = std::uint64_t{1} << (signal - 1);
  if ((wanted_signals() & bit) == 0 || (prepared.fetch_or(bit) & bit) != 0) return;
  if (control_area->mode == ControlMode::kJitter) return prepare_in_jitter(signal);
  if (is_controlled()) prepare_in_control(signal);
}

void count_down_to_signals() {
  if (!any_is_due.load(std::memory_order_relaxed)) return;
  for (int i = 0; i < kMostSignals; ++i) {
    std::uint64_t left = due_after[i].load(std::memory_order_relaxed);
    if (left == 0 || !due_after[i].compare_exchange_strong(left, left - 1) || left != 1) continue;
    kernel(SYS_kill, kernel(SYS_getpid), i + 1);
  }
}

}  // namespace jitterlab
