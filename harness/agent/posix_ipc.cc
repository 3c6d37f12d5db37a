// POSIX semaphores and shared memory, and mappings. Message queues are in message_queues.cc.
#include <fcntl.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <cstdarg>

#include "agent/baton.h"
#include "agent/kernel.h"
#include "agent/one_process.h"
#include "agent/python.h"
#include "agent/shared_memory.h"
#include "agent/virtual_time.h"
#include "agent/wrap.h"
#include "schedule/name_hash.h"

using namespace jitterlab;

namespace {

// ---- semaphores ----------------------------------------------------------------------------------------------------

Step step_on(StepKind kind, const sem_t* semaphore, const void* pc, Call call) {
  return Step{
      .kind = kind, .object = object_of(semaphore), .address = semaphore, .size = sizeof(int), .pc = pc, .call = call};
}

// The lower half of glibc's sem_t is its value.
bool is_positive(const void* semaphore) { return *static_cast<const volatile unsigned*>(semaphore) > 0; }

// Of a semaphore that wakes those of its own process only: 0 is found before the V, and slept on.
bool may_take_of_one_process(const sem_t* semaphore, std::uint64_t deadline, const void* pc) {
  for (;;) {
    step(step_on(StepKind::kLock, semaphore, pc, Call::kSemaphoreTryWait));
    if (is_positive(semaphore)) return true;
    Wait wait;
    wait.what = WaitFor::kFutex;
    wait.key = sleepers_key(semaphore);
    wait.deadline = deadline;
    wait.on_cancel = OnCancel::kEnds;
    if (!may_go_on(step_on(StepKind::kWait, semaphore, pc, Call::kSemaphoreAsleep), wait, Restart::kAsHandlerSays,
                   ETIMEDOUT))
      return false;
  }
}

bool may_take(const sem_t* semaphore, std::uint64_t deadline, const void* pc) {
  if (is_controlled() && is_for_one_process(semaphore)) return may_take_of_one_process(semaphore, deadline, pc);
  Wait wait;
  wait.what = WaitFor::kOwn;
  wait.probe = is_positive;
  wait.argument = semaphore;
  wait.deadline = deadline;
  wait.on_cancel = OnCancel::kEnds;
  return may_go_on(step_on(StepKind::kLock, semaphore, pc, Call::kSemaphoreWait), wait, Restart::kAsHandlerSays,
                   ETIMEDOUT);
}

// Without a step, where no other thread can come between.
template <typename Call>
bool is_done_within_python(sem_t* semaphore, Call* call, int& result) {
  if (!is_within_python(semaphore)) return false;
  result = call(semaphore);
  note_within_python(semaphore);
  return true;
}

// As sem_open makes it: "/dev/shm/sem." and the name without its slash.
bool path_of_semaphore(const char* name, char (&path)[300]) {
  const char* prefix = "/dev/shm/sem.";
  std::size_t length = 0;
  while (*prefix != '\0') path[length++] = *prefix++;
  while (*name == '/') ++name;
  while (*name != '\0' && length + 1 < sizeof path) path[length++] = *name++;
  path[length] = '\0';
  return *name == '\0';
}

// Processes see a named semaphore at different addresses.
void note_named_semaphore(const sem_t* semaphore, const char* name) {
  char path[300];
  struct stat status {};
  if (!is_controlled() || semaphore == SEM_FAILED || !path_of_semaphore(name, path)) return;
  if (kernel(SYS_stat, kernel_pointer(path), kernel_pointer(&status)) != 0) return;
  shared_memory.add(semaphore, sizeof(sem_t), object_number(Named::kFile, status.st_dev, status.st_ino));
}

}  // namespace

// Missing optional arguments are read as whatever is in the registers, and ignored by the real function.
JITTERLAB_REPLACE(sem_t*, sem_open, (const char* name, int flags, ...)) {
  step_before(StepKind::kObject, 0, __builtin_return_address(0));
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = va_arg(arguments, mode_t);
  const unsigned value = va_arg(arguments, unsigned);
  va_end(arguments);
  sem_t* semaphore = JITTERLAB_REAL(sem_open)(name, flags, mode, value);
  note_named_semaphore(semaphore, name);
  if (semaphore != SEM_FAILED && (flags & O_CREAT) != 0) note_result(hash_of_name(name, "sem."));
  return semaphore;
}

#define JITTERLAB_SEMAPHORE_STEP(kind, call) \
  step(step_on(StepKind::kind, semaphore, __builtin_return_address(0), Call::call))

