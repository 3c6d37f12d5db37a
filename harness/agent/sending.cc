// Sending into sockets.
//
// Whether a blocking send would wait is not what poll() says: it wants a good part of the buffer to be free, a send
// only a little. SO_MEMINFO tells it exactly. Only the queue of a datagram socket of the Unix family, which is bounded
// on the receiver's side, has to be asked for by a socket of our own that is connected to the same address.
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/types.h>

#include "agent/descriptors.h"
#include "agent/kernel.h"

namespace jitterlab {
namespace {

using Type = Descriptor::Type;

struct RoomProbe {
  int fd;
  bool is_tcp;
  int witness;  // connected to the receiver of datagrams; -1: none
};

bool socket_has_room(const void* argument) {
  const auto& probe = *static_cast<const RoomProbe*>(argument);
  const short events = events_now(probe.fd, POLLOUT);
  if ((events & (POLLERR | POLLHUP | POLLNVAL)) != 0) return true;
  std::uint32_t memory[SK_MEMINFO_VARS] = {};
  socklen_t size = sizeof memory;
  if (kernel(SYS_getsockopt, probe.fd, SOL_SOCKET, SO_MEMINFO, kernel_pointer(memory), kernel_pointer(&size)) != 0)
    return events != 0;
  const std::uint32_t used = memory[probe.is_tcp ? SK_MEMINFO_WMEM_QUEUED : SK_MEMINFO_WMEM_ALLOC];
  if (used >= memory[SK_MEMINFO_SNDBUF]) return false;
  return probe.witness < 0 || events_now(probe.witness, POLLOUT) != 0;
}

// To where a message goes.
bool find_receiver(int fd, const msghdr& message, sockaddr_storage& address, socklen_t& size) {
  if (message.msg_name != nullptr) {
    size = message.msg_namelen < sizeof address ? message.msg_namelen : sizeof address;
    for (socklen_t i = 0; i < size; ++i)
      reinterpret_cast<char*>(&address)[i] = static_cast<const char*>(message.msg_name)[i];
    return true;
  }
  size = sizeof address;
  return kernel(SYS_getpeername, fd, kernel_pointer(&address), kernel_pointer(&size)) == 0;
}

void connect_witness(const Descriptor& to, const msghdr& message, Scratch& witness) {
  sockaddr_storage address{};
  socklen_t size = 0;
  if (to.domain != AF_UNIX || to.has_connections() || !find_receiver(to.fd, message, address, size)) return;
  witness.take(kernel(SYS_socket, AF_UNIX, to.socket_type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (witness.fd() >= 0 && kernel(SYS_connect, witness.fd(), kernel_pointer(&address), size) != 0) witness.take(-1);
}

// A part that does not wait. SIGPIPE comes as the program wants it, after the baton was handed over if it kills.
long send_part(const Descriptor& to, msghdr message, int flags) {
  const long sent = kernel(SYS_sendmsg, to.fd, kernel_pointer(&message), flags | MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent > 0) push_out(to);
  if (sent != -EPIPE || (flags & MSG_NOSIGNAL) != 0 || !to.has_connections()) return sent;
  leave_before_sigpipe();
  return kernel(SYS_sendmsg, to.fd, kernel_pointer(&message), flags | MSG_DONTWAIT);
}

long send_without_waiting(const Descriptor& to, const msghdr& message, int flags, const void* pc) {
  const bool fits = (events_now(to.fd, POLLOUT) & POLLOUT) != 0;
  step(Step{.kind = fits ? StepKind::kSend : StepKind::kOther, .object = to.object, .is_write = true, .pc = pc});
  if (to.type == Type::kSocket) return send_part(to, message, flags);
  return kernel(SYS_sendmsg, to.fd, kernel_pointer(&message), flags);
}

}  // namespace

void push_out(const Descriptor& to) {
  constexpr int kAtOnce = 1;
  if (to.type == Type::kSocket && to.is_of_bytes() && to.domain != AF_UNIX)
    kernel(SYS_setsockopt, to.fd, IPPROTO_TCP, TCP_NODELAY, kernel_pointer(&kAtOnce), sizeof kAtOnce);
}

long send_in_steps(const Descriptor& to, const msghdr& whole, int flags, const void* pc) {
  if (!to.blocks() || to.type != Type::kSocket || (flags & MSG_DONTWAIT) != 0)
    return send_without_waiting(to, whole, flags, pc);
  msghdr message = whole;
  Rest rest(message.msg_iov, static_cast<int>(message.msg_iovlen));
  Scratch witness;
  RoomProbe probe{to.fd, to.domain != AF_UNIX && to.is_of_bytes(), -1};
  const std::uint64_t deadline = socket_deadline(to, SO_SNDTIMEO);
  const Step one{.kind = StepKind::kSend, .object = to.object, .pc = pc};
  long done = 0;
  do {
    const Restart restart = done > 0 ? Restart::kNever : restart_unless(deadline);
    const long error = await(one, wait_for(socket_has_room, &probe, deadline), restart);
    if (error != 0) return done > 0 ? done : error;
    iovec place[Rest::kWindow];
    int count = 0;
    message.msg_iov = rest.window(place, count);
    message.msg_iovlen = static_cast<std::size_t>(count);
    const long sent = send_part(to, message, flags);
    if (sent == -EAGAIN) {
      connect_witness(to, message, witness);
      probe.witness = witness.fd();
      continue;
    }
    if (sent < 0) return done > 0 ? done : sent;
    done += sent;
    if (!to.is_of_bytes()) return done;
    rest.advance(static_cast<std::size_t>(sent));
    message.msg_control = nullptr;  // goes with the first part
    message.msg_controllen = 0;
  } while (!rest.empty());
  return done;
}

}  // namespace jitterlab
