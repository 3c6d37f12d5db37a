// Each lane takes the next execution that nobody has begun, runs it in its box and puts the observation into that
// execution's place; the calling thread hands the places on in order. Lanes hold `alone` shared while they run and one
// of them exclusively for a second try, so a second try has the machine for itself.
#include "run/lanes.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <thread>

namespace jitterlab {
namespace {

// After this many confirmed time-outs of a scenario its other executions get a fifth of the time: what they print by
// then is still judged, so a program cannot hide its other bugs by not ending, and grading it does not take an hour.
constexpr int kTimeOuts = 2;
constexpr double kShare = 0.2;

class Run {
 public:
  Run(const Lab& lab, const Lanes& lanes, const std::vector<Execution>& executions, const std::atomic<bool>& stop,
      TimeOuts& time_outs)
      : lab_(lab),
        lanes_(lanes),
        executions_(executions),
        stop_(stop),
        places_(executions.size()),
        time_outs_(time_outs) {}

  void work(Box& box) {
    for (std::size_t at = begun_++; at < executions_.size(); at = begun_++) {
      Place place;
      if (!stop_) place.observation = run_confirmed(box, executions_[at]);
      const std::lock_guard lock(mutex_);
      place.filled = true;
      places_[at] = std::move(place);
      changed_.notify_all();
    }
  }

  void fail(std::exception_ptr error) {
    const std::lock_guard lock(mutex_);
    if (!error_) error_ = error;
    begun_ = executions_.size();
    changed_.notify_all();
  }

  void hand_on(const Takers& takers) {
    for (std::size_t at = 0; at < executions_.size(); ++at) {
      Place place;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return places_[at].filled || error_; });
        if (error_) return;
        place = std::move(places_[at]);
      }
      if (place.observation)
        takers.seen(*place.observation);
      else
        takers.left_out(executions_[at], "stopped before this execution began");
    }
  }

  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  struct Place {
    bool filled = false;
    std::optional<Observation> observation;  // none: left out
  };

  static bool exceeded(const Observation& observation) {
    return observation.limit == Limit::kWall || observation.limit == Limit::kMemory;
  }

  Observation run_confirmed(Box& box, const Execution& execution) {
    const bool timed_out_before = time_outs(execution.scenario) >= kTimeOuts;
    {
      const std::shared_lock together(alone_);
      Observation observation = run_execution(box, lab_, lanes_.programs, execution, timed_out_before ? kShare : 1);
      if (!exceeded(observation) || timed_out_before) return observation;
    }
    const std::unique_lock alone(alone_);
    Observation observation = run_execution(box, lab_, lanes_.programs, execution);
    if (observation.limit == Limit::kWall) {
      const std::lock_guard lock(mutex_);
      ++time_outs_[execution.scenario];
    }
    return observation;
  }

  int time_outs(const std::string& scenario) {
    const std::lock_guard lock(mutex_);
    return time_outs_[scenario];
  }

  const Lab& lab_;
  const Lanes& lanes_;
  const std::vector<Execution>& executions_;
  const std::atomic<bool>& stop_;
  std::atomic<std::size_t> begun_ = 0;
  std::shared_mutex alone_;
  std::mutex mutex_;  // guards all below
  std::condition_variable changed_;
  std::vector<Place> places_;
  TimeOuts& time_outs_;
  std::exception_ptr error_;
};

}  // namespace

void run_executions(const Lab& lab, const Lanes& lanes, const std::vector<Execution>& executions,
                    const std::atomic<bool>& stop, const Takers& takers, TimeOuts& time_outs) {
  Run run(lab, lanes, executions, stop, time_outs);
  std::vector<std::jthread> threads;
  const int count = std::min<int>(lanes.count, static_cast<int>(executions.size()));
  for (int lane = 0; lane < count; ++lane) {
    threads.emplace_back([&] {
      // bubblewrap dies with the thread that started it, so a box belongs to its lane's thread.
      try {
        const std::unique_ptr<Box> box = Box::open(lanes.setup);
        run.work(*box);
      } catch (...) {
        run.fail(std::current_exception());
      }
    });
  }
  try {
    run.hand_on(takers);
  } catch (...) {
    run.fail(std::current_exception());
  }
  threads.clear();
  run.rethrow();
}

}  // namespace jitterlab
