// Functions share variables of their own with threads by reference: under a mutex, with a condition variable, by a
// latch, and by waiting for the threads. The second function has its variables where those of the first one were.
// prints: sum 3, parts 6, sum 1
#include <condition_variable>
#include <cstdio>
#include <latch>
#include <mutex>
#include <thread>
#include <vector>

static int sum(int count) {
  std::mutex mutex;
  std::condition_variable changed;
  int done = 0, total = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i) {
    threads.emplace_back([&, i] {
      std::lock_guard guard(mutex);
      total += i;
      if (++done == count) changed.notify_one();
    });
  }
  int seen = 0;
  {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return done == count; });
    seen = total;
  }
  for (std::thread& thread : threads) thread.join();
  return seen;
}

static int parts(int count) {
  int numbers[4] = {};
  std::latch all(count);
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i) {
    threads.emplace_back([&, i] {
      numbers[i] = i;
      all.count_down();
    });
  }
  all.wait();
  int total = 0;
  for (const int number : numbers) total += number;
  for (std::thread& thread : threads) thread.join();
  return total;
}

int main() {
  const int first = sum(3), second = parts(4), third = sum(2);
  std::printf("sum %d, parts %d, sum %d\n", first, second, third);
}
