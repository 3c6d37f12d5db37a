// Looks for a schedule that fails: carries out a campaign, and believes a failure only when it came again.
//
//   campaign ─> execution ─> fails? ─> the same schedule again ─> shortened to few preemptions ─> Failure
//
// What counts as failing is asked of the caller. The result does not depend on the number of lanes.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "plan/execution.h"
#include "run/crew.h"
#include "run/observation.h"
#include "schedule/campaign.h"
#include "schedule/point_of_no_return.h"

namespace jitterlab {

// Names of what is wrong with an observation; failures with the same name are one failure. Empty: nothing is.
using Judge = std::function<std::set<std::string>(const Observation&)>;

// Carries out one schedule, which somebody made who is named in Failure::found_by.
using CarryOut = std::function<Observation(const Schedule&, const std::string& found_by)>;

struct SearchOptions {
  CampaignOptions campaign;
  double seconds = 0;            // of real time for the campaign; 0: no limit
  bool stop_at_failure = false;  // as soon as one is confirmed
  int most_tries = 300;          // executions spent on shortening one failure
  int tries_for_point = 0;       // likewise, on finding the point of no return of a shortened one; 0: none
  // Given the names of all failures that came again: whether no others are worth looking for. Empty: never.
  std::function<bool(const std::set<std::string>&)> is_enough;
  // After the campaign, unless `stop` or the time ended it: schedules that are no part of it. What fails there first
  // is a failure like any other. May be empty.
  std::function<void(const CarryOut&)> afterwards;
  // Given a failure and the names of all that came again before: whether it is worth being told at length, that is
  // shortened, with its point of no return. Empty: always.
  std::function<bool(const std::string&, const std::set<std::string>&)> is_worth_shortening;
};

struct Failure {
  std::string what;          // as the judge named it
  std::uint64_t index = 0;   // execution of the campaign that showed it first, from 0
  std::string found_by;      // not empty: none of them did, it came in SearchOptions::afterwards
  std::uint64_t times = 0;   // executions of the campaign that showed it
  Schedule schedule;         // fails: the shortened one, for an exact replay, or, not repeated, as first seen
  Observation observation;   // of that schedule
  int preemptions = 0;       // of that schedule
  bool is_repeated = false;  // it failed in the same way when its schedule was carried out again
  std::optional<PointOfNoReturn> point;  // in the trace of that observation
  std::optional<Difference> differs;     // not repeated: where the second execution went another way
  // Of an execution that does not fail: the last that shortening met, which differs little, or any. Nothing: there is
  // none.
  std::optional<ControlledEnd> passing;
};

struct SearchResult {
  CampaignSummary summary;
  std::vector<Failure> failures;  // in the order in which they were seen first
  std::uint64_t afterwards = 0;   // executions of SearchOptions::afterwards
  bool is_stopped = false;        // before the campaign was over: by time, by `stop`, at a failure, or as endless
  bool is_endless = false;        // the first executions all exceeded the time limit of the scenario
};

// `seen` is told of every execution of the campaign, in order; it may be empty. Setting `stop` ends the search soon.
// Throws Error when a sandbox fails.
using Seen = std::function<void(const Schedule&, const Observation&)>;
SearchResult search(Crew& crew, const Execution& execution, const SearchOptions& options, const Judge& judge,
                    const Seen& seen, const std::atomic<bool>& stop);

// The schedule that makes exactly the switches of an execution. Nothing when they are too many to be held.
std::optional<Schedule> exact_replay(const Trace& trace, bool slow_others);

}  // namespace jitterlab
