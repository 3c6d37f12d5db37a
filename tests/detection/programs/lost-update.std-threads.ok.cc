// The addition is one atomic step, so none is lost.
#include <atomic>
#include <cstdio>
#include <thread>

static std::atomic<int> counter{0};

static void add() { counter += 1; }

int main() {
  std::thread first(add);
  std::thread second(add);
  first.join();
  second.join();
  std::printf("counter %d\n", counter.load());
  return counter == 2 ? 0 : 1;
}
