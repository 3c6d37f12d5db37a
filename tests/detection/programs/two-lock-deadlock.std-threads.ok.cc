// Both threads lock left before right, so nobody holds right while waiting for left.
#include <cstdio>
#include <mutex>
#include <thread>

static std::mutex left;
static std::mutex right;
static int total;

static void add(std::mutex& first, std::mutex& second) {
  std::lock_guard hold_first(first);
  std::lock_guard hold_second(second);
  total++;
}

int main() {
  std::thread one([] { add(left, right); });
  std::thread two([] { add(left, right); });
  one.join();
  two.join();
  std::printf("total %d\n", total);
  return total == 2 ? 0 : 1;
}
