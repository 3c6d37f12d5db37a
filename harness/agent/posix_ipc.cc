// POSIX semaphores, message queues and shared memory, and mappings.
#include <mqueue.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <sys/types.h>

#include <cstdarg>

#include "agent/shared_memory.h"
#include "agent/wrap.h"

using namespace jitterlab;

// Missing optional arguments are read as whatever is in the registers, and ignored by the real function.
JITTERLAB_REPLACE(sem_t*, sem_open, (const char* name, int flags, ...)) {
  step_before(StepKind::kObject, 0, __builtin_return_address(0));
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = va_arg(arguments, mode_t);
  const unsigned value = va_arg(arguments, unsigned);
  va_end(arguments);
  return JITTERLAB_REAL(sem_open)(name, flags, mode, value);
}

JITTERLAB_WRAP(int, sem_close, (sem_t * semaphore), (semaphore), kObject, semaphore)
JITTERLAB_WRAP(int, sem_unlink, (const char* name), (name), kObject, nullptr)
JITTERLAB_WRAP(int, sem_init, (sem_t * semaphore, int shared, unsigned value), (semaphore, shared, value), kObject,
               semaphore)
JITTERLAB_WRAP(int, sem_destroy, (sem_t * semaphore), (semaphore), kObject, semaphore)
JITTERLAB_WRAP(int, sem_wait, (sem_t * semaphore), (semaphore), kLock, semaphore)
JITTERLAB_WRAP(int, sem_trywait, (sem_t * semaphore), (semaphore), kLock, semaphore)
JITTERLAB_WRAP(int, sem_timedwait, (sem_t * semaphore, const timespec* until), (semaphore, until), kLock, semaphore)
JITTERLAB_WRAP(int, sem_clockwait, (sem_t * semaphore, clockid_t clock, const timespec* until),
               (semaphore, clock, until), kLock, semaphore)
JITTERLAB_WRAP(int, sem_post, (sem_t * semaphore), (semaphore), kUnlock, semaphore)
JITTERLAB_WRAP(int, sem_getvalue, (sem_t * semaphore, int* value), (semaphore, value), kOther, semaphore)

JITTERLAB_REPLACE(mqd_t, mq_open, (const char* name, int flags, ...)) {
  step_before(StepKind::kObject, 0, __builtin_return_address(0));
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = va_arg(arguments, mode_t);
  mq_attr* attributes = va_arg(arguments, mq_attr*);
  va_end(arguments);
  return JITTERLAB_REAL(mq_open)(name, flags, mode, attributes);
}

JITTERLAB_WRAP(int, mq_close, (mqd_t queue), (queue), kObject, queue)
JITTERLAB_WRAP(int, mq_unlink, (const char* name), (name), kObject, nullptr)
JITTERLAB_WRAP(int, mq_send, (mqd_t queue, const char* text, std::size_t size, unsigned priority),
               (queue, text, size, priority), kSend, queue)
JITTERLAB_WRAP(int, mq_timedsend,
               (mqd_t queue, const char* text, std::size_t size, unsigned priority, const timespec* until),
               (queue, text, size, priority, until), kSend, queue)
JITTERLAB_WRAP(ssize_t, mq_receive, (mqd_t queue, char* text, std::size_t size, unsigned* priority),
               (queue, text, size, priority), kReceive, queue)
JITTERLAB_WRAP(ssize_t, mq_timedreceive,
               (mqd_t queue, char* text, std::size_t size, unsigned* priority, const timespec* until),
               (queue, text, size, priority, until), kReceive, queue)

JITTERLAB_WRAP(int, shm_open, (const char* name, int flags, mode_t mode), (name, flags, mode), kObject, nullptr)
JITTERLAB_WRAP(int, shm_unlink, (const char* name), (name), kObject, nullptr)
JITTERLAB_WRAP(int, ftruncate, (int fd, off_t size), (fd, size), kObject, fd)
JITTERLAB_WRAP(int, ftruncate64, (int fd, off_t size), (fd, size), kObject, fd)

namespace {

void note_mapping(void* address, std::size_t size, int flags) {
  if (address == MAP_FAILED) return;
  // MAP_SHARED_VALIDATE is both bits.
  if ((flags & MAP_SHARED) != 0) {
    shared_memory.add(address, size);
  } else {
    shared_memory.remove(address, size);  // MAP_FIXED may have replaced a shared one
  }
}

}  // namespace

// malloc and the loader map memory without coming here: those pages are never shared.
JITTERLAB_REPLACE(void*, mmap, (void* wish, std::size_t size, int protection, int flags, int fd, off_t offset)) {
  step_before(StepKind::kObject, object_of(fd), __builtin_return_address(0));
  void* address = JITTERLAB_REAL(mmap)(wish, size, protection, flags, fd, offset);
  note_mapping(address, size, flags);
  return address;
}

JITTERLAB_REPLACE(void*, mmap64, (void* wish, std::size_t size, int protection, int flags, int fd, off_t offset)) {
  step_before(StepKind::kObject, object_of(fd), __builtin_return_address(0));
  void* address = JITTERLAB_REAL(mmap64)(wish, size, protection, flags, fd, offset);
  note_mapping(address, size, flags);
  return address;
}

// Forgotten before it is gone: another thread may get the same pages at once.
JITTERLAB_REPLACE(int, munmap, (void* address, std::size_t size)) {
  step_before(StepKind::kObject, object_of(address), __builtin_return_address(0));
  shared_memory.remove(address, size);
  return JITTERLAB_REAL(munmap)(address, size);
}
