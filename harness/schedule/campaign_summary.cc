#include "schedule/campaign_summary.h"

#include <cmath>

namespace jitterlab {
namespace {

// 1214 -> "1,214"
std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string counted(std::uint64_t number, const std::string& noun) {
  return grouped(number) + " " + noun + (number == 1 ? "" : "s");
}

std::string all_schedules(const CampaignSummary& summary) {
  const std::string count = summary.covered == 1 ? "the only schedule" : "all " + counted(summary.covered, "schedule");
  const std::string bound =
      summary.covered_bound == 0
          ? " without preemptions"
          : " with up to " + counted(static_cast<std::uint64_t>(summary.covered_bound), "preemption");
  const std::string time = summary.depends_on_time ? " in which who sleeps or only looks lets others go first" : "";
  return count + (summary.is_complete ? "" : bound) + time;
}

std::string chance(double of_new) {
  const std::string what = "; chance that the next one shows something new ";
  if (of_new < 0.001) return what + "below 0.1 %";
  if (of_new < 0.01) return what + "below 1 %";
  return what + "about " + std::to_string(std::lround(of_new * 100)) + " %";
}

}  // namespace

std::string CampaignSummary::words() const {
  if (executions == 0) return "no schedules";
  const bool is_covered = covered_bound >= 0 || is_complete;
  // What was drawn besides all schedules is among them.
  if (is_covered && (executions == covered || (is_complete && !depends_on_time))) return all_schedules(*this);
  const std::string count = is_covered ? all_schedules(*this) + ", and " + grouped(executions - covered) + " more"
                                       : counted(executions, "schedule");
  const std::string distinct = ", " + counted(interleavings, "distinct interleaving");
  return count + distinct + (chance_of_new ? chance(*chance_of_new) : "");
}

}  // namespace jitterlab
