// Where a thread of a Python program can be held up.
//
// The interpreter calls on_event() before every instruction of the student's code, and when any function begins. Level
// 1 makes steps where CPython 3.11 itself may give its lock to another thread: after a call of a function that is not
// written in Python, after a jump backwards, and when a function begins. What happens between two of these points no
// other thread can see, so that what is found there happens with this Python. Level 2 makes one before every
// instruction that can touch what other threads reach: Python as a language promises no more.
//
// Functions that come with Python (queue, threading) have no steps of their own but where they wait. One that is called
// by the student's code and has switch points itself counts as one: a step when it begins, and one when it is back.
//
// A process with one thread has no steps of either kind. If it has memory that other processes reach, there is a step
// before every instruction by which the student's code may get there: processes do run at the same time.
#include "agent/python_steps.h"

#include "agent/baton.h"
#include "agent/python_code.h"
#include "agent/step.h"
#include "agent/task.h"
#include "schedule/python_place.h"

namespace jitterlab {
namespace {

using Access = PythonMark::Access;
using Then = PythonMark::Then;

enum Event { kFunctionBegins = 0, kFunctionEnds = 3, kInstruction = 7 };  // PyTrace_…

constinit const PythonApi* api = nullptr;
constinit PythonLevel level = PythonLevel::kSwitchPoints;
constinit bool shares = false;
constinit bool has_steps = false;  // PythonTracing::kSteps

// Of a function that is running: the instruction that began last is one after which the interpreter looks for a switch.
struct Expected {
  const void* frame;
  Then then;
  int place;
};

// Functions of the calling thread that are running, each called by one further down. One that finds no room has no
// steps after its calls.
struct ExpectedPoints {
  static constexpr int kMost = 64;
  Expected points[kMost];
  int count;
};
__thread ExpectedPoints expected;

// Those above belong to functions that have ended.
Expected* find_expected(const void* frame) {
  for (int i = expected.count - 1; i >= 0; --i) {
    if (expected.points[i].frame != frame) continue;
    expected.count = i + 1;
    return &expected.points[i];
  }
  return nullptr;
}

void expect(const void* frame, Then then, int place) {
  Expected* known = find_expected(frame);
  if (known == nullptr && then == Then::kNothing) return;
  if (known == nullptr && expected.count < ExpectedPoints::kMost) known = &expected.points[expected.count++];
  if (known != nullptr) *known = {frame, then, place};
}

void forget(const void* frame) {
  if (find_expected(frame) != nullptr) --expected.count;
}

// ---- where the calling thread is -----------------------------------------------------------------------------------

// The student's function that is running, or has called what is. Its frame is not kept: it lives while it runs.
struct Running {
  void* frame;
  std::uint16_t file;
};
__thread Running running;

// The function has ended. What a library then does that has called it is in no line of the student's.
void leave_function(void* frame) {
  if (running.frame != frame) return;
  running.frame = nullptr;
  void* const caller = api->frame_before(frame);
  if (caller == nullptr) return;
  const PythonCode& code = code_of(*api, caller);
  if (code.is_students) running = {caller, code.file};
  api->release(caller);
}

// Reads only what belongs to the frame, so that the interpreter's lock is not needed.
const void* place_now() {
  if (running.frame == nullptr) return nullptr;
  return python_place({running.file, api->line_of_frame(running.frame), api->place_in_frame(running.frame)});
}

// ---- loops that only wait ------------------------------------------------------------------------------------------

// A loop of the calling thread that goes round and round. One that changes nothing waits for somebody, who may sleep:
// then time has to pass. One that changes something gets time for itself first.
struct Loop {
  static constexpr std::uint32_t kQuiet = 64, kBusy = 2000;  // rounds before time passes
  static constexpr std::uint32_t kSameTime = 16;             // rounds until it passes twice as fast
  static constexpr std::uint64_t kRound = 10'000;            // nanoseconds, at first
  static constexpr std::uint32_t kMostDoublings = 14;
  const void* frame;
  int place;
  std::uint32_t rounds, quiet_rounds;
};
__thread Loop loop;

void goes_round(const void* frame, int place) {
  if (loop.frame != frame || loop.place != place) loop = {frame, place, 0, 0};
  ++loop.rounds;
  ++loop.quiet_rounds;
  const std::uint32_t quiet = loop.quiet_rounds > Loop::kQuiet ? loop.quiet_rounds - Loop::kQuiet : 0;
  const std::uint32_t busy = loop.rounds > Loop::kBusy ? loop.rounds - Loop::kBusy : 0;
  const std::uint32_t waited = quiet > busy ? quiet : busy;
  if (waited == 0 || !is_controlled()) return;
  const std::uint32_t doublings = waited / Loop::kSameTime;
  let_time_pass(Loop::kRound << (doublings < Loop::kMostDoublings ? doublings : Loop::kMostDoublings));
}

void note_change(const void* frame, const PythonMark& mark) {
  if (mark.changes || (mark.keeps && frame == loop.frame)) loop.quiet_rounds = 0;
}

// ---- steps ---------------------------------------------------------------------------------------------------------

bool has_other_threads() { return api->next_thread(api->first_thread(api->interpreter())) != nullptr; }

// The object of all that Python code reaches in this process, and the one of what it reaches in others: a name in it is
// a part of its own.
Step step_at(void* frame, const PythonCode& code, Access access, std::uint32_t name) {
  Step step;
  const bool has_name = name != 0 && access != Access::kAny;
  step.kind = access == Access::kRead    ? StepKind::kRead
              : access == Access::kWrite ? StepKind::kWrite
                                         : StepKind::kAtomic;
  step.object = process_object();
  step.offset = has_name ? std::uint64_t{name} << 3 : 0;
  step.size = has_name ? 8 : 0;
  step.is_write = access != Access::kRead;
  step.pc = python_place({code.file, api->line_of_frame(frame), api->place_in_frame(frame)});
  return step;
}

// A long program takes fewer and fewer of its steps, else its loops would use up the steps that an execution may have.
// Counted for the process: whoever has the interpreter's lock counts.
bool is_left_out() {
  constexpr std::uint32_t kSameDistance = 2000, kMostDoublings = 10;
  static constinit std::uint32_t met = 0, taken = 0;
  const std::uint32_t doublings = taken / kSameDistance;
  const std::uint32_t distance = 1u << (doublings < kMostDoublings ? doublings : kMostDoublings);
  if (++met % distance != 0) return true;
  ++taken;
  return false;
}

// The interpreter's lock is free meanwhile.
void take_step(const Step& one) {
  if (is_left_out()) return;
  void* const thread = api->give_lock();
  step(one);
  api->take_lock(thread);
}

void switch_point(void* frame, const PythonCode& code) {
  if (has_other_threads()) take_step(step_at(frame, code, Access::kAny, 0));
}

// ---- events --------------------------------------------------------------------------------------------------------

void ask_for_instructions(void* frame) {
  api->set_attribute(frame, "f_trace_opcodes", has_steps ? api->true_object : api->false_object);
  api->set_attribute(frame, "f_trace_lines", api->false_object);
}

// The interpreter looks for a switch when the function begins, but not when it returns. One that comes with Python and
// has switch points has had its last one so shortly before its end that it makes no difference; of the student's own,
// every instruction counts.
void function_begins(void* frame) {
  const PythonCode& code = code_of(*api, frame);
  if (code.is_students) {
    ask_for_instructions(frame);
    running = {frame, code.file};
  }
  void* const caller = api->frame_before(frame);
  const PythonCode* const callers = caller != nullptr ? &code_of(*api, caller) : nullptr;
  if (callers != nullptr && callers->is_students) {
    const bool switches = !code.is_students && code.has_switch_points;
    expect(caller, switches ? Then::kCall : Then::kNothing, api->place_in_frame(caller));
    if (!code.is_students) switch_point(caller, *callers);
  }
  // Of a function of the student's the line that calls it tells more than its first one.
  if (code.is_students) {
    const bool is_called = callers != nullptr && callers->is_students;
    switch_point(is_called ? caller : frame, is_called ? *callers : code);
  }
  if (caller != nullptr) api->release(caller);
}

void before_instruction(void* frame) {
  const PythonCode& code = code_of(*api, frame);
  const int place = api->place_in_frame(frame);
  const auto index = static_cast<std::uint32_t>(place) / 2;
  if (place < 0 || code.marks == nullptr || index >= code.count) return;
  running = {frame, code.file};
  const PythonMark& mark = code.marks[index];
  const Expected* before = find_expected(frame);
  const bool jumped = before != nullptr && before->then == Then::kLoop && place < before->place;
  const bool is_back = jumped || (before != nullptr && before->then == Then::kCall);
  expect(frame, mark.then, place);
  if (has_other_threads()) {
    note_change(frame, mark);
    if (jumped) goes_round(frame, place);
    const bool accesses = level == PythonLevel::kEveryBytecode && mark.access != Access::kNone;
    if (accesses)
      take_step(step_at(frame, code, mark.access, mark.name));
    else if (is_back)
      take_step(step_at(frame, code, Access::kAny, 0));
  } else if (shares && mark.reaches_mapping) {
    Step one = step_at(frame, code, mark.access, mark.name);
    one.object = is_controlled() ? object_number(Named::kMapping, 0) : 0;
    take_step(one);
  }
}

int on_event(void*, void* frame, int what, void*) {
  if (what == kInstruction) before_instruction(frame);
  if (what == kFunctionBegins) function_begins(frame);
  if (what == kFunctionEnds) {
    forget(frame);
    leave_function(frame);
  }
  return 0;
}

void trace_running_functions(void* thread) {
  void* frame = api->frame_of_thread(thread);
  bool is_innermost = thread == api->own_thread();
  while (frame != nullptr) {
    const PythonCode& code = code_of(*api, frame);
    if (code.is_students) {
      ask_for_instructions(frame);
      if (is_innermost) running = {frame, code.file};
      is_innermost = false;
    }
    void* const caller = api->frame_before(frame);
    api->release(frame);
    frame = caller;
  }
}

}  // namespace

void set_python_level(PythonLevel wanted) { level = wanted; }

void set_python_sharing() { shares = true; }

void trace_python(const PythonApi& python, PythonTracing what) {
  api = &python;
  if (what == PythonTracing::kSteps) has_steps = true;
  script_place = place_now;
  for (void* thread = python.first_thread(python.interpreter()); thread != nullptr;
       thread = python.next_thread(thread)) {
    python.set_tracer(thread, on_event, nullptr);
    trace_running_functions(thread);
  }
  python.forget_error();
}

}  // namespace jitterlab
