#include "agent/probes.h"

#include <poll.h>
#include <signal.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/wait.h>

#include <cerrno>

#include "agent/kernel.h"

namespace jitterlab {
namespace {

constexpr int kMostMembers = 256;

// As msgrcv copies a message; the text is of no interest.
struct AnyMessage {
  long type;
  char text[8];
};

// Type of message number `index` of a queue, without taking it; a negative error.
long type_of_message(int queue, int index) {
  AnyMessage message{};
  const long got = kernel(SYS_msgrcv, queue, kernel_pointer(&message), sizeof message.text, index,
                          IPC_NOWAIT | MSG_NOERROR | MSG_COPY);
  return got < 0 ? got : message.type;
}

bool matches(long type, const Wait& wait) {
  if (wait.type == 0) return true;
  if (wait.type < 0) return type <= -wait.type;
  return ((wait.flags & MSG_EXCEPT) != 0) != (type == wait.type);
}

}  // namespace

const SemaphoreOperation* blocking_operation(const Wait& wait) {
  if (wait.operations == 1) {
    const SemaphoreOperation& only = wait.operation[0];
    if (only.change > 0) return nullptr;
    const long value = kernel(SYS_semctl, wait.id, only.member, GETVAL, 0);
    if (value < 0) return nullptr;
    return (only.change == 0 ? value != 0 : value + only.change < 0) ? &only : nullptr;
  }
  unsigned short values[kMostMembers];
  semid_ds status{};
  if (kernel(SYS_semctl, wait.id, 0, IPC_STAT, kernel_pointer(&status)) < 0) return nullptr;
  if (status.sem_nsems > kMostMembers) return nullptr;
  if (kernel(SYS_semctl, wait.id, 0, GETALL, kernel_pointer(values)) < 0) return nullptr;
  for (int i = 0; i < wait.operations; ++i) {
    const SemaphoreOperation& operation = wait.operation[i];
    if (operation.member >= status.sem_nsems) return nullptr;
    const int value = values[operation.member];
    if (operation.change == 0 ? value != 0 : value + operation.change < 0) return &operation;
    values[operation.member] = static_cast<unsigned short>(value + operation.change);
  }
  return nullptr;
}

bool semaphores_let(const Wait& wait) {
  const SemaphoreOperation* blocking = blocking_operation(wait);
  return blocking == nullptr || (blocking->flags & IPC_NOWAIT) != 0;
}

bool queue_has_room(const Wait& wait) {
  msqid_ds status{};
  if (kernel(SYS_msgctl, wait.id, IPC_STAT, kernel_pointer(&status)) < 0) return true;
  const auto size = static_cast<unsigned long>(wait.type);
  return status.__msg_cbytes + size <= status.msg_qbytes && status.msg_qnum + 1 <= status.msg_qbytes;
}

bool queue_has_message(const Wait& wait) {
  msqid_ds status{};
  if (kernel(SYS_msgctl, wait.id, IPC_STAT, kernel_pointer(&status)) < 0) return true;
  if (wait.type == 0) return status.msg_qnum > 0;
  for (int i = 0; i < static_cast<int>(status.msg_qnum); ++i) {
    const long type = type_of_message(wait.id, i);
    if (type < 0 || matches(type, wait)) return true;
  }
  return false;
}

bool descriptor_is_ready(const void* argument) {
  const auto& probe = *static_cast<const DescriptorProbe*>(argument);
  pollfd one{probe.fd, probe.events, 0};
  return kernel(SYS_poll, kernel_pointer(&one), 1, 0) != 0;
}

bool child_has_changed(const void* argument) {
  const auto& probe = *static_cast<const ChildProbe*>(argument);
  siginfo_t information{};
  const long result =
      kernel(SYS_waitid, probe.id_type, probe.id, kernel_pointer(&information), probe.options | WNOHANG | WNOWAIT, 0);
  return result < 0 || information.si_pid != 0;
}

}  // namespace jitterlab
