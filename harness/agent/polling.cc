// Waiting for several descriptors at once: poll, select, epoll. A task that waits asks with a time limit of nothing,
// into copies; the real call is made likewise once something is ready or the time has come.
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/select.h>

#include "agent/descriptors.h"
#include "agent/kernel.h"
#include "agent/kernel_signals.h"
#include "agent/probes.h"
#include "agent/signal_wait.h"
#include "agent/timer_descriptors.h"
#include "agent/virtual_time.h"

using namespace jitterlab;

namespace {

constexpr timespec kNoTime{0, 0};
constexpr std::uint64_t kNone = 0, kForever = ~std::uint64_t{0};

// Until when a call may wait: kNone: not at all, kForever: without limit.
std::uint64_t limit_after(const timespec* length) {
  if (length == nullptr) return kForever;
  if (length->tv_sec == 0 && length->tv_nsec == 0) return kNone;
  return deadline_after(*length);
}
std::uint64_t limit_after(int milliseconds) {
  if (milliseconds < 0) return kForever;
  const timespec length{milliseconds / 1000, milliseconds % 1000 * 1'000'000L};
  return limit_after(&length);
}

struct Polling {
  bool (*probe)(const void*);
  const void* argument;
  std::uint64_t limit;
  const sigset_t* mask;  // of signals while it waits; null: the program's own
  std::uint64_t object;
  bool is_empty = false;  // of no descriptors
};

// Waits as a call would; 0, or -EINTR. It is never restarted. Repeated looks are a spinning loop: hence kOther.
long await_one(const Polling& polling, const void* pc) {
  Step one{.kind = StepKind::kOther, .object = polling.object, .is_write = false, .pc = pc, .call = Call::kPoll};
  if (polling.limit == kNone) {
    virtual_clock();  // a look takes a little time: a loop of them may wait for a sleeper
    const long result = await(one, Wait{}, Restart::kNever);
    publish_expirations();
    return result;
  }
  // As before pause and sigsuspend: a signal that comes before the wait ends nothing.
  const bool is_pause = polling.is_empty && polling.limit == kForever;
  if (polling.mask != nullptr || is_pause) step_before(StepKind::kWait, 0, pc, Call::kPause);
  if (is_pause) {
    wait_for_signal(polling.mask, pc);
    return -EINTR;
  }
  Wait wait = wait_for(polling.probe, polling.argument, polling.limit == kForever ? 0 : polling.limit);
  if (polling.mask == nullptr) return await(one, wait, Restart::kNever, 0);
  const SignalMask mask = polling.mask->__val[0];
  set_waiting_mask(mask);
  // One that is pending already ends the wait at once, unless something is ready.
  if (pending_signals(mask).any && !polling.probe(polling.argument)) wait.what = WaitFor::kNever;
  const long result = await(one, wait, Restart::kNever, 0);
  clear_waiting_mask();
  return result;
}

// ---- poll ----------------------------------------------------------------------------------------------------------

struct PollProbe {
  const pollfd* fds;
  nfds_t count;
};

bool any_is_ready(const void* argument) {
  publish_expirations();
  const auto& probe = *static_cast<const PollProbe*>(argument);
  constexpr nfds_t kTogether = 32;
  pollfd copies[kTogether];
  for (nfds_t at = 0; at < probe.count; at += kTogether) {
    const nfds_t count = probe.count - at < kTogether ? probe.count - at : kTogether;
    for (nfds_t i = 0; i < count; ++i) copies[i] = probe.fds[at + i];
    if (kernel(SYS_poll, kernel_pointer(copies), static_cast<long>(count), 0) != 0) return true;
  }
  return false;
}

// What is known of one descriptor only is told; else it concerns everything.
std::uint64_t object_of_polled(const pollfd* fds, nfds_t count) {
  return count == 1 && fds != nullptr ? object_of_descriptor(fds->fd) : 0;
}

long poll_in_steps(pollfd* fds, nfds_t count, std::uint64_t limit, const sigset_t* mask, const void* pc) {
  const PollProbe probe{fds, count};
  const long error = await_one({any_is_ready, &probe, limit, mask, object_of_polled(fds, count), count == 0}, pc);
  if (error != 0) return error;
  return kernel(SYS_poll, kernel_pointer(fds), static_cast<long>(count), 0);
}

// ---- select --------------------------------------------------------------------------------------------------------

struct SelectProbe {
  int count;
  const fd_set* sets[3];
};

constexpr int kSetBits = 8 * sizeof(long), kMostWords = 4096 / kSetBits;

// Sets of more descriptors than we copy are taken to be ready.
bool any_is_selected(const void* argument) {
  publish_expirations();
  const auto& probe = *static_cast<const SelectProbe*>(argument);
  const int words = (probe.count + kSetBits - 1) / kSetBits;
  if (words > kMostWords || probe.count < 0) return true;
  long copies[3][kMostWords];
  long places[3] = {};
  for (int set = 0; set < 3; ++set) {
    if (probe.sets[set] == nullptr) continue;
    places[set] = kernel_pointer(copies[set]);
    for (int i = 0; i < words; ++i) copies[set][i] = reinterpret_cast<const long*>(probe.sets[set])[i];
  }
  timespec none = kNoTime;
  return kernel(SYS_pselect6, probe.count, places[0], places[1], places[2], kernel_pointer(&none), 0) != 0;
}

long select_in_steps(const SelectProbe& probe, std::uint64_t limit, const sigset_t* mask, const void* pc) {
  const long error = await_one({any_is_selected, &probe, limit, mask, 0, probe.count == 0}, pc);
  if (error != 0) return error;
  timespec none = kNoTime;
  return kernel(SYS_pselect6, probe.count, kernel_pointer(probe.sets[0]), kernel_pointer(probe.sets[1]),
                kernel_pointer(probe.sets[2]), kernel_pointer(&none), 0);
}

// select() on Linux says how much time was left.
void tell_rest(std::uint64_t limit, timeval* timeout) {
  if (timeout == nullptr || limit == kForever || limit == kNone) return;
  const std::uint64_t now = virtual_clock(), rest = limit > now ? (limit - now) / 1000 : 0;
  *timeout = {static_cast<time_t>(rest / 1'000'000), static_cast<suseconds_t>(rest % 1'000'000)};
}

// ---- epoll ---------------------------------------------------------------------------------------------------------

long epoll_in_steps(int epoll, epoll_event* events, int most, std::uint64_t limit, const sigset_t* mask,
                    const void* pc) {
  const DescriptorProbe probe{epoll, POLLIN};
  const long error = await_one({has_events, &probe, limit, mask, 0}, pc);
  if (error != 0) return error;
  return kernel(SYS_epoll_wait, epoll, kernel_pointer(events), most, 0);
}

}  // namespace

