#include "analysis/misuses.h"

#include <cstring>
#include <map>
#include <optional>
#include <set>

#include "analysis/happens_before.h"
#include "analysis/lab_tasks.h"
#include "analysis/places.h"
#include "analysis/races.h"
#include "schedule/effect.h"

namespace jitterlab {
namespace {

constexpr std::size_t kMost = 100;       // of one kind, of one execution
constexpr std::size_t kMostTasks = 512;  // clocks grow with them

bool is_executed(const TraceEvent& event) {
  return event.kind == TraceEvent::Kind::kExecuted &&
         (event.flags & (TraceEvent::kInterrupted | TraceEvent::kTimedOut)) == 0;
}

NamedKind kind_of(const ControlledEnd& end, std::uint64_t object) {
  return object < end.objects.size() ? end.objects[object].kind : NamedKind::kUnknown;
}

// ---- value-set-again -----------------------------------------------------------------------------------------------

bool is_set(Call call) {
  return call == Call::kSemaphoreSet || call == Call::kSemaphoresSet || call == Call::kSemaphoreInit;
}

class SetAgain {
 public:
  SetAgain(const ControlledEnd& end, std::vector<Found>& found)
      : end_(end), order_(end, kMayHaveOutsiders), found_(found) {}

  void run() {
    const auto& events = end_.trace.events;
    const auto& notes = end_.trace.notes;
    auto note = notes.begin();
    std::size_t created = 0;
    for (std::size_t i = 0; i < events.size() && i < end_.trace.noted_events; ++i) {
      created += events[i].kind == TraceEvent::Kind::kCreated;
      if (created > kMostTasks) break;
      if (events[i].kind == TraceEvent::Kind::kExecuted && !order_.knows(events[i].task)) break;
      if (is_executed(events[i])) look_at_set(events[i]);
      order_.begin(i);
      if (is_executed(events[i])) look_at_use(events[i]);
      for (; note != notes.end() && note->after <= i; ++note) order_.note(note->event);
      order_.finish(i);
    }
  }

 private:
  // Programs that are not controlled may carry the order where the trace does not show it: then nothing is accused.
  static constexpr bool kMayHaveOutsiders = true;

  struct Use {
    std::uint32_t time = 0;  // on the clock of the task
    const TraceEvent* event = nullptr;
  };
  using Member = std::pair<std::uint64_t, std::uint64_t>;

  static bool changes(const TraceEvent& event) {
    switch (event.operation.call) {
      case Call::kSemop:
        return event.value != kFailedCall && (event.operation.size != 1 || semop_change(event.value) != 0);
      case Call::kSemaphoreWait:
      case Call::kSemaphorePost:
        return true;
      default:
        return false;
    }
  }

  template <typename Visit>
  void for_each_member(const TraceEvent& event, Visit visit) const {
    const Operation& operation = event.operation;
    if (operation.call != Call::kSemop) return visit(operation.offset);
    const std::uint64_t members = (event.detail | event.detail >> 32) & 0xffffffffu;
    for (std::uint64_t member = 0; member < 32; ++member) {
      if ((members >> member & 1) != 0) visit(member);
    }
  }

  void look_at_use(const TraceEvent& event) {
    if (event.operation.call == Call::kSemaphoresErase)
      uses_.erase(uses_.lower_bound({event.operation.object, 0}), uses_.lower_bound({event.operation.object + 1, 0}));
    if (!changes(event)) return;
    const std::uint32_t number = order_.number(event.task);
    for_each_member(event, [&](std::uint64_t member) {
      uses_[{event.operation.object, member}][number] = {order_.clock(number)[number], &event};
    });
  }

  void look_at_set(const TraceEvent& event) {
    const Operation& operation = event.operation;
    if (!is_set(operation.call) || event.value == kFailedCall || (event.effect & kAfterRest) != 0) return;
    const bool all = operation.call == Call::kSemaphoresSet;
    const auto begin = uses_.lower_bound({operation.object, all ? 0 : operation.offset});
    for (auto uses = begin; uses != uses_.end() && uses->first.first == operation.object; ++uses) {
      if (!all && uses->first.second != operation.offset) break;
      const Use* use = unknown_use(uses->second, event.task);
      if (use != nullptr) add(*use->event, event, uses->first);
    }
  }

  // By another task, which the task that sets the value cannot know of.
  const Use* unknown_use(const std::map<std::uint32_t, Use>& uses, TaskId task) const {
    const std::uint32_t own = order_.number(task);
    for (const auto& [number, use] : uses) {
      if (number != own && order_.clock(own)[number] < use.time) return &use;
    }
    return nullptr;
  }

  void add(const TraceEvent& use, const TraceEvent& set, const Member& member) {
    const bool is_system_v = set.operation.call != Call::kSemaphoreInit;
    const std::string what =
        is_system_v ? "semaphore " + std::to_string(member.second) + " of " + object_words(end_, member.first)
                    : std::string("a semaphore");
    if (!told_.insert({use.operation.place, set.operation.place}).second || found_.size() >= kMost) return;
    found_.push_back({"value-set-again",
                      what + " is set again after another has used it, and nothing orders the two",
                      {{use.task, "uses it", use.operation}, {set.task, "sets it again", set.operation}}});
  }

