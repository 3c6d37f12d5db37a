// Readers with std::shared_lock, writers with std::scoped_lock of two mutexes at once.
// prints: 6 6
#include <cstdio>
#include <mutex>
#include <shared_mutex>
#include <thread>
#include <vector>

int main() {
  std::shared_mutex left_lock;
  std::mutex right_lock;
  int left = 0, right = 0, torn = 0;
  std::vector<std::thread> threads;
  for (int i = 1; i <= 3; i++) {
    threads.emplace_back([&, i] {
      std::scoped_lock both(left_lock, right_lock);
      left += i;
      right += i;
    });
  }
  threads.emplace_back([&] {
    int seen;
    {
      std::shared_lock reading(left_lock);
      seen = left;
    }
    std::lock_guard guard(right_lock);
    if (right < seen) torn = 1;
  });
  for (std::thread& thread : threads) thread.join();
  std::printf("%d %d\n", left, torn ? -1 : right);
}
