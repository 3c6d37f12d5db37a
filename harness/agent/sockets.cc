// Sockets: receiving, connecting, accepting. How a task sends is in sending.cc.
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/un.h>

#include "agent/access.h"
#include "agent/descriptors.h"
#include "agent/faults.h"
#include "agent/kernel.h"
#include "agent/probes.h"
#include "schedule/name_hash.h"

using namespace jitterlab;

namespace {

using Type = Descriptor::Type;

// ---- connecting ----------------------------------------------------------------------------------------------------

struct Connecting {
  int fd;
  const sockaddr* address;
  socklen_t size;
};

// The listener's queue has room. Asked through a socket that is connected already: it is told so only when the queue is
// not full, and nothing else happens.
bool listener_has_room(const void* argument) {
  const auto& probe = *static_cast<const Connecting*>(argument);
  return kernel(SYS_connect, probe.fd, kernel_pointer(probe.address), probe.size) != -EAGAIN;
}

long await_connection(const Descriptor& socket, const void* pc) {
  const DescriptorProbe probe{socket.fd, POLLOUT};
  const std::uint64_t deadline = socket_deadline(socket, SO_SNDTIMEO);
  const Step one{.kind = StepKind::kSend, .object = socket.object, .pc = pc, .call = Call::kConnect};
  Wait wait = wait_for(descriptor_is_ready, &probe, deadline);
  wait.in_real_time = true;
  const long error = await(one, wait, restart_unless(deadline), -EINPROGRESS);
  if (error != 0) return error;
  int result = 0;
  socklen_t size = sizeof result;
  kernel(SYS_getsockopt, socket.fd, SOL_SOCKET, SO_ERROR, kernel_pointer(&result), kernel_pointer(&size));
  return -result;
}

long await_listener(const Descriptor& socket, const Connecting& to, const void* pc) {
  int pair[2];
  if (kernel(SYS_socketpair, AF_UNIX, socket.socket_type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, kernel_pointer(pair)) != 0)
    return -EAGAIN;
  kernel(SYS_close, pair[1]);
  Scratch witness;
  witness.take(pair[0]);
  const Connecting probe{witness.fd(), to.address, to.size};
  const std::uint64_t deadline = socket_deadline(socket, SO_SNDTIMEO);
  const Step one{.kind = StepKind::kSend, .object = socket.object, .pc = pc, .call = Call::kConnect};
  return await(one, wait_for(listener_has_room, &probe, deadline), restart_unless(deadline));
}

long connect_in_steps(const Descriptor& socket, const Connecting& to, const void* pc) {
  step(Step{.kind = StepKind::kSend, .object = socket.object, .pc = pc});
  for (;;) {
    long result;
    {
      const WithoutBlocking now(socket);
      result = kernel(SYS_connect, socket.fd, kernel_pointer(to.address), to.size);
    }
    if (result == -EINPROGRESS || result == -EALREADY) return await_connection(socket, pc);
    if (result != -EAGAIN || socket.domain != AF_UNIX) return result;
    if (const long error = await_listener(socket, to, pc); error != 0) return error;
  }
}

// ---- receiving -----------------------------------------------------------------------------------------------------

bool may_wait(int flags) { return (flags & (MSG_DONTWAIT | MSG_ERRQUEUE | MSG_OOB)) == 0; }

struct BytesProbe {
  int fd;
  std::size_t wanted;
};

// As many bytes as wanted, or no more will come.
bool has_bytes(const void* argument) {
  const auto& probe = *static_cast<const BytesProbe*>(argument);
  if ((events_now(probe.fd, POLLRDHUP) & (POLLRDHUP | POLLHUP | POLLERR | POLLNVAL)) != 0) return true;
  int bytes = 0;
  kernel(SYS_ioctl, probe.fd, 0x541b /* FIONREAD */, kernel_pointer(&bytes));
  return static_cast<std::size_t>(bytes) >= probe.wanted;
}

// MSG_WAITALL: part after part, as they come.
long receive_all(const Descriptor& from, msghdr& message, int flags, const void* pc) {
  Rest rest(message.msg_iov, static_cast<int>(message.msg_iovlen));
  long done = 0;
  while (!rest.empty()) {
    if (const long error = await_input(from, true, pc); error != 0) return done > 0 ? done : error;
    iovec place[Rest::kWindow];
    int count = 0;
    msghdr part = message;
    part.msg_iov = rest.window(place, count);
    part.msg_iovlen = static_cast<std::size_t>(count);
    const long got = kernel(SYS_recvmsg, from.fd, kernel_pointer(&part), (flags & ~MSG_WAITALL) | MSG_DONTWAIT);
    if (got == -EAGAIN) continue;
    if (got < 0) return done > 0 ? done : got;
    message.msg_flags = part.msg_flags;
    message.msg_namelen = part.msg_namelen;
    if (done == 0) message.msg_controllen = part.msg_controllen;
    if (got == 0) break;
    done += got;
    rest.advance(static_cast<std::size_t>(got));
  }
  return done;
}

bool is_for_all(const Descriptor& from, int flags) {
  return (flags & MSG_WAITALL) != 0 && may_wait(flags) && from.type == Type::kSocket && from.is_of_bytes() &&
         from.blocks();
}

// Waits before a call; true when it is not done yet, and `result` holds what it returns otherwise.
bool may_receive(int fd, msghdr& message, int flags, const void* pc, long& result) {
  const Descriptor from = descriptor_of(fd);
  if (!is_for_all(from, flags)) {
    result = await_input(from, may_wait(flags), pc);
    return result == 0;
  }
  if ((flags & MSG_PEEK) == 0) {
    result = receive_all(from, message, flags, pc);
    return false;
  }
  BytesProbe probe{fd, 0};
  for (std::size_t i = 0; i < message.msg_iovlen; ++i) probe.wanted += message.msg_iov[i].iov_len;
  result = await(Step{.kind = StepKind::kReceive, .object = from.object, .pc = pc}, wait_for(has_bytes, &probe),
                 Restart::kAsHandlerSays);
  return result == 0;
}

}  // namespace

