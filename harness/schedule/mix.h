// Random numbers that depend on what they are for, never on a shared stream: the same (seed, step, task) gives the same
// number whatever else happened. Freestanding: also compiled into the agent.
#pragma once

#include <cstdint>

namespace jitterlab {

// Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators" (OOPSLA 2014), the finaliser of SplitMix64.
constexpr std::uint64_t mix(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15u;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

template <typename... More>
constexpr std::uint64_t mix(std::uint64_t first, std::uint64_t second, More... more) {
  return mix(mix(first) ^ second, more...);
}

}  // namespace jitterlab
