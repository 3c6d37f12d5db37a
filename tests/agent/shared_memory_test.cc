#include "agent/shared_memory.h"

#include <gtest/gtest.h>

namespace jitterlab {
namespace {

const char* page(std::uintptr_t number) { return reinterpret_cast<const char*>(number << 12); }

class SharedMemoryTest : public testing::Test {
 protected:
  // Which of the pages 10 to 19 are shared, as in "..xx......".
  std::string shared_pages() const {
    std::string result;
    for (std::uintptr_t number = 10; number < 20; ++number) result += memory_.contains(page(number) + 7) ? 'x' : '.';
    return result;
  }

  SharedMemory memory_;
};

TEST_F(SharedMemoryTest, NothingIsSharedAtFirst) { EXPECT_EQ(shared_pages(), ".........."); }

TEST_F(SharedMemoryTest, RangeIsRoundedToWholePages) {
  memory_.add(page(12), 20);
  memory_.add(page(15), 4097);
  EXPECT_EQ(shared_pages(), "..x..xx...");
}

TEST_F(SharedMemoryTest, RemovingTheMiddleLeavesBothEnds) {
  memory_.add(page(11), 6 * 4096);
  memory_.remove(page(13), 2 * 4096);
  EXPECT_EQ(shared_pages(), ".xx..xx...");
}

TEST_F(SharedMemoryTest, RemovingAcrossRangesCutsEach) {
  memory_.add(page(10), 3 * 4096);
  memory_.add(page(14), 3 * 4096);
  memory_.remove(page(12), 3 * 4096);
  EXPECT_EQ(shared_pages(), "xx...xx...");
}

TEST_F(SharedMemoryTest, RangeAtAnAddressIsRemovedWhole) {
  memory_.add(page(10), 3 * 4096);
  memory_.add(page(14), 3 * 4096);
  memory_.remove_range_at(page(14));
  memory_.remove_range_at(page(11));
  EXPECT_EQ(shared_pages(), "xxx.......");
}

TEST_F(SharedMemoryTest, AddingAgainReplacesTheOldRange) {
  memory_.add(page(10), 5 * 4096);
  memory_.add(page(12), 4096);
  memory_.remove_range_at(page(12));
  EXPECT_EQ(shared_pages(), "xx.xx.....");
}

TEST_F(SharedMemoryTest, RangesBeyondTheTableAreNotWatchedUntilThereIsRoom) {
  for (std::uintptr_t i = 0; i < SharedMemory::kMostRanges; ++i) memory_.add(page(1000 + 2 * i), 1);
  memory_.add(page(10), 1);
  EXPECT_EQ(shared_pages(), "..........");
  memory_.remove(page(1000), 1);
  memory_.add(page(10), 1);
  EXPECT_EQ(shared_pages(), "x.........");
  EXPECT_TRUE(memory_.contains(page(1000 + 2 * (SharedMemory::kMostRanges - 1))));
}

// As the agent asks: from a function below the one that holds the variable.
__attribute__((noinline)) bool contains(const SharedMemory& memory, const int* variable) {
  return memory.contains(variable);
}

TEST_F(SharedMemoryTest, WithThreadsEverythingButTheOwnStackIsShared) {
  int local = 0;
  this_task.stack_end = reinterpret_cast<std::uintptr_t>(&local) + 4096;
  EXPECT_FALSE(contains(memory_, &local));
  memory_.set_threads(true);
  EXPECT_FALSE(contains(memory_, &local));
  EXPECT_EQ(shared_pages(), "xxxxxxxxxx");
  memory_.set_threads(false);
  EXPECT_EQ(shared_pages(), "..........");
}

TEST_F(SharedMemoryTest, WhoHasCreatedAThreadHasNoStackOfItsOwnButForItsHandles) {
  int locals[2] = {};
  this_task.stack_end = reinterpret_cast<std::uintptr_t>(locals) + 4096;
  this_task.shares_stack = true;
  this_task.handles = reinterpret_cast<std::uintptr_t>(&locals[1]);
  this_task.handles_end = this_task.handles + sizeof locals[1];
  EXPECT_FALSE(contains(memory_, &locals[0]));
  memory_.set_threads(true);
  EXPECT_TRUE(contains(memory_, &locals[0]));
  EXPECT_FALSE(contains(memory_, &locals[1]));
  this_task.shares_stack = false;
}

}  // namespace
}  // namespace jitterlab
