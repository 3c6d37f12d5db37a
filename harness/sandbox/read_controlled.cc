// Whatever is read here may have been written by a program under test. So it is copied byte by byte into fields, and
// each that is not a plain number (an enumerator, a truth, a count) is looked at before anybody takes it for one.
#include "sandbox/read_controlled.h"

#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "agent/control_area.h"

namespace jitterlab {
namespace {

constexpr std::size_t kControlled = offsetof(ControlArea, controlled);

bool read_exactly(int file, std::size_t offset, void* to, std::size_t size) {
  return ::pread(file, to, size, static_cast<off_t>(offset)) == static_cast<ssize_t>(size);
}

// A field of something that was read as bytes; atomics are given as what they hold.
template <typename Value>
Value field(const std::string& bytes, std::size_t offset) {
  Value value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

std::uint8_t byte_at(const std::string& bytes, std::size_t offset) { return static_cast<std::uint8_t>(bytes[offset]); }

// To read something large into, after every execution: made only once.
template <typename Value>
Value& scratch() {
  static thread_local const auto value = std::make_unique<Value>();
  return *value;
}

constexpr auto kLastKind = static_cast<std::uint8_t>(StepKind::kOther);

constexpr auto kLastUsed = static_cast<std::uint32_t>(Uncontrolled::kClone);
static_assert(kLastUsed == static_cast<std::uint32_t>(NotControlled::kClone));

bool is_operation(const std::string& bytes, std::size_t offset) {
  return byte_at(bytes, offset + offsetof(Operation, kind)) <= kLastKind &&
         byte_at(bytes, offset + offsetof(Operation, call)) <= static_cast<std::uint8_t>(kLastCall) &&
         byte_at(bytes, offset + offsetof(Operation, is_write)) <= 1;
}

bool is_event(const std::string& bytes, std::size_t at) {
  constexpr std::uint8_t kFlags = TraceEvent::kTimed | TraceEvent::kTimedOut | TraceEvent::kInterrupted;
  const std::uint8_t kind = byte_at(bytes, at + offsetof(TraceEvent, kind));
  const auto choice = field<Choice>(bytes, at + offsetof(TraceEvent, choice));
  const bool is_made = choice.count <= kMaxTasks && choice.picked < choice.count &&
                       (choice.last == Choice::kNone || choice.last < choice.count);
  return kind <= static_cast<std::uint8_t>(TraceEvent::Kind::kNoted) &&
         byte_at(bytes, at + offsetof(TraceEvent, flags)) <= kFlags &&
         is_operation(bytes, at + offsetof(TraceEvent, operation)) &&
         (kind != static_cast<std::uint8_t>(TraceEvent::Kind::kExecuted) || is_made);
}

class Reader {
 public:
  explicit Reader(int file) : file_(file), head_(offsetof(Controlled, objects), '\0') {}

  bool read(ControlledEnd& end) {
    return read_exactly(file_, kControlled, head_.data(), head_.size()) && read_loops() && read_numbers(end) &&
           read_trace(end.trace) && read_differs_at(end.differs_at) && read_waiting(end) && read_objects(end.objects) &&
           read_programs(end.programs) && read_crashed(end.crashed);
  }
  const std::map<TaskId, int>& roots() const { return roots_; }

 private:
  template <typename Value>
  Value controlled(std::size_t offset) const {
    return field<Value>(head_, offset);
  }

  bool read_numbers(ControlledEnd& end) {
    std::uint32_t mode = 0;
    if (!read_exactly(file_, offsetof(ControlArea, mode), &mode, sizeof mode)) return false;
    const auto stopped = controlled<std::uint32_t>(offsetof(Controlled, stopped));
    const auto kind = controlled<std::uint32_t>(offsetof(Controlled, lost_kind));
    end.lost = controlled<std::uint32_t>(offsetof(Controlled, lost));
    end.lost_place = controlled<std::uint64_t>(offsetof(Controlled, lost_place));
    end.lost_kind = static_cast<StepKind>(std::min<std::uint32_t>(kind, kLastKind));
    end.lost_call = controlled<std::uint32_t>(offsetof(Controlled, lost_call));
    const auto used = controlled<std::uint32_t>(offsetof(Controlled, uncontrolled));
    end.used = static_cast<NotControlled>(std::min(used, kLastUsed));
    end.stopped_by_steps = stopped == static_cast<std::uint32_t>(Stopped::kSteps);
    end.stopped_by_tasks = stopped == static_cast<std::uint32_t>(Stopped::kTasks);
    end.is_held = stopped == static_cast<std::uint32_t>(Stopped::kHeld);
    end.clock = controlled<std::uint64_t>(offsetof(Controlled, clock));
    end.ran_in_turn = head_[offsetof(Controlled, runs_in_turn)] != 0;
    end.trace.is_cut = stopped != 0 || end.lost != 0 || used != 0 || end.ran_in_turn;
    return mode == static_cast<std::uint32_t>(ControlMode::kControlled) && kind <= kLastKind && used <= kLastUsed &&
           stopped <= static_cast<std::uint32_t>(Stopped::kHeld);
  }

  bool read_trace(Trace& trace) {
    const auto count = controlled<std::uint32_t>(offsetof(Controlled, trace_count));
    const std::size_t kept = std::min(count, kMostTraceEvents);
    if (count > kMostTraceEvents) trace.is_cut = true;
    std::string bytes(kept * sizeof(TraceEvent), '\0');
    if (!read_exactly(file_, sizeof(ControlArea), bytes.data(), bytes.size())) return false;
    const std::size_t notes_end = controlled<std::uint32_t>(offsetof(Controlled, notes_end)) - std::size_t{1};
    std::set<TaskId> created;
    trace.events.reserve(kept);
    for (std::size_t at = 0; at < bytes.size(); at += sizeof(TraceEvent)) {
      // Counted, but its writer was killed before it was written.
      if (field<TaskId>(bytes, at + offsetof(TraceEvent, task)) == 0) {
        trace.is_cut = true;
        continue;
      }
      if (!is_event(bytes, at)) return false;
      const auto raw = field<TraceEvent>(bytes, at);
      if (raw.kind == TraceEvent::Kind::kNoted) {
        if (trace.events.empty() || created.count(raw.task) == 0) return false;
        trace.notes.push_back({trace.events.size() - 1, raw});
        continue;
      }
      if (at / sizeof(TraceEvent) >= notes_end) trace.noted_events = std::min(trace.noted_events, trace.events.size());
      trace.events.push_back(raw);
      const TraceEvent& event = trace.events.back();
      if (event.kind == TraceEvent::Kind::kCreated) add_created(event, created);
      if (created.count(event.task) == 0) return false;
    }
    find_loops(trace);
    return true;
  }

  void add_created(const TraceEvent& event, std::set<TaskId>& created) {
    created.insert(event.task);
    int instance = -1;
    if (const auto parent = instance_of_.find(event.parent); parent != instance_of_.end()) instance = parent->second;
    for (int i = 0; event.parent == 0 && i < kMaxTasks; ++i) {
      const int number = controlled<std::uint16_t>(offsetof(Controlled, root_number) + sizeof(std::uint16_t) * i);
      if (event.task == root_id(number)) instance = number;
    }
    instance_of_[event.task] = instance;
    if (event.parent == 0) roots_[event.task] = instance;
  }

  bool read_differs_at(int& differs_at) {
    Scheduler& scheduler = scratch<Scheduler>();
    constexpr std::size_t kAt = kControlled + offsetof(Controlled, scheduler);
    if (!read_exactly(file_, kAt, &scheduler, Scheduler::kind_bytes())) return false;
    // Large, and most executions need not be asked.
    if (!scheduler.is_led()) return true;
    if (!read_exactly(file_, kAt, &scheduler, sizeof(Scheduler))) return false;
    differs_at = scheduler.differs_at();
    return differs_at >= -1;
  }

  bool read_loops() {
    return read_exactly(file_, kControlled + offsetof(Controlled, loops), &loops_, LoopProof::told_bytes());
  }

  void find_loops(Trace& trace) const {
    if (loops_.is_proven() && loops_.quiet() < trace.events.size())
      trace.before_loops = trace.events.size() - loops_.quiet();
  }

  bool read_waiting(ControlledEnd& end) {
    for (int slot = 0; slot < kMaxTasks; ++slot) {
      const std::string task =
          head_.substr(offsetof(Controlled, tasks) + sizeof(ControlledTask) * static_cast<std::size_t>(slot),
                       sizeof(ControlledTask));
      constexpr std::size_t kWait = offsetof(ControlledTask, wait);
      const std::uint8_t life = byte_at(task, offsetof(ControlledTask, life));
      const std::uint8_t what = byte_at(task, kWait + offsetof(Wait, what));
      if (life > static_cast<std::uint8_t>(Life::kOutside) || what > static_cast<std::uint8_t>(WaitFor::kNever) ||
          !is_operation(task, offsetof(ControlledTask, operation)))
        return false;
      const bool here = life == static_cast<std::uint8_t>(Life::kParked);
      const bool parked = here && what != 0 && byte_at(task, offsetof(ControlledTask, ready)) == 0;
      const bool outside = life == static_cast<std::uint8_t>(Life::kOutside);
      const bool only_reads = what == static_cast<std::uint8_t>(WaitFor::kWrite);
      const bool goes_round = here && loops_.loops(static_cast<unsigned>(slot));
      const bool held = end.is_held && here && byte_at(task, offsetof(ControlledTask, is_timer)) == 0;
      if (!parked && !outside && !goes_round && !held) continue;
      WaitingTask one;
      one.id = field<TaskId>(task, offsetof(ControlledTask, ref) + offsetof(TaskRef, id));
      one.pid = field<std::int32_t>(task, offsetof(ControlledTask, pid));
      one.waits_for = outside                     ? WaitsFor::kNothing
                      : goes_round && !only_reads ? WaitsFor::kLoop
                                                  : static_cast<WaitsFor>(what);
      one.task = field<TaskId>(task, kWait + offsetof(Wait, task));
      one.operation = field<Operation>(task, offsetof(ControlledTask, operation));
      one.callers = field<std::uint64_t>(task, offsetof(ControlledTask, callers));
      add_details(task, one);
      if (const auto known = instance_of_.find(one.id); known != instance_of_.end()) one.instance = known->second;
      if (parked || outside || goes_round) end.waiting.push_back(one);
      if (held) end.held.push_back(one);
    }
    return true;
  }

  static void add_details(const std::string& task, WaitingTask& waiting) {
    constexpr std::size_t kWait = offsetof(ControlledTask, wait);
    if (waiting.waits_for == WaitsFor::kReceiving)
      waiting.message_type = field<std::int64_t>(task, kWait + offsetof(Wait, type));
    if (waiting.waits_for != WaitsFor::kSemaphores) return;
    const auto count = field<std::int32_t>(task, kWait + offsetof(Wait, operations));
    for (int i = 0; i < std::min(count, kMostSemaphoreOperations); ++i) {
      const auto one = field<SemaphoreOperation>(
          task, kWait + offsetof(Wait, operation) + sizeof(SemaphoreOperation) * static_cast<std::size_t>(i));
      waiting.semaphores.push_back({one.member, one.change});
    }
  }

  bool read_objects(std::vector<NamedThing>& objects) const {
    const auto last = controlled<std::uint64_t>(offsetof(Controlled, next_object));
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(last + 1, kMostNamedObjects));
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t at = offsetof(Controlled, named) + sizeof(NamedObject) * i;
      const std::uint8_t kind = byte_at(head_, at + offsetof(NamedObject, kind));
      if (kind > static_cast<std::uint8_t>(kLastNamedKind)) return false;
      objects.push_back({static_cast<NamedKind>(kind), field<std::uint64_t>(head_, at + offsetof(NamedObject, a)),
                         field<std::uint64_t>(head_, at + offsetof(NamedObject, b))});
    }
    return true;
  }

