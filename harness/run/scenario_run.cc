#include "run/scenario_run.h"

#include <signal.h>

#include <algorithm>

#include "build/python_program.h"
#include "os/error.h"
#include "plan/plan.h"
#include "run/mechanisms.h"

namespace jitterlab {
namespace {

// How often conditions are asked for that no event announces.
constexpr auto kAskEvery = std::chrono::milliseconds(1);
constexpr auto kAskIdleEvery = std::chrono::milliseconds(5);
// A program that polls with a time-out never rests; once nobody else is left it is stopped after this.
constexpr auto kIdleMost = std::chrono::seconds(1);

bool is_started_by_a_step(const Scenario& scenario, const Role& role) {
  return std::any_of(scenario.steps.begin(), scenario.steps.end(),
                     [&](const Step& step) { return step.action == Step::Action::kStart && step.role == role.name; });
}

const std::string& path_in(const std::map<std::string, std::string>& paths, const std::string& program) {
  const auto found = paths.find(program);
  if (found == paths.end()) throw Error("the program " + program + " of the scenario was not built");
  return found->second;
}

Bounds bounds_of(const Limits& limits) {
  Bounds bounds;
  bounds.cpu_seconds = limits.cpu_seconds;
  bounds.memory_bytes = limits.memory_bytes;
  bounds.total_memory_bytes = 2 * limits.memory_bytes;
  bounds.processes = limits.processes;
  bounds.output_bytes = limits.output_bytes;
  bounds.file_bytes = limits.file_bytes;
  return bounds;
}

// A parameter that is the whole text is a list, one value per line.
std::string input_text(const std::string& text, const std::map<std::string, std::vector<std::string>>& parameters) {
  const bool whole = text.size() > 1 && text[0] == '$' && parameters.count(text.substr(1)) != 0;
  return whole ? fill_in(text, parameters, "\n") + "\n" : fill_in(text, parameters, " ");
}

void replace_all(std::string& text, const std::string& what, const std::string& by) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
    text.replace(at, what.size(), by);
}

}  // namespace

ScenarioRun::ScenarioRun(Box& box, const Lab& lab, const Scenario& scenario, const ProgramPaths& programs,
                         const Execution& execution, const Schedule* schedule, StartBy start)
    : box_(box), lab_(lab), scenario_(scenario), programs_(programs), schedule_(schedule), start_(start) {
  observation_.execution = execution;
  observation_.parameters = draw(lab, execution.seed);
  for (const Role& role : scenario.roles) {
    if (!is_started_by_a_step(scenario, role)) waiting_roles_.push_back(&role);
  }
}

Observation ScenarioRun::run(double wall_seconds, const std::function<void()>& before_end) {
  box_.begin(bounds_of(scenario_.limits), control());
  const auto wall =
      Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(wall_seconds));
  while (!over_) {
    while (advance()) {
    }
    if (over_) break;
    const auto now = Clock::now();
    if (now >= wall) {  // also while there are events: a flood of output must not keep us here
      observation_.limit = Limit::kWall;
      break;
    }
    const bool may_act = !is_controlled() || controlled_rest_;
    const auto wait_until = may_act && must_ask() ? now + kAskEvery : may_act && idle_ ? now + kAskIdleEvery : wall;
    take_in(box_.next(std::min(wall, wait_until)));
  }
  if (before_end) before_end();
  write_down_end();
  return std::move(observation_);
}

// ---- carrying out ------------------------------------------------------------------------------------------------

bool ScenarioRun::advance() {
  if (is_controlled()) return advance_controlled();
  if (start_waiting_roles()) return !(resting_ = false);
  if (take_step()) return true;
  if (feed_input() || send_signals()) return !(resting_ = false);
  if (everybody_ended()) {
    over_ = true;  // what is still pending waits for something that cannot come
    return false;
  }
  if (resting_) return at_rest();
  return stop_idle_roles();
}

bool ScenarioRun::start_waiting_roles() {
  std::vector<const Role*> together;
  bool any = false;
  for (auto role = waiting_roles_.begin(); role != waiting_roles_.end();) {
    if (!holds_all((*role)->start)) {
      ++role;
      continue;
    }
    if (is_controlled())
      together.push_back(*role);
    else
      start(**role);
    role = waiting_roles_.erase(role);
    any = true;
  }
  start_together(together);
  return any;
}

