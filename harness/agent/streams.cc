// Reading and writing: pipes, FIFOs and, where a socket is used like a file, sockets.
//
// poll() saying that a pipe is writable does not mean that a write returns: one of more than there is room for sleeps
// in the kernel, with the baton. So blocking writes are made without blocking, part after part, and the task waits
// between them. A write of at most PIPE_BUF is one part: it succeeds as a whole or not at all.
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

#include "agent/access.h"
#include "agent/descriptors.h"
#include "agent/faults.h"
#include "agent/kernel.h"
#include "agent/probes.h"
#include "agent/randomness.h"
#include "agent/timer_descriptors.h"

using namespace jitterlab;

namespace {

using Type = Descriptor::Type;

constexpr int kMostParts = 1024;        // IOV_MAX
constexpr std::size_t kOnePart = 4096;  // PIPE_BUF

bool is_for_writing_only(const Descriptor& descriptor) { return (descriptor.flags & O_ACCMODE) == O_WRONLY; }

// Reading from it fails at once, though poll() would wait for a connection.
bool is_listener(const Descriptor& descriptor) {
  if (descriptor.type != Type::kSocket) return false;
  int value = 0;
  socklen_t size = sizeof value;
  kernel(SYS_getsockopt, descriptor.fd, SOL_SOCKET, SO_ACCEPTCONN, kernel_pointer(&value), kernel_pointer(&size));
  return value != 0;
}

struct RoomProbe {
  int fd;
  bool is_full;  // a try found no room: only a page that was emptied helps
};

// A page that is free or, for what fits behind the last bytes of a page, one that is not full.
bool pipe_has_room(const void* argument) {
  const auto& probe = *static_cast<const RoomProbe*>(argument);
  if (events_now(probe.fd, POLLOUT) != 0) return true;
  if (probe.is_full) return false;
  int bytes = 0;
  kernel(SYS_ioctl, probe.fd, FIONREAD, kernel_pointer(&bytes));
  return bytes < kernel(SYS_fcntl, probe.fd, F_GETPIPE_SZ);
}

// A part that does not wait.
long write_part(const Descriptor& to, const Rest& rest) {
  iovec place[Rest::kWindow];
  int count = 0;
  const iovec* window = rest.window(place, count);
  // Nobody reads: the signal comes, and nobody is to find O_NONBLOCK set after it.
  if ((events_now(to.fd, POLLOUT) & POLLERR) != 0) {
    leave_before_sigpipe();
    return kernel(SYS_writev, to.fd, kernel_pointer(window), count);
  }
  const WithoutBlocking now(to);
  return kernel(SYS_writev, to.fd, kernel_pointer(window), count);
}

long write_to_pipe(const Descriptor& to, const iovec* from, int count, const void* pc) {
  Rest rest(from, count);
  RoomProbe probe{to.fd, false};
  long done = 0;
  const Step one{.kind = StepKind::kSend, .object = to.object, .pc = pc, .call = Call::kWrite};
  while (!rest.empty()) {
    const long error =
        await(one, wait_for(pipe_has_room, &probe), done > 0 ? Restart::kNever : Restart::kAsHandlerSays);
    if (error != 0) return done > 0 ? done : error;
    const long written = write_part(to, rest);
    if (written < 0 && written != -EAGAIN) return done > 0 ? done : written;
    probe.is_full = true;
    if (written == -EAGAIN) continue;
    done += written;
    rest.advance(static_cast<std::size_t>(written));
  }
  return done;
}

// A try that fails is no progress: a loop of them is a spinning one, which the strategy must be able to tell. It takes
// a little time, so that a sleeper for whom the loop waits wakes up at last.
StepKind kind_of_try(StepKind kind, int fd, short events) {
  if (events_now(fd, events) != 0) return kind;
  virtual_clock();
  return StepKind::kOther;
}

long write_without_waiting(const Descriptor& to, const iovec* from, int count, const void* pc) {
  const StepKind kind = to.blocks() ? StepKind::kSend : kind_of_try(StepKind::kSend, to.fd, POLLOUT);
  step(Step{.kind = kind, .object = to.object, .is_write = true, .pc = pc, .call = Call::kWrite});
  if (to.type == Type::kPipe && (events_now(to.fd, POLLOUT) & POLLERR) != 0) leave_before_sigpipe();
  return kernel(SYS_writev, to.fd, kernel_pointer(from), count);
}

bool is_nothing(const iovec* from, int count) {
  for (int i = 0; i < count; ++i) {
    if (from[i].iov_len != 0) return false;
  }
  return true;
}

// sendfile and splice: as often as it takes, without waiting in the kernel.
template <typename Transfer>
long transfer_in_steps(int in, int out, std::size_t size, const void* pc, Transfer transfer) {
  const Descriptor from = descriptor_of(in), to = descriptor_of(out);
  std::size_t done = 0;
  long moved = 0;
  while (done == 0 || (done < size && moved > 0)) {
    const bool waits = to.blocks() && from.blocks();
    long error = await_input(from, waits, pc);
    const DescriptorProbe probe{out, POLLOUT};
    const Wait wait = waits ? wait_for(descriptor_is_ready, &probe) : Wait{};
    if (error == 0) error = await(Step{.kind = StepKind::kSend, .object = to.object, .pc = pc}, wait, Restart::kNever);
    if (error != 0) return done > 0 ? static_cast<long>(done) : error;
    const WithoutBlocking now(to);
    moved = transfer(size - done);
    if (moved == -EAGAIN && waits) continue;
    if (moved < 0) return done > 0 ? static_cast<long>(done) : moved;
    push_out(to);
    done += static_cast<std::size_t>(moved);
    // splice returns what there was in a pipe or a socket; sendfile, whose input is a file, goes on.
    if (moved == 0 || from.type == Type::kPipe || from.type == Type::kSocket) break;
  }
  return static_cast<long>(done);
}

}  // namespace

