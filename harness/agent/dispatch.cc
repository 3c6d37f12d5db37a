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
  const long number = information->si_syscall;
  const long a[] = {registers[REG_RDI], registers[REG_RSI], registers[REG_RDX],
                    registers[REG_R10], registers[REG_R8],  registers[REG_R9]};
  long result = 0;
  if (!carry_out_in_steps(number, a, pc, result)) result = kernel(number, a[0], a[1], a[2], a[3], a[4], a[5]);
  registers[REG_RAX] = result;
  errno = before;
  armed.pc = pc;
  armed.selector = kCatch;
}

constexpr SignalMask kSigsys = SignalMask{1} << (SIGSYS - 1);

}  // namespace

bool carry_out_in_steps(long number, const long* arguments, const void* pc, long& result) {
  const long a = arguments[0], b = arguments[1], c = arguments[2], d = arguments[3];
  const int fd = static_cast<int>(a);
  switch (number) {
    case SYS_read:
    case SYS_readv: {
      const Descriptor from = descriptor_of(fd);
      result = await_input(from, number == SYS_readv || c != 0, pc);
      if (result != 0) return true;
      if (from.type != Descriptor::Type::kRandom || number != SYS_read) break;
      fill_with_random(reinterpret_cast<void*>(b), static_cast<std::size_t>(c));
      result = c;
      return true;
    }
    case SYS_write: {
      const iovec all{reinterpret_cast<void*>(b), static_cast<std::size_t>(c)};
      result = write_in_steps(fd, &all, 1, pc);
      return true;
    }
    case SYS_writev:
      result = write_in_steps(fd, reinterpret_cast<const iovec*>(b), static_cast<int>(c), pc);
      return true;
    case SYS_open:
      result =
          open_in_steps(AT_FDCWD, reinterpret_cast<const char*>(a), static_cast<int>(b), static_cast<mode_t>(c), pc);
      return true;
    case SYS_openat:
      result = open_in_steps(fd, reinterpret_cast<const char*>(b), static_cast<int>(c), static_cast<mode_t>(d), pc);
      return true;
    case SYS_close:
      step_before(StepKind::kObject, object_of_descriptor(fd), pc);
      break;
    default:
      return false;
  }
  result = kernel(number, a, b, c, d, arguments[4], arguments[5]);
  return true;
}

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
