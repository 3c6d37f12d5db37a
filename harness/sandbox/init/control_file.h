// The agent's control area as box init has it: a file that is written and read, never mapped, since a program that
// shortened it would end us by SIGBUS. Nothing read from it is trusted: it says what the programs want us to believe.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "os/fd.h"
#include "sandbox/wire.h"

namespace jitterlab::init {

class ControlFile {
 public:
  // Of `path`; the bell lies beside it.
  explicit ControlFile(std::string path) : path_(std::move(path)) {}

  // As the order "begin" wants it; null: none. `scheduler`: a file with its bytes, for controlled executions. Throws
  // Error.
  void make(const Message& control, const Fd& scheduler);
  void remove();

  bool is_controlled() const { return bell_.valid(); }
  // Readable when the programs came to rest or were stopped by a limit. Valid in controlled executions only.
  const Fd& bell() const { return bell_; }
  void silence_bell() const;

  // The programs of these instances are about to be started; all are known to the agent at once.
  void announce(const std::vector<int>& instances);
  const std::vector<int>& announced() const { return announced_; }
  // What the program of this instance, below kMostSignalled, is to be sent at some step: bit n - 1 for signal n.
  void set_signals(int instance, std::uint64_t signals);
  // A program that was announced will not come, or will not any more.
  void note_end(int instance, int pid) const;

  struct State {
    std::uint64_t progress = 0;
    std::uint32_t resting = 0, looks = 0, stopped = 0;
  };
  State state() const;

  struct Tasks {
    std::set<std::pair<int, int>> held;  // process and thread: parked or let run by the agent
    std::set<int> processes;             // of these, and of tasks that wait out of its control
  };
  Tasks tasks() const;

  // What the table of tasks says now is what it shall say at the end: programs that see others die change it.
  void keep_tasks();
  void put_tasks_back() const;

  // The steps counted, and what the programs did to the area, if anything.
  std::string read(std::uint64_t& steps) const;
  const Fd& file() const { return file_; }

 private:
  void make_controlled(const Message& schedule, const Fd& scheduler);
  void make_bell();

  std::string path_;
  Fd file_, bell_;
  std::vector<int> announced_;
  std::string kept_tasks_;
};

}  // namespace jitterlab::init
