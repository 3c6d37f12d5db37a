#include "schedule/simulation.h"

#include <algorithm>

#include "schedule/mix.h"
#include "schedule/portfolio.h"

namespace jitterlab::simulation {
namespace {

constexpr std::uint64_t kMemory = 1, kSemaphoreSet = 2, kFirstLock = 100, kFirstOwn = 10'000;

bool is_step(Code code) { return code < Code::kExpect; }

}  // namespace

Program operator+(Program first, const Program& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

Program operator*(int times, const Program& program) {
  Program result;
  for (int i = 0; i < times; ++i) result = std::move(result) + program;
  return result;
}

World::World(const Scene& scene) : scene_(std::make_shared<Scene>(scene)) {
  for (std::size_t i = 0; i < scene.semaphores.size(); ++i) semaphores_[static_cast<int>(i)] = scene.semaphores[i];
  for (int i = 0; i < scene.roots; ++i) start(mix(77, static_cast<std::uint64_t>(i)), -1, i);
}

void World::start(TaskId id, int parent, int program) {
  tasks_.push_back({id, parent, &scene_->programs.at(static_cast<std::size_t>(program))});
  settle(tasks_.back());
}

void World::settle(Task& task) {
  while (task.at < task.program->size() && !is_step((*task.program)[task.at].code)) {
    const Instruction& now = (*task.program)[task.at++];
    const bool is_equal = task.register_value == now.value;
    if (now.code == Code::kExpect && !is_equal) has_failed_ = true;
    if (now.code == Code::kGoToIf && is_equal) task.at = static_cast<std::size_t>(now.object);
    if (now.code == Code::kEndIf && is_equal) task.at = task.program->size();
  }
}

bool World::is_enabled(const Task& task) const {
  if (task.at == task.program->size()) return false;
  const Instruction& next = (*task.program)[task.at];
  const auto value = [&](const std::map<int, int>& all) { return all.contains(next.object) ? all.at(next.object) : 0; };
  if (next.code == Code::kP) return value(semaphores_) > 0;
  if (next.code == Code::kLock) return value(locks_) == 0;
  return true;
}

std::vector<int> World::enabled() const {
  std::vector<int> result;
  for (int i = 0; i < task_count(); ++i) {
    if (is_enabled(tasks_[i])) result.push_back(i);
  }
  return result;
}

bool World::have_all_ended() const {
  return std::all_of(tasks_.begin(), tasks_.end(), [](const Task& task) { return task.at == task.program->size(); });
}

Operation World::operation(int index) const {
  const Instruction& next = instruction(index);
  const std::uint64_t number = static_cast<std::uint64_t>(next.object);
  Operation result;
  result.place = tasks_[index].at;
  switch (next.code) {
    case Code::kLoad:
    case Code::kStore:
    case Code::kSet:
      result.kind = next.code == Code::kLoad ? StepKind::kRead : StepKind::kWrite;
      result.is_write = next.code != Code::kLoad;
      result.object = kMemory;
      result.offset = number * 8;
      result.size = 8;
      break;
    case Code::kP:
    case Code::kV:
      result = {next.code == Code::kP ? StepKind::kLock : StepKind::kUnlock,
                true,
                Call::kNone,
                1,
                kSemaphoreSet,
                number,
                result.place};
      break;
    case Code::kLock:
    case Code::kUnlock:
      result = {next.code == Code::kLock ? StepKind::kLock : StepKind::kUnlock,
                true,
                Call::kNone,
                0,
                kFirstLock + number,
                0,
                result.place};
      break;
    case Code::kFork:
      result.kind = StepKind::kFork;
      break;
    case Code::kYield:
      result.kind = StepKind::kSleep;
      break;
    default:
      result = {StepKind::kObject, true, Call::kNone, 0, kFirstOwn + static_cast<std::uint64_t>(index), 0,
                result.place};
  }
  return result;
}

void World::execute(int index) {
  const Instruction now = instruction(index);
  ++tasks_[index].at;
  int& register_value = tasks_[index].register_value;
  if (now.code == Code::kLoad) register_value = variables_[now.object];
  if (now.code == Code::kStore) variables_[now.object] = register_value + now.value;
  if (now.code == Code::kSet) variables_[now.object] = now.value;
  if (now.code == Code::kP) --semaphores_[now.object];
  if (now.code == Code::kV) ++semaphores_[now.object];
  if (now.code == Code::kLock) locks_[now.object] = 1;
  if (now.code == Code::kUnlock) locks_[now.object] = 0;
  settle(tasks_[index]);
  if (now.code == Code::kFork) {
    const std::uint64_t child = static_cast<std::uint64_t>(++tasks_[index].children);
    start(mix(tasks_[index].id, child), index, now.object);
  }
}

bool World::has_failed() const {
  if (has_failed_ || is_deadlocked()) return true;
  return std::any_of(scene_->at_the_end.begin(), scene_->at_the_end.end(), [&](const auto& wanted) {
    const auto variable = variables_.find(wanted.first);
    return have_all_ended() && (variable == variables_.end() ? 0 : variable->second) != wanted.second;
  });
}

std::string World::outcome() const {
  std::string result = is_deadlocked() ? "deadlock" : "";
  for (const auto& [variable, value] : variables_)
    result += " v" + std::to_string(variable) + "=" + std::to_string(value);
  for (const Task& task : tasks_) result += " r=" + std::to_string(task.register_value);
  return result;
}

std::string Play::picks() const {
  std::string result;
  for (const Step& step : steps) result += static_cast<char>('A' + step.task.slot);
  return result;
}

namespace {

void tell_of_new_tasks(const World& world, Scheduler& scheduler, Recorder& recorder, Play& result) {
  for (int i = static_cast<int>(result.created.size()); i < world.task_count(); ++i) {
    scheduler.task_created(world.parent(i), world.task(i));
    recorder.task_created(world.task(i).id);
    result.created.emplace_back(world.parent(i).id, world.task(i).id);
  }
}

}  // namespace

Play run(const Scene& scene, Scheduler& scheduler, StrategyKind kind, std::uint64_t seed, const Hints& hints) {
  World world(scene);
  Play result;
  Recorder recorder;
  scheduler.begin(kind, seed, hints);
  tell_of_new_tasks(world, scheduler, recorder, result);
  auto enabled = std::make_unique<Enabled>();
  int last = -1;
  for (std::vector<int> able = world.enabled(); !able.empty(); able = world.enabled()) {
    if (result.steps.size() == kMostSteps) {
      result.is_cut = true;
      break;
    }
    enabled->count = 0;
    enabled->last = -1;
    for (const int index : able) {
      if (index == last) enabled->last = enabled->count;
      enabled->pending[enabled->count++] = {world.task(index), world.operation(index)};
    }
    const Pending chosen = enabled->pending[scheduler.choose(*enabled)];
    last = static_cast<int>(chosen.task.slot);
    world.execute(last);
    tell_of_new_tasks(world, scheduler, recorder, result);
    scheduler.executed(chosen.task, chosen.operation);
    recorder.executed(chosen.task.id, scheduler.choice());
    result.steps.push_back({chosen.task, chosen.operation, scheduler.choice()});
    if (scheduler.choice().count > 1) result.choices.push_back(scheduler.choice());
  }
  result.recording = recorder.recording();
  result.outcome = world.outcome();
  result.has_failed = !result.is_cut && world.has_failed();
  return result;
}

Play replay(const Scene& scene, const std::vector<Switch>& switches, Replay::Mode mode, Scheduler& scheduler) {
  scheduler.replay().clear();
  scheduler.replay().set_mode(mode);
  for (const Switch& one : switches) scheduler.replay().add(one);
  return run(scene, scheduler, StrategyKind::kReplay, 0);
}

Play follow(const Scene& scene, const std::vector<Choice>& prefix, Scheduler& scheduler) {
  scheduler.follow().clear();
  for (const Choice& choice : prefix) scheduler.follow().add(choice);
  return run(scene, scheduler, StrategyKind::kFollow, 0);
}

Play Campaign::next(StrategyKind kind, std::uint32_t depth, bool is_selective) {
  const std::uint64_t seed = mix(seed_, executions_++);
  Hints hints = is_selective ? profile_.hints(seed) : profile_.basic_hints();
  hints.depth = depth;
  hints.choices = most_choices_;
  Play result = run(scene_, *scheduler_, kind, seed, hints);
  most_choices_ = std::max(most_choices_, static_cast<std::uint32_t>(result.choices.size()));
  if (executions_ > 3) return result;  // three profiles are enough
  for (const auto& [parent, child] : result.created) profile_.task_created(parent, child);
  for (const Step& step : result.steps) profile_.executed(step.task.id, step.operation);
  profile_.end_execution();
  return result;
}

Play Campaign::next_of_portfolio() {
  const Share share = portfolio(executions_);
  return next(share.kind, share.depth, share.is_selective);
}

}  // namespace jitterlab::simulation
