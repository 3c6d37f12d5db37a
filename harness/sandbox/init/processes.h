// Looking at the processes below box init through /proc: who is there, who waits, how much memory they use.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace jitterlab::init {

struct Process {
  int pid = 0, parent = 0, session = 0;
  char state = '?';
  std::int64_t resident_bytes = 0;
  std::string command;
};

// All descendants of box init, zombies included, in the order of their ids.
std::vector<Process> processes();

// Sends SIGKILL to all descendants until there are none, and waits for each; `reaped` gets the endings of direct
// children as wait statuses. Processes that fork while they are killed are caught.
void kill_all(bool first_process, std::map<int, int>& reaped);

// Threads of a process that have not ended.
std::vector<int> threads_of(const Process& process);

// Real group of a process; -1 when it is gone.
int group_of(int pid);

// True when SIGKILL has been sent to it already.
bool is_being_killed(int pid);

// Finds out whether tasks rest: asleep in a call that only another task can end, and untouched between two looks. If
// every task slept through both looks, there was a moment at which all slept: then nobody is left who could wake
// anyone. Sleeping with a timeout is no rest. (Kernel timers that no call shows, alarm() and the like, are the
// caller's business.)
class Rest {
 public:
  // One look; call it at every tick.
  void look(const std::vector<Process>& all);

  // Number of looks in a row, the last one included, through which every task of these processes slept untouched.
  // 0: somebody moved or may move by himself, or there is nobody.
  int looks(const std::vector<int>& pids) const;

  // The same of single tasks.
  int looks_of(const std::vector<int>& tids) const;

  void forget();

 private:
  struct Task {
    int pid = 0;
    std::string switches;  // counters of context switches: they change when the task ran
    int looks = 0;
    bool seen = false;
  };
  std::map<int, Task> tasks_;  // by task id
};

}  // namespace jitterlab::init
