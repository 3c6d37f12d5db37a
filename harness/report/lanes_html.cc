// A story as lanes, one for each task. The lines between the lanes are drawn in per cent, so that they fit whatever
// width and height the style gives; which steps are where, the classes say: lane-0, lane-1, ….
#include <algorithm>
#include <set>

#include "report/failure_told.h"

namespace jitterlab {
namespace {

constexpr std::size_t kMostLanes = 12;  // as many as the style has classes for
// What fits into one line: fewer letters in lanes further to the right.
constexpr std::size_t kMostLetters = 39, kLettersOfALane = 7;
constexpr int kLinesAround = 4;

struct Row {
  const StoryStep* step = nullptr;
  std::string number;  // as the failing schedule counts
  std::size_t lane = 0;
  std::size_t key = 0;  // 1, 2, …: of the steps that matter; 0: none of them
  bool is_only_here = false;
  int twin = -1;  // the same number for the same step of both schedules
  std::vector<std::string> notes;
};

struct Run {
  std::string name, words, style;
  std::vector<std::string> lanes;
  std::vector<Row> rows;
  std::vector<HandOver> hand_overs;
  std::string left_out;
};

std::string words_of(const StoryStep& step) { return step.task + " " + step.what; }

// A wait that does not end has none.
std::string number_of(const StoryStep& step) { return step.step == 0 ? "\u2026" : std::to_string(step.step); }

std::size_t lane_of(const std::vector<std::string>& lanes, const std::string& task) {
  return static_cast<std::size_t>(std::find(lanes.begin(), lanes.end(), task) - lanes.begin());
}

std::size_t key_of(const StoryBeside& beside, int index) {
  const auto found = std::find(beside.key.begin(), beside.key.end(), static_cast<std::size_t>(index));
  return found == beside.key.end() ? 0 : static_cast<std::size_t>(found - beside.key.begin()) + 1;
}

std::string times(int count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

std::string legend(const Run& run) {
  const bool is_switched =
      std::any_of(run.rows.begin(), run.rows.end(), [](const Row& row) { return row.step->is_preemption; });
  std::string words;
  if (is_switched) words += "Dashed line: a switch, though the task before could have gone on. ";
  if (!run.hand_overs.empty()) words += "Arrow: the one step lets the other go on. ";
  return words;
}

Run failing_run(const Explanation& explanation) {
  const Story& story = explanation.story;
  Run run;
  run.name = "Fails";
  run.words = "Steps of the schedule that fails";
  run.style = "fails";
  run.lanes = story.tasks;
  for (std::size_t i = 0; i < story.steps.size(); ++i) {
    const StoryStep& step = story.steps[i];
    Row row{&step, number_of(step), lane_of(run.lanes, step.task), key_of(explanation.beside, static_cast<int>(i))};
    row.twin = static_cast<int>(i);
    if (step.event == StoryStep::kWaits) row.notes.push_back("It waits here to the end.");
    if (step.is_preemption)
      row.notes.push_back(i == 0 ? "The task before could have gone on."
                                 : "Switched here: the task before could have gone on.");
    for (const HandOver& hand_over : explanation.beside.hand_overs) {
      if (hand_over.to == i)
        row.notes.push_back("Can go on since step " + number_of(story.steps[hand_over.from]) + ": " +
                            words_of(story.steps[hand_over.from]) + ".");
    }
    run.rows.push_back(std::move(row));
  }
  run.hand_overs = explanation.beside.hand_overs;
  run.left_out = legend(run);
  if (story.before + story.between > 0)
    run.left_out +=
        times(story.before, "step") + " before and " + std::to_string(story.between) + " in between left out.";
  return run;
}

Run passing_run(const Explanation& explanation) {
  const Story& story = explanation.story;
  Run run;
  run.name = "Passes";
  run.words = "Steps of the schedule that passes";
  run.style = "passes";
  run.lanes = story.tasks;
  for (const StepBeside& beside : explanation.beside.passing) {
    if (lane_of(run.lanes, beside.step.task) == run.lanes.size() && run.lanes.size() < kMostLanes)
      run.lanes.push_back(beside.step.task);
    const std::size_t lane = lane_of(run.lanes, beside.step.task);
    if (lane == run.lanes.size()) continue;
    const bool is_only_here = beside.same_as < 0;
    Row row{&beside.step, is_only_here ? "+" : number_of(story.steps[static_cast<std::size_t>(beside.same_as)]),
            lane,         key_of(explanation.beside, beside.same_as),
            is_only_here, beside.same_as};
    if (is_only_here) row.notes.push_back("Not a step of the schedule that fails.");
    run.rows.push_back(std::move(row));
  }
  run.left_out = "Numbered as in the schedule that fails; + is done here only. ";
  if (explanation.beside.left_out > 0) run.left_out += times(explanation.beside.left_out, "step") + " left out.";
  return run;
}

std::string percent(double part, std::size_t whole) {
  const auto hundredths = static_cast<long>(part * 10000 / static_cast<double>(whole) + 0.5);
  return std::to_string(hundredths / 100) + "." + std::to_string(hundredths % 100 / 10) + "%";
}

std::string x_of(const Run& run, std::size_t lane) {
  return percent(static_cast<double>(lane) + 0.5, run.lanes.size());
}

std::string y_of(const Run& run, std::size_t row) { return percent(static_cast<double>(row) + 0.5, run.rows.size()); }

void draw_line(Html& html, const Run& run, std::size_t from, std::size_t to, const char* style,
               const std::string& head) {
  html.element("line", {{"class", style},
                        {"x1", x_of(run, run.rows[from].lane)},
                        {"y1", y_of(run, from)},
                        {"x2", x_of(run, run.rows[to].lane)},
                        {"y2", y_of(run, to)},
                        {"marker-end", head}});
}

void draw_dot(Html& html, const Run& run, std::size_t i) {
  const Row& row = run.rows[i];
  const bool waits = row.step->event == StoryStep::kWaits;
  html.element("circle", {{"class", row.key > 0 ? "dot key-" + std::to_string(row.key)
                                    : waits     ? "dot waits"
                                                : "dot"},
                          {"cx", x_of(run, row.lane)},
                          {"cy", y_of(run, i)},
                          {"r", row.key > 0 ? "10" : "5"}});
}

// Behind the steps: nothing of it is needed to understand them.
void draw(Html& html, const Run& run, int number) {
  const std::string arrow = "arrow-" + std::to_string(number);
  html.open("svg", {{"class", "rails"}, {"aria-hidden", "true"}, {"focusable", "false"}});
  html.open("defs").open("marker", {{"id", arrow},
                                    {"viewBox", "0 0 10 10"},
                                    {"refX", "15"},
                                    {"refY", "5"},
                                    {"markerWidth", "8"},
                                    {"markerHeight", "8"},
                                    {"orient", "auto"}});
  html.element("path", {{"d", "M0 0 10 5 0 10z"}}).close().close();
  for (std::size_t lane = 0; lane < run.lanes.size(); ++lane) {
    const std::string x = x_of(run, lane);
    html.element("line", {{"class", "rail"}, {"x1", x}, {"y1", "0"}, {"x2", x}, {"y2", "100%"}});
  }
  for (const HandOver& hand_over : run.hand_overs)
    draw_line(html, run, hand_over.from, hand_over.to, "hand-over", "url(#" + arrow + ")");
  std::vector<std::size_t> key(2, run.rows.size());
  for (std::size_t i = 0; i < run.rows.size(); ++i) {
    if (run.rows[i].key == 1 || run.rows[i].key == 2) key[run.rows[i].key - 1] = i;
  }
  if (key[0] < run.rows.size() && key[1] < run.rows.size()) draw_line(html, run, key[0], key[1], "between-key", "none");
  for (std::size_t i = 0; i < run.rows.size(); ++i) draw_dot(html, run, i);
  html.close();
}

// All numbers of a failure's steps, those of the passing schedule after those of the failing one, are in one group, so
// that the arrow keys walk through both.
void tell_row(Html& html, const Row& row, int number, int place, bool is_chosen) {
  std::string style = "step lane-" + std::to_string(row.lane);
  if (row.key > 0) style += " key key-" + std::to_string(row.key);
  if (row.step->is_preemption) style += " switched";
  if (row.is_only_here) style += " only-here";
  if (row.step->event == StoryStep::kWaits) style += " waits";
  if (row.twin >= 0) style += " twin-" + std::to_string(row.twin);
  html.open("li", {{"class", style}}).open("label");
  const std::string choice = "choice-" + std::to_string(place);
  const std::string group = "failure-" + std::to_string(number);
  if (is_chosen)
    html.single("input", {{"type", "radio"}, {"name", group}, {"class", choice}, {"checked", ""}});
  else
    html.single("input", {{"type", "radio"}, {"name", group}, {"class", choice}});
  html.element("span", {{"class", "number"}}, row.number).text(" ");
  html.element("span", {{"class", "who"}}, row.step->task).text(" ");
  html.open("span", {{"class", "what"}});
  if (row.key > 0) html.element("b", {{"class", "badge"}}, std::to_string(row.key)).text(" ");
  html.open("span", {{"class", "words"}}).text(row.step->what);
  if (row.step->is_no_return) html.text(" (from here on no way was found to avoid it)");
  html.close().close().text(" ");
  html.open("span", {{"class", "line"}});
  if (row.step->line.is_known())
    html.element("span", {{"class", "unseen"}}, "line ").text(std::to_string(row.step->line.line));
  html.close();
  for (const std::string& note : row.notes) html.text(" ").element("span", {{"class", "unseen"}}, note);
  html.close().close();
}

void tell_run(Html& html, const Run& run, int number, int picture, int first_place, int chosen) {
  const std::string lanes = " lanes-" + std::to_string(run.lanes.size());
  html.open("div", {{"class", "run " + run.style + lanes}});
  html.element("h4", run.name);
  html.open("div", {{"class", "heads"}, {"aria-hidden", "true"}});
  html.element("span", {{"class", "number"}}, "step");
  html.open("span", {{"class", "names"}});
  for (const std::string& lane : run.lanes) html.element("span", lane);
  html.close().element("span", {{"class", "line"}}, "line").close();
  html.open("div", {{"class", "picture"}});
  draw(html, run, picture);
  html.open("ol", {{"class", "steps"}, {"role", "radiogroup"}, {"aria-label", run.words}});
  for (std::size_t i = 0; i < run.rows.size(); ++i)
    tell_row(html, run.rows[i], number, first_place + static_cast<int>(i), first_place + static_cast<int>(i) == chosen);
  html.close().close();
  if (!run.left_out.empty()) html.element("p", {{"class", "aside"}}, run.left_out);
  html.close();
}

bool needs_two_lines(const Run& run) {
  return std::any_of(run.rows.begin(), run.rows.end(),
                     [](const Row& row) { return row.step->what.size() + row.lane * kLettersOfALane > kMostLetters; });
}

// What is shown of a step while it is chosen.
void tell_choice(Html& html, const Row& row, const SourceTexts& sources, const std::vector<SourceMark>& marks,
                 int place) {
  const StoryStep& step = *row.step;
  html.open("figure", {{"class", "choice shown-" + std::to_string(place) + (row.key > 0 ? " of-key" : "")}});
  html.open("figcaption");
  html.open("p").element("b", step.task).text(" ").element("code", step.what).close();
  for (const std::string& note : row.notes) html.element("p", {{"class", "note"}}, note);
  if (step.line.is_known())
    html.element("p", {{"class", "place"}},
                 step.line.file + ", line " + std::to_string(step.line.line) +
                     (step.line.function.empty() ? "" : ", in " + step.line.function + "()"));
  html.close();
  show_source(html, sources, step.line.file, step.line.line, kLinesAround, marks);
  html.close();
}

std::vector<SourceMark> marks_in(const Explanation& explanation, const std::string& file) {
  std::vector<SourceMark> marks;
  for (std::size_t k = 0; k < explanation.beside.key.size(); ++k) {
    const SourceLine& line = explanation.story.steps[explanation.beside.key[k]].line;
    const auto same = [&](const SourceMark& mark) { return mark.line == line.line; };
    if (line.file == file && std::none_of(marks.begin(), marks.end(), same))
      marks.push_back({line.line, std::to_string(k + 1)});
  }
  return marks;
}

void tell_choices(Html& html, const Explanation& explanation, const std::vector<const Run*>& runs,
                  const SourceTexts& sources) {
  html.open("div", {{"class", "choices"}, {"aria-live", "polite"}});
  html.element("h4", "Source of the chosen step");
  int place = 0;
  for (const Run* run : runs) {
    for (const Row& row : run->rows)
      tell_choice(html, row, sources, marks_in(explanation, row.step->line.file), place++);
  }
  html.close();
}

}  // namespace

void tell_lanes(Html& html, const Explanation& explanation, const SourceTexts& sources, int number) {
  const Run failing = failing_run(explanation), passing = passing_run(explanation);
  const int chosen = explanation.beside.key.empty() ? 0 : static_cast<int>(explanation.beside.key[0]);
  const bool is_tall = needs_two_lines(failing) || needs_two_lines(passing);
  html.open("div", {{"class", is_tall ? "story tall" : "story"}});
  tell_run(html, failing, number, 2 * number, 0, chosen);
  std::vector<const Run*> runs = {&failing};
  if (!passing.rows.empty()) {
    runs.push_back(&passing);
    tell_run(html, passing, number, 2 * number + 1, static_cast<int>(failing.rows.size()), chosen);
  }
  tell_choices(html, explanation, runs, sources);
  html.close();
}

}  // namespace jitterlab
