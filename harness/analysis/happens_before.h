// What comes before what in a controlled execution, whatever the speed of its tasks: the order of Lamport ("Time,
// clocks, and the ordering of events in a distributed system", 1978) over every call by which tasks can know of each
// other, between processes as between threads. Kept as vector clocks while one walks along the trace.
//
//   creating ─> first step            end ─> wait, join, SIGCHLD          V, unlock, post ─> P, lock, wait
//   semctl, semop ─> semctl           SEM_UNDO at the end ─> P            msgsnd ─> msgrcv of that message
//   write, send ─> read, receive      close, end ─> end of file           a read that made room ─> the write that
//   waited signal, wake ─> barrier, futex    kill ─> handler, sigwait            atomic release ─> acquire, fences
//   unlocking a file ─> locking it    making, opening, erasing ─> the same of that object
//   all before a rest ─> what something outside lets go on after it
//
// A missing edge is an accusation of somebody who did nothing wrong; one too many only hides a race in this schedule.
// So where the trace does not tell which of several operations another one has seen (counting semaphores, sockets of a
// kind, failed tries), all of them are taken. Not an edge is what orders nothing: sleeping, and who happened to be
// faster.
#pragma once

#include <cstdint>
#include <map>
#include <unordered_map>
#include <vector>

#include "analysis/clocks.h"
#include "sandbox/controlled_end.h"

namespace jitterlab {

class HappensBefore {
 public:
  // `end` must outlive this. `has_outsiders`: see races.h.
  explicit HappensBefore(const ControlledEnd& end, bool has_outsiders = false);

  // Of each event of the trace, in order: what its task knows before it; then its notes, in order; then what others can
  // know after it.
  void begin(std::size_t index);
  void note(const TraceEvent& note);
  void finish(std::size_t index);

  // Tasks are numbered in the order of their creation. Of a task that was created.
  std::uint32_t number(TaskId task) const { return numbers_.at(task); }
  bool knows(TaskId task) const { return numbers_.count(task) != 0; }
  const Clock& clock(std::uint32_t number) const { return tasks_[number].clock; }

 private:
  struct Member {
    std::uint64_t object;
    std::uint32_t members;  // bits
  };
  struct Process {
    std::uint32_t parent = 0;  // number of its process; itself: none
    std::uint32_t alive = 0;   // tasks that still take steps
    Clock signals, ended_threads, all;
    Clock ended_children;        // and of those that were stopped
    std::vector<Member> undone;  // by SEM_UNDO
  };
  struct Task {
    Clock clock;
    std::uint32_t process = 0;  // index into processes_
    Clock seen, offered;  // of relaxed atomics: known at the next fence that acquires; since the last that released
    bool has_offer = false;
    bool has_ended = false;
  };
  struct Message {
    std::uint64_t type;
    Clock clock;
  };
  // Of a lock, a member of a set, a queue, a pipe, an atomic variable.
  struct Sync {
    Clock given;  // by V, unlock, write: for who takes
    Clock seen;   // by whatever was done to it: for who looks
    Clock room;   // by who took: for who waited to give
    std::uint32_t holder = ~0u;
    std::vector<Message> messages;
  };
  struct Key {
    std::uint64_t object, offset;
    bool operator==(const Key&) const = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const;
  };
  static constexpr std::uint64_t kWhole = ~std::uint64_t{0};

  void create(const TraceEvent& event);
  void note_ends(std::size_t index);
  void end_task(std::uint32_t number);
  void know_all(Task& task);
  void know_signals(Task& task);
  void tell_stopped(TaskId target, const Task& otherwise);
  void go_on_after(TaskId target, const Task& sender);
  NamedKind kind_of(const Operation& operation) const;
  Sync& sync_of(const Operation& operation);
  Process& process_of(TaskId task, const Task& otherwise);

  void acquire(Task& task, const TraceEvent& event);
  void release(Task& task, const TraceEvent& event);
  void take(Task& task, std::uint32_t number, const Operation& operation);
  void take_members(Task& task, const TraceEvent& event);
  void give_members(Task& task, const TraceEvent& event);
  void wait(Task& task, const TraceEvent& event);
  void receive(Task& task, const TraceEvent& event);
  void send(Task& task, const TraceEvent& event);
  void acquire_atomic(Task& task, const TraceEvent& event);
  void release_atomic(Task& task, const TraceEvent& event);
  template <typename Visit>
  void for_each_word(const Operation& operation, Visit visit);

  const ControlledEnd& end_;
  const bool has_outsiders_;
  std::unordered_map<TaskId, std::uint32_t> numbers_;
  std::vector<Task> tasks_;
  std::map<TaskId, std::uint32_t> process_numbers_;  // first task -> index
  std::vector<Process> processes_;
  std::vector<std::pair<std::size_t, TaskId>> ends_;  // last event of each task, sorted
  std::size_t next_end_ = 0;
  std::unordered_map<Key, Sync, KeyHash> syncs_;
  Clock rested_;       // before the last rest
  Clock ended_;        // of tasks that have ended, and programs that were replaced
  Clock descriptors_;  // of all that was done to descriptors, for who polls
  Clock world_;        // of calls on what has no number: names, keys, sizes of files
  Clock everybody_;    // signals to a group
  Clock fences_;
};

}  // namespace jitterlab
