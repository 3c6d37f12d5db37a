// What `explore` and `replay` tell -> text for a person, JSON for programs, a page. As with all reports, bytes of a
// program's output are shown by printable().
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analysis/explanation.h"
#include "analysis/found_book.h"
#include "analysis/race_book.h"
#include "report/report.h"
#include "schedule/point_of_no_return.h"
#include "schedule/trace.h"

namespace jitterlab {

// One way in which executions went wrong.
struct ExploredFailure {
  std::string what;
  std::uint64_t index = 0, times = 0;  // first execution that showed it, from 0; how many did
  std::string found_by;                // "race-order", "lock-order": none of them did, it came when these were tried
  int preemptions = 0;
  bool is_repeated = false;
  std::string token;                     // of the shortened schedule; empty: too long for one
  std::optional<PointOfNoReturn> point;  // in it
  Trace trace;                           // of it
  Explanation explanation;
  std::string loops;           // of a livelock: who goes round in which loop, a line each
  std::string output, errors;  // what was printed, on standard output and on standard error
  std::optional<Difference> differs;
};

struct ExploredOutput {
  std::string text;
  std::uint64_t times = 0;
  std::string token;  // of the first execution that had it; empty: too long for one
};

struct ExploredPrograms {
  std::string command;  // as it was given, for the commands shown: "prog.c -- 3"
  std::uint64_t seed = 0;
  std::string strategy;
  std::string strength;  // CampaignSummary::words()
  std::uint64_t executions = 0;
  std::uint64_t afterwards = 0;  // further ones that tried what the executions made suspicious
  std::uint64_t trace_hash = 0;  // of all executions in their order: schedule_hash()
  bool is_stopped = false;
  std::vector<ExploredFailure> failures;
  std::vector<ToldRace> races;
  std::vector<ToldFound> found;                                   // misuses, and what was left behind
  std::vector<ExploredOutput> outputs;                            // the most frequent first
  std::vector<std::pair<std::string, std::uint64_t>> not_judged;  // why, how often
  std::vector<std::string> remarks;                               // about the build
  std::map<std::string, std::string> sources;                     // file -> its text
  std::string folder;                                             // where the files are, as given
};

std::string exploration_report(const ExploredPrograms& explored, const TerminalStyle& style);
std::string exploration_json(const ExploredPrograms& explored);
std::string exploration_html(const ExploredPrograms& explored);  // a page that stands alone
std::string exploration_sarif(const ExploredPrograms& explored);

// "it came when …", of a failure that the search did not show.
std::string found_by_words(const ExploredFailure& failure);

// The page of one execution; `failure.what` is empty where it ended well.
std::string replay_html(const ExploredFailure& failure, const std::string& command,
                        const std::map<std::string, std::string>& sources);

// The steps of an execution, a line each: "main.1   writes 4 bytes of segment 1, at 0". Long runs of one task are cut.
std::string steps_listing(const Trace& trace, int most_lines);

// "main.1 goes round: takes object 3, sleeps": a line for each task that does so at the end of the trace.
std::string loops_listing(const Trace& trace, const std::vector<TaskId>& tasks);

// "step 12: main.1 was to write …, but main went on".
std::string difference_words(const Difference& difference);

}  // namespace jitterlab
