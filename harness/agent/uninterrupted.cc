// Calls that the sandbox reports to box init before they happen (sandbox/init/filter.cc). A signal that is pending when
// such a call begins ends the wait for box init, and the call fails with EINTR, which without a sandbox it never does.
// So it is simply made again: the handler has run by then, as it would have before the call.
//
// Calls of libc to itself pass no symbol: popen() is made again as a whole, for its setting-up.
//
// In the library of plain executions the program calls these. In the agent those that it stands before itself are
// called by it, in libc's place (wrap.h); the others by the program.
#include <signal.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>

#include "agent/kernel.h"
#include "agent/wrap.h"

// Weak: the agent may have one of its own.
#define JITTERLAB_UNINTERRUPTED(result, name, parameters)                                  \
  extern "C" __attribute__((visibility("hidden"))) result uninterrupted_##name parameters; \
  extern "C" __attribute__((weak, visibility("default"), alias("uninterrupted_" #name)))   \
  result wrapped_##name parameters asm(#name);                                             \
  extern "C" result uninterrupted_##name parameters

#define JITTERLAB_OF_LIBC(name) (::jitterlab::real<#name, decltype(uninterrupted_##name), true>())

namespace {

// `failed` is what the call returns when it fails.
#define JITTERLAB_AGAIN(result, name, parameters, arguments, failed) \
  JITTERLAB_UNINTERRUPTED(result, name, parameters) {                \
    const int before = errno;                                        \
    for (;;) {                                                       \
      errno = 0;                                                     \
      auto const answer = JITTERLAB_OF_LIBC(name) arguments;         \
      if (answer == (failed) && errno == EINTR) continue;            \
      if (errno == 0) errno = before;                                \
      return answer;                                                 \
    }                                                                \
  }

void block_all_signals() {
  const unsigned long all = ~0ul;
  jitterlab::kernel(SYS_rt_sigprocmask, SIG_BLOCK, jitterlab::kernel_pointer(&all), 0, sizeof all);
}

// An exit that fails would make libc crash the program. Nothing runs after it that a signal could be meant for.
__attribute__((destructor)) void end() { block_all_signals(); }

}  // namespace

JITTERLAB_AGAIN(int, shmctl, (int id, int command, shmid_ds* status), (id, command, status), -1)
JITTERLAB_AGAIN(int, msgctl, (int id, int command, msqid_ds* status), (id, command, status), -1)
JITTERLAB_AGAIN(int, setsockopt, (int fd, int level, int option, const void* value, socklen_t size),
                (fd, level, option, value, size), -1)
JITTERLAB_AGAIN(int, setitimer, (__itimer_which_t which, const itimerval* value, itimerval* old), (which, value, old),
                -1)
JITTERLAB_AGAIN(int, timer_create, (clockid_t clock, sigevent* event, timer_t* timer), (clock, event, timer), -1)
JITTERLAB_AGAIN(int, timerfd_create, (int clock, int flags), (clock, flags), -1)
JITTERLAB_AGAIN(unsigned, alarm, (unsigned seconds), (seconds), ~0u)
JITTERLAB_AGAIN(pid_t, setsid, (), (), -1)
JITTERLAB_AGAIN(FILE*, popen, (const char* command, const char* mode), (command, mode), nullptr)
JITTERLAB_AGAIN(void*, mmap, (void* address, size_t size, int protection, int flags, int fd, off_t offset),
                (address, size, protection, flags, fd, offset), MAP_FAILED)
JITTERLAB_AGAIN(void*, mmap64, (void* address, size_t size, int protection, int flags, int fd, off64_t offset),
                (address, size, protection, flags, fd, offset), MAP_FAILED)

JITTERLAB_UNINTERRUPTED(int, semctl, (int id, int number, int command, ...)) {
  va_list list;
  va_start(list, command);
  void* const argument = va_arg(list, void*);
  va_end(list);
  const int before = errno;
  for (;;) {
    errno = 0;
    const int answer = JITTERLAB_OF_LIBC(semctl)(id, number, command, argument);
    if (answer == -1 && errno == EINTR) continue;
    if (errno == 0) errno = before;
    return answer;
  }
}

#define JITTERLAB_LEAVE(name)                         \
  JITTERLAB_UNINTERRUPTED(void, name, (int status)) { \
    block_all_signals();                              \
    JITTERLAB_OF_LIBC(name)(status);                  \
    __builtin_unreachable();                          \
  }
JITTERLAB_LEAVE(_exit)
JITTERLAB_LEAVE(_Exit)

#define JITTERLAB_ENTRY(name) \
  { #name, reinterpret_cast < void*>(uninterrupted_##name) }
extern "C" const jitterlab::Uninterrupted jitterlab_uninterrupted[] = {
    JITTERLAB_ENTRY(shmctl),    JITTERLAB_ENTRY(msgctl),       JITTERLAB_ENTRY(semctl), JITTERLAB_ENTRY(setsockopt),
    JITTERLAB_ENTRY(setitimer), JITTERLAB_ENTRY(timer_create), JITTERLAB_ENTRY(alarm),  JITTERLAB_ENTRY(timerfd_create),
    JITTERLAB_ENTRY(setsid),    JITTERLAB_ENTRY(popen),        JITTERLAB_ENTRY(mmap),   JITTERLAB_ENTRY(mmap64),
    JITTERLAB_ENTRY(_exit),     JITTERLAB_ENTRY(_Exit),        {nullptr, nullptr},
};
