// The command line that starts box init, with the namespaces around it.
#pragma once

#include <string>
#include <vector>

#include "sandbox/box.h"

namespace jitterlab {

struct Launcher {
  Isolation isolation = Isolation::kNone;
  std::vector<std::string> arguments;
};

// `lane_user` is for Isolation::kRootNamespaces, `folder` (of the host, ours, empty) for Isolation::kNone.
std::vector<std::string> launcher_arguments(const BoxSetup& setup, Isolation isolation, unsigned lane_user,
                                            const std::string& folder);

// What this process can use: root's namespaces as root, user namespaces otherwise; kNone on the user's word.
Isolation isolation_for(const BoxSetup& setup);

}  // namespace jitterlab
