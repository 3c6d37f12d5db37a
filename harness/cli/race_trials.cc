#include "cli/race_trials.h"

#include <algorithm>
#include <set>
#include <sstream>

#include "analysis/race_orders.h"
#include "run/trouble.h"
#include "schedule/both_orders.h"

namespace jitterlab {
namespace {

using Outcome = RaceTried::Outcome;

// In which order lines come says little: it is different in most programs that are correct.
std::multiset<std::string> lines_of(const Observation& observation) {
  std::multiset<std::string> lines;
  for (const Stream stream : {Stream::kOut, Stream::kErr}) {
    std::istringstream text(text_of(observation, stream));
    for (std::string line; std::getline(text, line);) lines.insert(line);
  }
  return lines;
}

// The first name that one has and the other has not.
std::string only_in(const std::set<std::string>& one, const std::set<std::string>& other) {
  for (const std::string& name : one) {
    if (other.count(name) == 0) return name;
  }
  return "";
}

class Trial {
 public:
  Trial(const RaceToTry& race, const CarryOut& carry_out, const Judge& judge, const TokenOf& token)
      : race_(race),
        trace_(race.observation->controlled->trace),
        first_(step_of(trace_, race.race.first.event)),
        second_(step_of(trace_, race.race.second.event)),
        carry_out_(carry_out),
        judge_(judge),
        token_(token),
        slow_others_(race.slow_others) {}

  RaceTried run() {
    const std::vector<bool> is_after =
        ordered_after_first(*race_.observation->controlled, has_outsiders(*race_.observation), race_.race);
    try_all(is_after);
    // Perhaps only because somebody slept.
    if (result_.outcome == Outcome::kNotReached && !slow_others_ && depends_on_time(trace_)) {
      slow_others_ = true;
      try_all(is_after);
    }
    return result_;
  }

 private:
  void try_all(const std::vector<bool>& is_after) {
    for (const Onward onward : {Onward::kSecond, Onward::kFirst, Onward::kAsSeen}) {
      compare(both_orders(trace_, race_.race.first.event, race_.race.second.event, is_after, onward));
      if (result_.outcome == Outcome::kHarmful) return;
    }
  }

  Observation carry_out(std::vector<Switch> switches) {
    Schedule schedule;
    schedule.kind = StrategyKind::kReplay;
    schedule.switches = std::move(switches);
    schedule.exact = false;
    schedule.slow_others = slow_others_;
    ++result_.executions;
    return carry_out_(schedule);
  }

  void compare(const BothOrders& orders) {
    if (std::max(orders.other_way.size(), orders.as_seen.size()) > Replay::kMaxSwitches) return;
    raise_to(Outcome::kNotReached);
    const Observation other = carry_out(orders.other_way);
    if (!shows(other, second_, first_)) return;
    const Observation same = carry_out(orders.as_seen);
    if (!shows(same, first_, second_)) return;
    const std::set<std::string> fails_other = judge_(other), fails_same = judge_(same);
    if (const std::string what = only_in(fails_other, fails_same); !what.empty() && repeats(other, what))
      return tell(Outcome::kHarmful, what, other, true);
    if (const std::string what = only_in(fails_same, fails_other); !what.empty() && repeats(same, what))
      return tell(Outcome::kHarmful, what, same, false);
    if (lines_of(other) != lines_of(same)) return tell(Outcome::kOtherOutput, "", other, true);
    raise_to(Outcome::kNothing);
  }

  static bool shows(const Observation& observation, const StepOf& one, const StepOf& other) {
    return why_not_judged(observation).empty() && observation.controlled &&
           comes_first(observation.controlled->trace, one, other);
  }

  bool repeats(const Observation& observation, const std::string& what) {
    const auto schedule = exact_replay(observation.controlled->trace, slow_others_);
    if (!schedule) return false;
    ++result_.executions;
    return judge_(carry_out_(*schedule)).count(what) > 0;
  }

  void raise_to(Outcome outcome) { result_.outcome = std::max(result_.outcome, outcome); }

  void tell(Outcome outcome, const std::string& what, const Observation& observation, bool is_other_way) {
    if (outcome <= result_.outcome) return;
    result_.outcome = outcome;
    result_.leads_to = what;
    result_.is_other_way = is_other_way;
    result_.token = token_(exact_replay(observation.controlled->trace, slow_others_));
  }

  const RaceToTry& race_;
  const Trace& trace_;
  const StepOf first_, second_;
  const CarryOut& carry_out_;
  const Judge& judge_;
  const TokenOf& token_;
  bool slow_others_;
  RaceTried result_;
};

}  // namespace

void try_races(RaceBook& book, const CarryOut& carry_out, const Judge& judge, const TokenOf& token,
               const std::atomic<bool>& stop) {
  const std::vector<RaceToTry> races = book.to_try();
  for (std::size_t i = 0; i < races.size() && !stop; ++i) book.tried(i, Trial(races[i], carry_out, judge, token).run());
}

}  // namespace jitterlab
