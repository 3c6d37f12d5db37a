// Where a thread of a Python program can be held up.
//
// The interpreter calls on_event() before every instruction of the student's code, and when any function begins. Level 1
// makes steps where CPython 3.11 itself may give its lock to another thread: after a call of a function that is not
// written in Python, after a jump backwards, and when a function begins. What happens between two of these points no
// other thread can see, so that what is found there happens with this Python. Level 2 makes one before every instruction
// that can touch what other threads reach: Python as a language promises no more.
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

// ---- steps ---------------------------------------------------------------------------------------------------------

bool has_other_threads() { return api->next_thread(api->first_thread(api->interpreter())) != nullptr; }

// The object of all that Python code reaches in this process, and the one of what it reaches in others: a name in it is
// a part of its own.
Step step_at(void* frame, const PythonCode& code, Access access, std::uint32_t name) {
  Step step;
  const bool has_name = name != 0 && access != Access::kAny;
  step.kind = access == Access::kRead ? StepKind::kRead : access == Access::kWrite ? StepKind::kWrite : StepKind::kAtomic;
  step.object = process_object();
  step.offset = has_name ? std::uint64_t{name} << 3 : 0;
  step.size = has_name ? 8 : 0;
  step.is_write = access != Access::kRead;
  step.pc = python_place({code.file, api->line_of_frame(frame), api->place_in_frame(frame)});
  return step;
}

// The interpreter's lock is free meanwhile.
void take_step(const Step& one) {
  void* const thread = api->give_lock();
  step(one);
  api->take_lock(thread);
}

void switch_point(void* frame, const PythonCode& code) {
  if (has_other_threads()) take_step(step_at(frame, code, Access::kAny, 0));
}

// ---- events --------------------------------------------------------------------------------------------------------

void ask_for_instructions(void* frame) {
  api->set_attribute(frame, "f_trace_opcodes", api->true_object);
  api->set_attribute(frame, "f_trace_lines", api->false_object);
}

void function_begins(void* frame) {
  const PythonCode& code = code_of(*api, frame);
  if (code.is_students) {
    ask_for_instructions(frame);
    switch_point(frame, code);
    return;
  }
  void* const caller = api->frame_before(frame);
  if (caller == nullptr) return;
  if (const PythonCode& callers = code_of(*api, caller); callers.is_students) {
    switch_point(caller, callers);
    if (code.has_switch_points) expect(caller, Then::kCall, api->place_in_frame(caller));
  }
  api->release(caller);
}

void before_instruction(void* frame) {
  const PythonCode& code = code_of(*api, frame);
  const int place = api->place_in_frame(frame);
  const auto index = static_cast<std::uint32_t>(place) / 2;
  if (place < 0 || code.marks == nullptr || index >= code.count) return;
  const PythonMark& mark = code.marks[index];
  const Expected* before = find_expected(frame);
  const bool is_back = before != nullptr && (before->then == Then::kCall || place < before->place);
  expect(frame, mark.then, place);
  if (has_other_threads()) {
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
  if (what == kFunctionEnds) forget(frame);
  return 0;
}

void trace_running_functions(void* thread) {
  void* frame = api->frame_of_thread(thread);
  while (frame != nullptr) {
    if (code_of(*api, frame).is_students) ask_for_instructions(frame);
    void* const caller = api->frame_before(frame);
    api->release(frame);
    frame = caller;
  }
}

}  // namespace

void set_python_level(PythonLevel wanted) { level = wanted; }

void set_python_sharing() { shares = true; }

void trace_python(const PythonApi& python) {
  api = &python;
  for (void* thread = python.first_thread(python.interpreter()); thread != nullptr; thread = python.next_thread(thread)) {
    python.set_tracer(thread, on_event, nullptr);
    trace_running_functions(thread);
  }
  python.forget_error();
}

}  // namespace jitterlab
