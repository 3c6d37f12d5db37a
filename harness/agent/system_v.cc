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

// As asked for; 0: it is not ours to look at.
std::size_t segment_size(int segment) {
  shmid_ds status{};
  return kernel(SYS_shmctl, segment, IPC_STAT, kernel_pointer(&status)) < 0 ? 0 : status.shm_segsz;
}

// All that is shared: whole pages, at least one.
std::size_t attached_size(int segment) {
  constexpr std::size_t kPage = 4096;
  const std::size_t size = segment_size(segment);
  return size == 0 ? kPage : (size + kPage - 1) / kPage * kPage;
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

// TraceEvent::value. Members beyond the 32nd count as all.
std::uint64_t members_of(const sembuf* operations, std::size_t count) {
  std::uint64_t members = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t bit = operations[i].sem_num < 32 ? std::uint64_t{1} << operations[i].sem_num : 0xffffffffu;
    members |= operations[i].sem_op > 0 ? bit << 32 : bit;
  }
  return members;
}

std::uint8_t effect_of(const sembuf* operations, std::size_t count) {
  std::uint8_t effect = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if ((operations[i].sem_flg & SEM_UNDO) != 0) effect |= kUndoes;
    if (operations[i].sem_op == 0) effect |= kAcquires;
  }
  return effect;
}

// A failure shows what others have done.
template <typename Result>
Result tried(Result result, std::uint64_t object, const void* pc) {
  if (result < 0 && is_controlled()) note(Step{.kind = StepKind::kWait, .object = object, .pc = pc});
  return result;
}

