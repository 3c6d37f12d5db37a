// Where box init works: the kind of isolation, the users, and the folders, which differ without namespaces.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "os/fd.h"

namespace jitterlab::init {

enum class Mode {
  kRoot,  // pid 1 of namespaces made by root: programs get the lane's user id
  kUser,  // pid 1 of namespaces made by a normal user: programs keep the user id and lose the capabilities
  kNone,  // an ordinary process: nothing is isolated, so only what the programs made is touched
};

struct Place {
  Mode mode = Mode::kNone;
  uid_t student = 0, lab = 0;  // kRoot only
  std::string work;            // writable folder of an execution
  std::string control;         // the agent's control area

  // Kernel settings, opened before they were made unreachable; invalid without namespaces.
  Fd last_pid, next_segment, next_semaphores, next_queue;
};

// Each instance writes under a group id of its own in kRoot: this is how the kernel says who wrote.
inline constexpr gid_t kFirstGroup = 62000;
inline constexpr int kMostInstances = 1000;

// The process id that was given last in the lane's namespace; -1: it cannot be told.
int last_pid(const Place& place);

// Limits of the lane's namespaces, small /etc, mounts that programs must not reach. Throws Error with the step that
// failed.
Place settle(const std::vector<std::string>& arguments);

}  // namespace jitterlab::init
