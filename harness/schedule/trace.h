// What one controlled execution tells, and what can be made of it. Harness side, pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "schedule/recorder.h"
#include "schedule/trace_event.h"

namespace jitterlab {

// What was noted in the course of an operation.
struct TraceNote {
  std::size_t after = 0;  // index of that operation in Trace::events
  TraceEvent event;
};

struct Trace {
  std::vector<TraceEvent> events;  // in their order
  // The execution went on beyond the last event, or may have: a limit was reached, or control was lost. An execution
  // that failed (a crash, a deadlock) is whole.
  bool is_cut = false;
  std::vector<TraceNote> notes;  // in their order
  // Beyond so many events there was no room for notes.
  std::size_t noted_events = static_cast<std::size_t>(-1);
  // A livelock: after so many events there was only going round in loops. 0: there was none.
  std::size_t before_loops = 0;
};

// All choices, without the forced ones.
std::vector<Choice> choices_of(const Trace& trace);

// Up to the loops, if there are any: in which order they go round does not matter.
// Whether a program in Python took part. What its interpreter does with locks and memory is not what the program does.
bool is_python(const Trace& trace);

Recording recording_of(const Trace& trace);

// Whether a task slept, or waited with a time limit: then who waits longest is not told by the choices alone. So it is
// where a loop that only looks was held up until somebody wrote.
bool depends_on_time(const Trace& trace);

// Of who was created and who did what, in which order, with which flags; not of values and places. Two executions of
// one schedule must have the same, or the program is not deterministic under control.
std::uint64_t schedule_hash(const Trace& trace);

// Equal for executions that differ only in the order of independent operations (dependence.h): they are the same
// partial order, a Mazurkiewicz trace (Mazurkiewicz: "Concurrent Program Schemes and Their Interpretations", 1977).
// Takes time in proportion to the events, as long as few of the parts of an object that are touched overlap.
std::uint64_t interleaving_hash(const Trace& trace);

// The first event in which two traces differ, as far as schedule_hash() looks at it.
struct Difference {
  enum class What : std::uint8_t {
    kEnd,     // one of them has ended
    kTask,    // another task was created or went on
    kKind,    // the same task did something of another kind
    kObject,  // … to another object
    kPart,    // … to another part of it
    kResult,  // … and it ended otherwise: the flags
  };
  struct Side {
    TraceEvent event;
    int number = -1;  // of event.task, in the order of creation from 0; -1: its creation is not in the trace
  };

  What what = What::kEnd;
  std::size_t index = 0;           // in events, of both
  std::size_t step = 0;            // operations executed before it
  std::optional<Side> one, other;  // not there: ended
};
std::optional<Difference> first_difference(const Trace& one, const Trace& other);

}  // namespace jitterlab
