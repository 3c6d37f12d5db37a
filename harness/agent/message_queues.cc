// POSIX message queues. A queue is a descriptor: poll() tells exactly whether there is a message, or room for one.
//
// A message for a queue that was empty may send a signal (mq_notify), which the kernel does in the middle of the send.
// It does so only when nobody waits for a message there; a parked task does not wait there yet, as the kernel sees it.
#include <fcntl.h>
#include <mqueue.h>
#include <poll.h>
#include <signal.h>
#include <sys/types.h>

#include <cstdarg>

#include "agent/descriptors.h"
#include "agent/kernel.h"
#include "agent/probes.h"
#include "agent/task.h"
#include "agent/virtual_time.h"
#include "schedule/name_hash.h"

using namespace jitterlab;

namespace {

constexpr unsigned kMostPriorities = 32768;
constexpr long kSecond = 1'000'000'000;

struct Transfer {
  StepKind kind;  // kSend or kReceive
  mqd_t queue;
  std::size_t size;
  unsigned priority;      // of what is sent
  const timespec* until;  // null: without limit
  const void* pc;

  bool sends() const { return kind == StepKind::kSend; }
  short events() const { return sends() ? POLLOUT : POLLIN; }
};

bool is_time(const timespec& time) { return time.tv_sec >= 0 && time.tv_nsec >= 0 && time.tv_nsec < kSecond; }

// A call that fails whatever is in the queue does not wait.
bool may_succeed(const Transfer& transfer, const Descriptor& descriptor) {
  mq_attr attributes{};
  if (kernel(SYS_mq_getsetattr, transfer.queue, 0, kernel_pointer(&attributes)) != 0) return false;
  const int mode = descriptor.flags & O_ACCMODE;
  if (transfer.until != nullptr && !is_time(*transfer.until)) return false;
  const auto most = static_cast<std::size_t>(attributes.mq_msgsize);
  if (transfer.sends()) return mode != O_RDONLY && transfer.size <= most && transfer.priority < kMostPriorities;
  return mode != O_WRONLY && transfer.size >= most;
}

// 0: the call is to be carried out, and does not wait.
long await_turn(const Transfer& transfer) {
  const Descriptor descriptor = descriptor_of(transfer.queue);
  Step one{.kind = transfer.kind, .object = descriptor.object, .is_write = true, .pc = transfer.pc};
  if (!descriptor.blocks() || !may_succeed(transfer, descriptor)) {
    // A try that fails is no progress, and takes a little time: as for pipes (streams.cc).
    if (events_now(transfer.queue, transfer.events()) == 0) {
      one.kind = StepKind::kOther;
      virtual_clock();
    }
    return await(one, Wait{}, Restart::kAsHandlerSays);
  }
  const DescriptorProbe probe{transfer.queue, transfer.events()};
  const std::uint64_t deadline = transfer.until != nullptr ? deadline_at(CLOCK_REALTIME, *transfer.until) : 0;
  Wait wait = wait_for(descriptor_is_ready, &probe, deadline);
  wait.is_served = true;
  return await(one, wait, Restart::kAsHandlerSays, -ETIMEDOUT);
}

// False: the call fails, and errno says why.
bool may_transfer(const Transfer& transfer) {
  if (controls_calls()) return returned(await_turn(transfer)) == 0;
  step_before(transfer.kind, object_of(transfer.queue), transfer.pc);
  return true;
}

// Any thread of the process that is to be told may take the signal, also one of ours.
template <typename Send>
int send_with_notice(const Send& send, const void* pc) {
  if (!controls_calls() || !control_area->controlled.has_notices) return send();
  hold_signals();
  const int result = send();
  const int error = errno;
  step_before(StepKind::kSignal, 0, pc);
  errno = error;
  return result;
}

}  // namespace

