// How much is left to see: the chance that one more schedule shows something new, by Good: "The Population Frequencies
// of Species and the Estimation of Population Parameters" (Biometrika 1953), an idea of Turing's. The share of all
// draws that was seen exactly once estimates the chance of what was not seen at all. It takes the executions as drawn
// alike; a portfolio is a mixture, so this holds for one more execution drawn from the same mixture.
#pragma once

#include <algorithm>
#include <cstdint>
#include <unordered_map>

namespace jitterlab {

class GoodTuring {
 public:
  // One execution; `what` identifies what it showed (the hash of its interleaving). True when it is new.
  bool saw(std::uint64_t what) {
    ++total_;
    const std::uint64_t times = ++times_[what];
    once_ += times == 1;
    once_ -= times == 2;
    return times == 1;
  }

  std::uint64_t total() const { return total_; }
  std::uint64_t distinct() const { return times_.size(); }

  // From 0 to 1. Differs from Good: never less than one in total(), as so many executions cannot show less.
  double chance_of_new() const {
    return total_ == 0 ? 1 : static_cast<double>(std::max<std::uint64_t>(once_, 1)) / static_cast<double>(total_);
  }

 private:
  std::uint64_t total_ = 0;
  std::uint64_t once_ = 0;
  std::unordered_map<std::uint64_t, std::uint64_t> times_;
};

}  // namespace jitterlab
