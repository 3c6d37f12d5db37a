// Opening files, and what else is done to names in the file system.
//
// The two sides of a FIFO meet in open(): whoever comes first waits for the other. Non-blocking opening shows half of
// it: for reading it always succeeds, for writing only when somebody has it open for reading (else ENXIO). So:
//
//   reading   The task opens without blocking, really: from now on it counts as a reader, as it does for the kernel. It
//             then waits until a writer has it open, or had it since: poll() tells that by its bytes or its hang-up,
//             and a read of the empty FIFO by EAGAIN instead of an end.
//   writing   The task waits, and each look at it *is* an attempt: a failed one has no effect, the first that succeeds
//             is the opening itself. So the writer comes in at the moment when a reader does, before that reader or
//             anybody else goes on: nobody can see the end of a FIFO whose writer was already waiting.
//
// Before both comes a step of its own, so that the call itself can be held up. Opening for reading and writing never
// waits, on Linux.
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <cstdarg>

#include "agent/descriptors.h"
#include "agent/kernel.h"
#include "schedule/name_hash.h"

using namespace jitterlab;

namespace {

// The FIFO that a path names, as an object; 0: it names none, or the opening would not wait.
std::uint64_t fifo_to_meet_at(int folder, const char* path, int flags) {
  const int mode = flags & O_ACCMODE;
  if ((flags & (O_NONBLOCK | O_PATH)) != 0 || (mode != O_RDONLY && mode != O_WRONLY)) return 0;
  struct stat status {};
  const int follow = (flags & O_NOFOLLOW) != 0 ? AT_SYMLINK_NOFOLLOW : 0;
  if (kernel(SYS_newfstatat, folder, kernel_pointer(path), kernel_pointer(&status), follow) != 0) return 0;
  return S_ISFIFO(status.st_mode) ? object_number(Named::kFile, status.st_dev, status.st_ino) : 0;
}

// Making a file that is there already: a loop of these is a spinning one.
bool is_hopeless(int folder, const char* path, int flags) {
  struct stat status {};
  return (flags & O_CREAT) != 0 && (flags & O_EXCL) != 0 &&
         kernel(SYS_newfstatat, folder, kernel_pointer(path), kernel_pointer(&status), AT_SYMLINK_NOFOLLOW) == 0;
}

struct Opening {
  int folder;
  const char* path;
  int flags;
  mode_t mode;
  std::uint64_t object;
  const void* pc;
  mutable long result;  // of the last attempt

  Call call() const { return (flags & O_ACCMODE) == O_RDONLY ? Call::kOpenToRead : Call::kOpenToWrite; }
  Step step() const {
    return Step{.kind = StepKind::kObject, .object = object, .is_write = true, .pc = pc, .call = call()};
  }
  long attempt() const { return kernel(SYS_openat, folder, kernel_pointer(path), flags | O_NONBLOCK, mode); }
};

void make_blocking(long fd) { kernel(SYS_fcntl, fd, F_SETFL, kernel(SYS_fcntl, fd, F_GETFL) & ~O_NONBLOCK); }

bool has_opened(const void* argument) {
  const auto& opening = *static_cast<const Opening*>(argument);
  if (opening.result == -ENXIO) opening.result = opening.attempt();
  return opening.result != -ENXIO;
}

bool has_met_writer(const void* argument) {
  const long fd = *static_cast<const long*>(argument);
  if (events_now(static_cast<int>(fd), POLLIN) != 0) return true;
  char none;
  return kernel(SYS_read, fd, kernel_pointer(&none), 1) == -EAGAIN;
}

long open_to_write(Opening& opening) {
  opening.result = opening.attempt();
  if (opening.result == -ENXIO) {
    const long error = await(opening.step(), wait_for(has_opened, &opening), Restart::kAsHandlerSays);
    if (error != 0 && opening.result < 0) return error;
  }
  if (opening.result >= 0) make_blocking(opening.result);
  return opening.result;
}

long open_to_read(const Opening& opening) {
  const long fd = opening.attempt();
  if (fd < 0) return fd;
  if (!has_met_writer(&fd)) {
    const long error = await(opening.step(), wait_for(has_met_writer, &fd), Restart::kAsHandlerSays);
    if (error != 0) {
      kernel(SYS_close, fd);
      return error;
    }
  }
  make_blocking(fd);
  return fd;
}

}  // namespace

namespace jitterlab {

long open_in_steps(int folder, const char* path, int flags, mode_t mode, const void* pc) {
  std::uint64_t fifo = fifo_to_meet_at(folder, path, flags);
  step_before(is_hopeless(folder, path, flags) ? StepKind::kOther : StepKind::kObject,
              fifo != 0 ? fifo : object_of_names(), pc, Call::kOpen);
  fifo = fifo_to_meet_at(folder, path, flags);  // somebody may just have made it
  if (fifo == 0) {
    const long result = kernel(SYS_openat, folder, kernel_pointer(path), flags, mode);
    if (result >= 0 && (flags & O_CREAT) != 0) note_result(hash_of_name(path));
    return result;
  }
  Opening opening{folder, path, flags, mode, fifo, pc, -ENXIO};
  return (flags & O_ACCMODE) == O_RDONLY ? open_to_read(opening) : open_to_write(opening);
}

}  // namespace jitterlab