JITTERLAB_WRAP(int, sem_close, (sem_t * semaphore), (semaphore), kObject, semaphore)
JITTERLAB_WRAP(int, sem_unlink, (const char* name), (name), kObject, nullptr)
JITTERLAB_REPLACE(int, sem_init, (sem_t * semaphore, int shared, unsigned value)) {
  if (!is_within_python(semaphore)) {
    JITTERLAB_SEMAPHORE_STEP(kObject, kSemaphoreInit);
    note_result(value);
  }
  return JITTERLAB_REAL(sem_init)(semaphore, shared, value);
}
JITTERLAB_REPLACE(int, sem_destroy, (sem_t * semaphore)) {
  if (!is_within_python(semaphore)) JITTERLAB_SEMAPHORE_STEP(kObject, kNone);
  return JITTERLAB_REAL(sem_destroy)(semaphore);
}
JITTERLAB_REPLACE(int, sem_wait, (sem_t * semaphore)) {
  int result = 0;
  if (is_positive(semaphore) && is_done_within_python(semaphore, JITTERLAB_REAL(sem_wait), result)) return result;
  if (!may_take(semaphore, 0, __builtin_return_address(0))) return -1;
  return JITTERLAB_REAL(sem_wait)(semaphore);
}
JITTERLAB_REPLACE(int, sem_trywait, (sem_t * semaphore)) {
  int result = 0;
  if (is_done_within_python(semaphore, JITTERLAB_REAL(sem_trywait), result)) return result;
  JITTERLAB_SEMAPHORE_STEP(kLock, kSemaphoreTryWait);
  result = JITTERLAB_REAL(sem_trywait)(semaphore);
  if (result != 0) note(step_on(StepKind::kWait, semaphore, __builtin_return_address(0), Call::kNone));
  return result;
}
JITTERLAB_REPLACE(int, sem_timedwait, (sem_t * semaphore, const timespec* until)) {
  const std::uint64_t deadline = is_controlled() ? deadline_at(CLOCK_REALTIME, *until) : 0;
  if (!may_take(semaphore, deadline, __builtin_return_address(0))) return -1;
  return JITTERLAB_REAL(sem_timedwait)(semaphore, until);
}
JITTERLAB_REPLACE(int, sem_clockwait, (sem_t * semaphore, clockid_t clock, const timespec* until)) {
  const std::uint64_t deadline = is_controlled() ? deadline_at(clock, *until) : 0;
  if (!may_take(semaphore, deadline, __builtin_return_address(0))) return -1;
  return JITTERLAB_REAL(sem_clockwait)(semaphore, clock, until);
}
JITTERLAB_REPLACE(int, sem_post, (sem_t * semaphore)) {
  int result = 0;
  if (is_done_within_python(semaphore, JITTERLAB_REAL(sem_post), result)) return result;
  JITTERLAB_SEMAPHORE_STEP(kUnlock, kSemaphorePost);
  result = JITTERLAB_REAL(sem_post)(semaphore);
  if (is_controlled() && is_for_one_process(semaphore)) wake_sleeper(semaphore);
  return result;
}
JITTERLAB_REPLACE(int, sem_getvalue, (sem_t * semaphore, int* value)) {
  step(Step{.kind = StepKind::kRead, .address = semaphore, .size = sizeof(int), .pc = __builtin_return_address(0)});
  note(step_on(StepKind::kWait, semaphore, __builtin_return_address(0), Call::kNone));
  return JITTERLAB_REAL(sem_getvalue)(semaphore, value);
}

JITTERLAB_REPLACE(int, shm_open, (const char* name, int flags, mode_t mode)) {
  step_before(StepKind::kObject, object_of(nullptr), __builtin_return_address(0));
  const int result = JITTERLAB_REAL(shm_open)(name, flags, mode);
  if (result >= 0 && (flags & O_CREAT) != 0) note_result(hash_of_name(name));
  return result;
}
JITTERLAB_WRAP(int, shm_unlink, (const char* name), (name), kObject, nullptr)
JITTERLAB_WRAP(int, ftruncate, (int fd, off_t size), (fd, size), kObject, fd)
JITTERLAB_WRAP(int, ftruncate64, (int fd, off_t size), (fd, size), kObject, fd)

namespace {

void note_shared_mapping(void* address, std::size_t size, int flags, int fd, off_t offset) {
  if (!is_controlled()) return shared_memory.add(address, size);
  struct stat status {};
  const bool is_file = (flags & MAP_ANONYMOUS) == 0 && kernel(SYS_fstat, fd, kernel_pointer(&status)) == 0;
  const std::uint64_t object = is_file ? object_number(Named::kFile, status.st_dev, status.st_ino) : new_object();
  shared_memory.add(address, size, object, is_file ? static_cast<std::uint64_t>(offset) : 0);
}

void note_mapping(void* address, std::size_t size, int flags, int fd, off_t offset) {
  if (address == MAP_FAILED) return;
  // MAP_SHARED_VALIDATE is both bits.
  if ((flags & MAP_SHARED) != 0) {
    note_shared_mapping(address, size, flags, fd, offset);
    note_python_sharing();
  } else {
    shared_memory.remove(address, size);  // MAP_FIXED may have replaced a shared one
    if (shared_memory.reaches_private_memory()) note(Step{.kind = StepKind::kObject, .address = address, .size = size});
  }
}

}  // namespace

// malloc and the loader map memory without coming here: those pages are never shared.
JITTERLAB_REPLACE(void*, mmap, (void* wish, std::size_t size, int protection, int flags, int fd, off_t offset)) {
  if ((flags & MAP_SHARED) != 0 || !has_interpreter())
    step_before(StepKind::kObject, object_of(fd), __builtin_return_address(0));
  void* address = JITTERLAB_REAL(mmap)(wish, size, protection, flags, fd, offset);
  note_mapping(address, size, flags, fd, offset);
  return address;
}

JITTERLAB_REPLACE(void*, mmap64, (void* wish, std::size_t size, int protection, int flags, int fd, off_t offset)) {
  if ((flags & MAP_SHARED) != 0 || !has_interpreter())
    step_before(StepKind::kObject, object_of(fd), __builtin_return_address(0));
  void* address = JITTERLAB_REAL(mmap64)(wish, size, protection, flags, fd, offset);
  note_mapping(address, size, flags, fd, offset);
  return address;
}

// Forgotten before it is gone: another thread may get the same pages at once.
JITTERLAB_REPLACE(int, munmap, (void* address, std::size_t size)) {
  if (!is_within_python(address)) step_before(StepKind::kObject, object_of(address), __builtin_return_address(0));
  shared_memory.remove(address, size);
  return JITTERLAB_REAL(munmap)(address, size);
}
