// By which a trace tells what was made under a name: TraceEvent::value of the step that made a FIFO, a file, a socket
// or a named object of POSIX. Only of the last part of a path, since a process may call one file by several paths.
// Freestanding.
#pragma once

#include <cstdint>
#include <initializer_list>

namespace jitterlab {

// Fowler, Noll, Vo: FNV-1a (1991). `before` stands in front of the name.
constexpr std::uint64_t hash_of_name(const char* name, const char* before = "") {
  const char* last = name;
  for (const char* at = name; *at != '\0'; ++at) {
    if (*at == '/' && at[1] != '\0') last = at + 1;
  }
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char* part : {before, last}) {
    for (; *part != '\0' && *part != '/'; ++part) hash = (hash ^ static_cast<unsigned char>(*part)) * 0x100000001b3u;
  }
  return hash;
}

}  // namespace jitterlab
