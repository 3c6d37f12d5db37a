#include "analysis/python_story.h"

#include <algorithm>
#include <map>

#include "lab/cut_text.h"
#include "schedule/python_place.h"

namespace jitterlab {
namespace {

constexpr std::size_t kMostText = 40;  // of a source line

// Steps of one task in one line, with no other task's in between.
struct Row {
  TaskId task = 0;
  std::uint64_t place = 0;  // of the first
  std::size_t event = 0;
  int step = 0;
  bool is_preemption = false;

  bool is_same(const Row& other) const {
    const PythonPlace one = python_place_of(place), two = python_place_of(other.place);
    return task == other.task && one.file == two.file && one.line == two.line;
  }
};

std::vector<Row> rows_of(const Trace& trace) {
  std::vector<Row> rows;
  int step = 0;
  for (std::size_t i = 0; i < trace.events.size(); ++i) {
    const TraceEvent& event = trace.events[i];
    if (event.kind != TraceEvent::Kind::kExecuted) continue;
    ++step;
    if (!is_python_place(event.operation.place)) continue;
    const Row row{event.task, event.operation.place, i, step, event.choice.is_preemption()};
    if (rows.empty() || !rows.back().is_same(row)) rows.push_back(row);
  }
  return rows;
}

std::string text_of(const SourceNames& names, const SourceLine& line) {
  return names.text_of ? cut_text(names.text_of(line), kMostText) : "";
}

SourceLine line_of(const SourceNames& names, std::uint64_t place) {
  return names.line_of ? names.line_of(place) : SourceLine{};
}

std::string line_words(std::uint64_t place) {
  const PythonPlace python = python_place_of(place);
  return "line " + std::to_string(python.line) + (python.file == 0 ? "" : " of another file");
}

StoryStep told(const Row& row, const TaskList& tasks, const SourceNames& names) {
  StoryStep step;
  step.step = row.step;
  step.task = tasks.name(row.task);
  step.id = row.task;
  step.line = line_of(names, row.place);
  step.what = text_of(names, step.line);
  if (step.what.empty()) step.what = line_words(row.place);
  step.is_preemption = row.is_preemption;
  step.event = row.event;
  return step;
}

// Where each task waits: in what line it called, or else the last one in which it was seen.
std::map<TaskId, Row> waiting_rows(const ControlledEnd& end, const std::vector<Row>& rows) {
  std::map<TaskId, Row> waiting;
  for (const Row& row : rows) waiting.insert_or_assign(row.task, row);
  for (const WaitingTask& task : end.waiting) {
    if (is_python_place(task.operation.place)) waiting[task.id] = {.task = task.id, .place = task.operation.place};
  }
  return waiting;
}

std::size_t first_difference(const std::vector<Row>& rows, const Trace* passing) {
  if (passing == nullptr) return rows.size();
  const std::vector<Row> others = rows_of(*passing);
  std::size_t i = 0;
  while (i < rows.size() && i < others.size() && rows[i].is_same(others[i])) ++i;
  return i;
}

}  // namespace

Story tell_python_story(const ControlledEnd& end, const TaskList& tasks, const SourceNames& names,
                        const Trace* passing) {
  const std::vector<Row> rows = rows_of(end.trace);
  const std::map<TaskId, Row> last = waiting_rows(end, rows);
  std::vector<StoryStep> waits;
  for (const WaitingTask& task : end.waiting) {
    const auto row = last.find(task.id);
    if (row == last.end() || waits.size() >= kMostStorySteps / 2) continue;
    waits.push_back(told(row->second, tasks, names));
    waits.back().what = "waits: " + waits.back().what;
    waits.back().step = 0;
    waits.back().is_preemption = false;
    waits.back().event = StoryStep::kWaits;
  }
  Story story;
  const std::size_t room = kMostStorySteps - waits.size();
  const std::size_t differs = first_difference(rows, passing);
  story.is_only_the_last = differs == rows.size();
  // The line before the first that differs tells where everybody was.
  const std::size_t begin =
      story.is_only_the_last ? rows.size() - std::min(rows.size(), room) : differs - (differs > 0);
  const std::size_t all = rows.size() - begin;
  const std::size_t first = all > room ? room / 2 : all, last_ones = all > room ? room - first : 0;
  const auto tell = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) story.steps.push_back(told(rows[i], tasks, names));
  };
  tell(begin, begin + first);
  tell(rows.size() - last_ones, rows.size());
  if (!story.steps.empty()) story.before = story.steps.front().step - 1;
  story.between = static_cast<int>(all - first - last_ones);
  story.steps.insert(story.steps.end(), waits.begin(), waits.end());
  for (const TaskSeen& task : tasks.all()) {
    const bool appears =
        std::any_of(story.steps.begin(), story.steps.end(), [&](const StoryStep& step) { return step.id == task.id; });
    if (appears) story.tasks.push_back(task.name);
  }
  return story;
}

Deadlock python_deadlock(const ControlledEnd& end, const TaskList& tasks, const SourceNames& names) {
  Deadlock deadlock;
  deadlock.headline = "Everyone waits, and nobody can go on.";
  const std::map<TaskId, Row> last = waiting_rows(end, rows_of(end.trace));
  for (const WaitingTask& task : end.waiting) {
    Waiter waiter;
    waiter.task = tasks.name(task.id);
    deadlock.at_fault.push_back(task.id);
    const auto row = last.find(task.id);
    if (row != last.end()) {
      const SourceLine line = line_of(names, row->second.place);
      waiter.place = line.is_known() ? words_of(line) : line_words(row->second.place);
      const std::string text = text_of(names, line);
      waiter.words = waiter.task + " waits at " + waiter.place + (text.empty() ? "." : ": " + text);
    } else {
      waiter.words = waiter.task + " waits.";
    }
    deadlock.waiters.push_back(std::move(waiter));
  }
  return deadlock;
}

}  // namespace jitterlab
