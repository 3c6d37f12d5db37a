#include "analysis/things.h"

namespace jitterlab {
namespace {

ThingKind kind_of(const Operation& operation) {
  switch (operation.call) {
    case Call::kSemop:
    case Call::kSemaphoreSet:
    case Call::kSemaphoresSet:
    case Call::kSemaphoresErase:
    case Call::kSemaphoresControl:
      return ThingKind::kSemaphore;
    case Call::kMutexLock:
    case Call::kMutexTryLock:
    case Call::kMutexUnlock:
    case Call::kMutexAsleep:
      return ThingKind::kMutex;
    case Call::kReadLock:
    case Call::kWriteLock:
    case Call::kReadTryLock:
    case Call::kWriteTryLock:
    case Call::kReadWriteUnlock:
      return ThingKind::kReadWriteLock;
    case Call::kSpinLock:
    case Call::kSpinUnlock:
      return ThingKind::kSpinLock;
    case Call::kConditionWait:
    case Call::kConditionWoken:
    case Call::kConditionSignal:
    case Call::kConditionBroadcast:
      return ThingKind::kCondition;
    case Call::kBarrierWait:
    case Call::kBarrierPassed:
      return ThingKind::kBarrier;
    case Call::kSemaphoreInit:
    case Call::kSemaphoreWait:
    case Call::kSemaphoreTryWait:
    case Call::kSemaphorePost:
    case Call::kSemaphoreAsleep:
      return ThingKind::kPosixSemaphore;
    case Call::kFutexWait:
    case Call::kFutexWoken:
    case Call::kFutexWake:
      return ThingKind::kFutex;
    case Call::kQueueSend:
    case Call::kQueueReceive:
      return ThingKind::kQueue;
    case Call::kOpenToRead:
    case Call::kOpenToWrite:
      return ThingKind::kFifo;
    case Call::kClose:
    case Call::kRead:
    case Call::kWrite:
    case Call::kFileLock:
    case Call::kFileUnlock:
    case Call::kAccept:
    case Call::kConnect:
    case Call::kPoll:
      return ThingKind::kFile;
    case Call::kChildWait:
      return ThingKind::kChildren;
    case Call::kJoin:
      return ThingKind::kTask;
    case Call::kKill:
    case Call::kPause:
    case Call::kPauseEnded:
    case Call::kSignalWait:
      return ThingKind::kSignal;
    default:
      return operation.kind <= StepKind::kAtomic ? ThingKind::kMemory : ThingKind::kOther;
  }
}

const char* word_of(ThingKind kind) {
  switch (kind) {
    case ThingKind::kMemory:
      return "variable";
    case ThingKind::kSemaphore:
    case ThingKind::kPosixSemaphore:
      return "semaphore";
    case ThingKind::kMutex:
      return "mutex";
    case ThingKind::kReadWriteLock:
      return "read-write lock";
    case ThingKind::kSpinLock:
      return "spin lock";
    case ThingKind::kCondition:
      return "condition variable";
    case ThingKind::kBarrier:
      return "barrier";
    case ThingKind::kFutex:
      return "futex";
    case ThingKind::kQueue:
      return "queue";
    case ThingKind::kPipe:
      return "pipe";
    case ThingKind::kFifo:
      return "FIFO";
    case ThingKind::kFile:
      return "file";
    case ThingKind::kSocket:
      return "socket";
    case ThingKind::kOutput:
      return "output";
    case ThingKind::kChildren:
      return "child";
    case ThingKind::kTask:
      return "thread";
    case ThingKind::kSignal:
      return "signal";
    case ThingKind::kOther:
      break;
  }
  return "object";
}

bool has_address(ThingKind kind) {
  return kind == ThingKind::kMemory || kind == ThingKind::kMutex || kind == ThingKind::kReadWriteLock ||
         kind == ThingKind::kSpinLock || kind == ThingKind::kCondition || kind == ThingKind::kBarrier ||
         kind == ThingKind::kPosixSemaphore || kind == ThingKind::kFutex;
}

}  // namespace

bool is_lock(ThingKind kind) {
  return kind == ThingKind::kMutex || kind == ThingKind::kReadWriteLock || kind == ThingKind::kSpinLock ||
         kind == ThingKind::kFile;
}

bool is_semaphore(ThingKind kind) { return kind == ThingKind::kSemaphore || kind == ThingKind::kPosixSemaphore; }

Things::Things(const ControlledEnd& end, SourceNames names, std::vector<std::string> semaphores)
    : names_(std::move(names)), semaphores_(std::move(semaphores)) {
  for (std::size_t i = 0; i < end.objects.size(); ++i) {
    if (end.objects[i].kind == NamedKind::kSocket) descriptors_[i] = ThingKind::kSocket;
    if (end.objects[i].kind == NamedKind::kOutput) descriptors_[i] = ThingKind::kOutput;
  }
  for (const TraceEvent& event : end.trace.events) {
    const Operation& operation = event.operation;
    if (operation.call == Call::kPipe && event.value != kFailedCall) descriptors_[event.value] = ThingKind::kPipe;
    if (operation.call == Call::kOpenToRead || operation.call == Call::kOpenToWrite)
      descriptors_[operation.object] = ThingKind::kFifo;
  }
  for (const TraceEvent& event : end.trace.events) {
    if (event.kind == TraceEvent::Kind::kExecuted) number(event.operation);
  }
  for (const WaitingTask& task : end.waiting) number(task.operation);
}

void Things::number(const Operation& operation) {
  const Thing thing = of(operation);
  if (numbers_.try_emplace(thing, counts_[thing.kind] + 1).second) {
    ++counts_[thing.kind];
    if (thing.kind == ThingKind::kSemaphore) sets_.try_emplace(thing.object, static_cast<int>(sets_.size()) + 1);
  }
  const auto known = variables_.find(thing);
  const int known_worth = known == variables_.end() ? -1 : worth_of_name(known->second);
  if (!has_address(thing.kind) || !names_.variable_of || known_worth == 2) return;
  // "locks[1].__data.__lock": what libc keeps in it is no name that the program has.
  std::string name = names_.variable_of(operation);
  for (const char* hidden : {".__", "._M_"}) {
    if (const auto inside = name.find(hidden); inside != std::string::npos) name.erase(inside);
  }
  const int worth = worth_of_name(name);
  if (worth > known_worth && (worth > 0 || thing.kind == ThingKind::kMemory)) variables_[thing] = std::move(name);
}

Thing Things::of(const Operation& operation) const {
  Thing thing{kind_of(operation), operation.object, operation.offset};
  const bool moves_bytes = operation.kind == StepKind::kSend || operation.kind == StepKind::kReceive;
  if (thing.kind == ThingKind::kFile || thing.kind == ThingKind::kFifo ||
      (thing.kind == ThingKind::kOther && moves_bytes)) {
    const auto known = descriptors_.find(operation.object);
    if (known != descriptors_.end()) thing.kind = known->second;
    if (thing.kind != ThingKind::kOther) thing.offset = 0;
  }
  if (thing.kind == ThingKind::kChildren || thing.kind == ThingKind::kSignal || thing.kind == ThingKind::kQueue)
    thing.offset = 0;
  return thing;
}

Thing Things::member(const Operation& operation, int number) const {
  return {ThingKind::kSemaphore, operation.object, static_cast<std::uint64_t>(number)};
}

bool Things::has_name(const Thing& thing) const {
  const auto variable = variables_.find(thing);
  return variable != variables_.end() && is_source_name(variable->second);
}

std::string Things::name(const Thing& thing) const {
  if (thing.kind == ThingKind::kSemaphore) {
    if (sets_.size() <= 1 && thing.offset < semaphores_.size()) return semaphores_[thing.offset];
    std::string name = "semaphore " + std::to_string(thing.offset);
    const auto set = sets_.find(thing.object);
    if (sets_.size() > 1 && set != sets_.end()) name += " of set " + std::to_string(set->second);
    return name;
  }
  if (thing.kind == ThingKind::kSocket) return "a socket";  // which of them is not known
  const auto variable = variables_.find(thing);
  if (variable != variables_.end() && !variable->second.empty()) return variable->second;
  const auto number = numbers_.find(thing);
  const auto count = counts_.find(thing.kind);
  if (number == numbers_.end() || count->second <= 1) return std::string("the ") + word_of(thing.kind);
  return word_of(thing.kind) + (" " + std::to_string(number->second));
}

}  // namespace jitterlab
