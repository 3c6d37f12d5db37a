#include "run/search.h"

#include <algorithm>
#include <chrono>

#include "schedule/minimise.h"

namespace jitterlab {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kByExec = 3;

const Trace& trace_of(const Observation& observation) {
  static const Trace none;
  return observation.controlled ? observation.controlled->trace : none;
}

class Search {
 public:
  Search(Crew& crew, const Execution& execution, const SearchOptions& options, const Judge& judge)
      : crew_(crew), execution_(execution), options_(options), judge_(judge), begin_(Clock::now()) {}

  SearchResult run(const Seen& seen, const std::atomic<bool>& stop) {
    Campaign campaign(options_.campaign);
    while (!campaign.is_done() && !result_.is_stopped) {
      std::vector<Schedule> batch;
      while (auto schedule = campaign.next()) batch.push_back(std::move(*schedule));
      std::vector<Observation> observations = run_batch(batch);
      for (std::size_t i = 0; i < observations.size(); ++i) {
        campaign.ran(batch[i], trace_of(observations[i]));
        if (seen) seen(batch[i], observations[i]);
        take(batch[i], std::move(observations[i]));
      }
      if (is_endless()) {
        result_.is_endless = result_.is_stopped = true;
        break;
      }
      if (stop || is_late() || (options_.stop_at_failure && !repeated().empty()) || has_enough()) {
        result_.is_stopped = !campaign.is_done();
        break;
      }
    }
    if (options_.afterwards && !result_.is_endless && !stop && !is_late())
      options_.afterwards([this](const Schedule& schedule, const std::string& by) { return carry_out(schedule, by); });
    for (Failure& failure : result_.failures) {
      if (!failure.passing) failure.passing = passing_;
    }
    result_.summary = campaign.summary();
    return std::move(result_);
  }

 private:
  bool is_late() const {
    const std::chrono::duration<double> spent = Clock::now() - begin_;
    return options_.seconds > 0 && spent.count() >= options_.seconds;
  }

  std::set<std::string> repeated() const {
    std::set<std::string> names;
    for (const Failure& failure : result_.failures) {
      if (failure.is_repeated) names.insert(failure.what);
    }
    return names;
  }

  bool has_enough() const { return options_.is_enough && options_.is_enough(repeated()); }

  Failure* find(const std::string& what) {
    for (Failure& failure : result_.failures) {
      if (failure.what == what) return &failure;
    }
    return nullptr;
  }

  // Tried again as long as it has not repeated, a few times: some executions are not exactly repeatable.
  void take(const Schedule& schedule, Observation observation) {
    constexpr std::uint64_t kTriesToRepeat = 5;
    const std::set<std::string> wrong = judge_(observation);
    if (wrong.empty() && !passing_ && is_whole(observation)) passing_ = observation.controlled;
    for (const std::string& what : wrong) {
      Failure* known = find(what);
      if (known != nullptr) ++known->times;
      if (known != nullptr && (known->is_repeated || known->times > kTriesToRepeat)) continue;
      Failure failure;
      failure.what = what;
      failure.index = known != nullptr ? known->index : schedule.index;
      failure.times = known != nullptr ? known->times : 1;
      failure.schedule = schedule;
      failure.observation = observation;
      confirm(failure);
      if (known != nullptr)
        *known = std::move(failure);
      else
        result_.failures.push_back(std::move(failure));
    }
  }

  Observation carry_out(Schedule schedule, const std::string& found_by) {
    schedule.index = executions_ + result_.afterwards++;
    Observation observation = run_one(schedule, StartBy::kFork);
    for (const std::string& what : judge_(observation)) {
      if (find(what) != nullptr) continue;
      Failure failure;
      failure.what = what;
      failure.index = schedule.index;
      failure.found_by = found_by;
      failure.schedule = schedule;
      failure.observation = observation;
      confirm(failure);
      result_.failures.push_back(std::move(failure));
    }
    return observation;
  }

  // The first of a campaign are started by exec: what they show does not depend on what the programs do to those that
  // wait to be copied.
  std::vector<Observation> run_batch(const std::vector<Schedule>& batch) {
    const std::size_t by_exec = std::min(batch.size(), kByExec - std::min(kByExec, executions_));
    const auto first_by_fork = batch.begin() + static_cast<std::ptrdiff_t>(by_exec);
    std::vector<Observation> observations;
    if (by_exec > 0) take_in(crew_.run(execution_, {batch.begin(), first_by_fork}, StartBy::kExec), observations);
    if (!is_endless()) take_in(crew_.run(execution_, {first_by_fork, batch.end()}, StartBy::kFork), observations);
    return observations;
  }

