// Only around one call of libc at a time: arming costs a quarter of a microsecond, an armed call two.
//
// The kernel looks at `selector` before every system call that does not come from this library. It is on only while
// libc runs; the handler switches it off, so that whatever happens inside it (waiting to be chosen, handlers of the
// program, other wrapped calls) goes on as outside. It returns by a stub of this library, whose system call is let
// through.
#include "agent/dispatch.h"

#include <elf.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <ucontext.h>

#include "agent/descriptors.h"
#include "agent/kernel.h"
#include "agent/kernel_signals.h"
#include "agent/randomness.h"

#ifndef PR_SET_SYSCALL_USER_DISPATCH
#define PR_SET_SYSCALL_USER_DISPATCH 59
#define PR_SYS_DISPATCH_OFF 0
#define PR_SYS_DISPATCH_ON 1
#endif

extern "C" __attribute__((visibility("hidden"))) const Elf64_Ehdr __ehdr_start;
extern "C" __attribute__((visibility("hidden"))) void jitterlab_return_from_handler();

asm(R"(
  .pushsection .text
  .globl jitterlab_return_from_handler
  .hidden jitterlab_return_from_handler
  .type jitterlab_return_from_handler, @function
  nop
jitterlab_return_from_handler:
  mov $15, %eax
  syscall
  .size jitterlab_return_from_handler, .-jitterlab_return_from_handler
  .popsection
)");

namespace jitterlab {
namespace {

constexpr char kLetThrough = 0, kCatch = 1;
constexpr int kByDispatch = 2;  // si_code

struct Armed {
  volatile char selector;
  std::uint32_t depth;
  const void* pc;
};
__thread Armed armed;

// Where this library's instructions are.
struct Range {
  std::uintptr_t begin = 0, size = 0;
};

Range own_instructions() {
  const auto base = reinterpret_cast<std::uintptr_t>(&__ehdr_start);
  const auto* segment = reinterpret_cast<const Elf64_Phdr*>(base + __ehdr_start.e_phoff);
  for (int i = 0; i < __ehdr_start.e_phnum; ++i) {
    if (segment[i].p_type == PT_LOAD && (segment[i].p_flags & PF_X) != 0)
      return {base + segment[i].p_vaddr, segment[i].p_memsz};
  }
  return {};
}

long carry_out(long number, const greg_t* registers) {
  const long a = registers[REG_RDI], b = registers[REG_RSI], c = registers[REG_RDX], d = registers[REG_R10];
  const int fd = static_cast<int>(a);
  switch (number) {
    case SYS_read:
    case SYS_readv: {
      const Descriptor from = descriptor_of(fd);
      if (const long error = await_input(from, number == SYS_readv || c != 0, armed.pc); error != 0) return error;
      if (from.type != Descriptor::Type::kRandom || number != SYS_read) break;
      fill_with_random(reinterpret_cast<void*>(b), static_cast<std::size_t>(c));
      return c;
    }
    case SYS_write: {
      const iovec all{reinterpret_cast<void*>(b), static_cast<std::size_t>(c)};
      return write_in_steps(fd, &all, 1, armed.pc);
    }
    case SYS_writev:
      return write_in_steps(fd, reinterpret_cast<const iovec*>(b), static_cast<int>(c), armed.pc);
    case SYS_open:
      return open_in_steps(AT_FDCWD, reinterpret_cast<const char*>(a), static_cast<int>(b), static_cast<mode_t>(c),
                           armed.pc);
    case SYS_openat:
      return open_in_steps(fd, reinterpret_cast<const char*>(b), static_cast<int>(c), static_cast<mode_t>(d), armed.pc);
    case SYS_close:
      step_before(StepKind::kObject, object_of_descriptor(fd), armed.pc);
      break;
    default:
      break;
  }
  return kernel(number, a, b, c, d, registers[REG_R8], registers[REG_R9]);
}

struct KernelAction {
  std::uint64_t handler, flags, restorer;
  SignalMask mask;
};
constexpr std::uint64_t kRestorerIsGiven = 0x04000000;

void set_action(const KernelAction& action) {
  kernel(SYS_rt_sigaction, SIGSYS, kernel_pointer(&action), 0, sizeof(SignalMask));
}

void on_system_call(int, siginfo_t* information, void* context) {
  armed.selector = kLetThrough;
  if (information->si_code != kByDispatch) {  // not ours: as without us
    set_action({});
    kernel(SYS_tgkill, kernel(SYS_getpid), kernel(SYS_gettid), SIGSYS);
    return;
  }
  greg_t* registers = static_cast<ucontext_t*>(context)->uc_mcontext.gregs;
  const int before = errno;
  const void* const pc = armed.pc;
  registers[REG_RAX] = carry_out(information->si_syscall, registers);
  errno = before;
  armed.pc = pc;
  armed.selector = kCatch;
}

constexpr SignalMask kSigsys = SignalMask{1} << (SIGSYS - 1);

}  // namespace

// A program that sets handlers for all signals, or blocks all, must not take ours away: set anew each time.
Dispatched::Dispatched(const void* pc) : before_(armed.selector), pc_before_(armed.pc) {
  armed.selector = kLetThrough;
  armed.pc = pc;
  ++armed.depth;
  set_action({.handler = reinterpret_cast<std::uint64_t>(&on_system_call),
              .flags = SA_SIGINFO | SA_NODEFER | kRestorerIsGiven,
              .restorer = reinterpret_cast<std::uint64_t>(&jitterlab_return_from_handler),
              .mask = 0});
  kernel(SYS_rt_sigprocmask, SIG_UNBLOCK, kernel_pointer(&kSigsys), 0, sizeof kSigsys);
  const Range own = own_instructions();
  const long error = kernel(SYS_prctl, PR_SET_SYSCALL_USER_DISPATCH, PR_SYS_DISPATCH_ON, static_cast<long>(own.begin),
                            static_cast<long>(own.size), kernel_pointer(&armed.selector));
  if (error == 0) armed.selector = kCatch;
}

Dispatched::~Dispatched() {
  armed.selector = before_;
  armed.pc = pc_before_;
  if (--armed.depth == 0) kernel(SYS_prctl, PR_SET_SYSCALL_USER_DISPATCH, PR_SYS_DISPATCH_OFF, 0, 0, 0);
}

}  // namespace jitterlab
