// Which ends of pipes and FIFOs processes have open: who keeps a reader waiting for an end that never comes.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "sandbox/init/processes.h"

namespace jitterlab::init {

struct OpenPipeEnd {
  int pid = 0;
  int descriptor = 0;
  std::uint64_t object = 0;
  bool reads = false, writes = false;
};

// Of those pipes that `object_of` (device, inode) knows, not 0. Some of them when there are very many.
std::vector<OpenPipeEnd> open_pipe_ends(const std::vector<Process>& all,
                                        const std::function<std::uint64_t(std::uint64_t, std::uint64_t)>& object_of);

}  // namespace jitterlab::init
