#include "cli/sleep_trials.h"

#include "analysis/sleep_order.h"
#include "run/trouble.h"
#include "schedule/mix.h"

namespace jitterlab {
namespace {

constexpr std::uint64_t kSchedules = 160;  // of which a quarter lets sleeps end early
constexpr std::uint64_t kSeedDraw = 0x736c656570;

}  // namespace

std::optional<Found> try_sleep(const Failure& failure, Crew& crew, const Execution& execution, const Judge& judge,
                               const std::atomic<bool>& stop) {
  if (!failure.schedule.slow_others || !has_early_sleep(failure.observation)) return std::nullopt;
  SleepOrder sleeps;
  SearchOptions options;
  options.campaign = {.kind = CampaignKind::kSurw, .seed = mix(execution.seed, kSeedDraw), .executions = kSchedules};
  options.is_worth_shortening = [](const std::string&, const std::set<std::string>&) { return false; };
  const Seen seen = [&](const Schedule& schedule, const Observation& observation) {
    if (why_not_judged(observation).empty()) sleeps.add(schedule.slow_others, judge(observation));
  };
  search(crew, execution, options, judge, seen, stop);
  return sleeps.told(failure.what, failure.observation);
}

}  // namespace jitterlab
