// `order` and `at-most`: what a prefix of the events already decides.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "check/event_stream.h"
#include "check/excerpt.h"
#include "check/question.h"
#include "check/values.h"

namespace jitterlab {
namespace {

using Positions = std::unordered_map<std::string, std::vector<std::size_t>>;

Positions positions_of(const std::vector<std::string>& values) {
  Positions positions;
  for (std::size_t i = 0; i < values.size(); ++i) positions[values[i]].push_back(i);
  return positions;
}

// The first event that comes too late, after the value that should have come later; empty when all is in order.
// Values that are not expected at all, and values that come twice, are for other checks to complain about.
std::string disorder(const EventGroup& group, const std::string& field, const Positions& positions,
                     const Observation& observation) {
  std::size_t reached = 0;
  const Event* before = nullptr;
  for (const Event* event : group.events) {
    const auto found = positions.find(event->field(field));
    if (found == positions.end()) continue;
    const auto place = std::lower_bound(found->second.begin(), found->second.end(), reached);
    if (place == found->second.end()) {
      return quoted(event->field(field)) + " came after " + quoted(before->field(field)) + ": " +
             shown(*before, observation) + ", later " + shown(*event, observation);
    }
    reached = *place;
    before = event;
  }
  return "";
}

std::string whose(const std::string& per, const EventGroup& group) {
  return per.empty() ? "" : "for `" + per + "` " + quoted(group.value) + ": ";
}

std::string per_words(const std::string& per) { return per.empty() ? "" : ", for each `" + per + "` by itself"; }

// Where more than k are inside; empty when there is no such place.
std::string crowd(const EventGroup& group, const AtMostCheck& question, const Observation& observation) {
  int inside = 0;
  for (std::size_t i = 0; i < group.events.size(); ++i) {
    const bool enters = group.events[i]->name() == question.enter;
    // A leave without an enter (a line printed twice) must not make room.
    inside = enters ? inside + 1 : std::max(0, inside - 1);
    if (inside > question.k) {
      return fmt::format("{} were inside at {}: {}", inside, shown(*group.events[i], observation),
                         trail(names_of(group.events), i, "here"));
    }
  }
  return "";
}

Answer answer_from(const std::string& expected, const std::vector<std::string>& complaints) {
  return {.verdict = complaints.empty() ? Verdict::kPassed : Verdict::kFailed,
          .expected = expected,
          .seen = listed(complaints, "; ")};
}

}  // namespace

Answer answer_order(const OrderCheck& question, const Evidence& evidence) {
  const Positions positions = positions_of(values_of(question.as, evidence));
  const auto events = events_of(evidence.lab, evidence.observation, {question.of.event});
  std::vector<std::string> complaints;
  for (const EventGroup& group : grouped_by(events, question.per)) {
    const std::string complaint = disorder(group, question.of.field, positions, evidence.observation);
    if (!complaint.empty()) complaints.push_back(whose(question.per, group) + complaint);
  }
  return answer_from("the values of " + words_for(question.of) + " come in the order of " + words_for(question.as) +
                         per_words(question.per),
                     complaints);
}

Answer answer_at_most(const AtMostCheck& question, const Evidence& evidence) {
  const auto events = events_of(evidence.lab, evidence.observation, {question.enter, question.leave});
  std::vector<std::string> complaints;
  for (const EventGroup& group : grouped_by(events, question.per)) {
    const std::string complaint = crowd(group, question, evidence.observation);
    if (!complaint.empty()) complaints.push_back(whose(question.per, group) + complaint);
  }
  return answer_from(fmt::format("never more than {} between `{}` and `{}`{}", question.k, question.enter,
                                 question.leave, per_words(question.per)),
                     complaints);
}

}  // namespace jitterlab
