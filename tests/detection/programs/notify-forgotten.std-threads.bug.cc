// The producer stores and notifies nobody. Who waits looks at the value some sixteen times before it sleeps, and sleeps
// for ever where the producer is later than that.
// shows: deadlock
// deadlock: never-sent
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
}

int main() {
  std::thread consumer(consume);
  std::thread producer(produce);
  producer.join();
  consumer.join();
  return 0;
}
