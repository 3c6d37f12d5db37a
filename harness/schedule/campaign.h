// Decides which schedule each execution of one scenario follows, and sums up what they have shown. Harness side, pure.
// Not thread-safe.
//
//   Campaign campaign({.seed = seed, .executions = 400});
//   while (!campaign.is_done()) {
//     if (auto schedule = campaign.next()) <start an execution>;
//     else <wait until one has ended, and give its trace to campaign.ran()>;
//   }
//
// Executions are handed out in rounds of 1, 1, 2, 4, … up to 64. All schedules of a round are drawn at its start, from
// the master seed and from what the executions of the rounds before have shown (profiles for SURW, lengths for PCT,
// prefixes to explore). So which schedules are executed does not depend on how many executions are under way at a time,
// nor on the order in which they end; what it costs is that at the end of a round some lanes have nothing to do.
//
// The portfolio (portfolio.h) looks first whether the program is small: when, guessed from the first execution, all
// schedules with up to `bound` preemptions take no more than half of what is left, they are explored before the rest is
// drawn; for at most that half, since it was a guess. When it turns out that these are all schedules there are, the
// campaign ends early, unless the outcome depends on time: exploration lets time pass only when nobody can go on.
//
// About a quarter of the drawn schedules, by their own seed, never the first execution, lets sleepers wake though
// others have not got on.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_set>
#include <vector>

#include "schedule/campaign_schedule.h"
#include "schedule/campaign_summary.h"
#include "schedule/exploration.h"
#include "schedule/good_turing.h"
#include "schedule/surw_profile.h"
#include "schedule/trace.h"

namespace jitterlab {

// Two thirds of kPct have d = 2, the others d = 3; five sixths of kSurw are selective, the others basic.
enum class CampaignKind : std::uint8_t { kPortfolio, kRandom, kPct, kPos, kSurw, kExhaustive };

struct CampaignOptions {
  CampaignKind kind = CampaignKind::kPortfolio;
  std::uint64_t seed = 0;        // of this scenario
  std::uint64_t executions = 0;  // at most
  int bound = 2;                 // preemptions, when exploring
};

class Campaign {
 public:
  static constexpr std::uint64_t kLargestRound = 64;

  explicit Campaign(const CampaignOptions& options);

  // Nothing: the campaign is done, or results must come in first.
  std::optional<Schedule> next();
  // All results are in, and there will be no other execution.
  bool is_done() const { return round_.schedules.empty(); }

  // An execution has ended. The schedule is one of next(); each comes back once, in any order.
  void ran(const Schedule& schedule, const Trace& trace);

  // Of those that have ended; complete rounds only, as far as coverage goes.
  CampaignSummary summary() const;

 private:
  struct Result {
    std::vector<Choice> choices;
    bool is_cut = false;
  };
  struct Round {
    std::uint64_t first = 0;  // index of its first execution
    std::vector<Schedule> schedules;
    std::vector<Result> results;
    std::size_t handed_out = 0, back = 0;
  };

  void begin_round();
  void end_round();
  void explore_if_small(const std::vector<Choice>& choices);
  bool is_exploring() const;
  bool is_all_known() const;
  void add_explored(std::uint64_t count);
  void add_drawn(std::uint64_t count);
  Schedule drawn_schedule();
  Schedule next_schedule() const;

  CampaignOptions options_;
  std::uint64_t rounds_ = 0;
  Round round_;

  // Knowledge.
  SurwProfile profile_;
  std::uint32_t most_choices_ = 0;
  std::optional<Exploration> exploration_;
  std::uint64_t exploration_left_ = 0;  // executions it may still take
  bool can_cover_ = true;               // all that were explored went as prescribed, and to their end
  int covered_bound_ = -1;              // as of the last round
  std::uint64_t covered_ = 0;

  // Counts.
  std::uint64_t drawn_ = 0;  // handed out
  std::uint64_t executions_ = 0, not_followed_ = 0, cut_ = 0;
  bool depends_on_time_ = false;
  GoodTuring seen_;  // of the drawn ones
  std::unordered_set<std::uint64_t> schedules_, interleavings_;
};

}  // namespace jitterlab
