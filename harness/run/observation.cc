#include "run/observation.h"

#include <algorithm>

namespace jitterlab {

std::string instance_name(const Observation& observation, int instance) {
  if (instance < 0 || instance >= static_cast<int>(observation.instances.size())) return "a process";
  const InstanceSeen& seen = observation.instances[instance];
  const auto same_role = std::count_if(observation.instances.begin(), observation.instances.end(),
                                       [&](const InstanceSeen& other) { return other.role == seen.role; });
  return same_role > 1 ? seen.role + " " + std::to_string(seen.number) : seen.role;
}

bool is_livelock(const Observation& observation) {
  if (!observation.came_to_rest || !observation.controlled) return false;
  const std::vector<WaitingTask>& waiting = observation.controlled->waiting;
  return std::any_of(waiting.begin(), waiting.end(),
                     [](const WaitingTask& task) { return task.waits_for == WaitsFor::kLoop; });
}

std::string text_of(const Observation& observation, Stream stream, const std::string& role) {
  std::string text;
  for (const OutputPiece& piece : observation.output) {
    if (piece.stream != stream) continue;
    const bool known = piece.instance >= 0 && piece.instance < static_cast<int>(observation.instances.size());
    if (role.empty() || (known && observation.instances[piece.instance].role == role)) text += piece.bytes;
  }
  return text;
}

}  // namespace jitterlab
