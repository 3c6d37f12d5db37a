// The hash of an interleaving. The hash of an event is made of what it is, of the event of the same task before it, and
// of the sum of the hashes of earlier events that it conflicts with: which these are, but not their order, is the same
// in every execution of the same partial order. So is the sum over all events. For each part of each object there are
// sums of what touched it, so that no event is compared with each one before it.
//
// The cases are those of conflict() in dependence.h; trace_interleaving_test.cc compares the two. It is enough that one
// of two conflicting events tells which came first: the signal, not the events of its target; the call of which nothing
// is known, not the others.
#include <map>
#include <unordered_map>

#include "schedule/dependence.h"
#include "schedule/mix.h"
#include "schedule/trace.h"

namespace jitterlab {
namespace {

// What was done to one part of an object.
struct Touches {
  std::uint64_t reads = 0, writes = 0;  // sums of the hashes
};

class Touched {
 public:
  // The sum of the hashes of what conflicts with `operation`.
  std::uint64_t before(const Operation& operation) const {
    std::uint64_t sum = 0;
    for (const auto& [size, parts] : parts_) {
      const bool is_whole = size == 0 || operation.size == 0;
      // Parts of this size that begin after `first` may overlap.
      const std::uint64_t first = operation.offset < size ? 0 : operation.offset - size + 1;
      for (auto part = is_whole ? parts.begin() : parts.lower_bound(first); part != parts.end(); ++part) {
        if (!is_whole && part->first >= operation.offset + operation.size) break;
        sum += part->second.writes + (operation.is_write ? part->second.reads : 0);
      }
    }
    return sum;
  }

  void add(const Operation& operation, std::uint64_t hash) {
    Touches& touches = parts_[operation.size][operation.offset];
    (operation.is_write ? touches.writes : touches.reads) += hash;
  }

 private:
  std::map<std::uint32_t, std::map<std::uint64_t, Touches>> parts_;  // by size, then offset
};

class PartialOrder {
 public:
  void executed(const TraceEvent& event) {
    const Operation& operation = event.operation;
    const std::uint64_t what = mix(event.task, static_cast<std::uint64_t>(operation.kind), operation.is_write,
                                   operation.object, operation.offset, operation.size, event.flags);
    const std::uint64_t hash = mix(what, last_[event.task], before(operation));
    last_[event.task] = hash;
    sum_ += hash;
    if (is_private(operation)) return;
    shared_ += hash;
    if (operation.object != 0) objects_[operation.object].add(operation, hash);
  }

  std::uint64_t hash() const { return sum_; }

 private:
  std::uint64_t before(const Operation& operation) {
    if (is_private(operation)) return 0;
    if (is_opaque(operation)) return shared_;
    std::uint64_t sum = operation.object == 0 ? 0 : objects_[operation.object].before(operation);
    if (operation.kind == StepKind::kSignal) sum += last_[operation.object];  // stands for all events of its task
    return sum;
  }

  std::unordered_map<TaskId, std::uint64_t> last_;
  std::unordered_map<std::uint64_t, Touched> objects_;
  std::uint64_t shared_ = 0;  // of all that is not private
  std::uint64_t sum_ = 0;
};

}  // namespace

std::uint64_t interleaving_hash(const Trace& trace) {
  PartialOrder order;
  for (const TraceEvent& event : trace.events) {
    if (event.kind == TraceEvent::Kind::kExecuted) order.executed(event);
  }
  return order.hash();
}

}  // namespace jitterlab
