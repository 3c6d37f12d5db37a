// Two threads fill the halves of an array and count down a latch; latch and array are local variables of main, which
// waits for the latch and adds up before it joins them. prints: 10
#include <cstdio>
#include <latch>
#include <thread>
#include <vector>

int main() {
  std::latch filled(2);
  std::vector<int> parts(4);
  const auto fill = [&](int from) {
    parts[from] = from + 1;
    parts[from + 1] = from + 2;
    filled.count_down();
  };
  std::thread low(fill, 0), high(fill, 2);
  filled.wait();
  int sum = 0;
  for (int part : parts) sum += part;
  std::printf("%d\n", sum);
  low.join();
  high.join();
}
