#include "agent/timer_descriptors.h"

#include <fcntl.h>
#include <sys/timerfd.h>
#include <time.h>

#include "agent/descriptors.h"
#include "agent/kernel.h"
#include "agent/task.h"
#include "agent/virtual_time.h"
#include "agent/virtual_timers.h"

using namespace jitterlab;

namespace {

constexpr int kMostDescriptors = 64;

// One number of a descriptor of this process. A child has its parent's, being a copy of it; after exec they are gone.
struct Known {
  int fd;  // 0: no entry
  int slot;
  TaskId timer;
  std::uint64_t eventfd;  // its number in the kernel, so that another file with this descriptor is not taken for it
};
constinit Known known[kMostDescriptors] = {};

ControlledTask& timer_in(const Known& entry) { return control_area->controlled.tasks[entry.slot & (kMaxTasks - 1)]; }

bool is_there(const Known& entry) {
  const ControlledTask& timer = timer_in(entry);
  return entry.fd != 0 && timer.life != Life::kNone && timer.is_timer && timer.ref.id == entry.timer;
}

Known* find(int fd) {
  for (Known& entry : known) {
    if (fd > 0 && entry.fd == fd && is_there(entry)) return &entry;
  }
  return nullptr;
}

Known* find_free() {
  for (Known& entry : known) {
    if (!is_there(entry)) return &entry;
  }
  return nullptr;
}

char* append(char* to, const char* text) {
  while (*text != '\0') *to++ = *text++;
  return to;
}

// Of "eventfd-id: 17" in /proc/self/fdinfo; 0: it is no eventfd.
std::uint64_t eventfd_number(int fd) {
  char path[48], digits[12];
  char* end = append(path, "/proc/self/fdinfo/");
  int count = 0;
  do digits[count++] = static_cast<char>('0' + fd % 10);
  while ((fd /= 10) != 0);
  while (count > 0) *end++ = digits[--count];
  *end = '\0';
  const long file = kernel(SYS_open, kernel_pointer(path), O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  char text[512];
  const long size = kernel(SYS_read, file, kernel_pointer(text), sizeof text - 1);
  kernel(SYS_close, file);
  text[size > 0 ? size : 0] = '\0';
  const char name[] = "eventfd-id:";
  for (const char* at = text; *at != '\0'; ++at) {
    std::size_t i = 0;
    while (name[i] != '\0' && at[i] == name[i]) ++i;
    if (name[i] != '\0') continue;
    for (at += i; *at == ' ' || *at == '\t';) ++at;
    std::uint64_t number = 0;
    for (; *at >= '0' && *at <= '9'; ++at) number = number * 10 + static_cast<std::uint64_t>(*at - '0');
    return number + 1;
  }
  return 0;
}

long failed(int error) { return returned(-error); }

bool is_time(const timespec& time) { return time.tv_sec >= 0 && time.tv_nsec >= 0 && time.tv_nsec < 1'000'000'000; }

std::uint64_t nanoseconds(const timespec& time) {
  return static_cast<std::uint64_t>(time.tv_sec) * kNanosecondsPerSecond + static_cast<std::uint64_t>(time.tv_nsec);
}

timespec as_timespec(std::uint64_t time) {
  return {static_cast<time_t>(time / kNanosecondsPerSecond), static_cast<long>(time % kNanosecondsPerSecond)};
}

itimerspec as_itimerspec(const TimeLeft& left) { return {as_timespec(left.interval), as_timespec(left.left)}; }

int create_descriptor(int clock, int flags) {
  const bool is_clock = clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC || clock == CLOCK_BOOTTIME;
  if (!is_clock || (flags & ~(TFD_NONBLOCK | TFD_CLOEXEC)) != 0) return static_cast<int>(failed(EINVAL));
  Known* entry = find_free();
  if (entry == nullptr) return static_cast<int>(failed(EMFILE));
  const long fd = kernel(SYS_eventfd2, 0, flags);
  if (fd < 0) return static_cast<int>(returned(fd));
  const int slot = create_timer({.kind = static_cast<std::int32_t>(TimerKind::kDescriptor), .clock = clock});
  const auto number = static_cast<int>(fd);
  *entry = {number, slot, control_area->controlled.tasks[slot].ref.id, eventfd_number(number)};
  return number;
}

// What was counted and not read is forgotten.
void drain(int fd) {
  const Descriptor timer = descriptor_of(fd);
  const WithoutBlocking now(timer);
  std::uint64_t count = 0;
  kernel(SYS_read, fd, kernel_pointer(&count), sizeof count);
}

int set_descriptor(const Known& entry, int flags, const itimerspec& wanted, itimerspec* old) {
  if (!is_time(wanted.it_value) || !is_time(wanted.it_interval)) return static_cast<int>(failed(EINVAL));
  publish_expirations();
  const TimeLeft before = time_left(entry.slot);
  const bool never = nanoseconds(wanted.it_value) == 0;
  const std::uint64_t deadline =
      (flags & TFD_TIMER_ABSTIME) != 0 ? deadline_at(before.clock, wanted.it_value) : deadline_after(wanted.it_value);
  set_timer(entry.slot, never ? 0 : deadline, nanoseconds(wanted.it_interval));
  drain(entry.fd);
  if (old != nullptr) *old = as_itimerspec(before);
  return 0;
}

}  // namespace

namespace jitterlab {

void publish_expirations() {
  if (control_area == nullptr || control_area->controlled.timer_count == 0) return;
  for (const Known& entry : known) {
    if (!is_there(entry)) continue;
    const std::uint64_t count = take_expirations(entry.slot);
    if (count == 0 || eventfd_number(entry.fd) != entry.eventfd) continue;
    kernel(SYS_write, entry.fd, kernel_pointer(&count), sizeof count);
  }
}

void timer_was_duplicated(int from, int to) {
  const Known* entry = find(from);
  if (entry == nullptr || to <= 0) return;
  const Known copy = *entry;
  if (Known* place = find_free()) *place = {to, copy.slot, copy.timer, copy.eventfd};
}

void timer_was_closed(int fd) {
  Known* entry = find(fd);
  if (entry == nullptr) return;
  const Known closed = *entry;
  entry->fd = 0;
  for (const Known& other : known) {
    if (is_there(other) && other.timer == closed.timer) return;
  }
  timer_was_left(closed.slot);
}

void timers_were_closed(unsigned first, unsigned last) {
  for (const Known& entry : known) {
    const auto fd = static_cast<unsigned>(entry.fd);
    if (fd != 0 && fd >= first && fd <= last) timer_was_closed(entry.fd);
  }
}

void lend_timers(std::int32_t child) {
  for (const Known& entry : known) {
    if (is_there(entry)) timer_is_lent(entry.slot, child);
  }
}

}  // namespace jitterlab

JITTERLAB_REPLACE(int, timerfd_create, (int clock, int flags)) {
  if (!controls_calls()) return JITTERLAB_REAL(timerfd_create)(clock, flags);
  step_before(StepKind::kObject, 0, __builtin_return_address(0));
  return create_descriptor(clock, flags);
}

JITTERLAB_REPLACE(int, timerfd_settime, (int fd, int flags, const itimerspec* wanted, itimerspec* old)) {
  const Known* entry = controls_calls() ? find(fd) : nullptr;
  if (entry == nullptr || wanted == nullptr) return JITTERLAB_REAL(timerfd_settime)(fd, flags, wanted, old);
  step_before(StepKind::kObject, object_of_descriptor(fd), __builtin_return_address(0));
  return set_descriptor(*entry, flags, *wanted, old);
}

JITTERLAB_REPLACE(int, timerfd_gettime, (int fd, itimerspec* now)) {
  const Known* entry = controls_calls() ? find(fd) : nullptr;
  if (entry == nullptr || now == nullptr) return JITTERLAB_REAL(timerfd_gettime)(fd, now);
  virtual_clock();
  publish_expirations();
  *now = as_itimerspec(time_left(entry->slot));
  return 0;
}
