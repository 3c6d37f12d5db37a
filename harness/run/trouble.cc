#include "run/trouble.h"

#include <signal.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cstring>
#include <map>

#include "schedule/task_paths.h"

namespace jitterlab {
namespace {

// Calls that may wait, of those that programs make by number.
std::string name_of_call(std::uint32_t number) {
  static const std::map<std::uint32_t, std::string> names = {{SYS_read, "read"},
                                                             {SYS_write, "write"},
                                                             {SYS_readv, "readv"},
                                                             {SYS_writev, "writev"},
                                                             {SYS_poll, "poll"},
                                                             {SYS_ppoll, "ppoll"},
                                                             {SYS_select, "select"},
                                                             {SYS_pselect6, "pselect6"},
                                                             {SYS_epoll_wait, "epoll_wait"},
                                                             {SYS_accept, "accept"},
                                                             {SYS_accept4, "accept4"},
                                                             {SYS_connect, "connect"},
                                                             {SYS_recvfrom, "recvfrom"},
                                                             {SYS_recvmsg, "recvmsg"},
                                                             {SYS_sendto, "sendto"},
                                                             {SYS_sendmsg, "sendmsg"},
                                                             {SYS_wait4, "wait4"},
                                                             {SYS_waitid, "waitid"},
                                                             {SYS_semop, "semop"},
                                                             {SYS_semtimedop, "semtimedop"},
                                                             {SYS_msgsnd, "msgsnd"},
                                                             {SYS_msgrcv, "msgrcv"},
                                                             {SYS_pause, "pause"},
                                                             {SYS_nanosleep, "nanosleep"},
                                                             {SYS_futex, "futex"},
                                                             {SYS_flock, "flock"},
                                                             {SYS_mq_timedreceive, "mq_timedreceive"},
                                                             {SYS_open, "open"},
                                                             {SYS_openat, "openat"},
                                                             {SYS_mq_timedsend, "mq_timedsend"}};
  const auto found = names.find(number);
  return found != names.end() ? "SYS_" + found->second : std::to_string(number);
}

// What lost_kind says: the last thing of the task that was still under control.
std::string words_of_last(StepKind kind) {
  switch (kind) {
    case StepKind::kSend:
      return ", its last step having been to send or write";
    case StepKind::kReceive:
      return ", its last step having been to receive or read";
    case StepKind::kLock:
    case StepKind::kUnlock:
      return ", its last step having been to lock or unlock";
    case StepKind::kFork:
      return ", its last step having been to make a task";
    case StepKind::kSleep:
      return ", its last step having been to sleep";
    case StepKind::kSignal:
      return ", its last step having been about signals";
    default:
      return "";
  }
}

std::string words_of_loss(const ControlledEnd& end) {
  const std::string words = "it hangs, after waiting in ";
  if (end.lost_call != 0)
    return words + "syscall(" + name_of_call(end.lost_call - 1) + ", …), which jitterlab does not control";
  return words + "a call that jitterlab does not control" + words_of_last(end.lost_kind);
}

std::string name_of(NotControlled used) {
  switch (used) {
    case NotControlled::kTimerThread:
      return "timer_create with SIGEV_THREAD";
    case NotControlled::kMessageThread:
      return "mq_notify with SIGEV_THREAD";
    case NotControlled::kClone:
      return "clone, or fork by a system call of its own";
    case NotControlled::kNothing:
      break;
  }
  return "";
}

}  // namespace

std::string why_not_judged(const Observation& observation) {
  if (!observation.interference.empty()) return observation.interference;
  if (observation.limit == Limit::kWall) return "it did not end within its time limit";
  if (observation.limit == Limit::kMemory) return "it used more memory than it may";
  if (observation.limit == Limit::kOutput) return "it wrote more than it may";
  if (observation.limit == Limit::kSteps && !observation.controlled->stopped_by_tasks)
    return "it took more steps than are followed, and may still have come to an end";
  if (observation.controlled && observation.controlled->stopped_by_tasks)
    return "it had more than 64 processes and threads at a time";
  const NotControlled used = observation.controlled ? observation.controlled->used : NotControlled::kNothing;
  if (used != NotControlled::kNothing) return "it uses " + name_of(used) + ", which jitterlab does not control";
  const bool lost = observation.controlled && observation.controlled->lost > 0;
  if (lost && observation.came_to_rest) return words_of_loss(*observation.controlled);
  return "";
}

namespace {

// Those of children: whoever started the program sees how its first process ends.
void add_crashed(const ControlledEnd& end, std::set<std::string>& found) {
  if (end.crashed.empty()) return;
  const TaskPaths names(end.trace);
  for (const CrashedProcess& crashed : end.crashed) {
    const bool is_child = std::any_of(end.trace.events.begin(), end.trace.events.end(), [&](const TraceEvent& event) {
      return event.kind == TraceEvent::Kind::kCreated && event.task == crashed.task && event.parent != 0;
    });
    const char* signal = ::sigabbrev_np(crashed.signal);
    if (is_child && signal != nullptr) found.insert("process " + names.of(crashed.task) + " crashed: SIG" + signal);
  }
}

}  // namespace

std::set<std::string> troubles(const Observation& observation) {
  if (!why_not_judged(observation).empty()) return {};
  std::set<std::string> found;
  if (observation.came_to_rest) found.insert(is_livelock(observation) ? "livelock" : "deadlock");
  for (std::size_t i = 0; i < observation.instances.size(); ++i) {
    const InstanceSeen& seen = observation.instances[i];
    if (seen.alive_at_end || seen.ending.exited_with(0)) continue;
    if (seen.sent_sigterm && seen.ending.killed_by(SIGTERM)) continue;
    const std::string who =
        observation.instances.size() > 1 ? instance_name(observation, static_cast<int>(i)) + ": " : "";
    found.insert(who + seen.ending.words());
  }
  if (observation.controlled) add_crashed(*observation.controlled, found);
  return found;
}

}  // namespace jitterlab
