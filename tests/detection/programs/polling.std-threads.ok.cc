// The thread waits until the other one has notified it; that both sleep now and then is no waiting.
// prints: seen 42
#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>

std::atomic<bool> ready{false};
int number = 0, seen = 0;

void nap() { std::this_thread::sleep_for(std::chrono::milliseconds(2)); }

void consume() {
  nap();
  ready.wait(false);
  seen = number;
}

void produce() {
  nap();
  nap();
  nap();
  number = 42;
  ready.store(true);
  ready.notify_one();
}

int main() {
  std::thread consumer(consume);
  std::thread producer(produce);
  producer.join();
  consumer.join();
  std::printf("seen %d\n", seen);
  return seen == 42 ? 0 : 1;
}
