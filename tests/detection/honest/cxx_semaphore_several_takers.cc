// A pool of two places that three threads take and give back, a start that is released for all three at once, and a
// wait with a limit of the steady clock. Several tasks wait for one semaphore while others release it, which the
// semaphores of GCC 12's own library do not survive (GCC's bug 104928): programs are built with those of POSIX.
// prints: in 6, late 0
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <mutex>
#include <semaphore>
#include <thread>
#include <vector>

[[noreturn]] static void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

namespace {

constexpr int kThreads = 3, kRounds = 2, kPlaces = 2;

struct Pool {
  std::counting_semaphore<> start{0};
  std::counting_semaphore<kPlaces> places{kPlaces};
  std::mutex mutex;
  int inside = 0, most = 0, in = 0;
};

void use(Pool& pool) {
  pool.start.acquire();
  for (int round = 0; round < kRounds; ++round) {
    pool.places.acquire();
    {
      const std::lock_guard guard(pool.mutex);
      ++pool.in;
      if (++pool.inside > pool.most) pool.most = pool.inside;
    }
    {
      const std::lock_guard guard(pool.mutex);
      --pool.inside;
    }
    pool.places.release();
  }
}

// Nobody releases: the limit comes. Then somebody does.
int takes_too_late() {
  std::binary_semaphore never{0};
  const auto limit = std::chrono::steady_clock::now() + std::chrono::milliseconds(3);
  const bool taken = never.try_acquire_until(limit);
  CHECK(std::chrono::steady_clock::now() >= limit);
  never.release();
  CHECK(never.try_acquire() && !never.try_acquire());
  return taken;
}

}  // namespace

int main() {
  Pool pool;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) threads.emplace_back([&pool] { use(pool); });
  pool.start.release(kThreads);
  for (std::thread& thread : threads) thread.join();
  CHECK(pool.most <= kPlaces);
  CHECK(pool.places.try_acquire() && pool.places.try_acquire() && !pool.places.try_acquire());
  CHECK(std::counting_semaphore<>::max() >= 1 << 30);
  std::printf("in %d, late %d\n", pool.in, takes_too_late());
  return 0;
}