bool ScenarioRun::take_step() {
  if (next_step_ >= scenario_.steps.size()) return false;
  const Step& step = scenario_.steps[next_step_];
  if (step_reached_ == 0 && step.when && !holds(*step.when, world())) return false;
  if (step.action == Step::Action::kStart) {
    ++next_step_;
    start(*std::find_if(scenario_.roles.begin(), scenario_.roles.end(),
                        [&](const Role& role) { return role.name == step.role; }));
    resting_ = false;
    return true;
  }
  while (step_reached_ < live_.size()) {
    const std::size_t i = step_reached_++;
    if (live_[i].role->name != step.role || !is_running(i)) continue;
    if (step.action == Step::Action::kStop)
      stop(i);
    else
      box_.signal(static_cast<int>(i), step.signal);
    stirred_ = true;
    resting_ = false;  // a step that reaches nobody leaves everyone as they are
    if (is_controlled()) return true;
  }
  step_reached_ = 0;
  ++next_step_;
  return true;
}

bool ScenarioRun::feed_input() {
  bool any = false;
  for (std::size_t i = 0; i < live_.size(); ++i) {
    const std::vector<InputPiece>& pieces = live_[i].role->input;
    std::size_t& fed = live_[i].pieces_fed;
    while (is_running(i) && !live_[i].input_ended) {
      if (fed == pieces.size()) {
        box_.close_input(static_cast<int>(i));
        live_[i].input_ended = true;
      } else if (!pieces[fed].when || holds(*pieces[fed].when, world())) {
        box_.feed(static_cast<int>(i), input_text(pieces[fed++].text, observation_.parameters));
      } else {
        break;
      }
      any = stirred_ = true;
      if (is_controlled()) return true;
    }
  }
  return any;
}

bool ScenarioRun::send_signals() {
  bool any = false;
  for (std::size_t i = 0; i < live_.size(); ++i) {
    const auto& signals = live_[i].role->signals;
    for (std::size_t k = 0; k < signals.size(); ++k) {
      if (live_[i].signalled[k] || !is_running(i) || signals[k].at_any_step || !holds(signals[k].when, world()))
        continue;
      box_.signal(static_cast<int>(i), signals[k].signal);
      live_[i].signalled[k] = true;
      any = stirred_ = true;
      if (is_controlled()) return true;
    }
  }
  return any;
}

// Nobody is left but roles that end by being stopped: each is, once it waits.
bool ScenarioRun::stop_idle_roles() {
  for (std::size_t i = 0; i < live_.size(); ++i) {
    const bool to_be_stopped = live_[i].role->ends == Ends::kStopped && !observation_.instances[i].sent_sigterm;
    if (is_running(i) && !to_be_stopped) return idle_ = false;
  }
  if (work_is_pending() || scenario_.stop_when_everyone_waits) return idle_ = false;
  if (!idle_) idle_since_ = Clock::now();
  idle_ = true;
  const bool waited_long = Clock::now() - idle_since_ > kIdleMost;
  bool any = false;
  for (std::size_t i = 0; i < live_.size(); ++i) {
    if (!is_running(i)) continue;
    if (waited_long || box_.ask({BoxQuestion::Kind::kWaits, static_cast<std::int64_t>(i), ""})) any = stop(i) || any;
    if (any && is_controlled()) return true;
  }
  return any;
}

// Everyone waits and no condition holds. True when somebody was stopped and may go on.
bool ScenarioRun::at_rest() {
  bool any = false;
  for (std::size_t i = 0; i < live_.size(); ++i) {
    const bool to_be_stopped = scenario_.stop_when_everyone_waits || live_[i].role->ends == Ends::kStopped;
    if (is_running(i) && to_be_stopped) any = stop(i) || any;
  }
  resting_ = false;
  if (any) return true;
  if (timer_pending_) return false;  // whether somebody goes on is for the time limit to say
  for (std::size_t i = 0; i < live_.size(); ++i) {
    if (is_running(i) && !observation_.instances[i].sent_sigterm) observation_.came_to_rest = true;
  }
  over_ = true;
  return false;
}

bool ScenarioRun::stop(std::size_t instance) {
  InstanceSeen& seen = observation_.instances[instance];
  if (seen.sent_sigterm) return false;
  seen.sent_sigterm = stirred_ = true;
  box_.signal(static_cast<int>(instance), SIGTERM);
  return true;
}

void ScenarioRun::start(const Role& role) {
  if (is_controlled()) return start_together({&role});
  for (int k = 0; k < role.instances; ++k) box_.start(add_instance(role, k));
}

