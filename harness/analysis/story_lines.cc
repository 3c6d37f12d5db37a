// The two forms of a story as text.
#include <algorithm>
#include <set>

#include "analysis/story.h"

namespace jitterlab {
namespace {

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(text.size(), width), ' ');
  return text;
}

std::string right(const std::string& text, std::size_t width) {
  return text.size() >= width ? text : std::string(width - text.size(), ' ') + text;
}

std::string place_of(const StoryStep& step, bool with_file) {
  if (!step.line.is_known()) return "";
  return (with_file ? step.line.file + ":" : "") + std::to_string(step.line.line);
}

// The one file that all steps are in; empty when there are several.
std::string only_file(const Story& story) {
  std::set<std::string> files;
  for (const StoryStep& step : story.steps) {
    if (step.line.is_known()) files.insert(step.line.file);
  }
  return files.size() == 1 ? *files.begin() : "";
}

std::string times(int count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

struct Widths {
  std::size_t number = 4, place = 4, task = 0;
};

Widths widths_of(const Story& story, bool with_file) {
  Widths widths;
  for (const StoryStep& step : story.steps) {
    widths.number = std::max(widths.number, std::to_string(step.step).size());
    widths.place = std::max(widths.place, place_of(step, with_file).size());
    widths.task = std::max(widths.task, step.task.size());
  }
  return widths;
}

std::string begin_of_line(const StoryStep& step, const Widths& widths, bool with_file) {
  const std::string number = step.step == 0 ? "" : std::to_string(step.step);
  return right(number, widths.number) + (step.is_no_return ? '!' : ' ') + (step.is_preemption ? "> " : "  ") +
         right(place_of(step, with_file), widths.place) + "  ";
}

std::string trimmed(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

std::string heading(const Widths& widths) {
  return right("step", widths.number) + "   " + right("line", widths.place) + "  ";
}

std::vector<std::string> in_columns(const Story& story, bool with_file, std::size_t column) {
  const Widths widths = widths_of(story, with_file);
  std::string head = heading(widths);
  for (const std::string& task : story.tasks) head += padded(task, column);
  std::vector<std::string> lines = {trimmed(head)};
  for (const StoryStep& step : story.steps) {
    const auto place = std::find(story.tasks.begin(), story.tasks.end(), step.task) - story.tasks.begin();
    lines.push_back(begin_of_line(step, widths, with_file) +
                    std::string(static_cast<std::size_t>(place) * column, ' ') + step.what);
  }
  return lines;
}

std::vector<std::string> in_one_column(const Story& story, bool with_file) {
  const Widths widths = widths_of(story, with_file);
  std::vector<std::string> lines = {heading(widths) + "who"};
  for (const StoryStep& step : story.steps)
    lines.push_back(begin_of_line(step, widths, with_file) + padded(step.task, widths.task) + "  " + step.what);
  return lines;
}

// Width of a column when each task has one; 0: there is no room.
std::size_t column_width(const Story& story, bool with_file, int columns) {
  const Widths widths = widths_of(story, with_file);
  std::size_t column = 0, last = 0;
  for (const StoryStep& step : story.steps)
    (step.task == story.tasks.back() ? last : column) =
        std::max(step.task == story.tasks.back() ? last : column, step.what.size());
  for (const std::string& task : story.tasks) column = std::max(column, task.size());
  column += 2;
  const std::size_t all = heading(widths).size() + column * (story.tasks.size() - 1) + last;
  return all <= static_cast<std::size_t>(columns) ? column : 0;
}

// "" when no step is marked so.
std::string note_on(const Story& story, bool StoryStep::*mark, const std::string& note) {
  const bool has_one =
      std::any_of(story.steps.begin(), story.steps.end(), [&](const StoryStep& step) { return step.*mark; });
  return has_one ? note : "";
}

}  // namespace

void mark_no_return(Story& story, std::size_t step) {
  for (StoryStep& told : story.steps) {
    if (told.step == 0 || static_cast<std::size_t>(told.step) < step) continue;
    told.is_no_return = true;
    return;
  }
}

std::vector<std::string> lines_of(const Story& story, int columns) {
  if (story.steps.empty()) return {};
  const std::string file = only_file(story);
  const bool with_file = file.empty();
  std::vector<std::string> lines;
  const std::size_t column = column_width(story, with_file, columns);
  lines = column != 0 ? in_columns(story, with_file, column) : in_one_column(story, with_file);
  std::string notes;
  const auto add = [&](const std::string& note) { notes += (notes.empty() || note.empty() ? "" : "; ") + note; };
  if (!file.empty()) add("lines of " + file);
  if (story.before + story.between > 0)
    add(times(story.before, "step") + " before and " + std::to_string(story.between) + " in between left out");
  add(note_on(story, &StoryStep::is_preemption, "> the task before could have gone on"));
  add(note_on(story, &StoryStep::is_no_return, "! from here on no way was found to avoid it"));
  if (!notes.empty()) lines.push_back("(" + notes + ")");
  return lines;
}

}  // namespace jitterlab