// The mode is read even where the caller passed none; it is ignored then.
#define JITTERLAB_OPEN(name)                                                                                 \
  JITTERLAB_REPLACE(int, name, (const char* path, int flags, ...)) {                                         \
    va_list arguments;                                                                                       \
    va_start(arguments, flags);                                                                              \
    const mode_t mode = va_arg(arguments, mode_t);                                                           \
    va_end(arguments);                                                                                       \
    const void* pc = __builtin_return_address(0);                                                            \
    if (controls_calls()) return static_cast<int>(returned(open_in_steps(AT_FDCWD, path, flags, mode, pc))); \
    step_before(StepKind::kObject, 0, pc);                                                                   \
    return JITTERLAB_REAL(name)(path, flags, mode);                                                          \
  }
JITTERLAB_OPEN(open)
JITTERLAB_OPEN(open64)

#define JITTERLAB_OPENAT(name)                                                                             \
  JITTERLAB_REPLACE(int, name, (int folder, const char* path, int flags, ...)) {                           \
    va_list arguments;                                                                                     \
    va_start(arguments, flags);                                                                            \
    const mode_t mode = va_arg(arguments, mode_t);                                                         \
    va_end(arguments);                                                                                     \
    const void* pc = __builtin_return_address(0);                                                          \
    if (controls_calls()) return static_cast<int>(returned(open_in_steps(folder, path, flags, mode, pc))); \
    return JITTERLAB_REAL(name)(folder, path, flags, mode);                                                \
  }
JITTERLAB_OPENAT(openat)
JITTERLAB_OPENAT(openat64)

#define JITTERLAB_CREATE(name)                                                                               \
  JITTERLAB_REPLACE(int, name, (const char* path, mode_t mode)) {                                            \
    constexpr int flags = O_CREAT | O_WRONLY | O_TRUNC;                                                      \
    const void* pc = __builtin_return_address(0);                                                            \
    if (controls_calls()) return static_cast<int>(returned(open_in_steps(AT_FDCWD, path, flags, mode, pc))); \
    return JITTERLAB_REAL(name)(path, mode);                                                                 \
  }
JITTERLAB_CREATE(creat)
JITTERLAB_CREATE(creat64)

#define JITTERLAB_NAMES_STEP() \
  step_before(StepKind::kObject, controls_calls() ? object_of_names() : 0, __builtin_return_address(0))

// For who asks what was left behind, and by whom.
static int note_named(int result, const char* path) {
  if (result == 0) note_result(hash_of_name(path));
  return result;
}

JITTERLAB_REPLACE(int, mkfifo, (const char* path, mode_t mode)) {
  JITTERLAB_NAMES_STEP();
  return note_named(JITTERLAB_REAL(mkfifo)(path, mode), path);
}
JITTERLAB_REPLACE(int, unlink, (const char* path)) {
  JITTERLAB_NAMES_STEP();
  return JITTERLAB_REAL(unlink)(path);
}

// Of these jitter mode knows nothing.
#define JITTERLAB_NAMES(name, parameters, arguments) \
  JITTERLAB_REPLACE(int, name, parameters) {         \
    if (controls_calls()) JITTERLAB_NAMES_STEP();    \
    return JITTERLAB_REAL(name) arguments;           \
  }
JITTERLAB_REPLACE(int, mkfifoat, (int folder, const char* path, mode_t mode)) {
  if (controls_calls()) JITTERLAB_NAMES_STEP();
  return note_named(JITTERLAB_REAL(mkfifoat)(folder, path, mode), path);
}
JITTERLAB_REPLACE(int, mknod, (const char* path, mode_t mode, dev_t device)) {
  if (controls_calls()) JITTERLAB_NAMES_STEP();
  return note_named(JITTERLAB_REAL(mknod)(path, mode, device), path);
}
JITTERLAB_NAMES(unlinkat, (int folder, const char* path, int flags), (folder, path, flags))
JITTERLAB_NAMES(remove, (const char* path), (path))
JITTERLAB_NAMES(rename, (const char* from, const char* to), (from, to))
JITTERLAB_NAMES(link, (const char* from, const char* to), (from, to))
JITTERLAB_NAMES(symlink, (const char* from, const char* to), (from, to))
JITTERLAB_NAMES(mkdir, (const char* path, mode_t mode), (path, mode))
JITTERLAB_NAMES(rmdir, (const char* path), (path))
