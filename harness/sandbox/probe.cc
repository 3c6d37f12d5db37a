#include "sandbox/probe.h"

#include <signal.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

#include "os/error.h"
#include "os/spawn.h"
#include "sandbox/box.h"

namespace jitterlab {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kProtection = std::chrono::seconds(30);

struct Tried {
  std::string out;
  bool rested = false;
  BoxEnd end;
};

// Runs a script of the shell in the box, until it ends or rests.
Tried attempt(Box& box, const std::string& script) {
  Launch launch;
  launch.arguments = {"/bin/sh", "-c", script};
  launch.environment = {"PATH=/usr/bin:/bin"};
  box.begin({}, std::nullopt);
  box.start(launch);
  box.close_input(0);
  Tried tried;
  const auto deadline = Clock::now() + kProtection;
  for (;;) {
    const BoxEvent event = box.next(deadline);
    if (event.kind == BoxEvent::Kind::kOutput) tried.out += event.bytes;
    if (event.kind == BoxEvent::Kind::kRest) tried.rested = true;
    if (event.kind != BoxEvent::Kind::kOutput) break;
  }
  tried.end = box.finish();
  while (!tried.out.empty() && tried.out.back() == '\n') tried.out.pop_back();
  return tried;
}

std::string remedy_for_namespaces() {
  if (::geteuid() == 0)
    return "in a container: start it with --privileged (Docker), or use a virtual machine; default containers forbid "
           "making namespaces. Without that, `grade --i-trust-this-submission` runs without isolation";
  return "run it with sudo, or allow user namespaces: sysctl kernel.unprivileged_userns_clone=1 (Debian), "
         "kernel.apparmor_restrict_unprivileged_userns=0 (Ubuntu 24.04)";
}

Probe probe_bubblewrap() {
  Probe probe{"bubblewrap", false, true, "", "apt-get install bubblewrap"};
  try {
    const Ran ran = run_program({"bwrap", "--version"});
    probe.good = ran.ending.exited_with(0);
    probe.seen = ran.out.substr(0, ran.out.find('\n'));
  } catch (const Error& error) {
    probe.seen = error.what();
  }
  return probe;
}

Probe probe_compiler() {
  Probe probe{"compiler", false, true, "", "apt-get install gcc g++"};
  try {
    const Ran ran = run_program({"gcc", "--version"});
    probe.good = ran.ending.exited_with(0);
    probe.seen = ran.out.substr(0, ran.out.find('\n'));
  } catch (const Error& error) {
    probe.seen = error.what();
  }
  return probe;
}

void probe_inside(Box& box, std::vector<Probe>& probes) {
  const auto add = [&](const std::string& what, bool good, bool needed, const std::string& seen,
                       const std::string& remedy) {
    probes.push_back({what, good, needed, seen, remedy});
  };
  const std::string users = attempt(box, "id -u").out;
  add("a user id of its own", users != "0", false, "programs run as user " + users,
      "run as root (sudo); as a normal user all programs of a box share one user id");
  const std::string links = attempt(box, R"(sed -n 's/^ *\([^ :]*\):.*/\1/p' /proc/net/dev)").out;
  add("a network of its own", links == "lo", true, "interfaces: " + links, remedy_for_namespaces());
  const Tried objects = attempt(box, "ipcmk -M 20 >/dev/null && echo made");
  add("System V objects of its own", objects.out == "made" && objects.end.left_behind.size() == 1, true,
      std::to_string(objects.end.left_behind.size()) + " object found and removed afterwards",
      "apt-get install util-linux; the kernel needs CONFIG_SYSVIPC and CONFIG_IPC_NS");
  const Tried erased = attempt(box, "ipcrm -m $(ipcmk -M 20 | tr -dc 0-9)");
  add("calls reported before they happen", erased.end.objects.size() == 1 && erased.end.objects[0].erased, true,
      erased.end.objects.empty() ? "an erased object was not seen" : "an erased object was seen",
      "needs Linux 5.5 or newer with CONFIG_SECCOMP_FILTER, and no outer filter that forbids it");
  const std::string first = attempt(box, "echo $$").out;
  add("the same process ids every time", first == attempt(box, "echo $$").out, false, "first program: " + first,
      "needs CONFIG_CHECKPOINT_RESTORE; without it process ids in reports vary");
  add("rest is seen", attempt(box, "mkfifo f && read x < f").rested, true,
      "a program that waits for ever was recognised", "needs /proc/PID/syscall (CONFIG_HAVE_ARCH_TRACEHOOK)");
  const std::string bound = attempt(box, "cat /proc/sys/kernel/shmall").out;
  add("bounded shared memory", bound == "16384", false, "kernel.shmall is " + bound,
      "Linux before 6.9 forbids this to normal users: run as root (sudo)");
  const std::string reuse = attempt(box, "cat /proc/sys/net/ipv4/tcp_max_tw_buckets").out;
  add("ports free again at once", reuse == "0", true, "tcp_max_tw_buckets is " + reuse, "run as root (sudo)");
}

}  // namespace

std::vector<Probe> probe_machine() {
  std::vector<Probe> probes = {probe_bubblewrap(), probe_compiler()};
  Probe namespaces{"namespaces", false, true, "", remedy_for_namespaces()};
  std::unique_ptr<Box> box;
  try {
    box = Box::open({});
    namespaces.good = true;
    namespaces.seen = to_string(box->isolation());
  } catch (const Error& error) {
    namespaces.seen = error.what();
  }
  probes.push_back(namespaces);
  if (!box) return probes;
  try {
    probe_inside(*box, probes);
  } catch (const Error& error) {
    probes.push_back(
        {"the box itself", false, true, error.what(), "report this with the output of `jitterlab doctor`"});
  }
  return probes;
}

std::vector<std::string> machine_remarks() {
  std::vector<std::string> remarks;
  utsname system{};
  ::uname(&system);
  std::ifstream version("/proc/version");
  std::stringstream text;
  text << version.rdbuf();
  if (std::filesystem::exists("/.dockerenv") || std::filesystem::exists("/run/.containerenv"))
    remarks.push_back("This is a container. Unless it was started with --privileged, namespaces are forbidden to it.");
  if (text.str().find("icrosoft") != std::string::npos)
    remarks.push_back("This is WSL. WSL2 has all that is needed (not tried); WSL1 has no namespaces.");
  if (std::string(system.machine) != "x86_64")
    remarks.push_back("This is a " + std::string(system.machine) +
                      " processor. Only x86-64 is supported: on Apple silicon use an x86-64 virtual machine.");
  return remarks;
}

}  // namespace jitterlab
