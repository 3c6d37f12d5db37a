// A thread sleeps and looks at a flag in turn until the other has set it; no header of the library does that.
// finds: busy-waiting
// evidence: ready._M_base._M_i
// prints: seen 42
#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>

std::atomic<bool> ready{false};
int number = 0, seen = 0;

void nap() { std::this_thread::sleep_for(std::chrono::milliseconds(2)); }

void consume() {
  while (!ready.load()) nap();
  seen = number;
}

void produce() {
  nap();
  nap();
  nap();
  number = 42;
  ready.store(true);
}

int main() {
  std::thread consumer(consume);
  std::thread producer(produce);
  producer.join();
  consumer.join();
  std::printf("seen %d\n", seen);
  return seen == 42 ? 0 : 1;
}
