#include <algorithm>
#include <map>
#include <string>

#include "report/exploration_report.h"
#include "schedule/python_place.h"
#include "schedule/task_paths.h"

namespace jitterlab {
namespace {

std::string words_of(StepKind kind) {
  switch (kind) {
    case StepKind::kRead:
      return "reads";
    case StepKind::kWrite:
      return "writes";
    case StepKind::kAtomic:
      return "reads and writes at once";
    case StepKind::kLock:
      return "takes";
    case StepKind::kUnlock:
      return "gives back";
    case StepKind::kSend:
      return "sends to";
    case StepKind::kReceive:
      return "receives from";
    case StepKind::kObject:
      return "makes, opens or changes";
    case StepKind::kStart:
      return "starts";
    case StepKind::kFork:
      return "makes a process or thread";
    case StepKind::kWait:
      return "waits for";
    case StepKind::kSignal:
      return "sends or gets a signal";
    case StepKind::kExit:
      return "ends";
    case StepKind::kSleep:
      return "sleeps";
    case StepKind::kOther:
      break;
  }
  return "calls";
}

bool names_an_object(StepKind kind) {
  return kind <= StepKind::kObject || kind == StepKind::kWait || kind == StepKind::kOther;
}

std::string python_words(const Operation& operation) {
  const PythonPlace place = python_place_of(operation.place);
  std::string text = operation.kind == StepKind::kRead    ? "reads in line "
                     : operation.kind == StepKind::kWrite ? "writes in line "
                                                          : "goes on in line ";
  text += std::to_string(place.line);
  return place.file == 0 ? text : text + " of another file";
}

std::string words_of(const TraceEvent& event) {
  const Operation& operation = event.operation;
  if (is_python_place(operation.place)) return python_words(operation);
  std::string text = words_of(operation.kind);
  if (names_an_object(operation.kind) && operation.object != 0) {
    text += " object " + std::to_string(operation.object);
    if (operation.size != 0) text += " at " + std::to_string(operation.offset);
  }
  if (operation.kind == StepKind::kRead) text += ": " + std::to_string(event.value);
  if ((event.flags & TraceEvent::kTimedOut) != 0) text += " (the time was over)";
  if ((event.flags & TraceEvent::kInterrupted) != 0) text += " (interrupted)";
  return text;
}

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(text.size() + 1, width), ' ');
  return text;
}

}  // namespace

std::string steps_listing(const Trace& trace, int most_lines) {
  TaskPaths names;
  std::string text;
  int step = 0, lines = 0;
  for (const TraceEvent& event : trace.events) {
    if (event.kind == TraceEvent::Kind::kCreated) {
      names.created(event);
      continue;
    }
    ++step;
    if (lines++ >= most_lines) continue;
    const std::string mark = event.choice.is_preemption() ? "> " : "  ";
    text += padded(std::to_string(step), 5) + mark + padded(names.of(event.task), 12) + words_of(event) + "\n";
  }
  if (lines > most_lines) text += "… and " + std::to_string(lines - most_lines) + " more steps\n";
  return text;
}

std::string loops_listing(const Trace& trace, const std::vector<TaskId>& tasks) {
  constexpr std::size_t kMostParts = 8;
  TaskPaths names;
  std::map<TaskId, std::vector<std::string>> parts;
  for (std::size_t i = 0; i < trace.events.size(); ++i) {
    const TraceEvent& event = trace.events[i];
    if (event.kind == TraceEvent::Kind::kCreated) names.created(event);
    if (event.kind == TraceEvent::Kind::kCreated || i < trace.before_loops) continue;
    std::vector<std::string>& known = parts[event.task];
    const std::string part = words_of(event);
    if (std::find(known.begin(), known.end(), part) == known.end()) known.push_back(part);
  }
  std::string text;
  for (const TaskId task : tasks) {
    const std::vector<std::string>& own = parts[task];
    text += names.of(task) + " goes round";
    for (std::size_t i = 0; i < own.size() && i < kMostParts; ++i) text += (i == 0 ? ": " : ", ") + own[i];
    text += own.size() > kMostParts ? ", …\n" : "\n";
  }
  return text;
}

std::string difference_words(const Difference& difference) {
  const auto side = [](const std::optional<Difference::Side>& one) {
    if (!one) return std::string("had ended");
    return "task " + std::to_string(one->number) + " " + words_of(one->event);
  };
  return "from step " + std::to_string(difference.step + 1) + " on: first " + side(difference.one) +
         ", the second time " + side(difference.other);
}

}  // namespace jitterlab
