#include "sandbox/init/place.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

#include "os/error.h"
#include "os/fd.h"

namespace jitterlab::init {
namespace {

// The lane's /proc/sys; unmounted before any program starts.
constexpr char kSettings[] = "/sysrw/sys/";

Fd open_setting(const std::string& name, int how = O_WRONLY) {
  return Fd(::open((kSettings + name).c_str(), how | O_CLOEXEC));
}

// Kernels that do not let a namespace's owner change a setting keep their own value; doctor reports it.
void set(const std::string& name, const std::string& value) {
  const Fd fd = open_setting(name);
  if (fd.valid() && ::write(fd.get(), value.data(), value.size()) < 0) return;
}

void bound_namespaces() {
  // Memory that is touched and detached escapes RLIMIT_AS, so segments are bounded as a whole: 64 MiB.
  set("kernel/shmall", "16384");
  set("kernel/shmmni", "128");
  set("kernel/msgmni", "64");
  set("kernel/sem", "250 32000 100 128");
  set("fs/mqueue/queues_max", "32");
  // A correct server must be able to bind again at once, in the next execution as in the next step.
  set("net/ipv4/tcp_max_tw_buckets", "0");
  // A client's own port must never be one that a lab's server wants.
  set("net/ipv4/ip_local_port_range", "61000 65000");
  set("net/unix/max_dgram_qlen", "64");
}

void make_accounts(uid_t student, uid_t lab) {
  const std::string s = std::to_string(student), l = std::to_string(lab);
  std::string users = "student:x:" + s + ":" + s + ":student:/work:/bin/sh\n";
  if (student != 0) users = "root:x:0:0:root:/:/bin/sh\n" + users + "lab:x:" + l + ":" + l + ":lab:/work:/bin/sh\n";
  write_file("/etc/passwd", users);
  write_file("/etc/group", "student:x:" + s + ":\n");
  write_file("/etc/hosts", "127.0.0.1 localhost box\n::1 localhost\n");
}

// The control area fits into one large page: it is mapped, and unmapped, at once in every process of an execution, and
// not page by page. Kernels that cannot do that keep their small pages, and programs run as well.
void use_large_pages() {
  if (::mount(nullptr, "/run", nullptr, MS_REMOUNT | MS_NOSUID | MS_NODEV, "huge=within_size") != 0) return;
}

void close_the_rest() {
  if (::umount2("/sysrw", MNT_DETACH) != 0) throw system_error("cannot detach the second /proc");
  // In a user namespace programs own these folders, so modes do not protect them.
  for (const char* folder : {"/", "/dev"}) {
    if (::mount(nullptr, folder, nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID, nullptr) != 0)
      throw system_error(std::string("cannot make ") + folder + " read-only");
  }
}

}  // namespace

int last_pid(const Place& place) {
  char number[16] = {};
  const ssize_t got = place.last_pid.valid() ? ::pread(place.last_pid.get(), number, sizeof number - 1, 0) : 0;
  return got > 0 ? std::atoi(number) : -1;
}

Place settle(const std::vector<std::string>& arguments) {
  Place place;
  // Programs of the same user could otherwise open our memory and descriptors through /proc.
  ::prctl(PR_SET_DUMPABLE, 0);
  ::umask(022);
  // Root's box init goes before what it watches: a busy machine must not make programs wait for it. They get the
  // ordinary priority back when they are forked. A normal user may not do this, and it is no more than a help.
  const sched_param none{};
  ::setpriority(PRIO_PROCESS, 0, -20);
  ::sched_setscheduler(0, SCHED_OTHER | SCHED_RESET_ON_FORK, &none);
  if (arguments.at(1) == "none") {
    place.work = arguments.at(2) + "/work";
    place.control = arguments.at(2) + "/control";
    if (::prctl(PR_SET_CHILD_SUBREAPER, 1) != 0) throw system_error("cannot adopt orphans");
    return place;
  }
  place.mode = arguments.at(1) == "root" ? Mode::kRoot : Mode::kUser;
  place.work = "/work";
  place.control = "/run/control";
  if (place.mode == Mode::kRoot) {
    place.student = static_cast<uid_t>(std::stoul(arguments.at(2)));
    place.lab = place.student + 1000;
  }
  if (::getpid() != 1) throw Error("box init is not the first process of its namespace");
  bound_namespaces();
  place.last_pid = open_setting("kernel/ns_last_pid", O_RDWR);
  place.next_segment = open_setting("kernel/shm_next_id");
  place.next_semaphores = open_setting("kernel/sem_next_id");
  place.next_queue = open_setting("kernel/msg_next_id");
  make_accounts(place.student, place.lab);
  use_large_pages();
  close_the_rest();
  return place;
}

}  // namespace jitterlab::init