// ---- the calls -----------------------------------------------------------------------------------------------------

namespace {

msghdr message_of(iovec* part) {
  msghdr message{};
  message.msg_iov = part;
  message.msg_iovlen = 1;
  return message;
}

}  // namespace

namespace {

// What a call has received: in the trace, and in memory that may be shared.
void note_got(ssize_t got, void* to, std::size_t size, const void* pc) {
  note_result(got < 0 ? kFailedCall : static_cast<std::uint64_t>(got));
  if (got > 0 && to != nullptr)
    note_access(to, size < static_cast<std::size_t>(got) ? size : static_cast<std::size_t>(got), StepKind::kWrite, pc);
}

}  // namespace

JITTERLAB_REPLACE(ssize_t, recvmsg, (int fd, msghdr* message, int flags)) {
  const void* pc = __builtin_return_address(0);
  long result = 0;
  if (!controls_calls() || message == nullptr) {
    step_before(StepKind::kReceive, object_of(fd), pc);
  } else if (!may_receive(fd, *message, flags, pc, result)) {
    return returned(result);
  }
  const ssize_t got = JITTERLAB_REAL(recvmsg)(fd, message, flags);
  note_got(got, nullptr, 0, pc);
  note_detail(got > 0 ? static_cast<std::uint64_t>(got) : 0);
  return got;
}

JITTERLAB_REPLACE(ssize_t, recv, (int fd, void* to, std::size_t size, int flags)) {
  const void* pc = __builtin_return_address(0);
  if ((flags & MSG_WAITALL) == 0) size = shortened(kReadsAreShort, fd, size);
  iovec part{to, size};
  msghdr message = message_of(&part);
  long result = 0;
  if (!controls_calls()) {
    step_before(StepKind::kReceive, object_of(fd), pc);
  } else if (!may_receive(fd, message, flags, pc, result)) {
    note_got(result, to, size, pc);
    return returned(result);
  }
  const ssize_t got = JITTERLAB_REAL(recv)(fd, to, size, flags);
  note_got(got, to, size, pc);
  note_detail(got > 0 ? static_cast<std::uint64_t>(got) : 0);
  return got;
}

