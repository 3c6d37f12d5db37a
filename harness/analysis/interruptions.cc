#include "analysis/interruptions.h"

#include <optional>

namespace jitterlab {
namespace {

using Event = TraceEvent;

constexpr std::size_t kTouchesBefore = 2, kTouchesAfter = 4;

bool has_flag(const Event& event, std::uint8_t flag) { return (event.flags & flag) != 0; }

bool is_arrival(const Event& event) {
  return event.kind == Event::Kind::kExecuted && has_flag(event, Event::kInterrupted);
}

class Search {
 public:
  Search(const Trace& trace, const Things& things) : events_(trace.events), things_(things) {}

  std::set<std::size_t> run() {
    for (const bool only_chosen : {true, false}) {
      for (std::size_t i = 0; i < events_.size(); ++i) {
        if (is_arrival(events_[i]) && (!only_chosen || was_chosen(i))) add(i);
      }
      if (!found_.empty()) break;
    }
    return found_;
  }

 private:
  // The task could have gone on: whoever sent the signal (a timer) was preferred.
  bool was_chosen(std::size_t arrival) const {
    for (std::size_t i = arrival; i-- > 0;) {
      if (events_[i].kind != Event::Kind::kExecuted) continue;
      return events_[i].task != events_[arrival].task && events_[i].choice.is_preemption();
    }
    return false;
  }

  // A variable of the program that the task of `arrival` touches in event `i`.
  std::optional<Thing> variable(std::size_t i, std::size_t arrival) const {
    const Event& event = events_[i];
    if (event.kind != Event::Kind::kExecuted || event.task != events_[arrival].task || is_arrival(event)) return {};
    const Thing thing = things_.of(event.operation);
    if (thing.kind != ThingKind::kMemory || !things_.has_name(thing)) return {};
    return thing;
  }

  std::optional<Thing> written_after(std::size_t arrival) const {
    for (std::size_t i = arrival + 1; i < events_.size(); ++i) {
      if (const auto thing = variable(i, arrival); thing && events_[i].operation.is_write) return thing;
    }
    return {};
  }

  void add(std::size_t arrival) {
    found_.insert(arrival);
    const auto thing = written_after(arrival);
    if (!thing) return;
    std::size_t touches = 0;
    for (std::size_t i = arrival; i-- > 0 && touches < kTouchesBefore;) {
      if (variable(i, arrival) == thing) touches += found_.insert(i).second ? 1 : 0;
    }
    touches = 0;
    for (std::size_t i = arrival + 1; i < events_.size() && touches < kTouchesAfter; ++i) {
      const bool sleeps = events_[i].task == events_[arrival].task && events_[i].operation.call == Call::kPause;
      if (variable(i, arrival) == thing) {
        found_.insert(i);
        ++touches;
      } else if (sleeps && !is_arrival(events_[i])) {
        found_.insert(i);
        break;
      }
    }
  }

  const std::vector<Event>& events_;
  const Things& things_;
  std::set<std::size_t> found_;
};

}  // namespace

std::set<std::size_t> interruptions(const Trace& trace, const Things& things) { return Search(trace, things).run(); }

}  // namespace jitterlab
