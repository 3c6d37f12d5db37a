// Static variables of functions are initialised once, by whoever comes first; others wait and see them whole. Shared
// pointers are counted by atomics, and the last one destroys.
// prints: 3 3 3, destroyed 1
#include <atomic>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <vector>

static std::atomic<int> destroyed{0};

struct Counted {
  std::vector<int> numbers = {1, 2, 3};
  ~Counted() { ++destroyed; }
};

static const std::vector<std::string>& words() {
  static const std::vector<std::string> all = {"one", "two", "three"};
  return all;
}

int main() {
  int seen[3] = {};
  auto counted = std::make_shared<Counted>();
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; i++) {
    threads.emplace_back([&seen, i, counted] {
      const std::shared_ptr<Counted> mine = counted;
      seen[i] = words().back().size() == 5 && mine->numbers[2] == 3 ? static_cast<int>(words().size()) : 0;
    });
  }
  counted.reset();
  for (std::thread& thread : threads) thread.join();
  threads.clear();
  std::printf("%d %d %d, destroyed %d\n", seen[0], seen[1], seen[2], destroyed.load());
}
