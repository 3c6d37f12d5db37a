// A queue between two producers and two consumers with std::condition_variable, closed with notify_all; before it a
// timed wait in vain, and a std::condition_variable_any over a shared mutex.
// prints: sum 20
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <optional>
#include <queue>
#include <shared_mutex>
#include <thread>

[[noreturn]] static void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

namespace {

using std::chrono::milliseconds;

class Queue {
 public:
  void push(int item) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      items_.push(item);
    }
    changed_.notify_one();
  }

  void close() {
    const std::lock_guard<std::mutex> lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }

  std::optional<int> pop() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return closed_ || !items_.empty(); });
    if (items_.empty()) return std::nullopt;
    const int item = items_.front();
    items_.pop();
    return item;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::queue<int> items_;
  bool closed_ = false;
};

void wait_in_vain() {
  std::mutex mutex;
  std::condition_variable never;
  std::unique_lock<std::mutex> lock(mutex);
  CHECK(!never.wait_for(lock, milliseconds(3), [] { return false; }));
  CHECK(!never.wait_until(lock, std::chrono::system_clock::now() + milliseconds(3), [] { return false; }));
}

void wait_with_any_lock() {
  std::shared_mutex mutex;
  std::condition_variable_any changed;
  bool ready = false;
  std::thread waiter([&] {
    std::shared_lock<std::shared_mutex> lock(mutex);
    changed.wait(lock, [&] { return ready; });
  });
  {
    const std::lock_guard<std::shared_mutex> lock(mutex);
    ready = true;
  }
  changed.notify_all();
  waiter.join();
}

void produce(Queue& queue) {
  for (int item = 1; item <= 4; ++item) queue.push(item);
}

void consume(Queue& queue, int& sum) {
  while (const std::optional<int> item = queue.pop()) sum += *item;
}

}  // namespace

int main() {
  wait_in_vain();
  wait_with_any_lock();
  Queue queue;
  int sums[2] = {0, 0};
  std::thread consumers[2] = {std::thread([&] { consume(queue, sums[0]); }),
                              std::thread([&] { consume(queue, sums[1]); })};
  std::thread producer([&queue] { produce(queue); });
  produce(queue);
  producer.join();
  queue.close();
  for (std::thread& consumer : consumers) consumer.join();
  std::printf("sum %d\n", sums[0] + sums[1]);
  return 0;
}
