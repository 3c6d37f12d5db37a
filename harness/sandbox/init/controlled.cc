// Rest in controlled executions. The agent finds out that no task that it controls can go on; it rings, and looks again
// every millisecond, since what we or others do may change that. Threads that it does not control (programs of the lab,
// programs without the agent, calls that it does not know) are looked at as in every other execution.
#include <algorithm>

#include "agent/control_area.h"
#include "sandbox/init/supervisor.h"

namespace jitterlab::init {
namespace {

// Counted after an order: the look that is under way while we obey may have begun before.
constexpr std::uint32_t kLooksAfterOrder = 2;

}  // namespace

bool Supervisor::is_announced(int instance) const {
  const auto& all = control_.announced();
  return std::find(all.begin(), all.end(), instance) != all.end();
}

bool Supervisor::may_rest(const ControlFile::State& state) const {
  return state.resting != 0 && state.looks - looks_when_stirred_ >= kLooksAfterOrder;
}

void Supervisor::on_bell() {
  control_.silence_bell();
  if (!begun_) return;
  const ControlFile::State state = control_.state();
  if (tell_stopped(state.stopped) || !may_rest(state)) return;
  if (rest_told_ && state.progress == progress_) return;
  tell_controlled_rest(look_at_controlled(programs()));
}

void Supervisor::on_controlled_tick(const std::vector<Process>& all) {
  if (tell_stopped(control_.state().stopped)) return;
  // One that ended before it came under control may have been given its place among the tasks only afterwards.
  for (const int number : control_.announced()) {
    const auto found = instances_.find(number);
    if (found != instances_.end() && found->second.ended) control_.note_end(number, found->second.pid);
  }
  const Controlled seen = look_at_controlled(all);
  if (!seen.rests) {
    rest_.forget();
    pids_of_.clear();
    rest_ticks_ = 0;
    return;
  }
  ++rest_ticks_;
  if (!seen.others.empty()) look_at(all);
  tell_controlled_rest(seen);
}

// Some program has ended, perhaps the last that was controlled: then nobody is left to ring.
void Supervisor::on_controlled_end() {
  for (const int number : control_.announced()) {
    const auto found = instances_.find(number);
    if (found == instances_.end() || !found->second.ended) return;
  }
  if (!controlled_rest_told_ && !killed_) tell_controlled_rest(look_at_controlled(programs()));
}

Supervisor::Controlled Supervisor::look_at_controlled(const std::vector<Process>& all) const {
  Controlled seen;
  const ControlFile::State state = control_.state();
  seen.progress = state.progress;
  const auto has_ended = [&](int number) {
    const auto found = instances_.find(number);
    return found != instances_.end() && found->second.ended;
  };
  if (all.empty() && std::all_of(control_.announced().begin(), control_.announced().end(), has_ended)) {
    seen.rests = true;
    return seen;
  }
  const ControlFile::Tasks tasks = control_.tasks();
  for (const Process& process : all) {
    for (const int tid : threads_of(process)) {
      if (tasks.held.count({process.pid, tid}) != 0)
        seen.any = true;
      else
        seen.others.push_back(tid);
    }
  }
  // Not yet under the agent's control, or dying.
  const bool starting = std::any_of(control_.announced().begin(), control_.announced().end(), [&](int number) {
    const auto found = instances_.find(number);
    return found == instances_.end() || (!found->second.ended && tasks.processes.count(found->second.pid) == 0);
  });
  seen.rests = !starting && (!seen.any || may_rest(state));
  return seen;
}

// What a program waits for may be on its way: its pipe takes more only now. True when it did.
bool Supervisor::feed_more() {
  bool any = false;
  for (auto& [number, instance] : instances_) {
    const std::size_t before = instance.unsent.size();
    if (before != 0) feed(instance);
    any = any || instance.unsent.size() != before;
  }
  return any;
}

void Supervisor::tell_controlled_rest(const Controlled& seen) {
  if (!seen.rests || feed_more()) return;
  if (seen.progress != progress_) rest_told_ = controlled_rest_told_ = false;
  progress_ = seen.progress;
  drain_both();
  const bool timers = !timers_used_.empty();
  const int enough = timers || !seen.others.empty() ? looks_for_rest() : 0;
  const bool others_rest = seen.others.empty() || rest_.looks_of(seen.others) >= enough;
  const bool everyone = (seen.any || !seen.others.empty()) && others_rest && (!timers || rest_ticks_ >= enough);
  if (!everyone) rest_told_ = false;
  if (everyone ? rest_told_ : controlled_rest_told_) return;
  rest_told_ = everyone;
  controlled_rest_told_ = true;
  tell(Message::array({"rest", stirred_, timers, everyone}));
}

// True when a limit of the agent, or the step at which they were to be held, has stopped the programs.
bool Supervisor::tell_stopped(std::uint32_t stopped) {
  if (stopped == static_cast<std::uint32_t>(Stopped::kNot)) return false;
  if (limit_told_) return true;
  limit_told_ = true;
  drain_both();
  const char* what = stopped == static_cast<std::uint32_t>(Stopped::kTasks)  ? "tasks"
                     : stopped == static_cast<std::uint32_t>(Stopped::kHeld) ? "held"
                                                                             : "steps";
  tell(Message::array({"limit", what}));
  return true;
}

}  // namespace jitterlab::init
