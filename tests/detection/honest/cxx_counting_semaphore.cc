// One place between a producer and a consumer with two counting semaphores, and a binary semaphore that says when all
// is done. prints: sum 36
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <semaphore>
#include <thread>

[[noreturn]] static void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

namespace {

constexpr int kItems = 8;
constexpr int kPlaces = 1;

struct Ring {
  std::counting_semaphore<kPlaces> free{kPlaces};
  std::counting_semaphore<kPlaces> used{0};
  std::binary_semaphore done{0};
  int items[kPlaces] = {0};
};

void produce(Ring& ring) {
  for (int item = 1; item <= kItems; ++item) {
    ring.free.acquire();
    ring.items[item % kPlaces] = item;
    ring.used.release();
  }
}

int consume(Ring& ring) {
  int sum = 0;
  for (int item = 1; item <= kItems; ++item) {
    ring.used.acquire();
    CHECK(ring.items[item % kPlaces] == item);
    sum += ring.items[item % kPlaces];
    ring.free.release();
  }
  return sum;
}

}  // namespace

int main() {
  Ring ring;
  int sum = 0;
  CHECK(!ring.used.try_acquire());
  CHECK(!ring.used.try_acquire_for(std::chrono::milliseconds(3)));
  std::thread producer([&ring] { produce(ring); });
  std::thread consumer([&ring, &sum] {
    sum = consume(ring);
    ring.done.release();
  });
  while (!ring.done.try_acquire_for(std::chrono::milliseconds(2))) {
  }
  producer.join();
  consumer.join();
  std::printf("sum %d\n", sum);
  return 0;
}
