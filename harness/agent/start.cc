// Theory of operation.
//
// The agent is one shared library inside every process of the students'. It has no thread and no descriptor of its own,
// and a signal handler only while dispatch.cc needs it; it runs only when the program calls it:
//
//   instrumented code              libc's calls, by symbol                 start and end
//   ─────────────────              ───────────────────────                 ─────────────
//   __tsan_read4, …  accesses.cc   semop, shmat, …   system_v.cc           constructor  start.cc
//   __tsan_atomic…   atomics.cc    sem_wait, mmap, … posix_ipc.cc          fork, exec   processes.cc
//        │                         pthread_…, mtx_…  threads.cc            new thread   threads.cc
//        │                         read, accept, …   streams.cc                 │
//        │                         memcpy, strcpy, … memory_calls.cc            │
//        │ is it shared?                │                                       │ who am I?
//        ▼                              │                                       ▼
//   shared_memory.h ──── yes ───────────┤                                    task.h ── control area: (tid → id, steps)
//   (ranges; "has threads")             ▼                                       │
//                                  step(Step)  step.cc ◄────────────────────────┘
//                                       │ jitter:     jitter_delay(seed, task, number of the step, kind)
//                                       │ controlled: park until chosen    baton.cc, schedule/scheduler.h
//                                       ▼
//                                  then the real operation
//
// The step always comes before the operation, so that what is about to collide is still open. Everything up to step()
// only describes what a task is about to do; what happens to it is decided in step.cc alone.
//
// Rules, because this runs in somebody else's process:
// - No allocation, no locks, nothing of libstdc++; thread-local data is initial-exec, so touching it never calls
// malloc.
// - A function of libc is called only through dlsym(RTLD_NEXT): the program may define one of the same name. Inside a
//   step there are only raw system calls (kernel.h), so errno stays as it was, and a step may be taken in a signal
//   handler, in a handler inside a step, and before our constructor ran (then it does nothing).
// - Without a control area, or with one that is not ours, nothing happens but atomic operations and line buffering.
// - All that is read from the control area may have been written by the program: numbers from it are used as numbers
//   only, never as addresses or indices, and an entry that is no longer ours is left alone and counted as damage.
//
// Linked with -z initfirst: the constructor below runs before those of libstdc++ and of the program.
#include <cstdint>

#include "agent/dispatch.h"
#include "agent/fork_server.h"
#include "agent/lines.h"
#include "agent/memory_calls.h"
#include "agent/python.h"
#include "agent/python_api.h"
#include "agent/shared_memory.h"
#include "agent/task.h"
#include "agent/wrap.h"

namespace {

using namespace jitterlab;

__attribute__((constructor)) void start(int, char**, char** environment) {
  start_memory_calls();
  buffer_stdout_by_lines();
  // The main thread's stack ends above its environment.
  this_task.stack_end = reinterpret_cast<std::uintptr_t>(environment);
  find_python();  // a look-up that fails takes memory: in a server as in a program that exec starts
  find_control_area(environment);
  if (control_area != nullptr && control_area->mode == ControlMode::kServing) serve_forks();
  const bool is_new = find_task(environment);
  begin_task(is_new, nullptr);
  start_python(environment);
}

// Under control what is still in a stream is written while the task may still wait for room: libc would do it after us.
void flush_streams() {
  if (!is_controlled()) return;
  const Dispatched dispatched(nullptr);
  real<"fflush", int(void*)>()(nullptr);
}

// Return from main and exit() come here; _exit() and exec do not.
__attribute__((destructor)) void end() {
  if (!this_task.has_exited) step_before(StepKind::kExit, 0, nullptr);
  flush_streams();
  end_task(Ends::kProcess);
}

}  // namespace