  bool read_programs(std::vector<ProgramSeen>& programs) const {
    for (std::size_t i = 0; i < kMostPrograms; ++i) {
      const std::size_t at = offsetof(Controlled, programs) + sizeof(ProgramName) * i;
      const std::string path = head_.substr(at + offsetof(ProgramName, path), kProgramPath);
      const std::size_t end = path.find('\0');
      if (end == std::string::npos) return false;
      if (end == 0) break;
      programs.push_back({path.substr(0, end), field<std::uint64_t>(head_, at + offsetof(ProgramName, bias))});
    }
    return true;
  }

  bool read_crashed(std::vector<CrashedProcess>& crashed) const {
    const auto count = std::min(controlled<std::uint32_t>(offsetof(Controlled, crash_count)), kMostCrashes);
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::size_t at = offsetof(Controlled, crashes) + sizeof(Crash) * i;
      const int signal = controlled<std::int32_t>(at + offsetof(Crash, signal));
      if (signal <= 0 || signal > 64) continue;  // of something else, or its parent never looked
      crashed.push_back({controlled<TaskId>(at + offsetof(Crash, process)), signal});
    }
    return true;
  }

  int file_;
  std::string head_;  // of Controlled
  LoopProof& loops_ = scratch<LoopProof>();
  std::map<TaskId, int> instance_of_, roots_;
};

