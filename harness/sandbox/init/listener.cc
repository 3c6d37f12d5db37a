// Calls that programs of an execution are reported to make, before the kernel carries them out. Arguments are scalars,
// so there is nothing that a program could change between our look and the kernel's.
#include <linux/seccomp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <time.h>

#include <cerrno>
#include <csignal>

#include "os/error.h"
#include "sandbox/init/supervisor.h"

namespace jitterlab::init {
namespace {

char erased_kind(int call) {
  return call == SYS_shmctl ? 'm' : call == SYS_semctl ? 's' : call == SYS_msgctl ? 'q' : '\0';
}

bool sets_timer(int call) {
  return call == SYS_alarm || call == SYS_setitimer || call == SYS_timer_create || call == SYS_timerfd_create ||
         call == SYS_setsockopt;
}

void wake(int) {}

// Interrupts whatever the calling thread waits in, again and again, while there is one. It has the signal SIGALRM for
// itself.
class Alarm {
 public:
  Alarm() { set(kMilliseconds); }
  ~Alarm() { set(0); }
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;

 private:
  static constexpr long kMilliseconds = 5;

  static timer_t make() {
    struct sigaction action {};
    action.sa_handler = wake;  // and no SA_RESTART
    ::sigaction(SIGALRM, &action, nullptr);
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGALRM;
    timer_t timer{};
    if (::timer_create(CLOCK_MONOTONIC, &event, &timer) != 0) throw system_error("cannot make a timer");
    return timer;
  }

  static void set(long milliseconds) {
    static const timer_t timer = make();
    const timespec time{0, milliseconds * 1'000'000};
    const itimerspec every{time, time};
    ::timer_settime(timer, 0, &every, nullptr);
  }
};

// False, with errno: there is nothing to receive any more.
bool receive(int listener, seccomp_notif& report) {
  // A caller that is killed now takes back what the descriptor is readable for, and the kernel would wait for the next.
  const Alarm alarm;
  return ::ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &report) == 0;
}

}  // namespace

void Supervisor::on_server_listener(int pid) {
  if (Server* server = servers_.find(pid)) on_listener(server->listener, server->program.instance);
}

void Supervisor::on_listener(Fd& listener, int number) {
  seccomp_notif report{};
  if (!receive(listener.get(), report)) {
    if (errno == EINTR) return;
    // Either the caller was killed, or nobody is left behind the filter; then its descriptor stays hung up, and would
    // keep the loop spinning.
    pollfd others{listener.get(), POLLIN, 0};
    ::poll(&others, 1, 0);
    if (others.revents & (POLLHUP | POLLERR)) listener.reset();
    return;
  }
  const int pid = static_cast<int>(report.pid);
  instance_by_pid_[pid] = number;
  if (report.data.nr == SYS_setsid) instance_by_session_[pid] = number;
  if (report.data.nr == SYS_mmap) used_.emplace(number, "shared-mapping");
  if (const char kind = erased_kind(report.data.nr)) note_erasure(kind, static_cast<int>(report.data.args[0]));
  if (sets_timer(report.data.nr)) timers_used_.insert(number);
  seccomp_notif_resp go_on{};
  go_on.id = report.id;
  go_on.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
  // Fails when the caller was killed meanwhile.
  ::ioctl(listener.get(), SECCOMP_IOCTL_NOTIF_SEND, &go_on);
}

void Supervisor::note_erasure(char kind, int id) {
  auto found = object(kind, id);
  constexpr std::size_t kMostErased = 128;
  if (!found || erased_.size() >= kMostErased) return;
  // A program may try to erase what it may not; then it is still there at the end.
  std::erase_if(erased_, [&](const Object& known) { return known.kind == kind && known.id == id; });
  found->erased = true;
  erased_.push_back(*found);
}

}  // namespace jitterlab::init
