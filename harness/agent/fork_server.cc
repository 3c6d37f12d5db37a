// Starting a program (exec, the loader, relocation) takes longer than most executions of it. So box init may start it
// while the control area is in mode kServing: it stops here, in the agent's constructor, before any of the program's
// and before it has become a task, and is copied for each execution:
//
//   box init ── ForkRequest, with the streams as descriptors ──> server ── clone ──> the program goes on from here
//        <────────────────── its process id ─────────────────────┘
//
// CLONE_PARENT makes the copy a child of box init, which waits for it as for every program. What is left to be set in
// the copy is what differs between two executions, and what clone does not hand down.
//
// The server lies in the student's address space, so it is a means of speed only: executions that confirm anything are
// started by exec, while no server is alive (sandbox/init/servers.h).
#include "agent/fork_server.h"

#include <linux/sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <cstddef>
#include <cstdint>

#include "agent/control_area.h"
#include "agent/kernel.h"
#include "agent/kernel_signals.h"
#include "agent/program_image.h"
#include "agent/wrap.h"

namespace jitterlab {
namespace {

constexpr int kStreams = 3;
constexpr int kGate = 4;  // the streams take the numbers 0 to 2, which are free, and 3 is the channel

[[noreturn]] void end_process(int status) {
  for (;;) kernel(SYS_exit_group, status);
}

// Where libc keeps the thread's id; the kernel writes it there for a new thread or process, and clears it at its end.
// Null: not found.
std::int32_t* find_tid() {
  constexpr int kWords = 256;  // within the first kilobyte of what the thread pointer points to
  const auto tid = static_cast<std::int32_t>(kernel(SYS_gettid));
  auto* words = static_cast<std::int32_t*>(__builtin_thread_pointer());
  std::int32_t* found = nullptr;
  for (int i = 0; i < kWords; ++i) {
    if (words[i] != tid) continue;
    if (found != nullptr) return nullptr;
    found = &words[i];
  }
  return found;
}

// Inherited by nobody.
struct RobustList {
  long head = 0;
  std::size_t size = 0;
};

RobustList robust_list() {
  RobustList list;
  kernel(SYS_get_robust_list, 0, kernel_pointer(&list.head), kernel_pointer(&list.size));
  return list;
}

// Not on the stack: what lies below its end shall be the same as in a program that was started by exec.
ForkRequest request;

// The streams, and the gate if there is one, take the lowest free numbers. False: box init is gone.
bool receive() {
  alignas(cmsghdr) static char control[CMSG_SPACE(sizeof(int) * (kStreams + 1))];
  static iovec vector;
  static msghdr header;
  vector = {&request, sizeof request};
  header.msg_iov = &vector;
  header.msg_iovlen = 1;
  header.msg_control = control;
  header.msg_controllen = sizeof control;
  return kernel(SYS_recvmsg, kServerChannel, kernel_pointer(&header), 0) == long{sizeof request};
}

void pass_gate() {
  char nothing;
  while (kernel(SYS_read, kGate, kernel_pointer(&nothing), 1) > 0) continue;
  kernel(SYS_close, kGate);
}

void become_program(const RobustList& robust) {
  kernel(SYS_close, kServerChannel);
  kernel(SYS_setsid);
  kernel(SYS_prctl, PR_SET_DUMPABLE, 1);
  const rlimit processes{request.processes, request.processes};
  kernel(SYS_setrlimit, RLIMIT_NPROC, kernel_pointer(&processes));
  kernel(SYS_set_robust_list, robust.head, static_cast<long>(robust.size));
  if (kernel(SYS_chdir, kernel_pointer(request.folder)) != 0) end_process(127);
  if (request.has_gate) pass_gate();
}

// So that no copy has to. What costs memory the program could tell by the addresses that it gets.
void look_up_everything() {
  const long end_of_heap = kernel(SYS_brk, 0);
  look_up_all();
  look_up_standard_streams();
  find_program_image();
  if (kernel(SYS_brk, 0) != end_of_heap) end_process(1);
}

}  // namespace

void serve_forks() {
  std::int32_t* const tid = find_tid();
  const RobustList robust = robust_list();
  if (tid == nullptr || robust.size == 0) end_process(1);
  // Signals that the programs send to everybody are not for us, and others of their user must not change our memory.
  const SignalMask mask = block_signals();
  kernel(SYS_prctl, PR_SET_DUMPABLE, 0);
  look_up_everything();
  std::int32_t answer = 0;  // ready; later the process id of the copy, or -errno
  for (;;) {
    if (kernel(SYS_write, kServerChannel, kernel_pointer(&answer), sizeof answer) != long{sizeof answer}) break;
    if (!receive()) break;
    constexpr long kFlags = CLONE_PARENT | CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD;
    answer = static_cast<std::int32_t>(kernel(SYS_clone, kFlags, 0, 0, kernel_pointer(tid), 0));
    if (answer == 0) {
      become_program(robust);
      return restore_signals(mask);
    }
    kernel(SYS_close_range, 0, kStreams - 1, 0);
    if (request.has_gate) kernel(SYS_close, kGate);
  }
  end_process(0);
}

}  // namespace jitterlab
