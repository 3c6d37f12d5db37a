#include "sandbox/wire.h"

#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "os/error.h"

namespace jitterlab {
namespace {

void put_descriptor(msghdr& header, char* control, std::size_t size, int descriptor) {
  header.msg_control = control;
  header.msg_controllen = size;
  cmsghdr* part = CMSG_FIRSTHDR(&header);
  part->cmsg_level = SOL_SOCKET;
  part->cmsg_type = SCM_RIGHTS;
  part->cmsg_len = CMSG_LEN(sizeof(int));
  std::memcpy(CMSG_DATA(part), &descriptor, sizeof(int));
}

Fd descriptor_in(msghdr& header) {
  for (cmsghdr* part = CMSG_FIRSTHDR(&header); part; part = CMSG_NXTHDR(&header, part)) {
    if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
    int descriptor = -1;
    std::memcpy(&descriptor, CMSG_DATA(part), sizeof(int));
    return Fd(descriptor);
  }
  return Fd();
}

}  // namespace

Sent send_message(int socket, const Message& message, int descriptor, const std::string& attached) {
  const std::vector<std::uint8_t> packet = Message::to_cbor(message);
  std::uint64_t size = packet.size();
  iovec vector[] = {{&size, sizeof size},
                    {const_cast<std::uint8_t*>(packet.data()), packet.size()},
                    {const_cast<char*>(attached.data()), attached.size()}};
  msghdr header{};
  header.msg_iov = vector;
  header.msg_iovlen = 3;
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  if (descriptor >= 0) put_descriptor(header, control, sizeof control, descriptor);
  while (::sendmsg(socket, &header, MSG_NOSIGNAL | MSG_DONTWAIT) < 0) {
    if (errno == EINTR) continue;
    if (errno == EAGAIN) return Sent::kFull;
    if (errno == EPIPE || errno == ECONNRESET) return Sent::kClosed;
    throw system_error("cannot send to the other side of the sandbox");
  }
  return Sent::kDone;
}

std::optional<Received> receive_message(int socket, bool& closed) {
  static thread_local std::vector<std::uint8_t> packet(256 << 10);
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  iovec vector{packet.data(), packet.size()};
  msghdr header{};
  header.msg_iov = &vector;
  header.msg_iovlen = 1;
  header.msg_control = control;
  header.msg_controllen = sizeof control;
  ssize_t got = 0;
  do {
    got = ::recvmsg(socket, &header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  } while (got < 0 && errno == EINTR);
  closed = got == 0 || (got < 0 && (errno == ECONNRESET || errno == EPIPE));
  if (got < 0 && errno != EAGAIN && !closed) throw system_error("cannot receive from the other side of the sandbox");
  if (got <= 0) return std::nullopt;
  Received received;
  received.descriptor = descriptor_in(header);
  std::uint64_t size = 0;
  const auto begin = packet.begin() + sizeof size, end = packet.begin() + got;
  if (end - begin > 0) std::memcpy(&size, packet.data(), sizeof size);
  if (size > 0 && size <= static_cast<std::uint64_t>(end - begin)) {
    const auto end_of_message = begin + static_cast<std::ptrdiff_t>(size);
    received.message = Message::from_cbor(begin, end_of_message, true, false);
    received.attached.assign(reinterpret_cast<const char*>(&*begin) + size,
                             static_cast<std::size_t>(end - end_of_message));
  }
  if (received.message.is_null() || received.message.is_discarded())
    throw Error("the two sides of the sandbox do not understand each other");
  return received;
}

}  // namespace jitterlab
