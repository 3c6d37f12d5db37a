#include "run/mechanisms.h"

#include <algorithm>
#include <set>

namespace jitterlab {
namespace {

// For what the kernel does not report. A program may take a symbol and never call it; what is asked with `uses` is a
// hint to the student, not a proof.
const std::map<std::string, std::string> kShownBySymbol = {
    {"sem_wait", "posix-semaphores"},
    {"sem_timedwait", "posix-semaphores"},
    {"sem_trywait", "posix-semaphores"},
    {"shm_open", "posix-segment"},
    {"mq_open", "posix-queue"},
    {"mmap", "shared-mapping"},  // of a file that has no name, say; anonymous ones are seen by the kernel
    {"mmap64", "shared-mapping"},
    {"pipe", "pipe"},
    {"pipe2", "pipe"},
    {"popen", "pipe"},
    {"mkfifo", "fifo"},
    {"mkfifoat", "fifo"},
    {"mknod", "fifo"},
    {"socketpair", "unix-socket"},
    {"pthread_create", "threads"},
    {"thrd_create", "threads"},
    {"sigaction", "signals"},
    {"signal", "signals"},
    {"sigsuspend", "signals"},
    {"sigwait", "signals"},
    {"sigprocmask", "signals"},
};

// System V: the symbol, and an object of the kind that really was there.
const std::map<std::string, std::pair<ObjectKind, std::string>> kShownByObject = {
    {"shmget", {ObjectKind::kSegment, "sysv-segment"}},
    {"semget", {ObjectKind::kSemaphores, "sysv-semaphores"}},
    {"msgget", {ObjectKind::kQueue, "sysv-queue"}},
};

bool has_object(const Observation& observation, ObjectKind kind) {
  return std::any_of(observation.objects.begin(), observation.objects.end(),
                     [&](const ObjectSeen& object) { return object.kind == kind; });
}

std::string shown_by(const std::string& symbol) {
  const auto found = kShownBySymbol.find(symbol);
  if (found != kShownBySymbol.end()) return found->second;
  return symbol.find("_M_start_thread") != std::string::npos ? "threads" : "";  // std::thread
}

bool was_started(const Observation& observation, const Role& role) {
  return std::any_of(observation.instances.begin(), observation.instances.end(), [&](const InstanceSeen& instance) {
    return instance.role == role.name && instance.ending.kind() != Ending::Kind::kNotStarted;
  });
}

}  // namespace

std::vector<std::string> mechanisms_used(const Observation& observation,
                                         const std::vector<std::pair<int, std::string>>& calls,
                                         const std::map<std::string, std::vector<std::string>>& imports,
                                         const Scenario& scenario) {
  std::set<std::string> used;
  for (const auto& [instance, mechanism] : calls) {
    if (observation.instances.at(static_cast<std::size_t>(instance)).origin == Origin::kSubmission)
      used.insert(mechanism);
  }
  for (const Role& role : scenario.roles) {
    const auto found = imports.find(role.program);
    if (role.origin != Origin::kSubmission || found == imports.end() || !was_started(observation, role)) continue;
    for (const std::string& symbol : found->second) {
      const std::string mechanism = shown_by(symbol);
      if (!mechanism.empty()) used.insert(mechanism);
      // Which family a socket is of, the symbol does not tell; a lab that asks for one accepts the other.
      if (symbol == "socket") used.insert({"socket", "unix-socket"});
      const auto by_object = kShownByObject.find(symbol);
      if (by_object != kShownByObject.end() && has_object(observation, by_object->second.first))
        used.insert(by_object->second.second);
    }
  }
  return {used.begin(), used.end()};
}

}  // namespace jitterlab