// Missing optional arguments are read as whatever is in the registers, and ignored by the real function.
JITTERLAB_REPLACE(mqd_t, mq_open, (const char* name, int flags, ...)) {
  step_before(StepKind::kObject, controls_calls() ? object_of_names() : 0, __builtin_return_address(0));
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = va_arg(arguments, mode_t);
  mq_attr* attributes = va_arg(arguments, mq_attr*);
  va_end(arguments);
  const mqd_t queue = JITTERLAB_REAL(mq_open)(name, flags, mode, attributes);
  if (queue >= 0 && (flags & O_CREAT) != 0) note_result(hash_of_name(name));
  return queue;
}
JITTERLAB_REPLACE(mqd_t, __mq_open_2, (const char* name, int flags)) {
  step_before(StepKind::kObject, controls_calls() ? object_of_names() : 0, __builtin_return_address(0));
  return JITTERLAB_REAL(__mq_open_2)(name, flags);
}
JITTERLAB_REPLACE(int, mq_unlink, (const char* name)) {
  step_before(StepKind::kObject, controls_calls() ? object_of_names() : 0, __builtin_return_address(0));
  return JITTERLAB_REAL(mq_unlink)(name);
}

#define JITTERLAB_QUEUE_STEP(kind)                                                               \
  step_before(StepKind::kind, controls_calls() ? object_of_descriptor(queue) : object_of(queue), \
              __builtin_return_address(0))

JITTERLAB_REPLACE(int, mq_close, (mqd_t queue)) {
  JITTERLAB_QUEUE_STEP(kObject);
  return JITTERLAB_REAL(mq_close)(queue);
}
JITTERLAB_REPLACE(int, mq_setattr, (mqd_t queue, const mq_attr* wanted, mq_attr* old)) {
  if (controls_calls()) JITTERLAB_QUEUE_STEP(kObject);
  return JITTERLAB_REAL(mq_setattr)(queue, wanted, old);
}
// A look: repeated, it is a spinning loop.
JITTERLAB_REPLACE(int, mq_getattr, (mqd_t queue, mq_attr* now)) {
  if (controls_calls()) {
    virtual_clock();
    JITTERLAB_QUEUE_STEP(kOther);
  }
  return JITTERLAB_REAL(mq_getattr)(queue, now);
}

JITTERLAB_REPLACE(int, mq_send, (mqd_t queue, const char* text, std::size_t size, unsigned priority)) {
  const void* pc = __builtin_return_address(0);
  if (!may_transfer({StepKind::kSend, queue, size, priority, nullptr, pc})) return -1;
  return send_with_notice([&] { return JITTERLAB_REAL(mq_send)(queue, text, size, priority); }, pc);
}
JITTERLAB_REPLACE(int, mq_timedsend,
                  (mqd_t queue, const char* text, std::size_t size, unsigned priority, const timespec* until)) {
  const void* pc = __builtin_return_address(0);
  if (!may_transfer({StepKind::kSend, queue, size, priority, until, pc})) return -1;
  return send_with_notice([&] { return JITTERLAB_REAL(mq_timedsend)(queue, text, size, priority, until); }, pc);
}
JITTERLAB_REPLACE(ssize_t, mq_receive, (mqd_t queue, char* text, std::size_t size, unsigned* priority)) {
  const void* pc = __builtin_return_address(0);
  if (!may_transfer({StepKind::kReceive, queue, size, 0, nullptr, pc})) return -1;
  return JITTERLAB_REAL(mq_receive)(queue, text, size, priority);
}
JITTERLAB_REPLACE(ssize_t, mq_timedreceive,
                  (mqd_t queue, char* text, std::size_t size, unsigned* priority, const timespec* until)) {
  const void* pc = __builtin_return_address(0);
  if (!may_transfer({StepKind::kReceive, queue, size, 0, until, pc})) return -1;
  return JITTERLAB_REAL(mq_timedreceive)(queue, text, size, priority, until);
}

// With SIGEV_THREAD libc makes a thread of its own, out of our sight.
JITTERLAB_REPLACE(int, mq_notify, (mqd_t queue, const sigevent* event)) {
  JITTERLAB_QUEUE_STEP(kObject);
  if (controls_calls() && event != nullptr) {
    if (event->sigev_notify == SIGEV_THREAD) {
      note_uncontrolled(Uncontrolled::kMessageThread);
      errno = ENOTSUP;
      return -1;
    }
    control_area->controlled.has_notices = true;
  }
  return JITTERLAB_REAL(mq_notify)(queue, event);
}
