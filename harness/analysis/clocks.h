// Vector clocks: of each task, how much of what it did somebody knows.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace jitterlab {

// Tasks by number, from 0; those beyond the end are known nothing of.
class Clock {
 public:
  std::uint32_t operator[](std::size_t task) const { return task < times_.size() ? times_[task] : 0; }

  void join(const Clock& other) {
    if (times_.size() < other.times_.size()) times_.resize(other.times_.size());
    for (std::size_t i = 0; i < other.times_.size(); ++i) times_[i] = std::max(times_[i], other.times_[i]);
  }

  void advance(std::size_t task) {
    if (times_.size() <= task) times_.resize(task + 1);
    ++times_[task];
  }

 private:
  std::vector<std::uint32_t> times_;
};

}  // namespace jitterlab
