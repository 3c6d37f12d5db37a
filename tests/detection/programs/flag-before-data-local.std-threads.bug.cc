// A thread that was given main's variables by reference sets the flag before the answer, and main may take the answer
// that is not there yet.
// shows: exit 1
// races: answer, harmful
// maybe finds: busy-waiting
// story: answer
#include <atomic>
#include <cstdio>
#include <thread>

int main() {
  std::atomic<bool> ready = false;
  int answer = 0;
  std::thread thread([&ready, &answer] {
    ready = true;
    answer = 42;
  });
  while (!ready) std::this_thread::yield();
  const int seen = answer;
  thread.join();
  std::printf("seen %d\n", seen);
  return seen == 42 ? 0 : 1;
}
