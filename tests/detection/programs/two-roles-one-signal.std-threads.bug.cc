// Producer and consumers wait on one condition variable and a change wakes one of them: a consumer may wake the other
// consumer where the producer was meant, and then all wait.
// shows: deadlock
// deadlock: lost-wake-up
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>

static std::mutex lock;
static std::condition_variable changed;
static int items;
static int taken;

// Work of its own, so that in a plain run this task usually comes late.
static void prepare() {
  volatile int left = 300000;
  while (left > 0) left = left - 1;
}

static void consume() {
  prepare();
  std::unique_lock hold(lock);
  changed.wait(hold, [] { return items > 0; });
  items--;
  taken++;
  changed.notify_one();
}

static void produce() {
  for (int i = 0; i < 2; i++) {
    std::unique_lock hold(lock);
    changed.wait(hold, [] { return items == 0; });
    items++;
    changed.notify_one();
  }
}

int main() {
  std::thread producer(produce);
  std::thread first(consume);
  std::thread second(consume);
  producer.join();
  first.join();
  second.join();
  std::printf("taken %d\n", taken);
  return taken == 2 && items == 0 ? 0 : 1;
}
