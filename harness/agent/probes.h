// Whether an operation would block now, found out without effect. Any process of the execution can answer these: the
// objects have names that all of them share. Errors count as "it would not block": the call itself reports them.
#pragma once

#include "agent/controlled_area.h"

namespace jitterlab {

bool semaphores_let(const Wait& wait);
// The first of its operations that would block now; null: none.
const SemaphoreOperation* blocking_operation(const Wait& wait);
bool queue_has_room(const Wait& wait);
bool queue_has_message(const Wait& wait);

// Of the calling process only. `argument` points to the numbers.
struct DescriptorProbe {
  int fd;
  short events;  // as for poll
};
bool descriptor_is_ready(const void* argument);

struct ChildProbe {
  int id_type;  // as for waitid
  long id;
  int options;
};
bool child_has_changed(const void* argument);

}  // namespace jitterlab
