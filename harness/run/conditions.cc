#include "run/conditions.h"

#include <re2/re2.h>

namespace jitterlab {
namespace {

bool role_printed(const RolePrinted& condition, const Observation& observation) {
  // Bytes of a student: any byte is a character.
  RE2::Options options(RE2::Latin1);
  options.set_log_errors(false);
  const RE2 pattern("(?m)" + condition.pattern, options);
  return RE2::PartialMatch(text_of(observation, Stream::kOut, condition.role), pattern);
}

bool role_ended(const std::string& role, const Observation& observation) {
  bool any = false;
  for (const InstanceSeen& instance : observation.instances) {
    if (instance.role != role) continue;
    any = true;
    if (instance.ending.kind() == Ending::Kind::kRunning) return false;
  }
  return any;
}

bool role_waits(const std::string& role, const World& world) {
  bool any = false;
  for (std::size_t i = 0; i < world.observation.instances.size(); ++i) {
    const InstanceSeen& instance = world.observation.instances[i];
    if (instance.role != role || instance.ending.kind() != Ending::Kind::kRunning) continue;
    any = true;
    if (!world.box.ask({BoxQuestion::Kind::kWaits, static_cast<std::int64_t>(i), ""})) return false;
  }
  return any;
}

struct HoldsNow {
  const World& world;

  bool ask(BoxQuestion::Kind kind, std::int64_t number, const std::string& path = "") const {
    return world.box.ask({kind, number, path});
  }
  bool operator()(const TcpListens& c) const { return ask(BoxQuestion::Kind::kTcpListens, c.port); }
  bool operator()(const UdpBound& c) const { return ask(BoxQuestion::Kind::kUdpBound, c.port); }
  bool operator()(const SegmentExists& c) const { return ask(BoxQuestion::Kind::kSegmentExists, c.key); }
  bool operator()(const SemaphoresExist& c) const { return ask(BoxQuestion::Kind::kSemaphoresExist, c.key); }
  bool operator()(const QueueExists& c) const { return ask(BoxQuestion::Kind::kQueueExists, c.key); }
  bool operator()(const FifoExists& c) const { return ask(BoxQuestion::Kind::kFifoExists, 0, c.path); }
  bool operator()(const RolePrinted& c) const { return role_printed(c, world.observation); }
  bool operator()(const RoleWaits& c) const { return role_waits(c.role, world); }
  bool operator()(const RoleEnded& c) const { return role_ended(c.role, world.observation); }
  bool operator()(const EveryoneWaits&) const { return world.resting; }
};

}  // namespace

bool holds(const Condition& condition, const World& world) { return std::visit(HoldsNow{world}, condition); }

bool needs_asking(const Condition& condition) {
  return !std::holds_alternative<RolePrinted>(condition) && !std::holds_alternative<RoleEnded>(condition) &&
         !std::holds_alternative<EveryoneWaits>(condition);
}

}  // namespace jitterlab
