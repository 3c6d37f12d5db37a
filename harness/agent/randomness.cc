// Random numbers from the kernel and the processor. In controlled executions they come from the seed: the same for each
// task in every repetition, and others for another seed.
#include <sys/random.h>
#include <sys/types.h>

#include "agent/randomness.h"
#include "agent/task.h"
#include "agent/wrap.h"
#include "schedule/mix.h"

namespace jitterlab {
namespace {

constexpr std::uint64_t kSalt = 0x72616e646f6d;  // "random"
constexpr std::size_t kMostEntropy = 256;        // that getentropy gives at once

std::uint64_t next_random() { return mix(control_area->seed, this_task.id, ++this_task.random_numbers, kSalt); }

}  // namespace

void fill_with_random(void* to, std::size_t size) {
  auto* bytes = static_cast<unsigned char*>(to);
  for (std::size_t i = 0; i < size;) {
    std::uint64_t number = next_random();
    for (int left = 8; left > 0 && i < size; --left, number >>= 8) bytes[i++] = static_cast<unsigned char>(number);
  }
}

}  // namespace jitterlab

using namespace jitterlab;

JITTERLAB_REPLACE(ssize_t, getrandom, (void* to, std::size_t size, unsigned flags)) {
  if (!is_controlled() || to == nullptr) return JITTERLAB_REAL(getrandom)(to, size, flags);
  fill_with_random(to, size);
  return static_cast<ssize_t>(size);
}

JITTERLAB_REPLACE(int, getentropy, (void* to, std::size_t size)) {
  if (!is_controlled() || to == nullptr || size > kMostEntropy) return JITTERLAB_REAL(getentropy)(to, size);
  fill_with_random(to, size);
  return 0;
}

JITTERLAB_REPLACE(std::uint32_t, arc4random, ()) {
  return is_controlled() ? static_cast<std::uint32_t>(next_random()) : JITTERLAB_REAL(arc4random)();
}

JITTERLAB_REPLACE(void, arc4random_buf, (void* to, std::size_t size)) {
  if (is_controlled())
    fill_with_random(to, size);
  else
    JITTERLAB_REAL(arc4random_buf)(to, size);
}

JITTERLAB_REPLACE(std::uint32_t, arc4random_uniform, (std::uint32_t end)) {
  if (!is_controlled()) return JITTERLAB_REAL(arc4random_uniform)(end);
  return end == 0 ? 0 : static_cast<std::uint32_t>(next_random() % end);
}

// std::random_device: what its operator() calls, in libstdc++.
#define JITTERLAB_RANDOM_DEVICE(name)                                                             \
  JITTERLAB_REPLACE(unsigned, name, (void* device)) {                                             \
    return is_controlled() ? static_cast<unsigned>(next_random()) : JITTERLAB_REAL(name)(device); \
  }
JITTERLAB_RANDOM_DEVICE(_ZNSt13random_device9_M_getvalEv)
JITTERLAB_RANDOM_DEVICE(_ZNSt13random_device16_M_getval_pretr1Ev)
