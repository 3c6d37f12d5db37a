// Pipes, FIFOs, sockets and other descriptors.
#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>

#include <cstdarg>

#include "agent/wrap.h"

using namespace jitterlab;

JITTERLAB_WRAP(ssize_t, read, (int fd, void* to, std::size_t size), (fd, to, size), kReceive, fd)
JITTERLAB_WRAP(ssize_t, readv, (int fd, const iovec* to, int count), (fd, to, count), kReceive, fd)
JITTERLAB_WRAP(ssize_t, pread, (int fd, void* to, std::size_t size, off_t at), (fd, to, size, at), kReceive, fd)
JITTERLAB_WRAP(ssize_t, recv, (int fd, void* to, std::size_t size, int flags), (fd, to, size, flags), kReceive, fd)
JITTERLAB_WRAP(ssize_t, recvfrom,
               (int fd, void* to, std::size_t size, int flags, sockaddr* sender, socklen_t* sender_size),
               (fd, to, size, flags, sender, sender_size), kReceive, fd)
JITTERLAB_WRAP(ssize_t, recvmsg, (int fd, msghdr* message, int flags), (fd, message, flags), kReceive, fd)

JITTERLAB_WRAP(ssize_t, write, (int fd, const void* from, std::size_t size), (fd, from, size), kSend, fd)
JITTERLAB_WRAP(ssize_t, writev, (int fd, const iovec* from, int count), (fd, from, count), kSend, fd)
JITTERLAB_WRAP(ssize_t, pwrite, (int fd, const void* from, std::size_t size, off_t at), (fd, from, size, at), kSend, fd)
JITTERLAB_WRAP(ssize_t, send, (int fd, const void* from, std::size_t size, int flags), (fd, from, size, flags), kSend,
               fd)
JITTERLAB_WRAP(ssize_t, sendto,
               (int fd, const void* from, std::size_t size, int flags, const sockaddr* to, socklen_t to_size),
               (fd, from, size, flags, to, to_size), kSend, fd)
JITTERLAB_WRAP(ssize_t, sendmsg, (int fd, const msghdr* message, int flags), (fd, message, flags), kSend, fd)

JITTERLAB_WRAP(int, pipe, (int* fds), (fds), kObject, nullptr)
JITTERLAB_WRAP(int, pipe2, (int* fds, int flags), (fds, flags), kObject, nullptr)
JITTERLAB_WRAP(int, mkfifo, (const char* path, mode_t mode), (path, mode), kObject, nullptr)
JITTERLAB_WRAP(int, unlink, (const char* path), (path), kObject, nullptr)
JITTERLAB_WRAP(int, socket, (int domain, int type, int protocol), (domain, type, protocol), kObject, nullptr)
JITTERLAB_WRAP(int, socketpair, (int domain, int type, int protocol, int* fds), (domain, type, protocol, fds), kObject,
               nullptr)
JITTERLAB_WRAP(int, bind, (int fd, const sockaddr* address, socklen_t size), (fd, address, size), kObject, fd)
JITTERLAB_WRAP(int, listen, (int fd, int backlog), (fd, backlog), kObject, fd)
JITTERLAB_WRAP(int, connect, (int fd, const sockaddr* address, socklen_t size), (fd, address, size), kSend, fd)
JITTERLAB_WRAP(int, accept, (int fd, sockaddr* peer, socklen_t* size), (fd, peer, size), kReceive, fd)
JITTERLAB_WRAP(int, accept4, (int fd, sockaddr* peer, socklen_t* size, int flags), (fd, peer, size, flags), kReceive,
               fd)
JITTERLAB_WRAP(int, shutdown, (int fd, int how), (fd, how), kSend, fd)
JITTERLAB_WRAP(int, close, (int fd), (fd), kObject, fd)
JITTERLAB_WRAP(int, flock, (int fd, int operation), (fd, operation), kLock, fd)
JITTERLAB_WRAP(int, lockf, (int fd, int command, off_t size), (fd, command, size), kLock, fd)

JITTERLAB_WRAP(int, poll, (pollfd * fds, nfds_t count, int timeout), (fds, count, timeout), kReceive, nullptr)
JITTERLAB_WRAP(int, ppoll, (pollfd * fds, nfds_t count, const timespec* timeout, const sigset_t* mask),
               (fds, count, timeout, mask), kReceive, nullptr)
JITTERLAB_WRAP(int, select, (int count, fd_set* read, fd_set* write, fd_set* error, timeval* timeout),
               (count, read, write, error, timeout), kReceive, nullptr)
JITTERLAB_WRAP(int, pselect,
               (int count, fd_set* read, fd_set* write, fd_set* error, const timespec* timeout, const sigset_t* mask),
               (count, read, write, error, timeout, mask), kReceive, nullptr)
JITTERLAB_WRAP(int, epoll_wait, (int epoll, epoll_event* events, int most, int timeout), (epoll, events, most, timeout),
               kReceive, epoll)

// A FIFO makes its two sides meet here. The mode is read even where the caller passed none; it is ignored then.
JITTERLAB_REPLACE(int, open, (const char* path, int flags, ...)) {
  step_before(StepKind::kObject, 0, __builtin_return_address(0));
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = va_arg(arguments, mode_t);
  va_end(arguments);
  return JITTERLAB_REAL(open)(path, flags, mode);
}

JITTERLAB_REPLACE(int, open64, (const char* path, int flags, ...)) {
  step_before(StepKind::kObject, 0, __builtin_return_address(0));
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = va_arg(arguments, mode_t);
  va_end(arguments);
  return JITTERLAB_REAL(open64)(path, flags, mode);
}
