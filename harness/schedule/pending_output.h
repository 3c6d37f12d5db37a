// By which a trace tells what was in the buffer of standard output when a process forked: TraceEvent::detail of the
// fork. The bytes themselves are in what the processes wrote. Freestanding.
#pragma once

#include <cstddef>
#include <cstdint>

namespace jitterlab {

inline constexpr std::size_t kMostPending = 0xffff;  // more is cut off

// The size above a hash (FNV-1a, as in name_hash.h); 0: nothing.
constexpr std::uint64_t packed_pending(const char* bytes, std::size_t size) {
  if (size > kMostPending) size = kMostPending;
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (std::size_t i = 0; i < size; ++i) hash = (hash ^ static_cast<unsigned char>(bytes[i])) * 0x100000001b3u;
  return static_cast<std::uint64_t>(size) << 48 | (size == 0 ? 0 : hash >> 16);
}
constexpr std::size_t pending_size(std::uint64_t packed) { return packed >> 48; }

}  // namespace jitterlab
