// Two tellers, one of them main, sell the last tickets, which are counted in a local variable of main:
// each looks, then takes.
// shows: exit 1
#include <atomic>
#include <cstdio>
#include <thread>

int main() {
  std::atomic<int> left = 3;
  const auto sell = [&] {
    for (int i = 0; i < 2; i++) {
      if (left > 0) left--;
    }
  };
  std::thread teller(sell);
  sell();
  teller.join();
  std::printf("%d left\n", left.load());
  return left < 0;
}
