#include <algorithm>
#include <set>

#include "report/exploration_report.h"
#include "report/failure_told.h"

namespace jitterlab {
namespace {

constexpr int kMostSteps = 60;
constexpr std::size_t kMostOutputs = 6, kMostLines = 6;

std::string times(std::uint64_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

FailureTold told(const ExploredFailure& failure, const ExploredPrograms& explored) {
  FailureTold told;
  told.title = failure.what;
  told.facts.push_back(std::to_string(failure.times) + " of " + times(explored.executions, "schedule"));
  if (!failure.found_by.empty())
    told.remarks.push_back("No schedule of the search showed it; " + found_by_words(failure));
  if (failure.is_repeated)
    told.facts.push_back("shown with " + times(static_cast<std::uint64_t>(failure.preemptions), "preemption"));
  else
    told.remarks.push_back(
        "It did not come again when the same schedule was carried out a second time: the program does not depend on "
        "the schedule alone.");
  told.explanation = &failure.explanation;
  for (const ToldRace& race : explored.races) told.races.push_back(&race);
  if (failure.is_repeated && failure.explanation.story.steps.empty())
    told.steps = steps_listing(failure.trace, kMostSteps);
  told.loops = failure.loops;
  told.output = failure.output;
  if (!failure.token.empty()) told.command = "jitterlab replay " + failure.token + " " + explored.command;
  return told;
}

void tell_outputs(Html& html, const ExploredPrograms& explored) {
  if (explored.outputs.size() < 2) return;
  html.open("section", {{"class", "outputs"}, {"aria-labelledby", "outputs-title"}});
  html.element("h2", {{"id", "outputs-title"}}, times(explored.outputs.size(), "different output"));
  std::size_t shown = 0;
  for (const ExploredOutput& output : explored.outputs) {
    if (shown++ == kMostOutputs) {
      html.element("p", {{"class", "aside"}},
                   "… and " + std::to_string(explored.outputs.size() - kMostOutputs) + " more");
      break;
    }
    html.open("div", {{"class", "said"}}).element("h4", times(output.times, "schedule"));
    show_text(html, output.text.empty() ? "(nothing)" : output.text, kMostLines);
    html.close();
  }
  html.close();
}

void tell_head(Html& html, const ExploredPrograms& explored) {
  html.open("header", {{"class", "page-head"}});
  html.open("p", {{"class", "what"}}).text("jitterlab explore ").element("code", explored.command).close();
  html.element("h1", explored.failures.empty() ? "No failure in " + explored.strength
                                               : times(explored.failures.size(), "kind") + " of failure in " +
                                                     times(explored.executions, "schedule"));
  for (const std::string& remark : explored.remarks) html.element("p", {{"class", "aside"}}, remark);
  if (explored.is_stopped) html.element("p", {{"class", "aside"}}, "Stopped before all were done.");
  html.close();
}

}  // namespace

std::string replay_html(const ExploredFailure& failure, const std::string& command, const SourceTexts& sources) {
  Html html("jitterlab: " + command);
  html.open("main").open("header", {{"class", "page-head"}});
  html.open("p", {{"class", "what"}}).text("jitterlab replay ").element("code", command).close();
  html.element("h1", failure.what.empty() ? "This schedule ends well" : "This schedule fails").close();
  FailureTold told;
  told.title = failure.what.empty() ? "No failure" : failure.what;
  told.explanation = &failure.explanation;
  if (failure.explanation.story.steps.empty()) told.steps = steps_listing(failure.trace, kMostSteps);
  told.output = failure.output;
  tell_failure(html, told, sources, 1);
  return html.finish();
}

std::string exploration_html(const ExploredPrograms& explored) {
  Html html("jitterlab: " + explored.command);
  html.open("main");
  tell_head(html, explored);
  std::set<const ToldRace*> shown;
  int number = 0;
  for (const ExploredFailure& failure : explored.failures) {
    const FailureTold one = told(failure, explored);
    tell_failure(html, one, explored.sources, ++number);
    shown.insert(race_of(one));
  }
  std::vector<const ToldRace*> others;
  for (const ToldRace& race : explored.races) {
    if (shown.count(&race) == 0) others.push_back(&race);
  }
  tell_races(html, others, explored.sources);
  std::vector<const ToldFound*> found;
  for (const ToldFound& one : explored.found) found.push_back(&one);
  tell_found(html, found, explored.sources);
  tell_outputs(html, explored);
  html.open("footer");
  for (const auto& [why, count] : explored.not_judged)
    html.element("p", "Nothing can be said of " + times(count, "execution") + ": " + why + ".");
  if (!explored.failures.empty()) html.element("p", "Searched: " + explored.strength + ".");
  html.element("p", "Strategy " + explored.strategy + ", seed " + std::to_string(explored.seed) + ".");
  return html.finish();
}

}  // namespace jitterlab