namespace jitterlab {

long await_input(const Descriptor& from, bool may_wait, const void* pc) {
  const DescriptorProbe probe{from.fd, POLLIN};
  publish_expirations();
  Step one{.kind = StepKind::kReceive, .object = from.object, .is_write = true, .pc = pc, .call = Call::kRead};
  if (!may_wait || !from.blocks() || is_for_writing_only(from) || is_listener(from)) {
    one.kind = kind_of_try(StepKind::kReceive, from.fd, POLLIN);
    return await(one, Wait{}, Restart::kAsHandlerSays);
  }
  const std::uint64_t deadline = socket_deadline(from, SO_RCVTIMEO);
  return await(one, wait_for(has_events, &probe, deadline), restart_unless(deadline));
}

long write_in_steps(int fd, const iovec* from, int count, const void* pc) {
  const Descriptor to = descriptor_of(fd);
  const bool is_ordinary = count > 0 && count <= kMostParts && !is_nothing(from, count);
  if (to.type == Type::kSocket && is_ordinary) {
    msghdr message{};
    message.msg_iov = const_cast<iovec*>(from);
    message.msg_iovlen = static_cast<std::size_t>(count);
    return send_in_steps(to, message, 0, pc);
  }
  if (to.type == Type::kPipe && is_ordinary && to.blocks() && (to.flags & O_ACCMODE) != O_RDONLY)
    return write_to_pipe(to, from, count, pc);
  return write_without_waiting(to, from, count, pc);
}

}  // namespace jitterlab

namespace {

long note_bytes(long result) {
  note_result(result < 0 ? kFailedCall : static_cast<std::uint64_t>(result));
  return result;
}

// What a read has written into memory.
void note_received(void* to, ssize_t size, const void* pc) {
  if (size > 0) note_access(to, static_cast<std::size_t>(size), StepKind::kWrite, pc);
}
void note_received(const iovec* to, ssize_t size, const void* pc) {
  for (; size > 0; ++to) {
    const auto part = static_cast<std::size_t>(size) < to->iov_len ? static_cast<std::size_t>(size) : to->iov_len;
    note_access(to->iov_base, part, StepKind::kWrite, pc);
    size -= static_cast<ssize_t>(part);
  }
}

ssize_t read_random(void* to, std::size_t size) {
  fill_with_random(to, size);
  return static_cast<ssize_t>(size);
}
ssize_t read_random(const iovec* to, int count) {
  ssize_t done = 0;
  for (int i = 0; i < count; ++i) done += read_random(to[i].iov_base, to[i].iov_len);
  return done;
}

}  // namespace

