// One failure in a page: what happened, the steps that matter, how it came about, what to do.
#include <algorithm>

#include "report/failure_told.h"

namespace jitterlab {
namespace {

constexpr std::size_t kMostOutput = 12, kMostSteps = 40;
constexpr int kLinesAround = 1;

bool touches(const ToldAccess& access, const SourceLine& line) {
  return line.is_known() && access.place.file == line.file && access.place.line == line.line;
}

bool tells(const ToldRace& race, const StoryStep& one, const StoryStep& other) {
  const bool is_named = !race.variable.empty() && one.what.find(race.variable) != std::string::npos &&
                        other.what.find(race.variable) != std::string::npos;
  return is_named && ((touches(race.first, one.line) && touches(race.second, other.line)) ||
                      (touches(race.first, other.line) && touches(race.second, one.line)));
}

void tell_words(Html& html, const char* title, const std::string& text) {
  if (text.empty()) return;
  html.open("div", {{"class", "said"}}).element("h4", title);
  show_text(html, text, kMostOutput);
  html.close();
}

void tell_lead(Html& html, const FailureTold& failure) {
  const Explanation& explanation = *failure.explanation;
  if (explanation.deadlock) html.element("p", {{"class", "lead"}}, explanation.deadlock->headline);
  if (!explanation.beside.is_swapped) return;
  const StoryStep& one = explanation.story.steps[explanation.beside.key[0]];
  const StoryStep& other = explanation.story.steps[explanation.beside.key[1]];
  html.open("p", {{"class", explanation.deadlock ? "order" : "lead"}});
  html.text(one.task + " ").element("code", one.what).text(" before " + other.task + " ").element("code", other.what);
  html.text(". In the schedule that passes it is the other way round.").close();
}

void tell_side(Html& html, const std::string& word, const std::string& task, const std::string& what,
               const SourceLine& line, const SourceTexts& sources) {
  html.open("div", {{"class", "side key-" + word}});
  html.open("p").element("b", {{"class", "badge"}}, word).text(" ").element("b", task).text(" ");
  html.element("code", what).close();
  if (line.is_known())
    html.element("p", {{"class", "place"}},
                 line.file + ", line " + std::to_string(line.line) +
                     (line.function.empty() ? "" : ", in " + line.function + "()"));
  show_source(html, sources, line.file, line.line, kLinesAround, {{line.line, word}});
  html.close();
}

SourceLine line_of(const ToldAccess& access) { return {access.place.file, access.place.line, access.place.function}; }

void tell_deadlock(Html& html, const Deadlock& deadlock) {
  html.open("div", {{"class", "waits"}});
  draw_waits(html, deadlock);
  html.open("div").open("ul");
  for (const Waiter& waiter : deadlock.waiters) html.element("li", waiter.words);
  html.close();
  if (!deadlock.conditions.empty()) {
    html.open("details").element("summary", "The four conditions of Coffman, and what shows each").open("ul");
    for (const std::string& condition : deadlock.conditions) html.element("li", condition);
    html.close().close();
  }
  html.close().close();
}

void tell_story(Html& html, const FailureTold& failure, const SourceTexts& sources, int number) {
  const Explanation& explanation = *failure.explanation;
  const bool is_circle = explanation.deadlock && !explanation.deadlock->circle.empty();
  if (is_circle)
    tell_deadlock(html, *explanation.deadlock);
  else
    tell_key_steps(html, failure, sources);
  if (!explanation.story.steps.empty()) {
    html.element("h3", explanation.story.is_only_the_last ? "The last steps" : "How it came about");
    tell_lanes(html, explanation, sources, number);
  }
  if (explanation.deadlock && !is_circle) {
    html.element("h3", "Who waits for what");
    tell_deadlock(html, *explanation.deadlock);
  }
}

}  // namespace

const ToldRace* race_of(const FailureTold& failure) {
  const Explanation& explanation = *failure.explanation;
  const std::vector<StoryStep>& steps = explanation.story.steps;
  const std::vector<std::size_t>& key = explanation.beside.key;
  if (key.size() == 2) {
    for (const ToldRace* race : failure.races) {
      if (tells(*race, steps[key[0]], steps[key[1]])) return race;
    }
    return nullptr;
  }
  if (explanation.deadlock) return nullptr;
  for (const ToldRace* race : failure.races) {
    for (std::size_t i = 0; i < steps.size(); ++i) {
      for (std::size_t k = i + 1; k < steps.size(); ++k) {
        if (tells(*race, steps[i], steps[k])) return race;
      }
    }
  }
  return nullptr;
}

void tell_key_steps(Html& html, const FailureTold& failure, const SourceTexts& sources) {
  const Explanation& explanation = *failure.explanation;
  const std::vector<std::size_t>& key = explanation.beside.key;
  const ToldRace* race = race_of(failure);
  if (key.empty() && race == nullptr) return;
  html.open("div", {{"class", "pair"}});
  for (std::size_t k = 0; k < std::min<std::size_t>(key.size(), 2); ++k) {
    const StoryStep& step = explanation.story.steps[key[k]];
    tell_side(html, std::to_string(k + 1), step.task, step.what, step.line, sources);
  }
  if (key.empty()) {
    tell_side(html, "1", race->first.task, race->first.does + " " + race->variable, line_of(race->first), sources);
    tell_side(html, "2", race->second.task, race->second.does + " " + race->variable, line_of(race->second), sources);
  }
  html.close();
  if (race == nullptr) return;
  html.open("p", {{"class", "race"}}).element("b", "A race: ").text("nothing orders these two accesses to ");
  html.element("code", race->variable).text(".").close();
}

void tell_failure(Html& html, const FailureTold& failure, const SourceTexts& sources, int number) {
  const std::string id = "failure-" + std::to_string(number);
  html.open("section", {{"class", "failure"}, {"id", id}, {"aria-labelledby", id + "-title"}});
  html.open("header").element("h2", {{"id", id + "-title"}}, failure.title);
  html.open("ul", {{"class", "facts"}});
  if (!failure.points.empty()) html.element("li", {{"class", "points"}}, failure.points);
  for (const std::string& fact : failure.facts) html.element("li", fact);
  html.close().close();
  tell_lead(html, failure);
  if (failure.expected.size() + failure.seen.size() > 0) {
    html.open("div", {{"class", "answer"}});
    tell_words(html, "Expected", failure.expected);
    tell_words(html, "Seen", failure.seen);
    html.close();
  }
  tell_story(html, failure, sources, number);
  if (failure.explanation->story.steps.empty() && !failure.steps.empty()) {
    html.element("h3", "Its steps");
    show_text(html, failure.steps, kMostSteps);
  }
  if (!failure.loops.empty()) {
    html.element("h3", "Whoever of these runs, and however long, nobody gets on");
    show_text(html, failure.loops, kMostOutput);
  }
  for (const std::string& remark : failure.remarks) html.element("p", {{"class", "aside"}}, remark);
  html.open("div", {{"class", "next"}});
  if (!failure.hint.empty()) {
    html.open("div", {{"class", "said hint"}}).element("h4", "Hint").element("p", failure.hint).close();
  }
  tell_words(html, "Its output", failure.output);
  if (!failure.command.empty()) {
    html.open("div", {{"class", "said"}}).element("h4", "To see it again");
    html.open("p", {{"class", "command"}}).element("code", failure.command).close().close();
  }
  html.close().close();
}

}  // namespace jitterlab
