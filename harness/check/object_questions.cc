// `objects` and `uses`: what the kernel saw.
#include <fmt/format.h>

#include <algorithm>

#include "check/excerpt.h"
#include "check/question.h"

namespace jitterlab {
namespace {

std::string word_for(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::kSegment:
      return "segment";
    case ObjectKind::kSemaphores:
      return "semaphore set";
    case ObjectKind::kQueue:
      return "message queue";
  }
  return "object";
}

std::string words_for_size(ObjectKind kind, std::int64_t size) {
  return kind == ObjectKind::kSemaphores ? counted(size, "semaphore", "semaphores") : counted(size, "byte", "bytes");
}

std::string words_for_operated(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::kSegment:
      return "attached";
    case ObjectKind::kSemaphores:
      return "operated on with semop";
    case ObjectKind::kQueue:
      return "used to send a message";
  }
  return "used";
}

std::string words_for(const ObjectExisted& wanted) {
  std::string words = "a " + word_for(wanted.kind);
  if (wanted.key) words += fmt::format(" with key {}", *wanted.key);
  if (wanted.mode) words += fmt::format(", mode {:04o}", *wanted.mode);
  if (wanted.size) words += ", of " + words_for_size(wanted.kind, *wanted.size);
  if (wanted.operated) words += ", " + words_for_operated(wanted.kind);
  return words;
}

// In what an object of the right kind and key differs; empty when it is as wanted.
std::string difference(const ObjectExisted& wanted, const ObjectSeen& seen) {
  std::vector<std::string> parts;
  if (wanted.mode && seen.mode != *wanted.mode) parts.push_back(fmt::format("has mode {:04o}", seen.mode));
  if (wanted.size && seen.size != *wanted.size) parts.push_back("has " + words_for_size(seen.kind, seen.size));
  if (wanted.operated && !seen.operated) parts.push_back("was never " + words_for_operated(seen.kind));
  return listed(parts);
}

// Why no object is as wanted; empty when one is.
std::string absence(const ObjectExisted& wanted, const std::vector<ObjectSeen>& objects) {
  std::string nearest, other_keys;
  for (const ObjectSeen& seen : objects) {
    if (seen.kind != wanted.kind) continue;
    if (wanted.key && seen.key != *wanted.key) {
      if (other_keys.empty()) other_keys = fmt::format(", only one with key {}", seen.key);
      continue;
    }
    const std::string difference_here = difference(wanted, seen);
    if (difference_here.empty()) return "";
    if (nearest.empty()) nearest = difference_here;
  }
  const std::string name = word_for(wanted.kind) + (wanted.key ? fmt::format(" with key {}", *wanted.key) : "");
  return nearest.empty() ? "there was no " + name + other_keys : "the " + name + " " + nearest;
}

// As in lab files, in Observation::used, and for people.
struct MechanismWord {
  Mechanism mechanism;
  const char* spelling;
  const char* words;
};
constexpr MechanismWord kMechanisms[] = {
    {Mechanism::kSystemVSegment, "sysv-segment", "a System V shared memory segment"},
    {Mechanism::kSystemVSemaphores, "sysv-semaphores", "System V semaphores"},
    {Mechanism::kSystemVQueue, "sysv-queue", "a System V message queue"},
    {Mechanism::kPosixSegment, "posix-segment", "POSIX shared memory"},
    {Mechanism::kPosixSemaphores, "posix-semaphores", "POSIX semaphores"},
    {Mechanism::kPosixQueue, "posix-queue", "a POSIX message queue"},
    {Mechanism::kPipe, "pipe", "a pipe"},
    {Mechanism::kFifo, "fifo", "a FIFO"},
    {Mechanism::kSocket, "socket", "a network socket"},
    {Mechanism::kUnixSocket, "unix-socket", "a Unix socket"},
    {Mechanism::kSharedMapping, "shared-mapping", "a shared mapping"},
    {Mechanism::kThreads, "threads", "threads"},
    {Mechanism::kSignals, "signals", "signals"},
};

const MechanismWord& entry_for(Mechanism mechanism) {
  return *std::find_if(std::begin(kMechanisms), std::end(kMechanisms),
                       [&](const MechanismWord& entry) { return entry.mechanism == mechanism; });
}

}  // namespace

Answer answer_objects(const ObjectsCheck& question, const Evidence& evidence) {
  Answer answer;
  std::vector<std::string> absences;
  for (const ObjectExisted& wanted : question.existed) {
    answer.expected += (answer.expected.empty() ? "there is " : "; ") + words_for(wanted);
    const std::string words = absence(wanted, evidence.observation.objects);
    if (!words.empty()) absences.push_back(words);
  }
  if (!absences.empty()) answer.verdict = Verdict::kFailed;
  answer.seen = listed(absences, "; ");
  return answer;
}

Answer answer_uses(const UsesCheck& question, const Evidence& evidence) {
  const std::vector<std::string>& used = evidence.observation.used;
  std::vector<std::string> wanted;
  bool found = false;
  for (const Mechanism mechanism : question.any_of) {
    const MechanismWord& entry = entry_for(mechanism);
    wanted.push_back(entry.words);
    found = found || std::find(used.begin(), used.end(), entry.spelling) != used.end();
  }
  Answer answer{.expected = fmt::format("the programs use {}", fmt::join(wanted, " or "))};
  if (found) return answer;
  answer.verdict = Verdict::kFailed;
  answer.seen = used.empty() ? "no mechanism of this kind was used" : fmt::format("used: {}", fmt::join(used, ", "));
  return answer;
}

}  // namespace jitterlab
