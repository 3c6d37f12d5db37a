#include "sandbox/init/filter.h"

#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <iterator>

#include "os/error.h"
#include "os/fd.h"

namespace jitterlab::init {
namespace {

// Refused with EPERM: looking into or changing others, the machine, or the namespaces.
const int kRefused[] = {
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(kcmp),
    SCMP_SYS(pidfd_getfd),
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(pivot_root),
    SCMP_SYS(move_mount),
    SCMP_SYS(open_tree),
    SCMP_SYS(fsopen),
    SCMP_SYS(fsconfig),
    SCMP_SYS(fsmount),
    SCMP_SYS(fspick),
    SCMP_SYS(mount_setattr),
    SCMP_SYS(chroot),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(keyctl),
    SCMP_SYS(add_key),
    SCMP_SYS(request_key),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(delete_module),
    SCMP_SYS(kexec_load),
    SCMP_SYS(kexec_file_load),
    SCMP_SYS(reboot),
    SCMP_SYS(swapon),
    SCMP_SYS(swapoff),
    SCMP_SYS(acct),
    SCMP_SYS(quotactl),
    SCMP_SYS(settimeofday),
    SCMP_SYS(clock_settime),
    SCMP_SYS(adjtimex),
    SCMP_SYS(clock_adjtime),
    SCMP_SYS(sethostname),
    SCMP_SYS(setdomainname),
    SCMP_SYS(iopl),
    SCMP_SYS(ioperm),
    SCMP_SYS(modify_ldt),
    SCMP_SYS(vhangup),
    SCMP_SYS(open_by_handle_at),
    SCMP_SYS(name_to_handle_at),
    SCMP_SYS(fanotify_init),
    SCMP_SYS(syslog),
    SCMP_SYS(lookup_dcookie),
    SCMP_SYS(nfsservctl),
    SCMP_SYS(migrate_pages),
    SCMP_SYS(move_pages),
};

// Said not to exist: programs and glibc then use calls whose arguments a filter can see.
const int kAbsent[] = {SCMP_SYS(clone3), SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter),
                       SCMP_SYS(io_uring_register)};

constexpr int kFamilies[] = {AF_UNIX, AF_INET, AF_INET6, AF_NETLINK};

void require(int result, const char* what) {
  if (result < 0) throw Error(std::string("cannot prepare the seccomp filter: ") + what);
}

void refuse(scmp_filter_ctx context) {
  for (const int call : kRefused) require(seccomp_rule_add(context, SCMP_ACT_ERRNO(EPERM), call, 0), "a refused call");
  for (const int call : kAbsent) require(seccomp_rule_add(context, SCMP_ACT_ERRNO(ENOSYS), call, 0), "an absent call");
  for (const std::uint64_t flag :
       {CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWCGROUP}) {
    require(
        seccomp_rule_add(context, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, flag, flag)),
        "clone");
  }
  // Putting characters into a terminal's input; there is none, but a shell may have lent one in trust mode.
  require(seccomp_rule_add(context, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(ioctl), 1,
                           SCMP_A1(SCMP_CMP_MASKED_EQ, 0xffffffffu, TIOCSTI)),
          "ioctl");
}

// A family outside the list is refused: vsock, for one, reaches the host of a virtual machine.
void bound_sockets(scmp_filter_ctx context) {
  // Few rules: the kernel translates the filter anew at every start.
  constexpr int kEnd = *std::max_element(std::begin(kFamilies), std::end(kFamilies)) + 1;
  const auto refuse_if = [&](int call, scmp_arg_cmp test) {
    require(seccomp_rule_add(context, SCMP_ACT_ERRNO(EAFNOSUPPORT), call, 1, test), "socket");
  };
  for (const int call : {SCMP_SYS(socket), SCMP_SYS(socketpair)}) {
    for (int family = 0; family < kEnd; ++family) {
      if (std::find(std::begin(kFamilies), std::end(kFamilies), family) != std::end(kFamilies)) continue;
      refuse_if(call, SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(family)));
    }
    refuse_if(call, SCMP_A0(SCMP_CMP_GE, kEnd));
  }
}

