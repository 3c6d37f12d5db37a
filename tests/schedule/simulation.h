// A world without processes in which strategies are tested: tasks are little programs over variables, semaphores and
// locks, every instruction with an effect on others is one step, and the whole state can be copied.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "schedule/recorder.h"
#include "schedule/scheduler.h"
#include "schedule/surw_profile.h"

namespace jitterlab::simulation {

enum class Code {
  kOwn,    // a step that concerns nobody else
  kLoad,   // register = variable
  kStore,  // variable = register + value
  kSet,    // variable = value
  kP,
  kV,
  kLock,
  kUnlock,
  kFork,   // a child that runs program `object`
  kYield,  // sched_yield
  // No steps: done together with the step before them.
  kExpect,  // fails unless register == value
  kGoToIf,  // to instruction `object` if register == value
  kEndIf,   // the task ends if register == value
};

struct Instruction {
  Code code = Code::kOwn;
  int object = 0;
  int value = 0;
};
using Program = std::vector<Instruction>;

inline Instruction own() { return {Code::kOwn}; }
inline Instruction load(int variable) { return {Code::kLoad, variable}; }
inline Instruction store(int variable, int add) { return {Code::kStore, variable, add}; }
inline Instruction set(int variable, int value) { return {Code::kSet, variable, value}; }
inline Instruction p(int semaphore) { return {Code::kP, semaphore}; }
inline Instruction v(int semaphore) { return {Code::kV, semaphore}; }
inline Instruction lock(int lock) { return {Code::kLock, lock}; }
inline Instruction unlock(int lock) { return {Code::kUnlock, lock}; }
inline Instruction fork(int program) { return {Code::kFork, program}; }
inline Instruction yield() { return {Code::kYield}; }
inline Instruction expect(int value) { return {Code::kExpect, 0, value}; }
inline Instruction go_to_if(int instruction, int value) { return {Code::kGoToIf, instruction, value}; }
inline Instruction end_if(int value) { return {Code::kEndIf, 0, value}; }

// One after another.
Program operator+(Program first, const Program& second);
Program operator*(int times, const Program& program);

struct Scene {
  std::vector<Program> programs;
  int roots = 1;  // the first so many programs are started at once
  std::vector<int> semaphores = {};
  std::map<int, int> at_the_end = {};  // variable -> what it must be once all tasks have ended
};

class World {
 public:
  explicit World(const Scene& scene);

  // Tasks in the order of their creation.
  int task_count() const { return static_cast<int>(tasks_.size()); }
  TaskRef task(int index) const { return {tasks_[index].id, static_cast<std::uint32_t>(index)}; }
  TaskRef parent(int index) const { return tasks_[index].parent < 0 ? kNobody : task(tasks_[index].parent); }
  std::vector<int> enabled() const;
  Operation operation(int index) const;
  void execute(int index);

  bool is_deadlocked() const { return enabled().empty() && !have_all_ended(); }
  bool have_all_ended() const;
  bool has_failed() const;  // an expectation was not met, or a deadlock
  // What can be seen of a run: the variables and the registers, or the word "deadlock" before them.
  std::string outcome() const;

 private:
  struct Task {
    TaskId id;
    int parent;
    const Program* program;
    std::size_t at = 0;
    int register_value = 0;
    int children = 0;
  };

  void start(TaskId id, int parent, int program);
  void settle(Task& task);
  bool is_enabled(const Task& task) const;
  const Instruction& instruction(int index) const { return (*tasks_[index].program)[tasks_[index].at]; }

  std::shared_ptr<const Scene> scene_;
  std::vector<Task> tasks_;
  std::map<int, int> variables_, semaphores_, locks_;  // a lock: 1 while it is held
  bool has_failed_ = false;
};

struct Step {
  TaskRef task;
  Operation operation;
  Choice choice;
};

struct Play {
  std::vector<Step> steps;
  std::vector<Choice> choices;  // without the forced ones
  std::vector<std::pair<TaskId, TaskId>> created;
  Recording recording;
  std::string outcome;
  bool has_failed = false;
  bool is_cut = false;        // it did not end
  std::string picks() const;  // the tasks in the order of their steps, by letter
};

inline constexpr int kMostSteps = 5000;

// Calls scheduler.begin() and runs to the end.
Play run(const Scene& scene, Scheduler& scheduler, StrategyKind kind, std::uint64_t seed, const Hints& hints = {});
Play replay(const Scene& scene, const std::vector<Switch>& switches, Replay::Mode mode, Scheduler& scheduler);
Play follow(const Scene& scene, const std::vector<Choice>& prefix, Scheduler& scheduler);

// Executions of one strategy, with hints from the executions before, as the harness makes them.
class Campaign {
 public:
  Campaign(Scene scene, std::uint64_t seed) : scene_(std::move(scene)), seed_(seed) {}
  Play next(StrategyKind kind, std::uint32_t depth = 2, bool is_selective = true);
  Play next_of_portfolio();

 private:
  Scene scene_;
  std::uint64_t seed_;
  std::uint64_t executions_ = 0;
  std::uint32_t most_choices_ = 0;
  SurwProfile profile_;
  std::unique_ptr<Scheduler> scheduler_ = std::make_unique<Scheduler>();
};

}  // namespace jitterlab::simulation