#define JITTERLAB_READ(name, parameters, arguments, shorten, size, to, bytes)                             \
  JITTERLAB_REPLACE(ssize_t, name, parameters) {                                                          \
    const void* pc = __builtin_return_address(0);                                                         \
    shorten;                                                                                              \
    if (!controls_calls()) {                                                                              \
      step_before(StepKind::kReceive, object_of(fd), pc);                                                 \
      return JITTERLAB_REAL(name) arguments;                                                              \
    }                                                                                                     \
    const Descriptor from = descriptor_of(fd);                                                            \
    if (const long error = await_input(from, (size) != 0, pc); error != 0) return returned(error);        \
    const ssize_t result =                                                                                \
        note_bytes(from.type == Type::kRandom ? read_random(to, bytes) : JITTERLAB_REAL(name) arguments); \
    note_detail(result > 0 ? static_cast<std::uint64_t>(result) : 0);                                     \
    note_received(to, result, pc);                                                                        \
    return result;                                                                                        \
  }
JITTERLAB_READ(read, (int fd, void* to, std::size_t size), (fd, to, size), size = shortened(kReadsAreShort, fd, size),
               size, to, size)
JITTERLAB_READ(__read_chk, (int fd, void* to, std::size_t size, std::size_t room), (fd, to, size, room),
               size = shortened(kReadsAreShort, fd, size), size, to, size)
JITTERLAB_READ(readv, (int fd, const iovec* to, int count), (fd, to, count), (void)0, 1, to, count)
JITTERLAB_READ(pread, (int fd, void* to, std::size_t size, off_t at), (fd, to, size, at), (void)0, 0, to, size)
JITTERLAB_READ(pread64, (int fd, void* to, std::size_t size, off_t at), (fd, to, size, at), (void)0, 0, to, size)
JITTERLAB_READ(preadv, (int fd, const iovec* to, int count, off_t at), (fd, to, count, at), (void)0, 0, to, count)

JITTERLAB_REPLACE(ssize_t, write, (int fd, const void* from, std::size_t size)) {
  const void* pc = __builtin_return_address(0);
  size = shortened(kWritesAreShort, fd, size);
  if (controls_calls()) {
    const iovec all{const_cast<void*>(from), size};
    const long written = note_bytes(write_in_steps(fd, &all, 1, pc));
    // One part only: of more, the first could have been received long before the last was sent.
    const auto size_written = static_cast<std::size_t>(written);
    if (written > 0 && size_written <= kOnePart) note_access(from, size_written, StepKind::kRead, pc);
    return returned(written);
  }
  step_before(StepKind::kSend, object_of(fd), pc);
  return JITTERLAB_REAL(write)(fd, from, size);
}

JITTERLAB_REPLACE(ssize_t, writev, (int fd, const iovec* from, int count)) {
  const void* pc = __builtin_return_address(0);
  if (controls_calls()) return returned(write_in_steps(fd, from, count, pc));
  step_before(StepKind::kSend, object_of(fd), pc);
  return JITTERLAB_REAL(writev)(fd, from, count);
}

// Files with positions: these never wait.
#define JITTERLAB_FILE_WRITE(name, parameters, arguments)                                                       \
  JITTERLAB_REPLACE(ssize_t, name, parameters) {                                                                \
    const std::uint64_t object = controls_calls() ? object_of_descriptor(fd) : object_of(fd);                   \
    step(Step{.kind = StepKind::kSend, .object = object, .is_write = true, .pc = __builtin_return_address(0)}); \
    return JITTERLAB_REAL(name) arguments;                                                                      \
  }
JITTERLAB_FILE_WRITE(pwrite, (int fd, const void* from, std::size_t size, off_t at), (fd, from, size, at))
JITTERLAB_FILE_WRITE(pwrite64, (int fd, const void* from, std::size_t size, off_t at), (fd, from, size, at))
JITTERLAB_FILE_WRITE(pwritev, (int fd, const iovec* from, int count, off_t at), (fd, from, count, at))

#define JITTERLAB_SENDFILE(name)                                                          \
  JITTERLAB_REPLACE(ssize_t, name, (int out, int in, off_t* at, std::size_t size)) {      \
    if (!controls_calls()) return JITTERLAB_REAL(name)(out, in, at, size);                \
    const auto some = [&](std::size_t left) {                                             \
      return kernel(SYS_sendfile, out, in, kernel_pointer(at), static_cast<long>(left));  \
    };                                                                                    \
    return returned(transfer_in_steps(in, out, size, __builtin_return_address(0), some)); \
  }
JITTERLAB_SENDFILE(sendfile)
JITTERLAB_SENDFILE(sendfile64)

