// System V shared memory, semaphores and message queues.
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

#include <cstdarg>

#include "agent/kernel.h"
#include "agent/shared_memory.h"
#include "agent/wrap.h"

using namespace jitterlab;

namespace {

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

}  // namespace

JITTERLAB_WRAP(int, shmget, (key_t key, std::size_t size, int flags), (key, size, flags), kObject, key)
JITTERLAB_WRAP(int, shmctl, (int id, int command, shmid_ds* status), (id, command, status), kObject, id)

JITTERLAB_REPLACE(void*, shmat, (int id, const void* wish, int flags)) {
  step_before(StepKind::kObject, object_of(id), __builtin_return_address(0));
  void* address = JITTERLAB_REAL(shmat)(id, wish, flags);
  if (address != MAP_FAILED) shared_memory.add(address, segment_size(id));
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
  step_before(semaphore_kind(operations, count), object_of(id), __builtin_return_address(0));
  return JITTERLAB_REAL(semop)(id, operations, count);
}

JITTERLAB_REPLACE(int, semtimedop, (int id, sembuf* operations, std::size_t count, const timespec* timeout)) {
  step_before(semaphore_kind(operations, count), object_of(id), __builtin_return_address(0));
  return JITTERLAB_REAL(semtimedop)(id, operations, count, timeout);
}

// The fourth argument is a union of a word's size; reading it when the caller passed none is harmless here.
JITTERLAB_REPLACE(int, semctl, (int id, int number, int command, ...)) {
  step_before(StepKind::kObject, object_of(id), __builtin_return_address(0));
  va_list arguments;
  va_start(arguments, command);
  void* argument = va_arg(arguments, void*);
  va_end(arguments);
  return JITTERLAB_REAL(semctl)(id, number, command, argument);
}

JITTERLAB_WRAP(int, msgget, (key_t key, int flags), (key, flags), kObject, key)
JITTERLAB_WRAP(int, msgctl, (int id, int command, msqid_ds* status), (id, command, status), kObject, id)
JITTERLAB_WRAP(int, msgsnd, (int id, const void* message, std::size_t size, int flags), (id, message, size, flags),
               kSend, id)
JITTERLAB_WRAP(ssize_t, msgrcv, (int id, void* message, std::size_t size, long type, int flags),
               (id, message, size, type, flags), kReceive, id)
