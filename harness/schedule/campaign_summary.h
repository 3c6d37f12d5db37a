// What the executions of a campaign have shown together, and the sentence that a pass is told in. Harness side, pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace jitterlab {

struct CampaignSummary {
  std::uint64_t executions = 0;
  std::uint64_t schedules = 0;      // distinct: schedule_hash()
  std::uint64_t interleavings = 0;  // distinct: interleaving_hash()

  // All schedules with up to so many preemptions were executed; -1: nothing of the kind can be said.
  int covered_bound = -1;
  std::uint64_t covered = 0;  // how many these are
  bool is_complete = false;   // there are no others
  // Some task slept or waited with a time limit. Coverage is then of those schedules only in which time passes when
  // nobody can go on.
  bool depends_on_time = false;

  std::uint64_t drawn = 0;  // executions by a random strategy
  // Good-Turing estimate of the chance that one more of these has a new interleaving; nothing: none was drawn.
  std::optional<double> chance_of_new;

  std::uint64_t not_followed = 0;  // executions that did not make the choices prescribed: nothing is covered then
  std::uint64_t cut = 0;           // Trace::is_cut; when one of those explored was, nothing is covered either

  // How far the search went: "all 20 schedules", or "all 1,214 schedules with up to 2 preemptions", or "400 schedules,
  // 212 distinct interleavings; chance that the next one shows something new below 1 %". Without a full stop.
  std::string words() const;
};

}  // namespace jitterlab
