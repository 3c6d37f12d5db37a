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

  // As the order "begin" wants it; null: none. `scheduler`: its parts, for a controlled execution. A file that
  // fork servers have mapped is used again. Throws Error.
  void make(const Message& control, const std::string& scheduler);
  // For controlled executions: programs that map it now become fork servers, and find all later executions in it.
  void make_for_servers();
  void remove();
  // The execution is over. The file stays if there are servers.
  void forget();

  bool is_controlled() const { return bell_.valid(); }
  // Readable when the programs came to rest or were stopped by a limit. Valid in controlled executions only.
  const Fd& bell() const { return bell_; }
  void silence_bell() const;

  // The programs of these instances are about to be started; all are known to the agent at once.
  void announce(const std::vector<int>& instances);
  const std::vector<int>& announced() const { return announced_; }
  // Something is about to be changed, and was changed, that a program which polls may look for: its input.
  void begin_order();
  void end_order();
  // What the program of this instance, below kMostSignalled, is to be sent at some step: bit n - 1 for signal n.
  void set_signals(int instance, std::uint64_t signals);
  // A program that was announced will not come, or will not any more.
  void note_end(int instance, int pid) const;
  // Whether the agent was seen in the first process of an instance.
  bool has_root(int instance) const;

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

  // The number of a file or pipe as the agent counts objects; 0: it has none.
  std::uint64_t file_object(std::uint64_t device, std::uint64_t inode) const;

  // What the table of tasks says now is what it shall say at the end: programs that see others die change it.
  void keep_tasks();
  // Before anybody is killed: who rests then does not go on because of it.
  void announce_end();
  void put_tasks_back() const;

  // The steps counted, and what the programs did to the area, if anything.
  std::string read(std::uint64_t& steps) const;
  const Fd& file() const { return file_; }
  // Of each process that runs under control, about: they are not the program's own.
  std::int64_t mapped_bytes() const;

 private:
  std::uint32_t events() const;
  void make_file(std::size_t size);
  void empty_trace(std::uint32_t events) const;
  void make_bell();

  std::string path_;
  bool is_served_ = false;  // fork servers have mapped it
  Fd file_, bell_;
  std::vector<int> announced_;
  std::uint32_t orders_ = 0;
  std::string kept_tasks_;
};

}  // namespace jitterlab::init
