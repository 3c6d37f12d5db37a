// C++ as students write it: streams, exceptions, virtual functions, threads, conditions, futures, atomics.
#include <atomic>
#include <condition_variable>
#include <future>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <semaphore>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

struct Shape {
  virtual ~Shape() = default;
  virtual int area() const = 0;
};
struct Square : Shape {
  explicit Square(int side) : side(side) {}
  int area() const override { return side * side; }
  int side;
};

static std::string describe(int number) {
  static const std::map<int, std::string> names{{1, "one"}, {2, "two"}};
  auto found = names.find(number);
  if (found == names.end()) throw std::out_of_range("no name for " + std::to_string(number));
  return found->second;
}

int main() {
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<int> queue;
  std::atomic<int> count{0};
  std::counting_semaphore<4> slots{2};
  long sum = 0;

  std::vector<std::thread> threads;
  for (int t = 0; t < 3; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) {
        slots.acquire();
        {
          std::lock_guard guard(mutex);
          queue.push_back(t * 50 + i);
        }
        changed.notify_one();
        ++count;
        slots.release();
      }
    });
  }
  std::jthread consumer([&] {
    for (int taken = 0; taken < 150; ++taken) {
      std::unique_lock guard(mutex);
      changed.wait(guard, [&] { return !queue.empty(); });
      sum += queue.back();
      queue.pop_back();
    }
  });
  for (std::thread& thread : threads) thread.join();
  consumer.join();
  std::cout << "count " << count << " sum " << sum << std::endl;

  std::unique_ptr<Shape> shape = std::make_unique<Square>(5);
  auto later = std::async(std::launch::async, [&] { return shape->area(); });
  std::cout << "area " << later.get() << "\n";
  auto failing = std::async(std::launch::async, [] { return describe(7); });
  try {
    failing.get();
  } catch (const std::out_of_range& error) {
    std::ostringstream text;
    text << error.what();
    std::cout << text.str() << "\n";
  }
  thread_local std::string mine = describe(2);
  std::cout << mine << std::endl;
}
