// `sleep` as the only thing that orders two steps. In about a quarter of the schedules a sleep may end before others
// have got on (slow_others), as on a busy machine. A failure that comes in several of them, in none of the many others,
// and with a sleep that did end so, is told with the line of the sleep and with the numbers that show it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "analysis/found.h"
#include "run/observation.h"

namespace jitterlab {

inline constexpr char kSleepOrders[] = "sleep-as-synchronisation";

// A sleep that was over while somebody else could go on as well.
bool is_early_sleep(const TraceEvent& event);
bool has_early_sleep(const Observation& observation);

class SleepOrder {
 public:
  // Of every execution of a search: whether sleeps could end early in it, and in what ways it failed.
  void add(bool may_end_early, const std::set<std::string>& failures);

  // What is to be said of a failure of that name; `failing`: a schedule of it, carried out. Nothing: it also fails
  // without, or too rarely to tell, or no sleep has ended early.
  std::optional<Found> told(const std::string& failure, const Observation& failing) const;

 private:
  static constexpr std::uint64_t kEnough = 4;          // failures; one of each four schedules lets sleeps end early
  static constexpr std::uint64_t kEnoughOthers = 100;  // executions that do not fail so

  std::uint64_t early_ = 0, others_ = 0;  // executions
  std::map<std::string, std::uint64_t> failed_early_;
  std::set<std::string> failed_otherwise_;
};

}  // namespace jitterlab