Launch ScenarioRun::add_instance(const Role& role, int number) {
  const std::size_t instance = live_.size();
  InstanceSeen seen;
  seen.role = role.name;
  seen.number = started_[role.name]++;
  seen.origin = role.origin;
  seen.ending = Ending::running();
  observation_.instances.push_back(seen);
  live_.push_back({&role, 0, false, std::vector<bool>(role.signals.size(), false)});
  Launch added = launch(role, number, instance);
  give_first_input(added);
  return added;
}

// What waits for no condition is there before the program begins.
void ScenarioRun::give_first_input(Launch& launch) {
  Live& live = live_[static_cast<std::size_t>(launch.instance)];
  const std::vector<InputPiece>& pieces = live.role->input;
  for (; live.pieces_fed < pieces.size() && !pieces[live.pieces_fed].when; ++live.pieces_fed)
    launch.input += input_text(pieces[live.pieces_fed].text, observation_.parameters);
  launch.input_ends = live.input_ended = live.pieces_fed == pieces.size();
}

Launch ScenarioRun::launch(const Role& role, int number, std::size_t instance) const {
  const bool instrumented = observation_.execution.strategy != Strategy::kPlain;
  Launch launch;
  launch.instance = static_cast<int>(instance);
  launch.of_lab = role.origin == Origin::kLab;
  for (const SignalOnCondition& signal : role.signals) {
    if (signal.at_any_step) launch.signals |= std::uint64_t{1} << (signal.signal - 1);
  }
  const auto& paths = role.origin == Origin::kLab ? programs_.lab
                      : role.origin == Origin::kReference
                          ? (instrumented ? programs_.reference_instrumented : programs_.reference_plain)
                          : (instrumented ? programs_.instrumented : programs_.plain);
  const bool in_python = role.origin != Origin::kLab && programs_.in_python.count(role.program) != 0;
  if (in_python) launch.arguments.push_back(kPython);
  launch.arguments.push_back(path_in(paths, role.program));
  for (std::string argument : role.arguments) {
    replace_all(argument, "{instance}", std::to_string(number));
    launch.arguments.push_back(fill_in(argument, observation_.parameters, " "));
  }
  launch.environment = {"PATH=/usr/bin:/bin", "HOME=" + box_.work_folder(), "USER=student", "LANG=C.UTF-8"};
  if (role.origin == Origin::kLab) return launch;
  launch.environment.push_back("LD_PRELOAD=" + (instrumented ? programs_.agent : programs_.lines));
  // The order of sets and dictionaries is the same in every execution, and nothing is written beside the program.
  if (in_python) {
    launch.environment.push_back("PYTHONHASHSEED=0");
    launch.environment.push_back("PYTHONDONTWRITEBYTECODE=1");
    if (lab_.hand_in.every_bytecode) launch.environment.push_back("JITTERLAB_PYTHON=every-bytecode");
  }
  if (instrumented) {
    // A copy of the fork server need not look up what libc calls by name.
    if (!in_python) launch.environment.push_back("LD_BIND_NOW=1");
    launch.environment.push_back("JITTERLAB_CONTROL=" + box_.agent_control_path());
    launch.environment.push_back("JITTERLAB_ROOT=" + std::to_string(instance));
  }
  return launch;
}

// ---- writing down ------------------------------------------------------------------------------------------------

void ScenarioRun::take_in(const BoxEvent& event) {
  switch (event.kind) {
    case BoxEvent::Kind::kNothing:
      return;
    case BoxEvent::Kind::kOutput:
      observation_.output.push_back(
          {event.instance, event.pid, event.error_stream ? Stream::kErr : Stream::kOut, event.bytes});
      resting_ = false;
      if (is_under_control(event.instance)) controlled_rest_ = false;
      return;
    case BoxEvent::Kind::kEnded: {
      InstanceSeen& seen = observation_.instances.at(static_cast<std::size_t>(event.instance));
      seen.pid = event.pid;
      seen.ending = event.ending;
      seen.cpu_seconds = event.cpu_seconds;
      resting_ = false;
      if (is_under_control(event.instance)) controlled_rest_ = false;
      return;
    }
    case BoxEvent::Kind::kRest:
      resting_ = event.everyone;
      controlled_rest_ = true;
      timer_pending_ = event.timer_pending;
      return;
    case BoxEvent::Kind::kLimit:
      over_ = true;
      if (event.what == "held") return;
      observation_.limit = event.what == "memory"   ? Limit::kMemory
                           : event.what == "output" ? Limit::kOutput
                                                    : Limit::kSteps;
      observation_.output_cut = event.what == "output";
      return;
  }
}