  void take_in(std::vector<Observation> more, std::vector<Observation>& all) {
    executions_ += more.size();
    for (Observation& one : more) {
      any_ended_ = any_ended_ || one.limit != Limit::kWall;
      all.push_back(std::move(one));
    }
  }

  // None of the first ended in time. No schedule makes a program end that computes for ever.
  bool is_endless() const { return !any_ended_ && executions_ >= kByExec; }

  static bool is_whole(const Observation& observation) {
    return observation.controlled && !observation.controlled->trace.is_cut;
  }

  Observation run_one(const Schedule& schedule, StartBy start = StartBy::kExec) {
    return std::move(crew_.run(execution_, {schedule}, start).at(0));
  }

  bool fails(const Observation& observation, const std::string& what) const {
    return judge_(observation).count(what) > 0;
  }

  void confirm(Failure& failure) {
    std::optional<Schedule> replay = exact_replay(trace_of(failure.observation), failure.schedule.slow_others);
    Schedule again = replay ? *replay : failure.schedule;
    Observation second = run_one(again);
    // The order in which loops are gone round may matter after all.
    if (!fails(second, failure.what) && trace_of(failure.observation).before_loops != 0) {
      again = failure.schedule;
      replay.reset();
      second = run_one(again);
    }
    failure.preemptions = recording_of(trace_of(failure.observation)).preemptions;
    failure.is_repeated = fails(second, failure.what);
    if (!failure.is_repeated) {
      failure.differs = first_difference(trace_of(failure.observation), trace_of(second));
      return;
    }
    failure.schedule = again;
    failure.observation = std::move(second);
    const bool is_worth_it = !options_.is_worth_shortening || options_.is_worth_shortening(failure.what, repeated());
    if (!replay || !is_worth_it) return;
    shorten(failure);
    if (options_.tries_for_point > 0) find_point(failure);
  }

  void find_point(Failure& failure) {
    const Avoids avoids = [&](const std::vector<Switch>& switches) {
      if (switches.size() > Replay::kMaxSwitches) return true;  // nobody knows
      return !fails(run_one(loose(switches, failure.schedule.slow_others), StartBy::kFork), failure.what);
    };
    failure.point = point_of_no_return(trace_of(failure.observation), avoids, options_.tries_for_point);
  }

  static Schedule loose(const std::vector<Switch>& switches, bool slow_others) {
    Schedule schedule;
    schedule.kind = StrategyKind::kReplay;
    schedule.switches = switches;
    schedule.exact = false;
    schedule.slow_others = slow_others;
    return schedule;
  }

  // The later shortening tries a schedule, the less it differs from the one that is left in the end.
  void shorten(Failure& failure) {
    const bool slow_others = failure.schedule.slow_others;
    const Fails still_fails = [&](const std::vector<Switch>& switches) -> std::optional<Recording> {
      const Observation observation = run_one(loose(switches, slow_others), StartBy::kFork);
      if (!fails(observation, failure.what)) {
        if (judge_(observation).empty() && is_whole(observation)) failure.passing = observation.controlled;
        return std::nullopt;
      }
      return recording_of(trace_of(observation));
    };
    const Minimised shortest = minimise(recording_of(trace_of(failure.observation)), still_fails, options_.most_tries);
    Schedule schedule;
    schedule.kind = StrategyKind::kReplay;
    schedule.switches = shortest.recording.switches;
    schedule.slow_others = slow_others;
    Observation observation = run_one(schedule);
    if (!fails(observation, failure.what)) return;
    failure.preemptions = recording_of(trace_of(observation)).preemptions;
    failure.schedule = std::move(schedule);
    failure.observation = std::move(observation);
  }

  Crew& crew_;
  const Execution& execution_;
  const SearchOptions& options_;
  const Judge& judge_;
  const Clock::time_point begin_;
  std::size_t executions_ = 0;  // of the campaign
  bool any_ended_ = false;      // of these, within its time
  SearchResult result_;
  std::optional<ControlledEnd> passing_;  // the first
};

}  // namespace

std::optional<Schedule> exact_replay(const Trace& trace, bool slow_others) {
  Schedule schedule;
  schedule.kind = StrategyKind::kReplay;
  schedule.switches = recording_of(trace).switches;
  schedule.slow_others = slow_others;
  if (schedule.switches.size() > Replay::kMaxSwitches) return std::nullopt;
  return schedule;
}

SearchResult search(Crew& crew, const Execution& execution, const SearchOptions& options, const Judge& judge,
                    const Seen& seen, const std::atomic<bool>& stop) {
  return Search(crew, execution, options, judge).run(seen, stop);
}

}  // namespace jitterlab
