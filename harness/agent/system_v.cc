// System V shared memory, semaphores and message queues.
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

#include <cstdarg>

#include "agent/baton.h"
#include "agent/kernel.h"
#include "agent/probes.h"
#include "agent/shared_memory.h"
#include "agent/virtual_time.h"
#include "agent/wrap.h"

using namespace jitterlab;

namespace {

std::uint64_t number(int id) { return object_of(std::int64_t{id}); }

// Of a segment that was just attached. One that its owner may not look into is taken for one page.
std::size_t segment_size(int segment) {
  shmid_ds status{};
  status.shm_segsz = 1;
  kernel(SYS_shmctl, segment, IPC_STAT, kernel_pointer(&status));
  return status.shm_segsz;
}

// P or V: by the first operation.
StepKind semaphore_kind(const sembuf* operations, std::size_t count) {
  return count > 0 && operations != nullptr && operations->sem_op > 0 ? StepKind::kUnlock : StepKind::kLock;
}

std::uint64_t semaphores(int id) {
  return is_controlled() ? object_number(Named::kSemaphores, number(id)) : number(id);
}
std::uint64_t queue(int id) { return is_controlled() ? object_number(Named::kQueue, number(id)) : number(id); }
std::uint64_t segment(int id) { return is_controlled() ? object_number(Named::kSegment, number(id)) : number(id); }

bool may_operate(int id, const sembuf* operations, std::size_t count, const timespec* timeout, const void* pc) {
  Wait wait;
  Step one{.kind = semaphore_kind(operations, count), .object = semaphores(id), .pc = pc};
  if (is_controlled() && operations != nullptr && count > 0 && count <= kMostSemaphoreOperations) {
    wait.what = WaitFor::kSemaphores;
    wait.id = id;
    wait.operations = static_cast<std::int32_t>(count);
    for (std::size_t i = 0; i < count; ++i)
      wait.operation[i] = {operations[i].sem_num, operations[i].sem_op, operations[i].sem_flg};
    if (timeout != nullptr) wait.deadline = deadline_after(*timeout);
    if (count == 1) {
      one.offset = operations->sem_num;
      one.size = 1;
    }
  }
  // semop is never restarted, whatever the handler was set with.
  return may_go_on(one, wait, Restart::kNever);
}

// A look changes nothing: a loop of them spins.
StepKind kind_of_control(int command) {
  const bool is_look = command == GETVAL || command == GETALL || command == GETNCNT || command == GETZCNT ||
                       command == GETPID || command == IPC_STAT;
  return is_look && is_controlled() ? StepKind::kOther : StepKind::kObject;
}

}  // namespace

JITTERLAB_WRAP(int, shmget, (key_t key, std::size_t size, int flags), (key, size, flags), kObject, key)
JITTERLAB_WRAP(int, shmctl, (int id, int command, shmid_ds* status), (id, command, status), kObject, segment(id))

JITTERLAB_REPLACE(void*, shmat, (int id, const void* wish, int flags)) {
  step_before(StepKind::kObject, segment(id), __builtin_return_address(0));
  void* address = JITTERLAB_REAL(shmat)(id, wish, flags);
  if (address != MAP_FAILED) shared_memory.add(address, segment_size(id), segment(id));
  return address;
}

JITTERLAB_REPLACE(int, shmdt, (const void* address)) {
  step_before(StepKind::kObject, object_of(address), __builtin_return_address(0));
  const int result = JITTERLAB_REAL(shmdt)(address);
  if (result == 0) shared_memory.remove_range_at(address);
  return result;
}

JITTERLAB_WRAP(int, semget, (key_t key, int count, int flags), (key, count, flags), kObject, key)

JITTERLAB_REPLACE(int, semop, (int id, sembuf* operations, std::size_t count)) {
  if (!may_operate(id, operations, count, nullptr, __builtin_return_address(0))) return -1;
  return JITTERLAB_REAL(semop)(id, operations, count);
}

JITTERLAB_REPLACE(int, semtimedop, (int id, sembuf* operations, std::size_t count, const timespec* timeout)) {
  if (!may_operate(id, operations, count, timeout, __builtin_return_address(0))) return -1;
  return JITTERLAB_REAL(semtimedop)(id, operations, count, timeout);
}

// The fourth argument is a union of a word's size; reading it when the caller passed none is harmless here.
JITTERLAB_REPLACE(int, semctl, (int id, int number, int command, ...)) {
  step_before(kind_of_control(command), semaphores(id), __builtin_return_address(0));
  va_list arguments;
  va_start(arguments, command);
  void* argument = va_arg(arguments, void*);
  va_end(arguments);
  const int result = JITTERLAB_REAL(semctl)(id, number, command, argument);
  if (result < 0 || !is_controlled() || (command != GETNCNT && command != GETZCNT)) return result;
  // Whoever waits is parked before its call.
  return waiters_of_semaphore(id, static_cast<std::uint16_t>(number), command == GETZCNT);
}

JITTERLAB_WRAP(int, msgget, (key_t key, int flags), (key, flags), kObject, key)
JITTERLAB_WRAP(int, msgctl, (int id, int command, msqid_ds* status), (id, command, status), kObject, queue(id))

JITTERLAB_REPLACE(int, msgsnd, (int id, const void* message, std::size_t size, int flags)) {
  Wait wait;
  if ((flags & IPC_NOWAIT) == 0) wait.what = WaitFor::kSending;
  wait.id = id;
  wait.type = static_cast<std::int64_t>(size);
  const bool is_vain = is_controlled() && wait.what == WaitFor::kNothing && !queue_has_room(wait);
  const Step one{
      .kind = is_vain ? StepKind::kOther : StepKind::kSend, .object = queue(id), .pc = __builtin_return_address(0)};
  if (!may_go_on(one, wait, Restart::kNever)) return -1;
  return JITTERLAB_REAL(msgsnd)(id, message, size, flags);
}

JITTERLAB_REPLACE(ssize_t, msgrcv, (int id, void* message, std::size_t size, long type, int flags)) {
  Wait wait;
  if ((flags & IPC_NOWAIT) == 0) wait.what = WaitFor::kReceiving;
  wait.id = id;
  wait.type = type;
  wait.flags = flags;
  const bool is_vain = is_controlled() && wait.what == WaitFor::kNothing && !queue_has_message(wait);
  const Step one{
      .kind = is_vain ? StepKind::kOther : StepKind::kReceive, .object = queue(id), .pc = __builtin_return_address(0)};
  if (!may_go_on(one, wait, Restart::kNever)) return -1;
  return JITTERLAB_REAL(msgrcv)(id, message, size, type, flags);
}
