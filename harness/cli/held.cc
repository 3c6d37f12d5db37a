// The schedule is carried out twice: once to learn who would be held where, since that is read when an execution is
// over, and once more to hold them. Under control both are the same, process ids included.
#include "cli/held.h"

#include <unistd.h>

#include <algorithm>

#include "analysis/task_list.h"
#include "os/error.h"
#include "os/fd.h"
#include "os/spawn.h"
#include "report/page.h"
#include "run/run_execution.h"
#include "sandbox/box.h"
#include "schedule/callers.h"

namespace jitterlab {
namespace {

struct HeldTask {
  std::string name;
  int pid = 0;        // in the box
  std::string calls;  // "prog.c: work() line 59 > P() line 55", the last is where it is
};

struct HeldTasks {
  std::vector<HeldTask> tasks;
  std::size_t steps = 0;  // carried out before
  bool at_rest = false;
};

std::size_t steps_of(const Trace& trace) {
  return static_cast<std::size_t>(std::count_if(trace.events.begin(), trace.events.end(), [](const TraceEvent& event) {
    return event.kind == TraceEvent::Kind::kExecuted;
  }));
}

// As far as the agent wrote down who called.
std::string calls_of(const ControlledEnd& end, const WaitingTask& task, const Places& places) {
  const std::uint64_t place = task.operation.place;
  std::string text, file;
  for (const std::uint64_t at : {second_caller_of(place, task.callers), caller_of(place, task.callers), place}) {
    const CodePlace code = at == 0 ? CodePlace{} : places.code(end, at);
    if (!code.is_known()) continue;
    if (code.file != file)
      text += (text.empty() ? "" : " > ") + code.file + ": ";
    else
      text += " > ";
    file = code.file;
    text += code.function + "() line " + std::to_string(code.line);
  }
  return text.empty() ? "an unknown place" : text;
}

HeldTasks held_tasks(const Observation& observation, const ProgramSources& sources) {
  if (!observation.controlled) throw Error("the programs are not under control, so that they cannot be held");
  const ControlledEnd& end = *observation.controlled;
  HeldTasks held;
  held.steps = steps_of(end.trace);
  held.at_rest = observation.came_to_rest;
  const std::vector<WaitingTask>& tasks = end.is_held ? end.held : end.waiting;
  if (!end.is_held && !held.at_rest) {
    throw Error("the execution ends after " + std::to_string(held.steps) +
                " steps, so that nobody can be held; --stop-at takes a number up to that");
  }
  PlaceQuestions questions;
  for (const WaitingTask& task : tasks) questions.add(end, task.operation, task.callers);
  const Places places = look_up(questions, sources);
  const TaskList names(observation);
  for (const WaitingTask& task : tasks)
    held.tasks.push_back({names.name(task.id), task.pid, calls_of(end, task, places)});
  return held;
}

std::vector<std::string> gdb_command(int pid, const std::vector<std::string>& folders) {
  // The programs were compiled, and run, where gdb is not.
  std::vector<std::string> words = {"gdb", "-q", "-iex", "set sysroot /proc/" + std::to_string(pid) + "/root"};
  for (const std::string& folder : folders) words.insert(words.end(), {"-d", folder});
  words.insert(words.end(), {"-p", std::to_string(pid)});
  return words;
}

std::string as_typed(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    const bool plain = word.find_first_of(" '\"\\$`;&|()<>*?#~") == std::string::npos && !word.empty();
    std::string quoted;
    for (const char character : word) quoted += character == '\'' ? "'\\''" : std::string(1, character);
    text += (text.empty() ? "" : " ") + (plain ? word : "'" + quoted + "'");
  }
  return text;
}

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(text.size(), width), ' ');
  return text;
}

void show(const HeldTasks& held, const std::map<int, int>& on_host, const ToHold& what) {
  constexpr int kColumns = 100;
  Page page(kColumns, false);
  page.say(0, held.at_rest ? "Held after " + std::to_string(held.steps) +
                                 " steps: everyone waits, and nobody can go on. The next of each:"
                           : "Held before step " + std::to_string(held.steps + 1) + ". What each is about to do:");
  std::size_t width = 0;
  for (const HeldTask& task : held.tasks) width = std::max(width, task.name.size());
  for (const HeldTask& task : held.tasks) {
    const auto pid = on_host.find(task.pid);
    const std::string process = pid == on_host.end() ? "?" : std::to_string(pid->second);
    constexpr std::size_t kProcess = 21;
    page.item(static_cast<int>(width + kProcess), "  " + padded(task.name, width) + "  process " + process, task.calls);
  }
  for (const HeldTask& task : held.tasks) {
    const auto pid = on_host.find(task.pid);
    if (pid == on_host.end()) continue;
    page.blank();
    page.say(0, "In a debugger, here " + task.name + ":");
    page.command(2, as_typed(gdb_command(pid->second, what.folders)));
    page.say(0,
             "Its own code is below the frames of jitterlab: `backtrace`, then `frame N`. It cannot be made to go on "
             "from there; hold it at a later step instead.");
    page.say(0, "What the system sees in there, here the System V objects:");
    page.command(2, "nsenter --target " + std::to_string(pid->second) + " --all ipcs");
    break;
  }
  write_all(STDOUT_FILENO, page.text());
}

void wait_for_a_line() {
  write_all(STDERR_FILENO, "Nothing moves until you press Enter.\n");
  char byte = 0;
  while (::read(STDIN_FILENO, &byte, 1) == 1 && byte != '\n') continue;
}

const HeldTask& find_task(const HeldTasks& held, const std::string& name) {
  std::vector<std::string> names;
  for (const HeldTask& task : held.tasks) {
    if (task.name == name) return task;
    names.push_back("\"" + task.name + "\"");
  }
  throw Error("nobody called \"" + name + "\" is held there; --gdb takes one of " + joined(names));
}

}  // namespace

int hold(const ToHold& what, const Options& options) {
  Schedule schedule = what.schedule;
  if (options.stop_at != "end") schedule.stop_at = static_cast<std::uint32_t>(std::stoul(options.stop_at));
  const auto box = Box::open(what.lanes.setup);
  const auto run = [&](const std::function<void()>& look) {
    return run_and_look(*box, what.lab, what.lanes.programs, what.execution, schedule, look);
  };
  const HeldTasks held = held_tasks(run({}), what.sources);
  const HeldTask* debugged = options.gdb.empty() ? nullptr : &find_task(held, options.gdb);
  run([&] {
    const std::map<int, int> on_host = box->processes();
    show(held, on_host, what);
    const auto pid = debugged == nullptr ? on_host.end() : on_host.find(debugged->pid);
    if (debugged == nullptr) return wait_for_a_line();
    if (pid == on_host.end()) throw Error(options.gdb + " has ended meanwhile");
    run_in_terminal(gdb_command(pid->second, what.folders));
  });
  return 0;
}

}  // namespace jitterlab
