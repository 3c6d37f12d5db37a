#include "agent/lines.h"

#include <dlfcn.h>

#include <cstdio>

namespace jitterlab {

// Looked up, lest a function of the program called setvbuf is taken. libc makes a terminal's stdout line-buffered by
// itself and would do so again; no buffer is allocated before the first output.
void buffer_stdout_by_lines() {
  auto* set_buffering = reinterpret_cast<decltype(&setvbuf)>(dlsym(RTLD_NEXT, "setvbuf"));
  set_buffering(stdout, nullptr, _IOLBF, 0);
}

}  // namespace jitterlab
