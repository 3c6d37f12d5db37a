// `exactly-once`: what went in comes out, nothing is lost, nothing doubled, nothing made up.
#include <fmt/format.h>

#include <unordered_map>

#include "check/event_stream.h"
#include "check/excerpt.h"
#include "check/question.h"
#include "check/values.h"

namespace jitterlab {
namespace {

struct Arrivals {
  std::size_t wanted = 0;
  std::vector<const Event*> events;
};

// Values in the order in which they were first met, so that reports do not depend on a hash.
class Ledger {
 public:
  Arrivals& operator[](const std::string& value) {
    const auto [place, is_new] = places_.try_emplace(value, order_.size());
    if (is_new) order_.push_back({value, {}});
    return order_[place->second].second;
  }
  const std::vector<std::pair<std::string, Arrivals>>& all() const { return order_; }

 private:
  std::vector<std::pair<std::string, Arrivals>> order_;
  std::unordered_map<std::string, std::size_t> places_;
};

std::string shown_all(const std::vector<const Event*>& events, const Observation& observation) {
  std::vector<std::string> pieces;
  for (const Event* event : events) pieces.push_back(shown(*event, observation));
  return listed(pieces);
}

std::string difference(const Ledger& ledger, const Observation& observation) {
  std::vector<std::string> missing, too_often, unexpected;
  for (const auto& [value, arrivals] : ledger.all()) {
    const std::size_t times = arrivals.events.size();
    if (arrivals.wanted == 0) {
      unexpected.push_back(quoted(value) + " in " + shown(*arrivals.events.front(), observation));
    } else if (times > arrivals.wanted) {
      too_often.push_back(
          fmt::format("{} {} times ({})", quoted(value), times, shown_all(arrivals.events, observation)));
    } else if (times > 0 && times < arrivals.wanted) {
      missing.push_back(fmt::format("{} ({} of {})", quoted(value), times, arrivals.wanted));
    } else if (times == 0) {
      missing.push_back(quoted(value));
    }
  }
  std::vector<std::string> parts;
  if (!missing.empty()) parts.push_back("missing: " + listed(missing));
  if (!too_often.empty()) parts.push_back("too often: " + listed(too_often));
  if (!unexpected.empty()) parts.push_back("not expected: " + listed(unexpected));
  return fmt::format("{}", fmt::join(parts, "; "));
}

}  // namespace

Answer answer_exactly_once(const ExactlyOnceCheck& question, const Evidence& evidence) {
  Answer answer{.expected = "every value of " + words_for(question.of) + " comes exactly once as " +
                            words_for(question.as) + ", and no other"};
  Ledger ledger;
  // A value that was drawn or printed several times is wanted as many times.
  for (const std::string& value : values_of(question.of, evidence)) ++ledger[value].wanted;
  const auto events = events_of(evidence.lab, evidence.observation, {question.as.event});
  for (const Event& event : events) ledger[event.field(question.as.field)].events.push_back(&event);

  answer.seen = difference(ledger, evidence.observation);
  if (!answer.seen.empty()) answer.verdict = Verdict::kFailed;
  return answer;
}

}  // namespace jitterlab