#define JITTERLAB_POLLING(name, parameters, arguments, in_steps)       \
  JITTERLAB_REPLACE(int, name, parameters) {                           \
    const void* pc = __builtin_return_address(0);                      \
    if (controls_calls()) return static_cast<int>(returned(in_steps)); \
    step_before(StepKind::kReceive, 0, pc);                            \
    return JITTERLAB_REAL(name) arguments;                             \
  }
JITTERLAB_POLLING(poll, (pollfd * fds, nfds_t count, int timeout), (fds, count, timeout),
                  poll_in_steps(fds, count, limit_after(timeout), nullptr, pc))
JITTERLAB_POLLING(__poll_chk, (pollfd * fds, nfds_t count, int timeout, std::size_t room), (fds, count, timeout, room),
                  poll_in_steps(fds, count, limit_after(timeout), nullptr, pc))
JITTERLAB_POLLING(ppoll, (pollfd * fds, nfds_t count, const timespec* timeout, const sigset_t* mask),
                  (fds, count, timeout, mask), poll_in_steps(fds, count, limit_after(timeout), mask, pc))
JITTERLAB_POLLING(pselect,
                  (int count, fd_set* read, fd_set* write, fd_set* error, const timespec* timeout,
                   const sigset_t* mask),
                  (count, read, write, error, timeout, mask),
                  select_in_steps({count, {read, write, error}}, limit_after(timeout), mask, pc))

JITTERLAB_REPLACE(int, select, (int count, fd_set* read, fd_set* write, fd_set* error, timeval* timeout)) {
  const void* pc = __builtin_return_address(0);
  if (!controls_calls()) {
    step_before(StepKind::kReceive, 0, pc);
    return JITTERLAB_REAL(select)(count, read, write, error, timeout);
  }
  timespec length{};
  if (timeout != nullptr)
    length = {timeout->tv_sec + timeout->tv_usec / 1'000'000, timeout->tv_usec % 1'000'000 * 1000};
  const std::uint64_t limit = limit_after(timeout != nullptr ? &length : nullptr);
  const long result = select_in_steps({count, {read, write, error}}, limit, nullptr, pc);
  tell_rest(limit, timeout);
  return static_cast<int>(returned(result));
}

JITTERLAB_POLLING(epoll_wait, (int epoll, epoll_event* events, int most, int timeout), (epoll, events, most, timeout),
                  epoll_in_steps(epoll, events, most, limit_after(timeout), nullptr, pc))

// Jitter mode knows nothing of these two.
#define JITTERLAB_EPOLL(name, limit_type)                                                                              \
  JITTERLAB_REPLACE(int, name, (int epoll, epoll_event* events, int most, limit_type timeout, const sigset_t* mask)) { \
    if (!controls_calls()) return JITTERLAB_REAL(name)(epoll, events, most, timeout, mask);                            \
    const void* pc = __builtin_return_address(0);                                                                      \
    return static_cast<int>(returned(epoll_in_steps(epoll, events, most, limit_after(timeout), mask, pc)));            \
  }
JITTERLAB_EPOLL(epoll_pwait, int)
JITTERLAB_EPOLL(epoll_pwait2, const timespec*)

// Whoever waits for the set looks again.
JITTERLAB_REPLACE(int, epoll_ctl, (int epoll, int operation, int fd, epoll_event* event)) {
  if (controls_calls()) step_before(StepKind::kObject, object_of_descriptor(epoll), __builtin_return_address(0));
  return JITTERLAB_REAL(epoll_ctl)(epoll, operation, fd, event);
}
