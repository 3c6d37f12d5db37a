// When the order of two pending operations can matter. Errs on the side of "it can": what is wrongly called dependent
// costs executions, what is wrongly called independent hides bugs. Freestanding.
//
// Coarser than the relation of Flanagan and Godefroid (POPL 2005) would allow: two V on one semaphore, or a read and a
// write of a pipe that is neither full nor empty, count as dependent, since the state of objects is not known here.
#pragma once

#include "schedule/strategy.h"

namespace jitterlab {

// Whether `operation` touches this part of this object; size 0 on either side means the whole object.
inline bool touches(const Operation& operation, std::uint64_t object, std::uint64_t offset, std::uint64_t size) {
  if (operation.object != object) return false;
  if (operation.size == 0 || size == 0) return true;
  return operation.offset < offset + size && offset < operation.offset + operation.size;
}

// Starting, forking and sleeping concern nobody else.
inline bool is_private(const Operation& operation) {
  return operation.kind == StepKind::kStart || operation.kind == StepKind::kFork || operation.kind == StepKind::kSleep;
}

// A call of which nothing is known.
inline bool is_opaque(const Operation& operation) {
  return operation.kind == StepKind::kOther && operation.object == 0;
}

inline bool conflict(const Pending& one, const Pending& other) {
  const Operation &a = one.operation, &b = other.operation;
  if (one.task.id == other.task.id) return true;  // program order
  // A handler may run from now on, between any two operations of the task that the signal is sent to.
  if (a.kind == StepKind::kSignal && a.object == other.task.id) return true;
  if (b.kind == StepKind::kSignal && b.object == one.task.id) return true;
  if (is_private(a) || is_private(b)) return false;
  if (is_opaque(a) || is_opaque(b)) return true;
  return a.object != 0 && (a.is_write || b.is_write) && touches(a, b.object, b.offset, b.size);
}

}  // namespace jitterlab
