// Atomics of C++20, also from several threads at once; prints results that do not depend on the order.
#include <atomic>
#include <cstdio>
#include <thread>
#include <vector>

struct Pair {
  long first, second;
  bool operator==(const Pair&) const = default;
};

template <typename T>
long add_from_threads() {
  std::atomic<T> sum{0}, other{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 500; ++i) {
        T seen = sum.load(std::memory_order_relaxed);
        while (!sum.compare_exchange_strong(seen, seen + 1, std::memory_order_relaxed)) continue;
        seen = other.load();
        while (!other.compare_exchange_weak(seen, seen + 2)) continue;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return static_cast<long>(sum) + static_cast<long>(other);
}

int main() {
  std::printf("%ld %ld %ld %ld\n", add_from_threads<unsigned char>(), add_from_threads<short>(),
              add_from_threads<int>(), add_from_threads<long>());
  std::printf("%ld\n", add_from_threads<unsigned __int128>());

  std::atomic<double> real{1.5};
  real.fetch_add(2.25);
  std::printf("%.2f\n", real.load());

  std::atomic<int> number{1};
  std::atomic_ref<int> reference(reinterpret_cast<int&>(number));
  reference += 4;
  std::thread waiter([&] { number.wait(5); });
  number.store(6);
  number.notify_all();
  waiter.join();
  std::printf("%d\n", number.load());

  std::atomic_flag flag;
  const bool was_set = flag.test_and_set();
  std::printf("%d %d\n", was_set, flag.test());

  int array[3] = {1, 2, 3};
  std::atomic<int*> pointer{array};
  ++pointer;
  std::printf("%d\n", *pointer.load());
}
