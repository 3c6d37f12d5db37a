#include "run/crew.h"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

#include "os/core.h"
#include "run/run_execution.h"
#include "sandbox/box.h"

namespace jitterlab {

class Crew::Impl {
 public:
  Impl(const Lab& lab, const Lanes& lanes) : lab_(lab), lanes_(lanes) {
    for (int lane = 0; lane < lanes.count; ++lane) threads_.emplace_back([this, lane] { work(lane); });
  }

  ~Impl() {
    {
      const std::lock_guard lock(mutex_);
      over_ = true;
    }
    changed_.notify_all();
  }

  std::vector<Observation> run(const Execution& execution, const std::vector<Schedule>& schedules, StartBy start) {
    std::vector<Observation> observations = run_once(execution, schedules, start, lanes_.count);
    for (std::size_t i = 0; i < schedules.size(); ++i) {
      const Limit limit = observations[i].limit;
      if (limit != Limit::kWall && limit != Limit::kMemory) continue;
      observations[i] = std::move(run_once(execution, {schedules[i]}, StartBy::kExec, 1).at(0));
    }
    return observations;
  }

 private:
  // What is to be done; lanes take one schedule after another.
  struct Batch {
    const Execution* execution = nullptr;
    const std::vector<Schedule>* schedules = nullptr;
    StartBy start = StartBy::kExec;
    std::vector<Observation>* observations = nullptr;
    std::size_t next = 0, done = 0;
    int lanes = 0;  // only the first so many take part
  };

  std::vector<Observation> run_once(const Execution& execution, const std::vector<Schedule>& schedules, StartBy start,
                                    int lanes) {
    std::vector<Observation> observations(schedules.size());
    std::unique_lock lock(mutex_);
    batch_ = Batch{&execution, &schedules, start, &observations, 0, 0, lanes};
    changed_.notify_all();
    finished_.wait(lock, [&] { return batch_.done == schedules.size() || error_; });
    batch_ = Batch{};
    if (error_) std::rethrow_exception(error_);
    return observations;
  }

  bool has_work(int lane) const {
    return batch_.schedules != nullptr && lane < batch_.lanes && batch_.next < batch_.schedules->size() && !error_;
  }

  void work(int lane) {
    // bubblewrap dies with the thread that started it, so a box belongs to its lane's thread.
    try {
      BoxSetup setup = lanes_.setup;
      setup.core = first_core_ + lane;
      const std::unique_ptr<Box> box = Box::open(setup);
      keep_to_core(box->core());
      std::unique_lock lock(mutex_);
      for (;;) {
        changed_.wait(lock, [&] { return over_ || has_work(lane); });
        if (over_) return;
        const Execution execution = *batch_.execution;
        const std::size_t at = batch_.next++;
        const Schedule& schedule = (*batch_.schedules)[at];
        const StartBy start = batch_.start;
        lock.unlock();
        Execution numbered = execution;
        numbered.index = static_cast<int>(schedule.index);
        Observation observation = run_execution(*box, lab_, lanes_.programs, numbered, 1, &schedule, start);
        lock.lock();
        // After an error in another lane nobody waits for this any more.
        if (batch_.observations == nullptr) continue;
        (*batch_.observations)[at] = std::move(observation);
        ++batch_.done;
        finished_.notify_all();
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!error_) error_ = std::current_exception();
      finished_.notify_all();
    }
  }

  const Lab& lab_;
  const Lanes lanes_;
  const int first_core_ = cores_for(lanes_.count);  // beside it others may open boxes
  std::mutex mutex_;                                // guards all below but the threads
  std::condition_variable changed_, finished_;
  Batch batch_;
  bool over_ = false;
  std::exception_ptr error_;
  std::vector<std::jthread> threads_;  // last: they end before what they use
};

Crew::Crew(const Lab& lab, const Lanes& lanes) : impl_(std::make_unique<Impl>(lab, lanes)) {}
Crew::~Crew() = default;

std::vector<Observation> Crew::run(const Execution& execution, const std::vector<Schedule>& schedules, StartBy start) {
  return impl_->run(execution, schedules, start);
}

}  // namespace jitterlab
