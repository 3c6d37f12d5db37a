#include "verify/chance.h"

#include <algorithm>
#include <cmath>

namespace jitterlab {
namespace {

constexpr double kDoubt = 0.05;

// Probability of `least` or more failures in `executions`, for 0 < share < 1.
double at_least(int least, int executions, double share) {
  double sum = 0;
  for (int k = least; k <= executions; ++k) {
    const double ways = std::lgamma(executions + 1.0) - std::lgamma(k + 1.0) - std::lgamma(executions - k + 1.0);
    sum += std::exp(ways + k * std::log(share) + (executions - k) * std::log1p(-share));
  }
  return sum;
}

}  // namespace

double least_share(int failures, int executions) {
  if (failures == 0) return 0;
  double low = 0, high = 1;
  constexpr int kHalvings = 40;
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = (low + high) / 2;
    (at_least(failures, executions, middle) < kDoubt ? low : high) = middle;
  }
  return low;
}

double chance_of_catching(const std::vector<Tally>& tallies) {
  double best = 0;
  for (const Tally& tally : tallies)
    best = std::max(best, 1 - std::pow(1 - least_share(tally.failures, tally.executions), tally.budget));
  return best;
}

}  // namespace jitterlab
