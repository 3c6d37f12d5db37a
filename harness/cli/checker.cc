#include "cli/checker.h"

#include <chrono>

#include "os/error.h"
#include "run/observation_json.h"

namespace jitterlab {
namespace {

// A checking program that takes longer is broken: its answer is "not graded".
constexpr auto kMostTime = std::chrono::seconds(30);
constexpr char kPython[] = "/usr/bin/python3";

// By itself Python exits with 1 after an exception, which would be the answer "failed".
constexpr char kRunPython[] = R"(import runpy, sys, traceback
del sys.argv[0]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
except SystemExit:
    raise
except BaseException as error:
    print(*traceback.format_exception_only(error), traceback.format_exc(), file=sys.stderr)
    sys.exit(3)
)";

}  // namespace

void Checker::open_box() {
  BoxSetup setup;
  setup.trust = trust_;
  for (const auto& [name, path] : built_.checkers) setup.mounts.push_back({path, "checks/" + name});
  box_ = Box::open(setup);
}

ProgramAnswer Checker::operator()(const ProgramCheck& check, const Observation& observation) {
  if (!box_) open_box();
  const auto found = built_.checkers.find(check.program);
  if (found == built_.checkers.end()) throw Error("the checking program " + check.program + " was not built");
  Launch launch;
  if (found->second.ends_with(".py")) launch.arguments = {kPython, "-c", kRunPython};
  launch.arguments.push_back(box_->inside("checks/" + check.program));
  launch.arguments.insert(launch.arguments.end(), check.arguments.begin(), check.arguments.end());
  launch.environment = {"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"};
  launch.as_compiler = true;
  box_->begin({}, std::nullopt);
  box_->start(launch);
  box_->feed(0, to_json_text(observation));
  box_->close_input(0);
  ProgramAnswer answer;
  std::string errors;
  const auto take_in = [&](const BoxEvent& event) {
    if (event.kind == BoxEvent::Kind::kOutput) (event.error_stream ? errors : answer.text) += event.bytes;
    if (event.kind != BoxEvent::Kind::kEnded || event.ending.kind() != Ending::Kind::kExited) return;
    answer.ended = true;
    answer.exit_code = event.ending.exit_code();
  };
  const auto deadline = std::chrono::steady_clock::now() + kMostTime;
  for (;;) {
    const BoxEvent event = box_->next(deadline);
    take_in(event);
    if (event.kind == BoxEvent::Kind::kNothing || event.kind == BoxEvent::Kind::kEnded ||
        event.kind == BoxEvent::Kind::kLimit)
      break;
  }
  for (const BoxEvent& event : box_->finish().late) {
    if (event.kind == BoxEvent::Kind::kOutput) take_in(event);
  }
  // What it says to its author matters only when it broke.
  if (!answer.ended || answer.exit_code > 1) answer.text += errors;
  return answer;
}

}  // namespace jitterlab
