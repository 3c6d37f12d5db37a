// A thread that was given main's variables by reference sets the flag behind the answer.
// finds: busy-waiting
#include <atomic>
#include <cstdio>
#include <thread>

int main() {
  std::atomic<bool> ready = false;
  int answer = 0;
  std::thread thread([&ready, &answer] {
    answer = 42;
    ready = true;
  });
  while (!ready) std::this_thread::yield();
  const int seen = answer;
  thread.join();
  std::printf("seen %d\n", seen);
  return seen == 42 ? 0 : 1;
}
