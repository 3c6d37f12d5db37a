// An atomic flag set without the lock: the notification may come after the waiter's look and before its wait.
// shows: deadlock
// deadlock: lost-wake-up
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>

static std::mutex lock;
static std::condition_variable changed;
static std::atomic<bool> done{false};
static int went_on;

static void wait_for_it() {
  std::unique_lock hold(lock);
  changed.wait(hold, [] { return done.load(); });
  went_on = 1;
}

static void announce() {
  done = true;
  changed.notify_one();
}

int main() {
  std::thread waiter(wait_for_it);
  std::thread announcer(announce);
  waiter.join();
  announcer.join();
  std::printf("went on %d\n", went_on);
  return went_on == 1 ? 0 : 1;
}
