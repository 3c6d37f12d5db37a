// Promises (a value, an exception), std::async, a packaged task, a shared future that two threads wait for, and a
// wait_for that is repeated until the value has come.
// prints: 7 caught 11 13 26
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <future>
#include <memory>
#include <stdexcept>
#include <thread>
#include <utility>

[[noreturn]] static void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

namespace {

int value_from_a_thread() {
  std::promise<int> promise;
  std::future<int> future = promise.get_future();
  CHECK(future.wait_for(std::chrono::milliseconds(2)) == std::future_status::timeout);
  std::thread thread([&promise] { promise.set_value(7); });
  while (future.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready) {
  }
  thread.join();
  return future.get();
}

bool exception_from_a_thread() {
  std::promise<int> promise;
  std::future<int> future = promise.get_future();
  std::thread thread([promise = std::move(promise)]() mutable {
    promise.set_exception(std::make_exception_ptr(std::runtime_error("on purpose")));
  });
  bool caught = false;
  try {
    future.get();
  } catch (const std::runtime_error&) {
    caught = true;
  }
  thread.join();
  return caught;
}

int packaged() {
  std::packaged_task<int(int)> task([](int number) { return number + 3; });
  std::future<int> future = task.get_future();
  std::thread thread(std::move(task), 10);
  const int result = future.get();
  thread.join();
  return result;
}

int shared_by_two() {
  std::promise<int> promise;
  const std::shared_future<int> future = promise.get_future().share();
  int results[2] = {0, 0};
  std::thread first([future, &results] { results[0] = future.get(); });
  std::thread second([future, &results] { results[1] = future.get(); });
  promise.set_value(13);
  first.join();
  second.join();
  return results[0] + results[1];
}

}  // namespace

int main() {
  const int value = value_from_a_thread();
  const bool caught = exception_from_a_thread();
  std::future<int> started = std::async(std::launch::async, [] { return 6; });
  std::future<int> lazy = std::async(std::launch::deferred, [] { return 5; });
  CHECK(lazy.wait_for(std::chrono::seconds(0)) == std::future_status::deferred);
  const int both = started.get() + lazy.get();
  const int task = packaged();
  std::printf("%d %s %d %d %d\n", value, caught ? "caught" : "not caught", both, task, shared_by_two());
  return 0;
}
