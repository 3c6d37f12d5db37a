#include "schedule/python_place.h"

#include <gtest/gtest.h>

namespace jitterlab {
namespace {

std::uint64_t number_of(const PythonPlace& place) { return reinterpret_cast<std::uint64_t>(python_place(place)); }

TEST(PythonPlace, NumberHoldsFileLineAndInstruction) {
  const std::uint64_t number = number_of({3, 120'000, 4094});
  ASSERT_TRUE(is_python_place(number));
  const PythonPlace place = python_place_of(number);
  EXPECT_EQ(place.file, 3);
  EXPECT_EQ(place.line, 120'000);
  EXPECT_EQ(place.instruction, 4094);
}

TEST(PythonPlace, WhatIsTooLargeStaysWithinItsOwnPart) {
  const PythonPlace place = python_place_of(number_of({1, -1, 1 << 20}));
  EXPECT_EQ(place.file, 1);
  EXPECT_EQ(place.instruction, 0);
}

TEST(PythonPlace, AddressesAreNone) {
  EXPECT_FALSE(is_python_place(0));
  EXPECT_FALSE(is_python_place(0x5555'5555'4000));
  EXPECT_FALSE(is_python_place(0x7fff'f7dd'0000));
}

}  // namespace
}  // namespace jitterlab
