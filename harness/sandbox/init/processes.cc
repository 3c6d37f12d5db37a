#include "sandbox/init/processes.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "os/fd.h"

namespace jitterlab::init {
namespace {

// Files of /proc are short; empty when the process is gone.
std::string slurp(const std::string& path) {
  const Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  char buffer[4096];
  if (!fd.valid()) return "";
  const ssize_t got = ::read(fd.get(), buffer, sizeof buffer);
  return got > 0 ? std::string(buffer, static_cast<std::size_t>(got)) : "";
}

std::vector<int> numbers_in(const std::string& folder) {
  std::vector<int> result;
  DIR* directory = ::opendir(folder.c_str());
  if (!directory) return result;
  while (const dirent* entry = ::readdir(directory)) {
    if (std::isdigit(static_cast<unsigned char>(entry->d_name[0]))) result.push_back(std::atoi(entry->d_name));
  }
  ::closedir(directory);
  return result;
}

Process read_process(int pid) {
  Process process;
  const std::string stat = slurp("/proc/" + std::to_string(pid) + "/stat");
  const auto open = stat.find('('), close = stat.rfind(')');  // the command may hold any byte between
  if (open == std::string::npos || close == std::string::npos) return process;
  process.pid = pid;
  process.command = stat.substr(open + 1, close - open - 1);
  char state = '?';
  int group = 0;
  long pages = 0;
  std::sscanf(stat.c_str() + close + 1,
              " %c %d %d %d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %*u %*u %ld", &state,
              &process.parent, &group, &process.session, &pages);
  process.state = state;
  process.resident_bytes = static_cast<std::int64_t>(pages) * ::sysconf(_SC_PAGESIZE);
  return process;
}

std::string field(const std::string& status, const char* name) {
  const auto at = status.find(name);
  if (at == std::string::npos) return "";
  const auto end = status.find('\n', at);
  return status.substr(at + std::strlen(name), end - at - std::strlen(name));
}

struct Call {
  long number = -1;
  unsigned long long arguments[6] = {};
};

// Calls that wait as long as it takes. Whatever is not here is taken for one that may return by itself.
bool waits_for_others(const Call& call) {
  const auto& a = call.arguments;
  switch (call.number) {
    case SYS_read:
    case SYS_readv:
    case SYS_pread64:
    case SYS_write:
    case SYS_writev:
    case SYS_pwrite64:
    case SYS_wait4:
    case SYS_waitid:
    case SYS_pause:
    case SYS_rt_sigsuspend:
    case SYS_semop:
    case SYS_msgsnd:
    case SYS_msgrcv:
    case SYS_accept:
    case SYS_accept4:
    case SYS_recvfrom:
    case SYS_recvmsg:
    case SYS_sendto:
    case SYS_sendmsg:
    case SYS_open:
    case SYS_openat:
    case SYS_flock:
    case SYS_fcntl:
      return true;
    case SYS_semtimedop:
      return a[3] == 0;
    case SYS_futex: {
      const auto operation = a[1] & 0x7f;
      const bool blocks = operation == FUTEX_WAIT || operation == FUTEX_WAIT_BITSET || operation == FUTEX_LOCK_PI ||
                          operation == FUTEX_LOCK_PI2;
      return blocks && a[3] == 0;
    }
    case SYS_poll:
      return static_cast<int>(a[2]) < 0;
    case SYS_epoll_wait:
    case SYS_epoll_pwait:
      return static_cast<int>(a[3]) < 0;
    case SYS_ppoll:
    case SYS_rt_sigtimedwait:
      return a[2] == 0;
    case SYS_epoll_pwait2:
      return a[3] == 0;
    case SYS_select:
    case SYS_pselect6:
    case SYS_mq_timedsend:
    case SYS_mq_timedreceive:
      return a[4] == 0;
    default:
      return false;
  }
}

bool sleeps_until_woken(const std::string& folder) {
  Call call;
  const std::string text = slurp(folder + "/syscall");  // "202 0x7f… 0x80 …" or "running"
  if (text.empty() || !std::isdigit(static_cast<unsigned char>(text[0]))) return false;
  auto& a = call.arguments;
  std::sscanf(text.c_str(), "%ld %llx %llx %llx %llx %llx %llx", &call.number, &a[0], &a[1], &a[2], &a[3], &a[4],
              &a[5]);
  return waits_for_others(call);
}

}  // namespace

std::vector<Process> processes() {
  std::vector<Process> all;
  for (const int pid : numbers_in("/proc")) {
    Process process = read_process(pid);
    if (process.pid != 0) all.push_back(std::move(process));
  }
  std::sort(all.begin(), all.end(), [](const Process& a, const Process& b) { return a.pid < b.pid; });
  std::map<int, int> parents;
  for (const Process& process : all) parents[process.pid] = process.parent;
  const int self = ::getpid();
  const auto is_ours = [&](const Process& process) {
    int pid = process.pid;
    for (int depth = 0; depth < 1000 && pid != 0 && pid != self; ++depth) {
      const auto found = parents.find(pid);
      pid = found == parents.end() ? 0 : found->second;
    }
    return pid == self && process.pid != self;
  };
  std::erase_if(all, [&](const Process& process) { return !is_ours(process); });
  return all;
}

void kill_all(bool first_process, std::map<int, int>& reaped) {
  for (;;) {
    if (first_process) {
      ::kill(-1, SIGKILL);
    } else {
      // Stopped first, so that none forks while the others are listed.
      for (const int signal : {SIGSTOP, SIGKILL}) {
        for (const Process& process : processes()) ::kill(process.pid, signal);
      }
    }
    int status = 0;
    const int pid = ::waitpid(-1, &status, 0);
    if (pid > 0) reaped[pid] = status;
    if (pid < 0 && errno == ECHILD) return;
  }
}

std::vector<int> threads_of(const Process& process) {
  std::vector<int> tids = numbers_in("/proc/" + std::to_string(process.pid) + "/task");
  // A first thread that has ended stays as a zombie until the others have.
  if (process.state == 'Z' || process.state == 'X') std::erase(tids, process.pid);
  return tids;
}

int group_of(int pid) {
  const std::string group = field(slurp("/proc/" + std::to_string(pid) + "/status"), "\nGid:");
  return group.empty() ? -1 : std::atoi(group.c_str());
}

bool is_being_killed(int pid) {
  const std::string status = slurp("/proc/" + std::to_string(pid) + "/status");
  const auto pending = [&](const char* name) { return std::strtoull(field(status, name).c_str(), nullptr, 16); };
  return ((pending("\nShdPnd:") | pending("\nSigPnd:")) >> (SIGKILL - 1)) & 1;
}

void Rest::look(const std::vector<Process>& all) {
  for (auto& [tid, task] : tasks_) task.seen = false;
  for (const Process& process : all) {
    const std::string folder = "/proc/" + std::to_string(process.pid) + "/task";
    std::vector<int> tids = numbers_in(folder);
    // Of whom nothing can be told nobody can say that he rests; who is gone is not listed the next time.
    if (tids.empty()) tids.push_back(process.pid);
    for (const int tid : tids) {
      const std::string here = folder + "/" + std::to_string(tid);
      const std::string status = slurp(here + "/status");
      const std::string state = field(status, "\nState:\t");
      if (!state.empty() && (state[0] == 'Z' || state[0] == 'X')) continue;
      const std::string switches =
          field(status, "\nvoluntary_ctxt_switches:") + field(status, "\nnonvoluntary_ctxt_switches:");
      Task& task = tasks_[tid];
      const bool untouched = (task.pid == process.pid && task.switches == switches);
      const bool asleep =
          !state.empty() && (state[0] == 'T' || state[0] == 't' || (state[0] == 'S' && sleeps_until_woken(here)));
      task.looks = !asleep ? 0 : untouched ? task.looks + 1 : 1;
      task.pid = process.pid;
      task.switches = switches;
      task.seen = true;
    }
  }
  std::erase_if(tasks_, [](const auto& entry) { return !entry.second.seen; });
}

int Rest::looks(const std::vector<int>& pids) const {
  int least = 0;
  bool any = false;
  for (const auto& [tid, task] : tasks_) {
    if (std::find(pids.begin(), pids.end(), task.pid) == pids.end()) continue;
    least = any ? std::min(least, task.looks) : task.looks;
    any = true;
  }
  return any ? least : 0;
}

int Rest::looks_of(const std::vector<int>& tids) const {
  int least = 0;
  for (std::size_t i = 0; i < tids.size(); ++i) {
    const auto found = tasks_.find(tids[i]);
    const int looks = found == tasks_.end() ? 0 : found->second.looks;
    least = i == 0 ? looks : std::min(least, looks);
  }
  return least;
}

void Rest::forget() { tasks_.clear(); }

}  // namespace jitterlab::init
