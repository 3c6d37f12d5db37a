// `sequence`: which orders of events are right.
#include "check/event_stream.h"
#include "check/excerpt.h"
#include "check/question.h"
#include "check/sequence_expression.h"

namespace jitterlab {
namespace {

// What is wrong with a sequence that does not match.
std::string complaint(const SequenceExpression& expression, const EventGroup& group, const Observation& observation) {
  const std::vector<std::string> names = names_of(group.events);
  if (names.empty()) return "none of these events was printed";
  const auto fits = expression.continuable(names);
  if (!fits) return "this does not match: " + trail(names, names.size(), "the end");
  if (*fits == names.size()) return "it ends too early: " + trail(names, *fits, "the end");
  return "after " + counted(*fits, "event that fits", "events that fit") + " came " +
         shown(*group.events[*fits], observation) + ": " + trail(names, *fits, "here");
}

}  // namespace

Answer answer_sequence(const SequenceCheck& question, const Evidence& evidence) {
  Answer answer{.expected = "the events come in the order `" + question.expression + "`"};
  if (!question.per.empty()) answer.expected += ", for each `" + question.per + "` by itself";
  const SequenceExpression expression(question.expression, question.events);
  const auto events = events_of(evidence.lab, evidence.observation, question.events);

  std::vector<std::string> complaints;
  for (const EventGroup& group : grouped_by(events, question.per)) {
    if (expression.matches(names_of(group.events))) continue;
    const std::string whose = question.per.empty() ? "" : "for `" + question.per + "` " + quoted(group.value) + ": ";
    complaints.push_back(whose + complaint(expression, group, evidence.observation));
  }
  if (complaints.empty()) return answer;
  answer.verdict = Verdict::kFailed;
  answer.seen = listed(complaints, "; ");
  return answer;
}

}  // namespace jitterlab
