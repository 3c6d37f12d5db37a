#include "analysis/step_words.h"

#include <csignal>
#include <cstdlib>
#include <cstring>

#include "analysis/sleep_order.h"

namespace jitterlab {
namespace {

using Event = TraceEvent;

// As a signed number of its size, which most variables of students are; a pointer as one.
std::string value_words(std::uint64_t value, std::uint32_t size) {
  switch (size) {
    case 1:
      return std::to_string(static_cast<std::int8_t>(value));
    case 2:
      return std::to_string(static_cast<std::int16_t>(value));
    case 4:
      return std::to_string(static_cast<std::int32_t>(value));
    default:
      break;
  }
  const auto number = static_cast<std::int64_t>(value);
  if (number > -1'000'000'000'000 && number < 1'000'000'000'000) return std::to_string(number);
  std::string digits;
  for (std::uint64_t rest = value; rest != 0; rest /= 16) digits.insert(digits.begin(), "0123456789abcdef"[rest % 16]);
  return "0x" + digits;
}

bool has_value(const Operation& operation) {
  return operation.size == 1 || operation.size == 2 || operation.size == 4 || operation.size == 8;
}

std::string access_words(const Event& event, const std::string& name, std::optional<std::uint64_t> after) {
  const Operation& operation = event.operation;
  const std::uint32_t size = operation.size;
  if (!has_value(operation)) return (operation.is_write ? "writes " : "reads ") + name;
  const std::string before = value_words(event.value, size);
  if (operation.kind == StepKind::kRead) return "reads " + name + ": " + before;
  if (operation.kind == StepKind::kWrite) return "writes " + name + (after ? ": " + value_words(*after, size) : "");
  if (!after) return "uses " + name + ": was " + before;
  if (*after == event.value) return "reads " + name + ": " + before;
  return "changes " + name + ": " + before + " -> " + value_words(*after, size);
}

std::string semop_words(const std::string& name, int change, std::optional<int> value) {
  const int amount = std::abs(change);
  const std::string more = amount > 1 ? ", " + std::to_string(amount) : "";
  if (change == 0) return "waits for zero of " + name;
  std::string words = (change < 0 ? "P(" : "V(") + name + more + ")";
  if (value) words += ": " + std::to_string(*value - change) + " -> " + std::to_string(*value);
  return words;
}

std::string plural(std::uint64_t count, const std::string& word) {
  return std::to_string(count) + " " + word + (count == 1 ? "" : "s");
}

std::string woken_words(std::uint64_t count) {
  return count == 0 ? ": wakes nobody" : ": wakes " + std::to_string(count);
}

std::string signal_words(int number) {
  const char* name = ::sigabbrev_np(number);
  return name != nullptr ? std::string("SIG") + name : "signal " + std::to_string(number);
}

// `signals`: bit 0 for signal 1
std::string signals_words(std::uint64_t signals) {
  constexpr int kMostNamed = 3, kAllThatProgramsHave = 62;  // libc keeps two for itself
  const int count = __builtin_popcountll(signals);
  if (count == 0) return "no signal";
  if (count >= kAllThatProgramsHave) return "all signals";
  if (count > kMostNamed) return std::to_string(count) + " signals";
  std::string words;
  for (int i = 0; i < 64; ++i) {
    if ((signals >> i & 1) != 0) words += (words.empty() ? "" : ", ") + signal_words(i + 1);
  }
  return words;
}

std::string mask_words(std::uint64_t how, std::uint64_t signals) {
  if (how == kFailedCall) return "asks which signals are blocked";
  if (how == SIG_BLOCK) return "blocks " + signals_words(signals);
  if (how == SIG_UNBLOCK) return "unblocks " + signals_words(signals);
  return signals == 0 ? "unblocks all signals" : "blocks " + signals_words(signals) + " and nothing else";
}

std::string kill_words(const Event& event, const TaskList& tasks) {
  const std::uint64_t to = event.operation.object;
  const std::string whom = to == 0 ? "a group" : to == event.task ? "itself" : tasks.name(to);
  if (event.value == 0) return "looks whether " + whom + " is still there";
  return "sends " + signal_words(static_cast<int>(event.value)) + " to " + whom;
}

// Of a call that has no word of its own; `name` is empty for things that have none.
std::string words_of_kind(StepKind kind, const std::string& name) {
  switch (kind) {
    case StepKind::kStart:
      return "starts";
    case StepKind::kExit:
      return "ends";
    case StepKind::kSleep:
      return "sleeps";
    case StepKind::kFork:
      return "makes a process or thread";
    case StepKind::kSignal:
      return "does something with signals";
    case StepKind::kSend:
      return name.empty() ? "writes" : "writes to " + name;
    case StepKind::kReceive:
      return name.empty() ? "reads" : "reads from " + name;
    default:
      return name.empty() ? "makes a call" : "uses " + name;
  }
}

std::string call_words(const Event& event, const Thing& thing, const std::string& name, const TaskList& tasks) {
  const std::uint64_t value = event.value;
  const bool failed = value == kFailedCall;
  if (thing.kind == ThingKind::kOutput && event.operation.kind == StepKind::kSend) return "prints";
  switch (event.operation.call) {
    case Call::kSemop:
      if (failed) return "operates on " + name + ": fails";
      if (event.operation.size == 0) return "several operations on " + name;
      return semop_words(name, semop_change(value), semop_value(value));
    case Call::kSemaphoreSet:
    case Call::kSemaphoreInit:
      return "sets " + name + " to " + std::to_string(static_cast<std::int32_t>(value));
    case Call::kSemaphoresSet:
      if (thing.offset >= 4) return "sets all semaphores";
      return "sets " + name + " to " + std::to_string(value >> 16 * thing.offset & 0xffff);
    case Call::kSemaphoresErase:
      return "erases the semaphores";
    case Call::kSemaphoresControl:
      return "looks at " + name;
    case Call::kQueueSend:
      return failed ? "sends to " + name + ": fails" : "sends type " + std::to_string(value) + " to " + name;
    case Call::kQueueReceive:
      return failed ? "receives from " + name + ": fails" : "receives type " + std::to_string(value) + " from " + name;
    case Call::kMutexLock:
    case Call::kSpinLock:
      return "locks " + name;
    case Call::kMutexTryLock:
    case Call::kReadTryLock:
    case Call::kWriteTryLock:
      return "tries to lock " + name + (failed ? ": taken" : ": gets it");
    case Call::kMutexUnlock:
    case Call::kSpinUnlock:
    case Call::kReadWriteUnlock:
      return "unlocks " + name;
    case Call::kReadLock:
      return "locks " + name + " to read";
    case Call::kWriteLock:
      return "locks " + name + " to write";
    case Call::kConditionWait:
    case Call::kFutexWait:
      return "goes to wait on " + name;
    case Call::kConditionWoken:
    case Call::kFutexWoken:
      return "is woken on " + name;
    case Call::kConditionSignal:
    case Call::kFutexWake:
      return "signals " + name + woken_words(value);
    case Call::kConditionBroadcast:
      return "broadcasts " + name + woken_words(value);
    case Call::kBarrierWait:
      return "comes to " + name;
    case Call::kBarrierPassed:
      return "passes " + name;
    case Call::kSemaphoreWait:
      return semop_words(name, -1, static_cast<int>(value) - 1);
    case Call::kSemaphoreTryWait:
      return value == 0 ? "tries P(" + name + "): it is 0" : semop_words(name, -1, static_cast<int>(value) - 1);
    case Call::kSemaphorePost:
      return semop_words(name, 1, static_cast<int>(value) + 1);
    case Call::kMutexAsleep:
    case Call::kSemaphoreAsleep:
      return "is woken in " + name;
    case Call::kOpenToRead:
      return "opens " + name + " to read";
    case Call::kOpenToWrite:
      return "opens " + name + " to write";
    case Call::kClose:
      return "closes " + name;
    case Call::kRead:
      if (failed) return "reads " + name + ": fails";
      return value == 0 ? "reads the end of " + name : "reads " + plural(value, "byte") + " from " + name;
    case Call::kWrite:
      if (failed) return "writes to " + name + ": fails";
      return value == 0 ? "writes to " + name : "writes " + plural(value, "byte") + " to " + name;
    case Call::kFileLock:
      return "locks " + name;
    case Call::kFileUnlock:
      return "unlocks " + name;
    case Call::kKill:
      return kill_words(event, tasks);
    case Call::kSignalHandler:
      return "says what " + signal_words(static_cast<int>(event.detail)) + " does";
    case Call::kSignalMask:
      return mask_words(value, event.detail);
    case Call::kTimer:
      return "sets a timer";
    case Call::kYield:
      return "lets others go first";
    case Call::kCancel:
      return "cancels " + tasks.name(event.operation.object);
    case Call::kDetach:
      return "detaches a thread";
    case Call::kPause:
      return "goes to wait for a signal";
    case Call::kPauseEnded:
      return "goes on after a signal";
    case Call::kSignalWait:
      return "has waited for a signal";
    case Call::kSegmentGet:
      return failed ? "asks for a segment: fails" : "gets a segment";
    case Call::kSemaphoresGet:
      return failed ? "asks for semaphores: fails" : "gets semaphores";
    case Call::kQueueGet:
      return failed ? "asks for a queue: fails" : "gets a queue";
    case Call::kPipe:
      return failed ? "asks for a pipe: fails" : "makes a pipe";
    case Call::kOpen:
      return failed ? "opens a file: fails" : "opens a file";
    case Call::kFork:
      return failed ? "makes a process: fails" : "makes a process";
    case Call::kThreadCreate:
      return "makes a thread";
    case Call::kExec:
      return "becomes another program";
    case Call::kChildWait:
      if (failed) return "waits for a child: there is none";
      return value == 0 ? "looks for a child that has ended: none" : "learns that a child has ended";
    case Call::kJoin:
      return "learns that a thread has ended";
    case Call::kAccept:
      return failed ? "accepts a connection: fails" : "accepts a connection";
    case Call::kConnect:
      return failed ? "connects: fails" : "connects";
    case Call::kPoll:
      return "looks what is ready";
    case Call::kExit:
      return "ends with " + std::to_string(static_cast<std::int32_t>(value));
    default:
      return words_of_kind(event.operation.kind, thing.kind == ThingKind::kOther ? "" : name);
  }
}

}  // namespace

std::string step_words(const TraceEvent& event, const Thing& thing, const Things& things, const TaskList& tasks,
                       std::optional<std::uint64_t> after) {
  const Operation& operation = event.operation;
  if ((event.flags & Event::kInterrupted) != 0) return "gets a signal";
  const std::string name = things.name(thing);
  const std::string words = operation.kind <= StepKind::kAtomic && operation.call == Call::kNone
                                ? access_words(event, name, after)
                                : call_words(event, thing, name, tasks);
  if (is_early_sleep(event)) return "sleeps (others have not got on)";
  const bool has_given_up = (event.flags & Event::kTimedOut) != 0 && operation.kind != StepKind::kSleep;
  return has_given_up ? words + " (the time was over)" : words;
}

std::string wait_words(const WaitingTask& task, const Thing& thing, const Things& things) {
  const std::string name = things.name(thing);
  switch (task.operation.call) {
    case Call::kSemop:
      for (const SemaphoreChange& change : task.semaphores) {
        if (static_cast<std::uint64_t>(change.member) == thing.offset)
          return "wants " + semop_words(name, change.change, std::nullopt);
      }
      return "wants " + name;
    case Call::kSemaphoreWait:
      return "wants P(" + name + ")";
    case Call::kMutexAsleep:
    case Call::kSemaphoreAsleep:
      return "sleeps in " + name;
    case Call::kConditionWait:
    case Call::kConditionWoken:
    case Call::kFutexWoken:
    case Call::kBarrierPassed:
      return "waits on " + name;
    case Call::kQueueSend:
      return "wants to send to " + name;
    case Call::kQueueReceive:
      return "wants to receive from " + name;
    case Call::kRead:
      return "wants to read " + name;
    case Call::kWrite:
      return "wants to write to " + name;
    case Call::kOpenToRead:
      return "wants to open " + name + " to read";
    case Call::kOpenToWrite:
      return "wants to open " + name + " to write";
    case Call::kPauseEnded:
    case Call::kSignalWait:
      return "waits for a signal";
    case Call::kChildWait:
      return "waits for a child";
    case Call::kJoin:
      return "waits for a thread";
    default:
      break;
  }
  const bool has_events =
      thing.kind == ThingKind::kFile || thing.kind == ThingKind::kPipe || thing.kind == ThingKind::kSocket;
  if (task.operation.kind == StepKind::kWait && has_events) return "waits for an event of " + name;
  if (is_lock(thing.kind)) return "wants to lock " + name;
  return task.operation.kind <= StepKind::kAtomic ? "waits for a write to " + name : "waits";
}

}  // namespace jitterlab