JITTERLAB_REPLACE(ssize_t, recvfrom,
                  (int fd, void* to, std::size_t size, int flags, sockaddr* sender, socklen_t* sender_size)) {
  const void* pc = __builtin_return_address(0);
  if ((flags & MSG_WAITALL) == 0) size = shortened(kReadsAreShort, fd, size);
  iovec part{to, size};
  msghdr message = message_of(&part);
  message.msg_name = sender;
  if (sender != nullptr && sender_size != nullptr) message.msg_namelen = *sender_size;
  long result = 0;
  if (!controls_calls()) {
    step_before(StepKind::kReceive, object_of(fd), pc);
  } else if (!may_receive(fd, message, flags, pc, result)) {
    note_got(result, to, size, pc);
    if (result >= 0 && sender != nullptr && sender_size != nullptr) *sender_size = message.msg_namelen;
    return returned(result);
  }
  const ssize_t got = JITTERLAB_REAL(recvfrom)(fd, to, size, flags, sender, sender_size);
  note_got(got, to, size, pc);
  note_detail(got > 0 ? static_cast<std::uint64_t>(got) : 0);
  return got;
}

JITTERLAB_REPLACE(int, recvmmsg, (int fd, mmsghdr* messages, unsigned count, int flags, timespec* limit)) {
  if (!controls_calls()) return JITTERLAB_REAL(recvmmsg)(fd, messages, count, flags, limit);
  for (unsigned done = 0; done < count; ++done) {
    const bool waits = done == 0 || (flags & MSG_WAITFORONE) == 0;
    const int one = (flags & ~MSG_WAITFORONE) | (waits ? 0 : MSG_DONTWAIT);
    const ssize_t got = wrapped_recvmsg(fd, &messages[done].msg_hdr, one);
    if (got < 0) return done > 0 ? static_cast<int>(done) : -1;
    messages[done].msg_len = static_cast<unsigned>(got);
  }
  return static_cast<int>(count);
}

JITTERLAB_REPLACE(ssize_t, sendmsg, (int fd, const msghdr* message, int flags)) {
  const void* pc = __builtin_return_address(0);
  if (controls_calls() && message != nullptr) return returned(send_in_steps(descriptor_of(fd), *message, flags, pc));
  step_before(StepKind::kSend, object_of(fd), pc);
  return JITTERLAB_REAL(sendmsg)(fd, message, flags);
}

JITTERLAB_REPLACE(ssize_t, send, (int fd, const void* from, std::size_t size, int flags)) {
  const void* pc = __builtin_return_address(0);
  size = shortened(kWritesAreShort, fd, size);
  if (controls_calls()) {
    iovec part{const_cast<void*>(from), size};
    return returned(send_in_steps(descriptor_of(fd), message_of(&part), flags, pc));
  }
  step_before(StepKind::kSend, object_of(fd), pc);
  return JITTERLAB_REAL(send)(fd, from, size, flags);
}

JITTERLAB_REPLACE(ssize_t, sendto,
                  (int fd, const void* from, std::size_t size, int flags, const sockaddr* to, socklen_t to_size)) {
  const void* pc = __builtin_return_address(0);
  size = shortened(kWritesAreShort, fd, size);
  if (controls_calls()) {
    iovec part{const_cast<void*>(from), size};
    msghdr message = message_of(&part);
    message.msg_name = const_cast<sockaddr*>(to);
    message.msg_namelen = to != nullptr ? to_size : 0;
    return returned(send_in_steps(descriptor_of(fd), message, flags, pc));
  }
  step_before(StepKind::kSend, object_of(fd), pc);
  return JITTERLAB_REAL(sendto)(fd, from, size, flags, to, to_size);
}

JITTERLAB_REPLACE(int, sendmmsg, (int fd, mmsghdr* messages, unsigned count, int flags)) {
  if (!controls_calls()) return JITTERLAB_REAL(sendmmsg)(fd, messages, count, flags);
  for (unsigned done = 0; done < count; ++done) {
    const ssize_t sent = wrapped_sendmsg(fd, &messages[done].msg_hdr, flags);
    if (sent < 0) return done > 0 ? static_cast<int>(done) : -1;
    messages[done].msg_len = static_cast<unsigned>(sent);
  }
  return static_cast<int>(count);
}

JITTERLAB_WRAP(int, socket, (int domain, int type, int protocol), (domain, type, protocol), kObject, nullptr)
JITTERLAB_WRAP(int, socketpair, (int domain, int type, int protocol, int* fds), (domain, type, protocol, fds), kObject,
               nullptr)

