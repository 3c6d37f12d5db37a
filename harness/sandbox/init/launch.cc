// Everything between fork and exec uses only system calls and memory prepared before.
#include "sandbox/init/launch.h"

#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "agent/control_area.h"
#include "os/core.h"
#include "os/error.h"

namespace jitterlab::init {
namespace {

// Never above what the machine allows us: raising a hard limit needs a capability.
void bound(__rlimit_resource resource, rlim_t value, rlim_t grace = 0) {
  rlimit limit{};
  if (::getrlimit(resource, &limit) != 0) throw system_error("cannot read a limit");
  limit.rlim_max = std::min(limit.rlim_max, value + grace);
  limit.rlim_cur = std::min(limit.rlim_max, value);
  if (::setrlimit(resource, &limit) != 0) throw system_error("cannot set a limit");
}

// The kernel counts all processes of a user id. A lane has one of its own; without isolation the user's other programs
// count too, so as many as the machine runs now come on top.
int processes_allowed(const Place& place, const Program& program) {
  if (place.mode != Mode::kNone) return program.processes;
  std::ifstream load("/proc/loadavg");  // "0.20 0.18 0.12 1/80 11206": running and all tasks
  std::string ignored;
  int running = 0, all = 0;
  char slash = 0;
  load >> ignored >> ignored >> ignored >> running >> slash >> all;
  return program.processes + all;
}

void bound_all(const Program& program, int processes) {
  // One second between SIGXCPU and SIGKILL.
  bound(RLIMIT_CPU, static_cast<rlim_t>(program.cpu_seconds + 0.999), 1);
  bound(RLIMIT_AS, static_cast<rlim_t>(program.memory_bytes));
  bound(RLIMIT_FSIZE, static_cast<rlim_t>(program.file_bytes));
  bound(RLIMIT_NOFILE, static_cast<rlim_t>(program.open_files));
  bound(RLIMIT_NPROC, static_cast<rlim_t>(processes));
  bound(RLIMIT_CORE, 0);
  bound(RLIMIT_MSGQUEUE, 1 << 20);
  bound(RLIMIT_MEMLOCK, 1 << 20);
  bound(RLIMIT_STACK, 8 << 20);
}

void become_lane_user(const Place& place, const Program& program) {
  const uid_t user = program.of_lab ? place.lab : place.student;
  const gid_t group = kFirstGroup + static_cast<gid_t>(program.instance);
  if (::setgroups(0, nullptr) != 0 || ::setresgid(group, group, group) != 0 || ::setresuid(user, user, user) != 0)
    throw system_error("cannot change the user");
}

void drop_capabilities() {
  // Without this, exec as user 0 of the namespace would give them back.
  ::prctl(PR_SET_SECUREBITS, 0x2f);  // NOROOT, NO_SETUID_FIXUP, both locked, KEEP_CAPS locked
  for (int capability = 0; capability < 64; ++capability) ::prctl(PR_CAPBSET_DROP, capability);
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const __user_cap_data_struct none[2] = {};
  if (::syscall(SYS_capset, &header, none) != 0) throw system_error("cannot drop the capabilities");
}

void tell(int report, const std::string& words, int descriptor) {
  iovec vector{const_cast<char*>(words.data()), words.size()};
  msghdr header{};
  header.msg_iov = &vector;
  header.msg_iovlen = 1;
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  if (descriptor >= 0) {
    header.msg_control = control;
    header.msg_controllen = sizeof control;
    cmsghdr* part = CMSG_FIRSTHDR(&header);
    part->cmsg_level = SOL_SOCKET;
    part->cmsg_type = SCM_RIGHTS;
    part->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(part), &descriptor, sizeof(int));
  }
  ::sendmsg(report, &header, MSG_NOSIGNAL);
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (const std::string& text : texts) result.push_back(const_cast<char*>(text.c_str()));
  result.push_back(nullptr);
  return result;
}

void reset_signals() {
  for (int number = 1; number < NSIG; ++number) ::signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

void pass(int gate) {
  char nothing;
  while (::read(gate, &nothing, 1) < 0 && errno == EINTR) continue;
  ::close(gate);
}

// What of our descriptors the program keeps.
struct Kept {
  int report = 0, gate = -1;
};

void keep(int descriptor, int as, const char* what) {
  if (::dup2(descriptor, as) < 0) throw system_error(std::string("cannot keep ") + what);
}

Kept keep_streams(const Streams& streams, int report) {
  Kept kept{3, streams.gate >= 0 ? 4 : -1};
  keep(streams.in, 0, "standard input");
  keep(streams.out, 1, "standard output");
  keep(streams.err, 2, "standard error");
  keep(report, kept.report, "the report");
  if (kept.gate >= 0) keep(streams.gate, kept.gate, "the gate");
  ::close_range(static_cast<unsigned>(std::max(kept.report, kept.gate)) + 1, ~0u, 0);
  return kept;
}

Kept keep_channel(int channel, int report) {
  const Kept kept{kServerChannel + 1, -1};
  keep(channel, kServerChannel, "the channel");
  keep(report, kept.report, "the report");
  ::close_range(static_cast<unsigned>(kept.report) + 1, ~0u, 0);
  ::close_range(0, kServerChannel - 1, 0);
  return kept;
}

void become(const Place& place, const Filter& filter, const Program& program, int processes, const Kept& kept) {
  // In a namespace everybody ends with box init anyway.
  if (place.mode == Mode::kNone) ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::setsid();
  reset_signals();
  if (program.core >= 0) keep_to_core(program.core);
  ::fcntl(kept.report, F_SETFD, FD_CLOEXEC);
  // Addresses are the same in every execution.
  ::personality(ADDR_NO_RANDOMIZE);
  bound_all(program, processes);
  if (place.mode == Mode::kRoot) become_lane_user(place, program);
  if (place.mode == Mode::kUser) drop_capabilities();
  const int listener = filter.apply(program.notify);
  if (listener < 0) throw system_error("cannot set the seccomp filter");
  if (program.notify) {
    tell(kept.report, "listener", listener);
    ::close(listener);
  }
}

void enter(const std::string& folder) {
  if (::chdir(folder.c_str()) != 0) throw system_error("cannot enter " + folder);
}

// A child that becomes the program; `keep_what_it_needs` is called in it, with the descriptor of the report.
template <typename Keep>
Launched start(const Place& place, const Filter& filter, const Program& program, int processes,
               const std::string& folder, const Keep& keep_what_it_needs) {
  int report[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, report) != 0) throw system_error("cannot make a socket");
  Fd ours(report[0]), theirs(report[1]);
  std::vector<char*> arguments = pointers(program.arguments), environment = pointers(program.environment);
  const int pid = ::fork();
  if (pid < 0) throw system_error("cannot fork");
  if (pid == 0) {
    Kept kept{theirs.get(), -1};
    try {
      kept = keep_what_it_needs(theirs.get());
      become(place, filter, program, processes, kept);
      enter(folder);
      if (kept.gate >= 0) pass(kept.gate);
      ::execve(arguments[0], arguments.data(), environment.data());
      throw system_error("cannot start " + program.arguments[0]);
    } catch (const Error& error) {
      tell(kept.report, error.what(), -1);
    }
    ::_exit(127);
  }
  return Launched{pid, std::move(ours)};
}

}  // namespace

Launched launch(const Place& place, const Filter& filter, const Program& program, const Streams& streams,
                int more_processes) {
  return start(place, filter, program, processes_allowed(place, program) + more_processes, program.folder,
               [&](int report) { return keep_streams(streams, report); });
}

Launched launch_server(const Place& place, const Filter& filter, const Program& program, int channel,
                       int more_processes) {
  // The work folder is another file system in the next execution.
  return start(place, filter, program, program.processes + more_processes, "/",
               [&](int report) { return keep_channel(channel, report); });
}

}  // namespace jitterlab::init
