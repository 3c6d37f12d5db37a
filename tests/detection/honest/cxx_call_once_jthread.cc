// std::call_once whose first call throws, a function-local static, and std::jthreads that work for ever until they are
// asked to stop: one waits with a stop token, one looks at it, one has a stop callback.
// finds: busy-waiting
// prints: prepared 1 after 1 failure, stopped 3
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <stdexcept>
#include <stop_token>
#include <thread>

[[noreturn]] static void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

namespace {

std::once_flag once;
std::atomic<int> prepared{0};
std::atomic<int> failures{0};
std::atomic<int> statics{0};
std::atomic<int> stopped{0};

struct CountedStatic {
  CountedStatic() { ++statics; }
};

void prepare() {
  if (failures == 0) {
    ++failures;
    throw std::runtime_error("the first time");
  }
  ++prepared;
}

void use() {
  for (bool ready = false; !ready;) {
    try {
      std::call_once(once, prepare);
      ready = true;
    } catch (const std::runtime_error&) {
    }
  }
  static const CountedStatic counted;
  CHECK(prepared == 1 && statics == 1);
}

void wait_with_token(std::stop_token token) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock<std::mutex> lock(mutex);
  use();
  CHECK(!never.wait(lock, token, [] { return false; }));
  ++stopped;
}

void look_at_token(std::stop_token token) {
  use();
  while (!token.stop_requested()) std::this_thread::yield();
  ++stopped;
}

void run_with_callback(std::stop_token token) {
  std::atomic<bool> told{false};
  const std::stop_callback callback(token, [&told] {
    told = true;
    told.notify_all();
  });
  told.wait(false);
  ++stopped;
}

}  // namespace

int main() {
  {
    std::jthread waits(wait_with_token);
    std::jthread looks(look_at_token);
    std::jthread called(run_with_callback);
    use();
    CHECK(called.request_stop() && !called.request_stop());
  }
  CHECK(failures == 1);
  std::printf("prepared %d after %d failure, stopped %d\n", prepared.load(), failures.load(), stopped.load());
  return 0;
}