bool may_operate(int id, const sembuf* operations, std::size_t count, const timespec* timeout, const void* pc) {
  Wait wait;
  Step one{.kind = semaphore_kind(operations, count), .object = semaphores(id), .pc = pc, .call = Call::kSemop};
  if (is_controlled() && operations != nullptr && count > 0 && count <= kMostSemaphoreOperations) {
    one.detail = members_of(operations, count);
    one.effect = effect_of(operations, count);
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

// As libc's, which is nothing but this call, and whose page would have to be mapped for it in each process.
int operate(int id, const sembuf* operations, std::size_t count, const timespec* timeout) {
  const long result =
      kernel(SYS_semtimedop, id, kernel_pointer(operations), static_cast<long>(count), kernel_pointer(timeout));
  if (result >= 0) return static_cast<int>(result);
  errno = static_cast<int>(-result);
  return -1;
}

// Of one operation, what the member is now.
int note_operated(int result, int id, const sembuf* operations, std::size_t count) {
  if (!is_controlled()) return result;
  if (result < 0) {
    note_result(kFailedCall);
  } else if (count == 1) {
    const long value = kernel(SYS_semctl, id, operations->sem_num, GETVAL, 0);
    note_result(packed_semop(operations->sem_op, static_cast<std::uint16_t>(value)));
  }
  return result;
}

// The detail tells why it failed.
int note_made(int id, std::uint64_t (&object)(int)) {
  if (!is_controlled()) return id;
  note_result(id < 0 ? kFailedCall : object(id));
  if (id < 0) note_detail(static_cast<std::uint64_t>(errno));
  return id;
}

long note_message(long result, const void* message) {
  note_result(result < 0 ? kFailedCall : static_cast<std::uint64_t>(*static_cast<const long*>(message)));
  return result;
}

Call semaphore_call(int command) {
  switch (command) {
    case SETVAL:
      return Call::kSemaphoreSet;
    case SETALL:
      return Call::kSemaphoresSet;
    case IPC_RMID:
      return Call::kSemaphoresErase;
    default:
      return Call::kSemaphoresControl;
  }
}

// The values of the first members.
std::uint64_t first_values(int id, const unsigned short* values) {
  semid_ds status{};
  if (kernel(SYS_semctl, id, 0, IPC_STAT, kernel_pointer(&status)) < 0) return 0;
  std::uint64_t packed = 0;
  for (std::size_t i = 0; i < 4 && i < status.sem_nsems; ++i) packed |= std::uint64_t{values[i]} << 16 * i;
  return packed;
}

void note_semaphores_set(int result, int id, int command, const void* argument) {
  if (result < 0)
    note_result(kFailedCall);
  else if (command == SETVAL)
    note_result(static_cast<std::uint32_t>(reinterpret_cast<std::uint64_t>(argument)));
  else if (command == SETALL)
    note_result(first_values(id, static_cast<const unsigned short*>(argument)));
  else
    note_result(static_cast<std::uint64_t>(result));
}

}  // namespace

JITTERLAB_REPLACE(int, shmget, (key_t key, std::size_t size, int flags)) {
  step_before(StepKind::kObject, object_of(key), __builtin_return_address(0), Call::kSegmentGet);
  const int id = note_made(JITTERLAB_REAL(shmget)(key, size, flags), segment);
  if (id >= 0 && is_controlled()) note_detail(segment_size(id));
  return id;
}
JITTERLAB_WRAP(int, shmctl, (int id, int command, shmid_ds* status), (id, command, status), kObject, segment(id))

JITTERLAB_REPLACE(void*, shmat, (int id, const void* wish, int flags)) {
  step_before(StepKind::kObject, segment(id), __builtin_return_address(0));
  void* address = JITTERLAB_REAL(shmat)(id, wish, flags);
  if (address != MAP_FAILED) shared_memory.add(address, attached_size(id), segment(id));
  return address;
}

JITTERLAB_REPLACE(int, shmdt, (const void* address)) {
  // Of the segment, as who asks how many have attached it can tell.
  const std::uint64_t attached = is_controlled() ? shared_memory.locate(address).object : 0;
  step_before(StepKind::kObject, attached != 0 ? attached : object_of(address), __builtin_return_address(0));
  const int result = JITTERLAB_REAL(shmdt)(address);
  if (result == 0) shared_memory.remove_range_at(address);
  return result;
}

JITTERLAB_REPLACE(int, semget, (key_t key, int count, int flags)) {
  step_before(StepKind::kObject, object_of(key), __builtin_return_address(0), Call::kSemaphoresGet);
  return note_made(JITTERLAB_REAL(semget)(key, count, flags), semaphores);
}

JITTERLAB_REPLACE(int, semop, (int id, sembuf* operations, std::size_t count)) {
  if (!may_operate(id, operations, count, nullptr, __builtin_return_address(0))) return -1;
  const int result = note_operated(operate(id, operations, count, nullptr), id, operations, count);
  return tried(result, semaphores(id), __builtin_return_address(0));
}

JITTERLAB_REPLACE(int, semtimedop, (int id, sembuf* operations, std::size_t count, const timespec* timeout)) {
  if (!may_operate(id, operations, count, timeout, __builtin_return_address(0))) return -1;
  const int result = note_operated(operate(id, operations, count, timeout), id, operations, count);
  return tried(result, semaphores(id), __builtin_return_address(0));
}

namespace {

// Repeated looks are a spinning loop, which the strategy must be able to tell.
StepKind kind_of_control(int command) {
  switch (command) {
    case GETVAL:
    case GETALL:
    case GETPID:
    case GETNCNT:
    case GETZCNT:
    case IPC_STAT:
      return is_controlled() ? StepKind::kOther : StepKind::kObject;
    default:
      return StepKind::kObject;
  }
}

}  // namespace

// The fourth argument is a union of a word's size; reading it when the caller passed none is harmless here.
JITTERLAB_REPLACE(int, semctl, (int id, int number, int command, ...)) {
  Step one{.kind = kind_of_control(command),
           .object = semaphores(id),
           .pc = __builtin_return_address(0),
           .call = semaphore_call(command)};
  if (command == SETVAL) {
    one.offset = static_cast<std::uint64_t>(number);
    one.size = 1;
  }
  step(one);
  va_list arguments;
  va_start(arguments, command);
  void* argument = va_arg(arguments, void*);
  va_end(arguments);
  const int result = JITTERLAB_REAL(semctl)(id, number, command, argument);
  if (is_controlled()) note_semaphores_set(result, id, command, argument);
  if (result < 0 || !is_controlled() || (command != GETNCNT && command != GETZCNT)) return result;
  note_detail(TraceEvent::kTellsOfWaiting);
  // Whoever waits is parked before its call.
  return waiters_of_semaphore(id, static_cast<std::uint16_t>(number), command == GETZCNT);
}

JITTERLAB_REPLACE(int, msgget, (key_t key, int flags)) {
  step_before(StepKind::kObject, object_of(key), __builtin_return_address(0), Call::kQueueGet);
  return note_made(JITTERLAB_REAL(msgget)(key, flags), queue);
}
JITTERLAB_WRAP(int, msgctl, (int id, int command, msqid_ds* status), (id, command, status), kObject, queue(id))

JITTERLAB_REPLACE(int, msgsnd, (int id, const void* message, std::size_t size, int flags)) {
  Wait wait;
  if ((flags & IPC_NOWAIT) == 0) wait.what = WaitFor::kSending;
  wait.id = id;
  wait.type = static_cast<std::int64_t>(size);
  wait.on_cancel = OnCancel::kEnds;
  const bool is_vain = is_controlled() && wait.what == WaitFor::kNothing && !queue_has_room(wait);
  const Step one{.kind = is_vain ? StepKind::kOther : StepKind::kSend,
                 .object = queue(id),
                 .pc = __builtin_return_address(0),
                 .call = Call::kQueueSend};
  if (!may_go_on(one, wait, Restart::kNever)) return -1;
  const int result = static_cast<int>(note_message(JITTERLAB_REAL(msgsnd)(id, message, size, flags), message));
  if (result == 0) note_detail(static_cast<std::uint64_t>(*static_cast<const long*>(message)));
  return result;
}

JITTERLAB_REPLACE(ssize_t, msgrcv, (int id, void* message, std::size_t size, long type, int flags)) {
  Wait wait;
  if ((flags & IPC_NOWAIT) == 0) wait.what = WaitFor::kReceiving;
  wait.id = id;
  wait.type = type;
  wait.flags = flags;
  wait.on_cancel = OnCancel::kEnds;
  const bool is_vain = is_controlled() && wait.what == WaitFor::kNothing && !queue_has_message(wait);
  const Step one{.kind = is_vain ? StepKind::kOther : StepKind::kReceive,
                 .object = queue(id),
                 .pc = __builtin_return_address(0),
                 .call = Call::kQueueReceive};
  if (!may_go_on(one, wait, Restart::kNever)) return -1;
  const ssize_t result = note_message(JITTERLAB_REAL(msgrcv)(id, message, size, type, flags), message);
  if (result >= 0) note_detail(static_cast<std::uint64_t>(*static_cast<const long*>(message)));
  return result;
}