#define JITTERLAB_SOCKET_STEP(kind, name, parameters, arguments)                                             \
  JITTERLAB_REPLACE(int, name, parameters) {                                                                 \
    const std::uint64_t object = controls_calls() ? object_of_descriptor(fd) : object_of(fd);                \
    step_before(controls_calls() ? StepKind::kObject : StepKind::kind, object, __builtin_return_address(0)); \
    return JITTERLAB_REAL(name) arguments;                                                                   \
  }
JITTERLAB_REPLACE(int, bind, (int fd, const sockaddr* address, socklen_t size)) {
  step_before(StepKind::kObject, controls_calls() ? object_of_descriptor(fd) : object_of(fd),
              __builtin_return_address(0));
  const int result = JITTERLAB_REAL(bind)(fd, address, size);
  if (result == 0 && address != nullptr && address->sa_family == AF_UNIX) {
    const auto* local = reinterpret_cast<const sockaddr_un*>(address);
    char path[sizeof local->sun_path + 1] = {};  // it may end without a zero
    const std::size_t begin = offsetof(sockaddr_un, sun_path);
    for (std::size_t i = 0; begin + i < size && i < sizeof local->sun_path; ++i) path[i] = local->sun_path[i];
    note_result(hash_of_name(path));
  }
  return result;
}
// With a queue that is too short Linux drops packets of TCP, and of those that ask for a connection some take
// themselves for connected, until it asks again a second later. So under control the queue has room for all who may
// come: what a program can see of the shorter one is a delay.
JITTERLAB_REPLACE(int, listen, (int fd, int backlog)) {
  step_before(StepKind::kObject, controls_calls() ? object_of_descriptor(fd) : object_of(fd),
              __builtin_return_address(0));
  constexpr int kRoom = 512;
  if (controls_calls() && backlog < kRoom && descriptor_of(fd).domain != AF_UNIX) backlog = kRoom;
  return JITTERLAB_REAL(listen)(fd, backlog);
}
JITTERLAB_SOCKET_STEP(kSend, shutdown, (int fd, int how), (fd, how))

JITTERLAB_REPLACE(int, connect, (int fd, const sockaddr* address, socklen_t size)) {
  const void* pc = __builtin_return_address(0);
  if (controls_calls()) {
    const Descriptor socket = descriptor_of(fd);
    if (socket.type == Type::kSocket && socket.blocks() && socket.has_connections())
      return static_cast<int>(returned(connect_in_steps(socket, {fd, address, size}, pc)));
    step_before(StepKind::kSend, socket.object, pc);
  } else {
    step_before(StepKind::kSend, object_of(fd), pc);
  }
  return JITTERLAB_REAL(connect)(fd, address, size);
}

namespace {

// poll() answers for a socket that does not listen at once, and the call fails.
bool may_accept(int fd, const void* pc) {
  if (!controls_calls()) {
    step_before(StepKind::kReceive, object_of(fd), pc);
    return true;
  }
  const Descriptor listener = descriptor_of(fd);
  const DescriptorProbe probe{fd, POLLIN};
  Step one{.kind = StepKind::kReceive, .object = listener.object, .is_write = true, .pc = pc};
  const std::uint64_t deadline = socket_deadline(listener, SO_RCVTIMEO);
  Wait wait;
  if (listener.blocks())
    wait = wait_for(descriptor_is_ready, &probe, deadline);
  else if (events_now(fd, POLLIN) == 0)
    one.kind = StepKind::kOther;
  return returned(await(one, wait, restart_unless(deadline))) == 0;
}

}  // namespace

JITTERLAB_REPLACE(int, accept, (int fd, sockaddr* peer, socklen_t* size)) {
  if (!may_accept(fd, __builtin_return_address(0))) return -1;
  return JITTERLAB_REAL(accept)(fd, peer, size);
}
JITTERLAB_REPLACE(int, accept4, (int fd, sockaddr* peer, socklen_t* size, int flags)) {
  if (!may_accept(fd, __builtin_return_address(0))) return -1;
  return JITTERLAB_REAL(accept4)(fd, peer, size, flags);
}
