// The command line that starts box init, with the namespaces around it.
#pragma once

#include <string>
#include <vector>

#include "sandbox/box.h"

namespace jitterlab {

// `lane_user` is for Isolation::kRootNamespaces, `folder` (of the host, ours, empty) for Isolation::kNone.
std::vector<std::string> launcher_arguments(const BoxSetup& setup, Isolation isolation, unsigned lane_user,
                                            const std::string& folder);

}  // namespace jitterlab