void report(scmp_filter_ctx context, bool exits) {
  const auto notify = [&](int call) { require(seccomp_rule_add(context, SCMP_ACT_NOTIFY, call, 0), "notify"); };
  // As few as possible: a reported call can fail with EINTR where it otherwise never does. The preloaded libraries make
  // each of these again (agent/uninterrupted.cc); what libc calls by itself must not be here.
  for (const int call : {SCMP_SYS(alarm), SCMP_SYS(setitimer), SCMP_SYS(timer_create), SCMP_SYS(timerfd_create)}) {
    notify(call);
  }
  if (exits) {
    for (const int call : {SCMP_SYS(setsid), SCMP_SYS(exit_group)}) notify(call);
  }
  const auto notify_if = [&](int call, scmp_arg_cmp test) {
    require(seccomp_rule_add(context, SCMP_ACT_NOTIFY, call, 1, test), "notify");
  };
  // The kernel takes the command's low bits on some systems together with a version flag.
  notify_if(SCMP_SYS(shmctl), SCMP_A1(SCMP_CMP_MASKED_EQ, 0xff, IPC_RMID));
  notify_if(SCMP_SYS(msgctl), SCMP_A1(SCMP_CMP_MASKED_EQ, 0xff, IPC_RMID));
  notify_if(SCMP_SYS(semctl), SCMP_A2(SCMP_CMP_MASKED_EQ, 0xff, IPC_RMID));
  notify_if(SCMP_SYS(mmap), SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_SHARED | MAP_ANONYMOUS, MAP_SHARED | MAP_ANONYMOUS));
  for (const int option : {SO_RCVTIMEO, SO_SNDTIMEO}) {
    notify_if(SCMP_SYS(setsockopt), SCMP_A2(SCMP_CMP_EQ, static_cast<scmp_datum_t>(option)));
  }
}

// Of <linux/seccomp.h>, where that is new enough.
constexpr unsigned long kSetNotifyFlags = SECCOMP_IOW(4, std::uint64_t);
constexpr std::uint64_t kSyncWakeUp = 1;

std::vector<sock_filter> program(bool notifying, bool exits) {
  scmp_filter_ctx context = seccomp_init(SCMP_ACT_ALLOW);
  if (!context) throw Error("cannot prepare a seccomp filter");
  seccomp_attr_set(context, SCMP_FLTATR_CTL_OPTIMIZE, 2);
  refuse(context);
  bound_sockets(context);
  if (notifying) report(context, exits);
  const Fd file(::memfd_create("filter", MFD_CLOEXEC));
  require(seccomp_export_bpf(context, file.get()), "export");
  seccomp_release(context);
  ::lseek(file.get(), 0, SEEK_SET);
  const std::string bytes = read_all(file.get(), 1 << 20);
  const auto* first = reinterpret_cast<const sock_filter*>(bytes.data());
  return std::vector<sock_filter>(first, first + bytes.size() / sizeof(sock_filter));
}

}  // namespace

Filter::Filter(bool exits) : silent_(program(false, exits)), notifying_(program(true, exits)) {}

int Filter::apply(bool notify) const {
  const auto& instructions = notify ? notifying_ : silent_;
  sock_fprog whole{static_cast<unsigned short>(instructions.size()), const_cast<sock_filter*>(instructions.data())};
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
  const auto set = [&](unsigned flags) {
    return static_cast<int>(::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &whole));
  };
  if (!notify) return set(0);
  // Else a signal that is handled while we look would make pipe() and the like fail with EINTR, which they never do.
  int listener = set(SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV);
  if (listener < 0 && errno == EINVAL) listener = set(SECCOMP_FILTER_FLAG_NEW_LISTENER);  // before Linux 5.19
  // Whoever is reported waits for us, so we may have its core. Before Linux 6.6 it takes longer, no more.
  if (listener >= 0) ::ioctl(listener, kSetNotifyFlags, kSyncWakeUp);
  return listener;
}

}  // namespace jitterlab::init
