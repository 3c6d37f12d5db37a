// What the wrapped calls on descriptors share: what a descriptor is, how a task waits for it, and how a call that libc
// would make is carried out in steps. All of this is for controlled executions only; results are those of raw system
// calls, that is, negative errors.
#pragma once

#include <sys/types.h>
#include <sys/uio.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>

#include "agent/baton.h"
#include "agent/step.h"
#include "agent/wrap.h"

struct msghdr;

namespace jitterlab {

// True when calls of the calling task are carried out in steps; false in jitter mode, in a vfork child, in a task that
// is not ours, and for calls that the agent makes itself.
bool controls_calls();

struct Descriptor {
  enum class Type : std::uint8_t {
    kNone,  // not open
    kPipe,  // or FIFO
    kSocket,
    kOutside,  // a socket to somebody who is no task, as for captured output: he reads without being chosen
    kRandom,   // /dev/random, /dev/urandom: it gives what fill_with_random() says
    kOther,
  };
  int fd = -1;
  Type type = Type::kNone;
  int flags = 0;  // O_…
  int domain = 0, socket_type = 0;
  std::uint64_t object = 0;

  bool is_of_bytes() const { return socket_type == 1 /* SOCK_STREAM */; }
  bool has_connections() const { return is_of_bytes() || socket_type == 5 /* SOCK_SEQPACKET */; }
  bool blocks() const { return type != Type::kNone && (flags & 0x800 /* O_NONBLOCK */) == 0; }
};
Descriptor descriptor_of(int fd);

// "/proc/self/fd/3", of `folder` and `fd`.
void path_of_descriptor(const char* folder, int fd, char (&path)[48]);

// Both ends of a pipe are one object. So are all sockets of a family and type: which of them are connected is not known
// without asking much, and two that are not are only taken for dependent; but each of what is captured is one of its
// own. 0 when `fd` is not open.
std::uint64_t object_of_descriptor(int fd);
// What is named in the file system, as a whole: making, renaming and erasing.
std::uint64_t object_of_names();

// A wait for `probe`; anything that moves bytes or closes something makes the task look again.
Wait wait_for(bool (*probe)(const void*), const void* argument, std::uint64_t deadline = 0);
// Parks before an operation until it would not block. 0, or why it is not to be carried out: -EINTR, `at_deadline`.
long await(const Step& step, Wait wait, Restart restart, long at_deadline = -EAGAIN);
// Under SO_RCVTIMEO or SO_SNDTIMEO: virtual nanoseconds, 0: none. Such calls are never restarted.
std::uint64_t socket_deadline(const Descriptor& descriptor, int option);
inline Restart restart_unless(std::uint64_t deadline) {
  return deadline != 0 ? Restart::kNever : Restart::kAsHandlerSays;
}

// For a DescriptorProbe.
bool has_events(const void* probe);
// The events of poll(), POLLNVAL and the like included, that are true now; 0: none.
short events_now(int fd, short events);

// As libc returns results.
inline long returned(long result) {
  if (result >= 0) return result;
  errno = static_cast<int>(-result);
  return -1;
}

// Sets O_NONBLOCK for the time of one call. Safe although others share the open file: only the caller runs.
class WithoutBlocking {
 public:
  explicit WithoutBlocking(const Descriptor& descriptor);
  ~WithoutBlocking();
  WithoutBlocking(const WithoutBlocking&) = delete;
  WithoutBlocking& operator=(const WithoutBlocking&) = delete;

 private:
  const Descriptor& descriptor_;
};

// Waits until something can be received; `may_wait` false: does not wait. 0, or a negative error.
long await_input(const Descriptor& descriptor, bool may_wait, const void* pc);
// Writes bytes, in as many parts as the other side makes necessary: what was written, or a negative error.
long write_in_steps(int fd, const iovec* from, int count, const void* pc);
// Likewise a message into a socket.
long send_in_steps(const Descriptor& descriptor, const msghdr& message, int flags, const void* pc);
// What was given to a socket of TCP is on its way now, and there before anybody goes on: by setting TCP_NODELAY, which
// sends also what TCP_CORK, MSG_MORE and Nagle's algorithm hold back until others are acknowledged or 200 ms are over.
void push_out(const Descriptor& to);
// Opens a file; a FIFO meets its other side.
long open_in_steps(int folder, const char* path, int flags, mode_t mode, const void* pc);

// If a write to an end without a reader is about to kill the process, the baton is handed over before.
void leave_before_sigpipe();

// A descriptor of ours for the time of a wait, out of the way of the program's numbers.
class Scratch {
 public:
  Scratch() = default;
  ~Scratch() { close(); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  int fd() const { return fd_; }
  void take(long fd);  // negative: none

 private:
  void close();
  int fd_ = -1;
};

// What is left to be written of some parts of memory.
class Rest {
 public:
  static constexpr int kWindow = 16;
  Rest(const iovec* parts, int count) : parts_(parts), count_(count) {}
  bool empty() const { return count_ == 0; }
  // The next parts, as many as fit; all of them when nothing was written yet.
  iovec* window(iovec (&place)[kWindow], int& count) const;
  void advance(std::size_t bytes);

 private:
  const iovec* parts_;
  int count_;
  std::size_t skip_ = 0;  // bytes of the first
};

}  // namespace jitterlab
