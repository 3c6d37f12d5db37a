// File locks: fcntl, lockf, flock.
//
// fcntl tells without effect who would be in the way (F_GETLK). flock does not, so a task opens the file once more and
// tries there: that open file conflicts as the program's own does, and closing it gives the lock back before anybody
// can see it. Where the program's own open file has a lock (it wants to change it), its attempt itself is the answer:
// for the kernel too the old lock is gone then, whether it gets the new one or not.
//
// F_SETLKW fails with EDEADLK where its wait would close a cycle. A waiting task leaves in its Wait who is in its way,
// so whoever looks can follow the chain. Of those in a cycle each may be the one that is told: a task that is parked
// may as well be held up before its call.
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cstdarg>

#include "agent/descriptors.h"
#include "agent/kernel.h"
#include "agent/task.h"

using namespace jitterlab;

namespace {

constexpr std::int32_t kRecordLock = 0x6c6f636b;  // in Wait::flags: Wait::id is the process in the way

// ---- fcntl and lockf -----------------------------------------------------------------------------------------------

struct RecordProbe {
  int fd;
  const struct flock* wanted;
  bool of_open_file;
  int slot;
};

// The process in the way; 0: none, -1: not a process.
std::int32_t who_is_in_the_way(const RecordProbe& probe) {
  struct flock found = *probe.wanted;
  const int command = probe.of_open_file ? F_OFD_GETLK : F_GETLK;
  if (kernel(SYS_fcntl, probe.fd, command, kernel_pointer(&found)) != 0 || found.l_type == F_UNLCK) return 0;
  return found.l_pid > 0 ? found.l_pid : -1;
}

// The process for which process `pid` waits; 0: it does not wait for a lock.
std::int32_t awaited_by(std::int32_t pid) {
  const Controlled& all = control_area->controlled;
  for (std::uint32_t i = 0; i < all.task_count; ++i) {
    const ControlledTask& task = all.tasks[all.order[i] & (kMaxTasks - 1)];
    if (task.pid == pid && task.life == Life::kParked && task.wait.what == WaitFor::kOwn &&
        task.wait.flags == kRecordLock)
      return task.wait.id;
  }
  return 0;
}

bool would_close_cycle(const RecordProbe& probe) {
  if (probe.of_open_file) return false;
  const auto own = static_cast<std::int32_t>(kernel(SYS_getpid));
  std::int32_t holder = who_is_in_the_way(probe);
  for (int i = 0; i < kMaxTasks && holder > 0; ++i) {
    if (holder == own) return i > 0;
    holder = awaited_by(holder);
  }
  return false;
}

// The lock can be had, or the call fails.
bool has_record_free(const void* argument) {
  const auto& probe = *static_cast<const RecordProbe*>(argument);
  const std::int32_t holder = who_is_in_the_way(probe);
  control_area->controlled.tasks[probe.slot & (kMaxTasks - 1)].wait.id = holder;
  return holder == 0 || would_close_cycle(probe);
}

long set_record_lock(int fd, const struct flock* wanted, bool of_open_file, const void* pc) {
  const RecordProbe probe{fd, wanted, of_open_file, this_task.slot};
  const Step one{.kind = StepKind::kLock, .object = object_of_descriptor(fd), .pc = pc, .call = Call::kFileLock};
  for (;;) {
    Wait wait = wait_for(has_record_free, &probe);
    wait.flags = kRecordLock;
    if (const long error = await(one, wait, Restart::kAsHandlerSays); error != 0) return error;
    if (would_close_cycle(probe)) return -EDEADLK;
    const long result = kernel(SYS_fcntl, fd, of_open_file ? F_OFD_SETLK : F_SETLK, kernel_pointer(wanted));
    if (result != -EAGAIN && result != -EACCES) return result;
  }
}

bool is_look(int command) { return command == F_GETLK || command == F_OFD_GETLK; }

bool is_for_locks(int command) {
  return command == F_SETLK || command == F_SETLKW || command == F_OFD_SETLK || command == F_OFD_SETLKW ||
         is_look(command);
}

long lock_record(int fd, int command, const struct flock* wanted, const void* pc) {
  const bool waits = command == F_SETLKW || command == F_OFD_SETLKW;
  const bool unlocks = wanted != nullptr && wanted->l_type == F_UNLCK;
  if (waits && !unlocks && wanted != nullptr) return set_record_lock(fd, wanted, command == F_OFD_SETLKW, pc);
  // Repeated looks are a spinning loop.
  const StepKind kind = is_look(command) ? StepKind::kOther : unlocks ? StepKind::kUnlock : StepKind::kLock;
  step_before(kind, object_of_descriptor(fd), pc, kind == StepKind::kUnlock ? Call::kFileUnlock : Call::kNone);
  return kernel(SYS_fcntl, fd, command, kernel_pointer(wanted));
}

// ---- flock ---------------------------------------------------------------------------------------------------------

bool contains(const char* text, long size, const char* wanted) {
  for (long i = 0; i < size; ++i) {
    long length = 0;
    while (wanted[length] != '\0' && i + length < size && text[i + length] == wanted[length]) ++length;
    if (wanted[length] == '\0') return true;
  }
  return false;
}

bool has_own_lock(int fd) {
  char path[48], text[1024];
  path_of_descriptor("/proc/self/fdinfo/", fd, path);
  const long info = kernel(SYS_open, kernel_pointer(path), O_RDONLY | O_CLOEXEC);
  if (info < 0) return false;
  const long size = kernel(SYS_read, info, kernel_pointer(text), sizeof text);
  kernel(SYS_close, info);
  return contains(text, size, "FLOCK");
}

struct FlockProbe {
  int fd;
  int operation;
};

bool has_file_free(const void* argument) {
  const auto& probe = *static_cast<const FlockProbe*>(argument);
  char path[48];
  path_of_descriptor("/proc/self/fd/", probe.fd, path);
  const long flags = kernel(SYS_fcntl, probe.fd, F_GETFL);
  const long again = kernel(SYS_open, kernel_pointer(path), (flags & O_ACCMODE) | O_NONBLOCK | O_CLOEXEC);
  if (again < 0) return true;
  const long result = kernel(SYS_flock, again, probe.operation | LOCK_NB);
  kernel(SYS_close, again);
  return result != -EAGAIN || has_own_lock(probe.fd);
}

long lock_file(int fd, int operation, const void* pc) {
  const bool unlocks = (operation & LOCK_UN) != 0;
  const Step one{.kind = unlocks ? StepKind::kUnlock : StepKind::kLock,
                 .object = object_of_descriptor(fd),
                 .pc = pc,
                 .call = unlocks ? Call::kFileUnlock : Call::kFileLock};
  if (unlocks || (operation & LOCK_NB) != 0) {
    step(one);
    return kernel(SYS_flock, fd, operation);
  }
  const FlockProbe probe{fd, operation};
  for (;;) {
    if (const long error = await(one, wait_for(has_file_free, &probe), Restart::kAsHandlerSays); error != 0)
      return error;
    const long result = kernel(SYS_flock, fd, operation | LOCK_NB);
    if (result != -EAGAIN) return result;
  }
}

}  // namespace

