#include "schedule/campaign_estimate.h"

#include <algorithm>
#include <numeric>

namespace jitterlab {

double estimated_schedules(const std::vector<Choice>& choices, int bound) {
  // Entry b: the ways through the choices so far with b preemptions. More preemptions than choices there are not.
  const auto most = std::min(static_cast<std::size_t>(std::max(bound, 0)), choices.size());
  std::vector<double> ways(most + 1, 0);
  ways[0] = 1;
  for (const Choice& choice : choices) {
    if (choice.last == Choice::kNone) {
      for (double& count : ways) count *= choice.count;
    } else {
      for (std::size_t b = most; b > 0; --b) ways[b] += ways[b - 1] * (choice.count - 1);
    }
  }
  return std::accumulate(ways.begin(), ways.end(), 0.0);
}

}  // namespace jitterlab
