// `count` and `each`: events one by one, in no order.
#include <fmt/format.h>

#include <unordered_set>

#include "check/event_stream.h"
#include "check/excerpt.h"
#include "check/question.h"
#include "check/values.h"

namespace jitterlab {
namespace {

std::string words_for(const CountCheck::Range& range) {
  const std::string event = " `" + range.event + "`";
  if (!range.at_most) return fmt::format("at least {}", range.at_least) + event;
  if (*range.at_most == range.at_least) return fmt::format("exactly {}", range.at_least) + event;
  if (range.at_least == 0) return fmt::format("at most {}", *range.at_most) + event;
  return fmt::format("{} to {}", range.at_least, *range.at_most) + event;
}

bool holds(const CountCheck::Range& range, std::int64_t count) {
  return count >= range.at_least && (!range.at_most || count <= *range.at_most);
}

}  // namespace

Answer answer_count(const CountCheck& question, const Evidence& evidence) {
  Answer answer;
  for (const CountCheck::Range& range : question.ranges) {
    answer.expected += (answer.expected.empty() ? "" : ", ") + words_for(range);
    const auto events = events_of(evidence.lab, evidence.observation, {range.event});
    if (holds(range, static_cast<std::int64_t>(events.size()))) continue;
    answer.verdict = Verdict::kFailed;
    if (!answer.seen.empty()) answer.seen += "; ";
    answer.seen +=
        events.empty() ? "no `" + range.event + "` at all" : fmt::format("{} `{}`", events.size(), range.event);
    if (!events.empty()) answer.seen += ", the last one " + shown(events.back(), evidence.observation);
  }
  return answer;
}

Answer answer_each(const EachCheck& question, const Evidence& evidence) {
  Answer answer{.expected = "each " + words_for(question.of) + " is one of " + words_for(question.one_of)};
  const auto values = values_of(question.one_of, evidence);
  const std::unordered_set<std::string> allowed(values.begin(), values.end());
  std::vector<std::string> others;
  for (const Event& event : events_of(evidence.lab, evidence.observation, {question.of.event})) {
    const std::string& value = event.field(question.of.field);
    if (!allowed.count(value)) others.push_back(quoted(value) + " in " + shown(event, evidence.observation));
  }
  if (others.empty()) return answer;
  answer.verdict = Verdict::kFailed;
  answer.seen = listed(others);
  return answer;
}

}  // namespace jitterlab
