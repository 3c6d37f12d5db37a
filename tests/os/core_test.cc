#include "os/core.h"

#include <gtest/gtest.h>
#include <sched.h>

#include <thread>

namespace jitterlab {
namespace {

cpu_set_t cores() {
  cpu_set_t set;
  CPU_ZERO(&set);
  ::sched_getaffinity(0, sizeof set, &set);
  return set;
}

TEST(Core, AThreadIsKeptToOneOfThoseThatItMayUseAndTheOthersAreNot) {
  const cpu_set_t usable = cores();
  for (const int number : {0, 1, 2, 1000}) {
    cpu_set_t kept;
    std::thread([&] {
      keep_to_core(number);
      kept = cores();
    }).join();
    cpu_set_t both;
    CPU_AND(&both, &usable, &kept);
    EXPECT_EQ(CPU_COUNT(&kept), 1);
    EXPECT_TRUE(CPU_EQUAL(&both, &kept));
  }
  const cpu_set_t after = cores();
  EXPECT_TRUE(CPU_EQUAL(&after, &usable));
}

TEST(Core, ConsecutiveNumbersGoRoundAllOfThem) {
  const cpu_set_t usable = cores();
  cpu_set_t seen;
  CPU_ZERO(&seen);
  for (int number = 3; number < 3 + CPU_COUNT(&usable); ++number) {
    std::thread([&] {
      keep_to_core(number);
      const cpu_set_t kept = cores();
      CPU_OR(&seen, &seen, &kept);
    }).join();
  }
  EXPECT_TRUE(CPU_EQUAL(&seen, &usable));
}

}  // namespace
}  // namespace jitterlab
