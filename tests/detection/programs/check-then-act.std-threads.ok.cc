// Two tellers, one of them main, sell the last tickets, which are counted in a local variable of main:
// each takes what it has seen, or looks again.
// prints: 0 left
#include <atomic>
#include <cstdio>
#include <thread>

int main() {
  std::atomic<int> left = 3;
  const auto sell = [&] {
    for (int i = 0; i < 2; i++) {
      int seen = left;
      while (seen > 0 && !left.compare_exchange_weak(seen, seen - 1)) continue;
    }
  };
  std::thread teller(sell);
  sell();
  teller.join();
  std::printf("%d left\n", left.load());
  return left < 0;
}
