// The pointer is published before the object is filled, so the other thread, which looks without the lock, may follow
// a pointer inside it that is still null.
// shows: crash
// races: config.limit, harmful
#include <atomic>
#include <cstdio>
#include <mutex>
#include <thread>

struct Config {
  const int* limit;
};

static const int standard_limit = 42;
static Config config;
static std::mutex lock;
static std::atomic<Config*> instance{nullptr};
static int seen[2];

static int limit() {
  if (instance.load() == nullptr) {
    std::lock_guard hold(lock);
    if (instance.load() == nullptr) {
      instance = &config;
      config.limit = &standard_limit;
    }
  }
  return *instance.load()->limit;
}

int main() {
  std::thread first([] { seen[0] = limit(); });
  std::thread second([] { seen[1] = limit(); });
  first.join();
  second.join();
  std::printf("seen %d and %d\n", seen[0], seen[1]);
  return seen[0] == 42 && seen[1] == 42 ? 0 : 1;
}