  const ControlledEnd& end_;
  HappensBefore order_;
  std::vector<Found>& found_;
  std::map<Member, std::map<std::uint32_t, Use>> uses_;  // by number of the task
  std::set<std::pair<std::uint64_t, std::uint64_t>> told_;
};

// The walk with clocks is for those few programs that set a semaphore twice, or after a use.
bool may_be_set_again(const Trace& trace) {
  std::set<std::uint64_t> used;
  for (const TraceEvent& event : trace.events) {
    if (event.kind != TraceEvent::Kind::kExecuted) continue;
    const Operation& operation = event.operation;
    if (is_set(operation.call) && used.count(operation.object) > 0) return true;
    const bool uses = operation.call == Call::kSemop || operation.call == Call::kSemaphoreWait ||
                      operation.call == Call::kSemaphorePost;
    if (uses) used.insert(operation.object);
  }
  return false;
}

// ---- outside-segment -----------------------------------------------------------------------------------------------

struct Segment {
  std::uint64_t size = 0;
  const TraceEvent* maker = nullptr;
};

void add_outside(const std::map<std::uint64_t, Segment>& segments, const TraceEvent& access,
                 std::set<std::uint64_t>& told, std::vector<Found>& found) {
  const Operation& operation = access.operation;
  if (operation.kind > StepKind::kAtomic || operation.size == 0 || (access.effect & kBound) != 0) return;
  const auto segment = segments.find(operation.object);
  if (segment == segments.end() || operation.offset + operation.size <= segment->second.size) return;
  if (!told.insert(operation.place).second || found.size() >= kMost) return;
  const std::string does = (operation.is_write ? "writes " : "reads ") + std::to_string(operation.size) +
                           " bytes of it from byte " + std::to_string(operation.offset) + " on";
  found.push_back(
      {"outside-segment",
       "a segment of " + std::to_string(segment->second.size) + " bytes is accessed beyond its end",
       {{segment->second.maker->task, "makes it", segment->second.maker->operation}, {access.task, does, operation}}});
}

void find_outside(const ControlledEnd& end, std::vector<Found>& found) {
  std::map<std::uint64_t, Segment> segments;
  for (const TraceEvent& event : end.trace.events) {
    if (event.operation.call != Call::kSegmentGet || event.value == kFailedCall || event.detail == 0) continue;
    if (kind_of(end, event.value) == NamedKind::kSegment)
      segments.try_emplace(event.value, Segment{event.detail, &event});
  }
  if (segments.empty()) return;
  std::set<std::uint64_t> told;
  for (const TraceEvent& event : end.trace.events) {
    if (is_executed(event)) add_outside(segments, event, told, found);
  }
  for (const TraceNote& note : end.trace.notes) add_outside(segments, note.event, told, found);
}

// ---- failed-call-used ----------------------------------------------------------------------------------------------

// Of an operation on what such a call returns; nothing: another one.
std::optional<Call> maker_of(Call use) {
  if (use == Call::kSemop) return Call::kSemaphoresGet;
  if (use == Call::kQueueSend || use == Call::kQueueReceive) return Call::kQueueGet;
  return std::nullopt;
}

void find_failed(const ControlledEnd& end, std::vector<Found>& found) {
  constexpr std::uint64_t kMinusOne = ~std::uint64_t{0};
  std::map<Call, const TraceEvent*> failed;  // the last
  std::set<std::uint64_t> told;
  for (const TraceEvent& event : end.trace.events) {
    if (event.kind != TraceEvent::Kind::kExecuted) continue;
    const Operation& operation = event.operation;
    const bool makes = operation.call == Call::kSemaphoresGet || operation.call == Call::kQueueGet;
    if (makes && event.value == kFailedCall) failed[operation.call] = &event;
    const std::optional<Call> maker = maker_of(operation.call);
    if (!maker || operation.object >= end.objects.size() || end.objects[operation.object].a != kMinusOne) continue;
    const auto cause = failed.find(*maker);
    if (cause == failed.end() || !told.insert(operation.place).second || found.size() >= kMost) continue;
    const char* name = ::strerrorname_np(static_cast<int>(cause->second->detail));
    const std::string why = name != nullptr ? std::string(" with ") + name : "";
    const std::string call = *maker == Call::kSemaphoresGet ? "semget" : "msgget";
    found.push_back({"failed-call-used",
                     call + " fails" + why + ", and the -1 that it returned is used",
                     {{cause->second->task, "calls " + call + " in vain", cause->second->operation},
                      {event.task, "uses -1", operation}}});
  }
}

}  // namespace

std::vector<Found> misuses_in(const Observation& observation) {
  std::vector<Found> found;
  if (!why_not_analysed(observation).empty()) return found;
  const ControlledEnd& end = *observation.controlled;
  if (may_be_set_again(end.trace)) SetAgain(end, found).run();
  find_outside(end, found);
  find_failed(end, found);
  return of_the_submission(observation, std::move(found), BlamedStep::kLast);
}

}  // namespace jitterlab
