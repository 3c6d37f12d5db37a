#include "agent/descriptors.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>

#include "agent/kernel.h"
#include "agent/kernel_signals.h"
#include "agent/probes.h"
#include "agent/task.h"
#include "agent/timer_descriptors.h"
#include "agent/virtual_time.h"

namespace jitterlab {
namespace {

// In the place of a device number, which is never so large.
constexpr std::uint64_t kNames = ~std::uint64_t{0};

constexpr pid_t kBoxInit = 1;

constexpr dev_t kRandom = 1 << 8 | 8, kUrandom = 1 << 8 | 9;

bool is_task(std::int32_t pid) {
  const Controlled& all = control_area->controlled;
  for (std::uint32_t i = 0; i < all.task_count; ++i) {
    if (all.tasks[all.order[i] & (kMaxTasks - 1)].pid == pid) return true;
  }
  return false;
}

bool is_running(std::int32_t pid) {
  const long fd = kernel(SYS_pidfd_open, pid, 0);
  if (fd < 0) return false;
  const bool ended = events_now(static_cast<int>(fd), POLLIN) != 0;
  kernel(SYS_close, fd);
  return !ended;
}

int socket_number(int fd, int option) {
  int value = 0;
  socklen_t size = sizeof value;
  kernel(SYS_getsockopt, fd, SOL_SOCKET, option, kernel_pointer(&value), kernel_pointer(&size));
  return value;
}

// Of the process that made the pair, or in which the listener was listening; 0: not known.
pid_t maker_of(int fd) {
  ucred maker{};
  socklen_t size = sizeof maker;
  const long error = kernel(SYS_getsockopt, fd, SOL_SOCKET, SO_PEERCRED, kernel_pointer(&maker), kernel_pointer(&size));
  return error == 0 && maker.pid > 0 ? maker.pid : 0;
}

// Which sockets are connected with each other is not known, so that all of a type are one object.
void look_at_socket(Descriptor& descriptor, const struct stat& status) {
  const pid_t maker = maker_of(descriptor.fd);
  if (maker == kBoxInit) {  // captured output, of which each is connected with box init only, and box init outlives us
    descriptor.domain = AF_UNIX;
    descriptor.socket_type = SOCK_STREAM;
    descriptor.type = Descriptor::Type::kOutside;
    descriptor.object = object_number(Named::kOutput, status.st_dev, status.st_ino);
    return;
  }
  descriptor.domain = socket_number(descriptor.fd, SO_DOMAIN);
  descriptor.socket_type = socket_number(descriptor.fd, SO_TYPE);
  descriptor.object = object_number(Named::kSocket, static_cast<unsigned>(descriptor.domain),
                                    static_cast<unsigned>(descriptor.socket_type));
  // It lives, and is none of ours.
  const bool is_outside = maker != 0 && descriptor.domain == AF_UNIX && !is_task(maker) && is_running(maker);
  descriptor.type = is_outside ? Descriptor::Type::kOutside : Descriptor::Type::kSocket;
}

bool is_same(const char* one, const char* other) {
  while (*one != '\0' && *one == *other) ++one, ++other;
  return *one == *other;
}

// Of what has no type of file: all such descriptors have one device and number.
bool is_signalfd(int fd) {
  char link[48], target[32] = {};
  path_of_descriptor("/proc/self/fd/", fd, link);
  kernel(SYS_readlink, kernel_pointer(link), kernel_pointer(target), sizeof target - 1);
  return is_same(target, "anon_inode:[signalfd]");
}

char* append(char* end, const char* text) {
  while (*text != '\0') *end++ = *text++;
  return end;
}

}  // namespace

void path_of_descriptor(const char* folder, int fd, char (&path)[48]) {
  char digits[12];
  int count = 0;
  char* end = append(path, folder);
  do digits[count++] = static_cast<char>('0' + fd % 10);
  while ((fd /= 10) > 0);
  while (count > 0) *end++ = digits[--count];
  *end = '\0';
}

bool controls_calls() {
  return is_controlled() && !this_task.busy && !is_vfork_child() &&
         this_task.entry->tid.load(std::memory_order_relaxed) == this_task.tid;
}

Descriptor descriptor_of(int fd) {
  Descriptor result;
  result.fd = fd;
  struct stat status {};
  if (kernel(SYS_fstat, fd, kernel_pointer(&status)) != 0) return result;
  result.flags = static_cast<int>(kernel(SYS_fcntl, fd, F_GETFL));
  result.type = Descriptor::Type::kOther;
  if (S_ISSOCK(status.st_mode)) {
    look_at_socket(result, status);
    return result;
  }
  if (S_ISFIFO(status.st_mode)) result.type = Descriptor::Type::kPipe;
  if (S_ISCHR(status.st_mode) && (status.st_rdev == kRandom || status.st_rdev == kUrandom))
    result.type = Descriptor::Type::kRandom;
  const bool is_signals = (status.st_mode & S_IFMT) == 0 && is_signalfd(fd);
  result.object =
      is_signals ? object_number(Named::kSignals, 0) : object_number(Named::kFile, status.st_dev, status.st_ino);
  return result;
}

std::uint64_t object_of_descriptor(int fd) { return descriptor_of(fd).object; }

std::uint64_t object_of_names() { return object_number(Named::kFile, kNames); }

Wait wait_for(bool (*probe)(const void*), const void* argument, std::uint64_t deadline) {
  Wait wait;
  wait.what = WaitFor::kOwn;
  wait.is_descriptor = true;
  wait.probe = probe;
  wait.argument = argument;
  wait.deadline = deadline;
  wait.on_cancel = OnCancel::kEnds;  // but for locks: see await()
  return wait;
}

long await(const Step& step, Wait wait, Restart restart, long at_deadline) {
  if (step.kind == StepKind::kLock) wait.on_cancel = OnCancel::kWaits;
  for (;;) {
    const Resumed resumed = step_and_wait(step, wait);
    if (resumed.outcome == Outcome::kGo) return 0;
    if (resumed.outcome == Outcome::kTimedOut) return at_deadline;
    if (resumed.restarts && restart != Restart::kNever) continue;
    return -EINTR;
  }
}

std::uint64_t socket_deadline(const Descriptor& descriptor, int option) {
  if (descriptor.type != Descriptor::Type::kSocket) return 0;
  timeval limit{};
  socklen_t size = sizeof limit;
  if (kernel(SYS_getsockopt, descriptor.fd, SOL_SOCKET, option, kernel_pointer(&limit), kernel_pointer(&size)) != 0)
    return 0;
  if (limit.tv_sec == 0 && limit.tv_usec == 0) return 0;
  return deadline_after({limit.tv_sec, limit.tv_usec * 1000});
}

bool has_events(const void* argument) {
  const auto& probe = *static_cast<const DescriptorProbe*>(argument);
  return events_now(probe.fd, probe.events) != 0;
}

short events_now(int fd, short events) {
  publish_expirations();
  pollfd one{fd, events, 0};
  const long count = kernel(SYS_poll, kernel_pointer(&one), 1, 0);
  return count < 0 ? short{POLLERR} : one.revents;
}

WithoutBlocking::WithoutBlocking(const Descriptor& descriptor) : descriptor_(descriptor) {
  kernel(SYS_fcntl, descriptor.fd, F_SETFL, descriptor.flags | O_NONBLOCK);
}

WithoutBlocking::~WithoutBlocking() { kernel(SYS_fcntl, descriptor_.fd, F_SETFL, descriptor_.flags); }

void Scratch::take(long fd) {
  close();
  if (fd < 0) return;
  const long high = kernel(SYS_fcntl, fd, F_DUPFD_CLOEXEC, 1000);
  fd_ = static_cast<int>(high < 0 ? fd : high);
  if (high >= 0) kernel(SYS_close, fd);
}

void Scratch::close() {
  if (fd_ >= 0) kernel(SYS_close, fd_);
  fd_ = -1;
}

void leave_before_sigpipe() {
  const SignalMask mask = current_mask();
  if (!would_kill_us(SIGPIPE, mask)) return;
  end_task(Ends::kProcess);
  restore_signals(mask);  // that of leaving lets nothing through
}

iovec* Rest::window(iovec (&place)[kWindow], int& count) const {
  count = count_;
  if (skip_ == 0) return const_cast<iovec*>(parts_);
  if (count > kWindow) count = kWindow;
  for (int i = 0; i < count; ++i) place[i] = parts_[i];
  place[0].iov_base = static_cast<char*>(place[0].iov_base) + skip_;
  place[0].iov_len -= skip_;
  return place;
}

void Rest::advance(std::size_t bytes) {
  while (count_ > 0 && bytes >= parts_->iov_len - skip_) {
    bytes -= parts_->iov_len - skip_;
    skip_ = 0;
    ++parts_;
    --count_;
  }
  skip_ += bytes;
}

}  // namespace jitterlab