JITTERLAB_REPLACE(ssize_t, splice, (int in, off_t* in_at, int out, off_t* out_at, std::size_t size, unsigned flags)) {
  if (!controls_calls()) return JITTERLAB_REAL(splice)(in, in_at, out, out_at, size, flags);
  const auto some = [&](std::size_t left) {
    return kernel(SYS_splice, in, kernel_pointer(in_at), out, kernel_pointer(out_at), static_cast<long>(left),
                  flags | SPLICE_F_NONBLOCK);
  };
  return returned(transfer_in_steps(in, out, size, __builtin_return_address(0), some));
}

JITTERLAB_REPLACE(ssize_t, tee, (int in, int out, std::size_t size, unsigned flags)) {
  if (!controls_calls()) return JITTERLAB_REAL(tee)(in, out, size, flags);
  const auto some = [&](std::size_t left) {
    return kernel(SYS_tee, in, out, static_cast<long>(left), flags | SPLICE_F_NONBLOCK);
  };
  return returned(transfer_in_steps(in, out, size, __builtin_return_address(0), some));
}

// Mapped pages take the same room in a pipe as copied ones.
JITTERLAB_REPLACE(ssize_t, vmsplice, (int fd, const iovec* parts, std::size_t count, unsigned flags)) {
  if (!controls_calls()) return JITTERLAB_REAL(vmsplice)(fd, parts, count, flags);
  const void* pc = __builtin_return_address(0);
  const Descriptor pipe = descriptor_of(fd);
  if ((pipe.flags & O_ACCMODE) != O_RDONLY) return returned(write_in_steps(fd, parts, static_cast<int>(count), pc));
  if (const long error = await_input(pipe, (flags & SPLICE_F_NONBLOCK) == 0, pc); error != 0) return returned(error);
  return JITTERLAB_REAL(vmsplice)(fd, parts, count, flags);
}

namespace {

int note_pipe(int result, const int* fds) {
  if (controls_calls()) note_result(result < 0 ? kFailedCall : object_of_descriptor(fds[0]));
  return result;
}

}  // namespace

JITTERLAB_REPLACE(int, pipe, (int* fds)) {
  step_before(StepKind::kObject, 0, __builtin_return_address(0), Call::kPipe);
  return note_pipe(JITTERLAB_REAL(pipe)(fds), fds);
}
JITTERLAB_REPLACE(int, pipe2, (int* fds, int flags)) {
  step_before(StepKind::kObject, 0, __builtin_return_address(0), Call::kPipe);
  return note_pipe(JITTERLAB_REAL(pipe2)(fds, flags), fds);
}

#define JITTERLAB_DESCRIPTOR_STEP(fd)                                                         \
  step_before(StepKind::kObject, controls_calls() ? object_of_descriptor(fd) : object_of(fd), \
              __builtin_return_address(0), Call::kClose)

JITTERLAB_REPLACE(int, close, (int fd)) {
  JITTERLAB_DESCRIPTOR_STEP(fd);
  if (controls_calls()) timer_was_closed(fd);
  return JITTERLAB_REAL(close)(fd);
}

namespace {

// `to` is now what `from` is, and nothing else any more.
int duplicated(int from, int to) {
  if (!controls_calls() || to < 0 || from == to) return to;
  timer_was_closed(to);
  timer_was_duplicated(from, to);
  return to;
}

}  // namespace

JITTERLAB_REPLACE(int, dup, (int from)) { return duplicated(from, JITTERLAB_REAL(dup)(from)); }

// Closing what had the number before is what others notice.
JITTERLAB_REPLACE(int, dup2, (int from, int to)) {
  if (controls_calls()) JITTERLAB_DESCRIPTOR_STEP(to);
  return duplicated(from, JITTERLAB_REAL(dup2)(from, to));
}
JITTERLAB_REPLACE(int, dup3, (int from, int to, int flags)) {
  if (controls_calls()) JITTERLAB_DESCRIPTOR_STEP(to);
  return duplicated(from, JITTERLAB_REAL(dup3)(from, to, flags));
}
JITTERLAB_REPLACE(int, close_range, (unsigned first, unsigned last, int flags)) {
  if (controls_calls()) step_before(StepKind::kObject, 0, __builtin_return_address(0));
  if (controls_calls() && flags == 0) timers_were_closed(first, last);
  return JITTERLAB_REAL(close_range)(first, last, flags);
}
JITTERLAB_REPLACE(void, closefrom, (int first)) {
  if (controls_calls()) step_before(StepKind::kObject, 0, __builtin_return_address(0));
  if (controls_calls()) timers_were_closed(static_cast<unsigned>(first), ~0u);
  JITTERLAB_REAL(closefrom)(first);
}
