// One thread locks left then right, the other right then left: each may hold one and wait for the other.
// shows: deadlock
// deadlock: circular-wait
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
  std::thread two([] { add(right, left); });
  one.join();
  two.join();
  std::printf("total %d\n", total);
  return total == 2 ? 0 : 1;
}
