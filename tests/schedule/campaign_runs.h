// Campaigns over simulated tasks, with several executions under way at a time.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "schedule/campaign.h"
#include "schedule/mix.h"
#include "schedule/traces.h"

namespace jitterlab::simulation {

enum class Ends { kInOrder, kLastFirst, kAnyhow };

struct CampaignRun {
  std::vector<Schedule> schedules;  // by index
  std::vector<Play> plays;          // by index
  CampaignSummary summary;

  std::vector<std::string> picks() const {
    std::vector<std::string> result;
    for (const Play& play : plays) result.push_back(play.picks());
    return result;
  }
  bool has_failed() const {
    return std::any_of(plays.begin(), plays.end(), [](const Play& play) { return play.has_failed; });
  }
};

inline std::size_t which_ends(Ends ends, std::size_t under_way, std::size_t ended) {
  if (ends == Ends::kInOrder) return 0;
  return ends == Ends::kLastFirst ? under_way - 1 : mix(5, ended) % under_way;
}

inline constexpr std::size_t kAll = 1000;

inline CampaignRun run_campaign(const Scene& scene, const CampaignOptions& options, std::size_t at_once = kAll,
                                Ends ends = Ends::kInOrder) {
  auto scheduler = std::make_unique<Scheduler>();
  jitterlab::Campaign campaign(options);
  CampaignRun result;
  std::vector<Schedule> under_way;
  std::uint64_t ended = 0;
  while (!campaign.is_done()) {
    while (under_way.size() < at_once) {
      auto schedule = campaign.next();
      if (!schedule) break;
      EXPECT_EQ(schedule->index, result.schedules.size());
      result.schedules.push_back(*schedule);
      result.plays.emplace_back();
      under_way.push_back(std::move(*schedule));
    }
    if (under_way.empty()) {
      ADD_FAILURE() << "neither done nor anything to wait for";
      break;
    }
    const auto one = under_way.begin() + static_cast<std::ptrdiff_t>(which_ends(ends, under_way.size(), ended++));
    Play play = run(scene, *one, *scheduler);
    EXPECT_FALSE(play.steps.empty());
    campaign.ran(*one, trace_of(play));
    result.plays[one->index] = std::move(play);
    under_way.erase(one);
  }
  EXPECT_FALSE(campaign.next());
  result.summary = campaign.summary();
  return result;
}

}  // namespace jitterlab::simulation
