// An observation as text, to keep and to judge again, and for the checking programs of instructors.
//
//   { "format": 1,
//     "execution": { "scenario", "strategy", "index", "seed" },
//     "parameters": { name: [values] },
//     "instances": [ { "role", "number", "origin", "pid", "ending": { "kind", "number", "why" },
//                      "sent-sigterm", "alive-at-end", "cpu-seconds" } ],
//     "output": [ { "instance", "pid", "stream", "bytes" } ], "output-cut",
//     "objects": [ { "kind", "key", "id", "mode", "size", "operated", "erased", "creator-pid" } ],
//     "used": [ names ], "left-behind": [ { "kind", "name", "pid" } ], "left-behind-more",
//     "came-to-rest", "limit", "steps", "interference",
//     "controlled": { "lost", "lost-in": [kind, place], "lost-call", "not-controlled", "differs-at",
//                     "stopped-by-steps", "stopped-by-tasks", "clock",
//                     "waiting": [ { "id", "pid", "instance", "waits-for", "task", "operation" } ], "trace-cut",
//                     "trace": [ [task, parent] or [task, count, picked, last, flags, operation, value] ] } }
//
// "controlled" is there for controlled executions only, "lost-in", "lost-call", "not-controlled" and "trace" when there
// is something to tell. An operation is [kind, is-write, size, object, offset, place]; see schedule/trace_event.h.
//
// Students print any bytes, and JSON holds only Unicode: every string stands for bytes, byte 0xNN written as the
// character U+00NN (Python: `text.encode("latin-1")`). Plain ASCII looks like itself.
#pragma once

#include <string>

#include "run/observation.h"

namespace jitterlab {

// One line, without a newline at its end.
std::string to_json_text(const Observation& observation);

// The inverse: gives an equal observation. Unknown keys are ignored. Throws Error naming the place
// ("observation: output[3].stream: …") when something is missing, of the wrong type, or out of range.
Observation observation_from_json(const std::string& text);

}  // namespace jitterlab