namespace {

LeftKind left_kind(const std::string& name) {
  static const std::map<std::string, LeftKind> kinds = {{"segment", LeftKind::kSegment},
                                                        {"semaphores", LeftKind::kSemaphores},
                                                        {"queue", LeftKind::kQueue},
                                                        {"shared-memory", LeftKind::kSharedMemory},
                                                        {"message-queue", LeftKind::kMessageQueue},
                                                        {"file", LeftKind::kFile},
                                                        {"fifo", LeftKind::kFifo},
                                                        {"socket", LeftKind::kSocket},
                                                        {"process", LeftKind::kProcess}};
  return kinds.at(name);
}

}  // namespace

void ScenarioRun::take_in_late(const BoxEvent& event) {
  if (event.kind == BoxEvent::Kind::kOutput) take_in(event);
  if (event.kind == BoxEvent::Kind::kLimit && event.what == "output") {
    observation_.output_cut = true;
    if (observation_.limit == Limit::kNone) observation_.limit = Limit::kOutput;
  }
  if (event.kind != BoxEvent::Kind::kEnded) return;
  InstanceSeen& seen = observation_.instances.at(static_cast<std::size_t>(event.instance));
  if (event.ending.killed_by(SIGKILL)) {
    seen.pid = event.pid;  // that we killed it is no news, who it was is
  } else {
    take_in(event);
    seen.alive_at_end = false;
  }
}

void ScenarioRun::write_down_end() {
  for (std::size_t i = 0; i < live_.size(); ++i) observation_.instances[i].alive_at_end = is_running(i);
  BoxEnd end = box_.finish();
  observation_.controlled = std::move(end.controlled);
  if (observation_.controlled && observation_.limit != Limit::kNone) observation_.controlled->trace.is_cut = true;
  for (const BoxEvent& event : end.late) take_in_late(event);
  for (const Role* role : waiting_roles_) {
    InstanceSeen never;
    never.role = role->name;
    never.origin = role->origin;
    never.ending = Ending::not_started("what it waits for did not come");
    observation_.instances.push_back(never);
  }
  for (const BoxObject& object : end.objects) {
    if (object.by_lab) continue;
    const ObjectKind kind = object.kind == 'm'   ? ObjectKind::kSegment
                            : object.kind == 's' ? ObjectKind::kSemaphores
                                                 : ObjectKind::kQueue;
    observation_.objects.push_back(
        {kind, object.key, object.id, object.mode, object.size, object.operated, object.erased, object.creator_pid});
  }
  for (const BoxLeftOver& left : end.left_behind)
    observation_.left_behind.push_back({left_kind(left.kind), left.name, left.pid});
  observation_.left_behind_more = end.left_behind_more;
  observation_.steps = end.steps;
  observation_.interference = end.interference;
  observation_.used = mechanisms_used(observation_, end.used, programs_.imports, scenario_);
}

// ---- looking -----------------------------------------------------------------------------------------------------

bool ScenarioRun::is_running(std::size_t instance) const {
  return observation_.instances[instance].ending.kind() == Ending::Kind::kRunning;
}

bool ScenarioRun::everybody_ended() const {
  for (std::size_t i = 0; i < live_.size(); ++i) {
    if (is_running(i)) return false;
  }
  return true;
}

bool ScenarioRun::work_is_pending() const { return !waiting_roles_.empty() || next_step_ < scenario_.steps.size(); }

bool ScenarioRun::must_ask() const {
  for (const Role* role : waiting_roles_) {
    if (std::any_of(role->start.begin(), role->start.end(), needs_asking)) return true;
  }
  if (next_step_ < scenario_.steps.size()) {
    const auto& when = scenario_.steps[next_step_].when;
    if (when && needs_asking(*when)) return true;
  }
  for (std::size_t i = 0; i < live_.size(); ++i) {
    const auto& pieces = live_[i].role->input;
    const std::size_t fed = live_[i].pieces_fed;
    if (fed < pieces.size() && pieces[fed].when && needs_asking(*pieces[fed].when)) return true;
    for (const SignalOnCondition& signal : live_[i].role->signals) {
      if (!signal.at_any_step && needs_asking(signal.when)) return true;
    }
  }
  return false;
}

bool ScenarioRun::holds_all(const std::vector<Condition>& conditions) const {
  return std::all_of(conditions.begin(), conditions.end(), [&](const Condition& c) { return holds(c, world()); });
}

}  // namespace jitterlab
