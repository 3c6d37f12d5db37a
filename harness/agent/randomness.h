// /dev/urandom and /dev/random in controlled executions.
#pragma once

namespace jitterlab {

// Whether opening this path is to give a file made by open_random_source() instead. False in other executions.
bool is_random_source(const char* path);
// As open: a descriptor, or -1 and errno. Its file is long, but not endless.
int open_random_source(int flags);

}  // namespace jitterlab
