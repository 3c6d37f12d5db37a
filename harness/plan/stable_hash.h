// A hash that is the same on every machine and in every version of the harness; std::hash promises neither.
#pragma once

#include <cstdint>
#include <string_view>

namespace jitterlab {

// FNV-1a, 64 bits (Fowler, Noll, Vo). Not against attackers: only texts of the lab are hashed with it.
constexpr std::uint64_t stable_hash(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return hash;
}

}  // namespace jitterlab
