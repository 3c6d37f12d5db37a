// Calls that only look at what others have done, and never wait. Repeated, they are a spinning loop, and what they tell
// orders who goes on by it: hence a step (StepKind::kOther) before each.
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdarg>

#include "agent/descriptors.h"
#include "agent/wrap.h"

using namespace jitterlab;

#define JITTERLAB_LOOK(result, name, parameters, arguments, object)                           \
  JITTERLAB_REPLACE(result, name, parameters) {                                               \
    if (controls_calls()) step_before(StepKind::kOther, object, __builtin_return_address(0)); \
    return JITTERLAB_REAL(name) arguments;                                                    \
  }
JITTERLAB_LOOK(int, access, (const char* path, int mode), (path, mode), object_of_names())
JITTERLAB_LOOK(int, stat, (const char* path, struct stat* status), (path, status), object_of_names())
JITTERLAB_LOOK(int, stat64, (const char* path, struct stat64* status), (path, status), object_of_names())
JITTERLAB_LOOK(int, lstat, (const char* path, struct stat* status), (path, status), object_of_names())
JITTERLAB_LOOK(int, lstat64, (const char* path, struct stat64* status), (path, status), object_of_names())
JITTERLAB_LOOK(int, fstat, (int fd, struct stat* status), (fd, status), object_of_descriptor(fd))
JITTERLAB_LOOK(int, fstat64, (int fd, struct stat64* status), (fd, status), object_of_descriptor(fd))

// Who sends something to its parent asks for it once or twice, and a step more there would only make what can go wrong
// after it rarer. That the parent has ended, and asking again and again, are looks at what others have done: of no
// object, as anybody's end may be meant.
JITTERLAB_REPLACE(pid_t, getppid, ()) {
  constexpr int kNoLoop = 3;
  static int asked = 0;
  const pid_t parent = JITTERLAB_REAL(getppid)();
  if (!controls_calls() || (process_of(parent) != 0 && ++asked <= kNoLoop)) return parent;
  step_before(StepKind::kOther, 0, __builtin_return_address(0));
  return JITTERLAB_REAL(getppid)();
}

// A position is shared with whoever inherited the descriptor.
#define JITTERLAB_SEEK(name, offset)                                                        \
  JITTERLAB_REPLACE(offset, name, (int fd, offset distance, int from)) {                    \
    if (controls_calls()) {                                                                 \
      const bool is_look = distance == 0 && from == SEEK_CUR;                               \
      step_before(is_look ? StepKind::kOther : StepKind::kObject, object_of_descriptor(fd), \
                  __builtin_return_address(0));                                             \
    }                                                                                       \
    return JITTERLAB_REAL(name)(fd, distance, from);                                        \
  }
JITTERLAB_SEEK(lseek, off_t)
JITTERLAB_SEEK(lseek64, off64_t)

// How many bytes have come. The third argument is of a word's size, or none.
JITTERLAB_REPLACE(int, ioctl, (int fd, unsigned long request, ...)) {
  va_list arguments;
  va_start(arguments, request);
  void* argument = va_arg(arguments, void*);
  va_end(arguments);
  if (request == FIONREAD && controls_calls())
    step_before(StepKind::kOther, object_of_descriptor(fd), __builtin_return_address(0));
  return JITTERLAB_REAL(ioctl)(fd, request, argument);
}