static_assert(static_cast<int>(WaitFor::kNothing) == static_cast<int>(WaitsFor::kNothing) &&
              static_cast<int>(WaitFor::kSemaphores) == static_cast<int>(WaitsFor::kSemaphores) &&
              static_cast<int>(WaitFor::kTask) == static_cast<int>(WaitsFor::kTask) &&
              static_cast<int>(WaitFor::kFutex) == static_cast<int>(WaitsFor::kFutex) &&
              static_cast<int>(WaitFor::kOwn) == static_cast<int>(WaitsFor::kOther) &&
              static_cast<int>(WaitFor::kNever) == static_cast<int>(WaitsFor::kSignal));

static_assert(static_cast<int>(Named::kSegment) == static_cast<int>(NamedKind::kSegment) &&
              static_cast<int>(Named::kFile) == static_cast<int>(NamedKind::kFile) &&
              static_cast<int>(Named::kPrivate) == static_cast<int>(NamedKind::kPrivate) &&
              static_cast<int>(Named::kFutex) == static_cast<int>(NamedKind::kFutex) &&
              static_cast<int>(Named::kSignals) == static_cast<int>(kLastNamedKind));

}  // namespace

std::optional<ControlledEnd> read_controlled(int file) {
  ControlledEnd end;
  Reader reader(file);
  if (!reader.read(end)) return std::nullopt;
  end.roots = reader.roots();
  return end;
}

}  // namespace jitterlab
