#include "agent/agent_bench.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "os/error.h"
#include "os/fd.h"

namespace jitterlab {
namespace {

constexpr int kLookMilliseconds = 150;
constexpr std::uint32_t kMostSteps = 100'000;

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (const std::string& text : texts) result.push_back(const_cast<char*>(text.c_str()));
  result.push_back(nullptr);
  return result;
}

pid_t start(const std::string& path, const std::vector<std::string>& arguments,
            const std::vector<std::string>& environment, int out) {
  const std::vector<char*> argv = pointers(arguments), envp = pointers(environment);
  const pid_t pid = fork();
  if (pid < 0) throw system_error("cannot fork");
  if (pid == 0) {
    setpgid(0, 0);
    dup2(out, 1);
    dup2(out, 2);
    execve(path.c_str(), argv.data(), envp.data());
    _exit(127);
  }
  return pid;
}

// Two lines per thread: how often it was switched. Empty when it does not sleep.
std::string activity_of_thread(const std::filesystem::path& thread) {
  std::ifstream status(thread / "status");
  std::string result;
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("State:") && line.find("S (sleeping)") == std::string::npos) return "";
    if (line.find("ctxt_switches") != std::string::npos) result += line + "\n";
  }
  return result;
}

// Of all threads of a process group. Empty when one of them does not sleep.
std::string activity(pid_t group) {
  std::string result;
  for (const auto& process : std::filesystem::directory_iterator("/proc")) {
    const pid_t pid = std::atoi(process.path().filename().c_str());
    if (pid == 0 || getpgid(pid) != group) continue;
    std::error_code gone;
    for (const auto& thread : std::filesystem::directory_iterator(process.path() / "task", gone)) {
      const std::string one = activity_of_thread(thread.path());
      if (one.empty()) return "";
      result += thread.path().string() + "\n" + one;
    }
  }
  return result;
}

// Waits until the process has ended, or nothing happens in it any more; true in the second case. A delay is much
// shorter than the time between two looks.
bool ends_or_rests(pid_t pid) {
  const Fd handle(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
  std::string before;
  for (;;) {
    pollfd end{handle.get(), POLLIN, 0};
    if (poll(&end, 1, kLookMilliseconds) > 0) return false;
    const std::string now = activity(pid);
    if (!now.empty() && now == before) return true;
    before = now;
  }
}

std::string read_from_start(int fd) {
  lseek(fd, 0, SEEK_SET);
  return read_all(fd, 1 << 20);
}

}  // namespace

std::vector<std::string> plain_environment() { return {"PATH=/usr/bin:/bin"}; }

AgentBench::AgentBench() {
  // Other tests on this machine remove System V objects that they take for left-overs; where we may, we keep apart.
  unshare(CLONE_NEWIPC);
  reset(0);
}

AgentBench::~AgentBench() { munmap(area_, size_); }

void AgentBench::make_area(std::uint64_t seed, std::size_t size) {
  if (area_ != nullptr) munmap(area_, size_);
  unlink(control_path().c_str());
  const Fd file(open(control_path().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!file.valid() || ftruncate(file.get(), static_cast<off_t>(size)) != 0)
    throw system_error("cannot make a control area");
  void* address = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file.get(), 0);
  if (address == MAP_FAILED) throw system_error("cannot map a control area");
  area_ = static_cast<ControlArea*>(address);
  size_ = size;
  area_->seed = seed;
  area_->magic = kControlMagic;
}

void AgentBench::reset(std::uint64_t seed) { make_area(seed, sizeof(ControlArea)); }

void AgentBench::reset_controlled(StrategyKind strategy, std::uint64_t seed, bool slow_others) {
  Schedule schedule;
  schedule.kind = strategy;
  schedule.seed = seed;
  schedule.slow_others = slow_others;
  reset_controlled(schedule);
}

void AgentBench::reset_controlled(const Schedule& schedule) {
  make_area(1, kControlledFileSize);
  area_->mode = ControlMode::kControlled;
  Controlled& controlled = area_->controlled;
  if (!schedule.load(controlled.scheduler)) throw Error("the schedule does not fit");
  controlled.most_steps = kMostSteps;
  controlled.slow_others = schedule.slow_others;
  controlled.last_slot = -1;
  controlled.roots = 1;
}

std::vector<TraceEvent> AgentBench::trace() {
  const std::uint32_t count = std::min(area_->controlled.trace_count.load(), kMostTraceEvents);
  return {trace_of(area_), trace_of(area_) + count};
}

std::vector<std::string> AgentBench::environment(int root) const {
  std::vector<std::string> result = plain_environment();
  result.push_back("LD_PRELOAD=" AGENT);
  result.push_back(std::string(kControlVariable) + "=" + control_path());
  result.push_back(std::string(kRootVariable) + "=" + std::to_string(root));
  return result;
}

BenchRun AgentBench::run(const std::string& program, const std::vector<std::string>& arguments,
                         const std::vector<std::string>& environment) {
  const std::string path = program.find('/') == std::string::npos ? std::string(PROGRAMS) + "/" + program : program;
  std::vector<std::string> all{path};
  all.insert(all.end(), arguments.begin(), arguments.end());
  const Fd out(memfd_create("output", MFD_CLOEXEC));
  const pid_t pid = start(path, all, environment, out.get());
  BenchRun result;
  if (area_->mode == ControlMode::kControlled)
    wait_for_controlled(pid, result);
  else
    result.at_rest = ends_or_rests(pid);
  if (result.at_rest || result.stopped) kill(-pid, SIGKILL);
  int status = 0;
  waitpid(pid, &status, 0);
  result.ending = Ending::from_wait_status(status);
  result.out = read_from_start(out.get());
  return result;
}

void AgentBench::wait_for_controlled(int pid, BenchRun& result) {
  const Fd handle(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
  pollfd end{handle.get(), POLLIN, 0};
  while (poll(&end, 1, 1) == 0) {
    result.at_rest = area_->controlled.resting.load() >= 3;
    result.stopped = area_->controlled.stopped.load() != 0;
    if (result.at_rest || result.stopped) return;
  }
}

std::map<std::uint64_t, std::uint64_t> AgentBench::steps_of_tasks() const {
  std::map<std::uint64_t, std::uint64_t> result;
  for (const ControlTask& task : area_->tasks) {
    if (task.id != 0) result[task.id] += task.steps;
  }
  return result;
}

}  // namespace jitterlab
