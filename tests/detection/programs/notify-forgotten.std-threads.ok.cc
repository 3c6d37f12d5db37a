// The producer stores and then notifies who sleeps.
#include <atomic>
#include <cstdio>
#include <thread>

std::atomic<int> ready{0};
int number = 0;

void consume() {
  ready.wait(0);
  std::printf("got %d\n", number);
}

void produce() {
  number = 42;
  ready.store(1);
  ready.notify_all();
}

int main() {
  std::thread consumer(consume);
  std::thread producer(produce);
  producer.join();
  consumer.join();
  return 0;
}
