#include "report/explanation_report.h"

#include "report/report.h"

namespace jitterlab {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kMostLines = 40;
constexpr int kGutter = 2;

void quote_lines(Page& page, int indent, const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += printable(line) + "\n";
  if (!text.empty()) page.quote(indent, text, kMostLines);
}

Json printable_list(const std::vector<std::string>& words) {
  Json list = Json::array();
  for (const std::string& one : words) list.push_back(printable(one));
  return list;
}

Json deadlock_json(const Deadlock& deadlock) {
  Json waiters = Json::array();
  for (const Waiter& waiter : deadlock.waiters) {
    waiters.push_back({{"task", printable(waiter.task)},
                       {"place", printable(waiter.place)},
                       {"thing", printable(waiter.thing)},
                       {"on", printable_list(waiter.on)},
                       {"words", printable(waiter.words)}});
  }
  return {{"kind", to_string(deadlock.kind)},
          {"headline", printable(deadlock.headline)},
          {"waiters", waiters},
          {"circle", printable_list(deadlock.circle)},
          {"conditions", printable_list(deadlock.conditions)}};
}

Json story_json(const Story& story) {
  Json steps = Json::array();
  for (const StoryStep& step : story.steps) {
    Json one = {{"step", step.step},
                {"task", printable(step.task)},
                {"what", printable(step.what)},
                {"preemption", step.is_preemption},
                {"no-return", step.is_no_return}};
    if (step.line.is_known()) {
      one["file"] = printable(step.line.file);
      one["line"] = step.line.line;
      one["function"] = printable(step.line.function);
    }
    steps.push_back(std::move(one));
  }
  return {{"before", story.before}, {"between", story.between}, {"steps", steps}};
}

}  // namespace

void tell_explanation(Page& page, int indent, const Explanation& explanation) {
  if (explanation.deadlock) quote_lines(page, indent, lines_of(*explanation.deadlock));
  if (!explanation.story.steps.empty()) {
    page.say(indent, explanation.story.is_only_the_last ? "The last steps:" : "How it came about:");
    quote_lines(page, indent, lines_of(explanation.story, page.columns() - indent - kGutter));
  }
  if (explanation.loops.empty()) return;
  page.say(indent, "Whoever of these runs, and however long, nobody gets on:");
  quote_lines(page, indent, explanation.loops);
}

nlohmann::ordered_json explanation_json(const Explanation& explanation) {
  Json json = Json::object();
  if (explanation.deadlock) json["deadlock"] = deadlock_json(*explanation.deadlock);
  if (!explanation.story.steps.empty()) json["story"] = story_json(explanation.story);
  if (!explanation.loops.empty()) json["loops"] = printable_list(explanation.loops);
  return json;
}

}  // namespace jitterlab