JITTERLAB_REPLACE(int, flock, (int fd, int operation)) {
  const void* pc = __builtin_return_address(0);
  if (controls_calls()) return static_cast<int>(returned(lock_file(fd, operation, pc)));
  step_before(StepKind::kLock, object_of(fd), pc);
  return JITTERLAB_REAL(flock)(fd, operation);
}

// As glibc makes lockf of fcntl.
#define JITTERLAB_LOCKF(name, offset)                                                                      \
  JITTERLAB_REPLACE(int, name, (int fd, int command, offset size)) {                                       \
    const void* pc = __builtin_return_address(0);                                                          \
    if (!controls_calls()) {                                                                               \
      step_before(StepKind::kLock, object_of(fd), pc);                                                     \
    } else if (command == F_LOCK) {                                                                        \
      struct flock wanted {};                                                                              \
      wanted.l_type = F_WRLCK;                                                                             \
      wanted.l_whence = SEEK_CUR;                                                                          \
      wanted.l_len = size;                                                                                 \
      return static_cast<int>(returned(lock_record(fd, F_SETLKW, &wanted, pc)));                           \
    } else {                                                                                               \
      step_before(command == F_ULOCK ? StepKind::kUnlock : StepKind::kLock, object_of_descriptor(fd), pc); \
    }                                                                                                      \
    return JITTERLAB_REAL(name)(fd, command, size);                                                        \
  }
JITTERLAB_LOCKF(lockf, off_t)
JITTERLAB_LOCKF(lockf64, off64_t)

// The third argument is of a word's size, or none. Only locks are steps: whether a descriptor blocks is looked at again
// at every call.
#define JITTERLAB_FCNTL(name)                                                                                      \
  JITTERLAB_REPLACE(int, name, (int fd, int command, ...)) {                                                       \
    va_list arguments;                                                                                             \
    va_start(arguments, command);                                                                                  \
    void* argument = va_arg(arguments, void*);                                                                     \
    va_end(arguments);                                                                                             \
    const void* pc = __builtin_return_address(0);                                                                  \
    if (is_for_locks(command) && controls_calls())                                                                 \
      return static_cast<int>(returned(lock_record(fd, command, static_cast<const struct flock*>(argument), pc))); \
    return JITTERLAB_REAL(name)(fd, command, argument);                                                            \
  }
JITTERLAB_FCNTL(fcntl)
JITTERLAB_FCNTL(fcntl64)
