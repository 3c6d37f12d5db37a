// Three threads wait for one latch to start and count down another when they end; between, a barrier with a completion
// function adds up three rounds, and one thread drops out of the last.
// prints: rounds 9, sums 6 12 9
#include <unistd.h>

#include <atomic>
#include <barrier>
#include <cstdio>
#include <latch>
#include <thread>
#include <vector>

[[noreturn]] static void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

namespace {

constexpr int kThreads = 3;

struct Rounds {
  int parts[kThreads] = {0, 0, 0};
  std::vector<int> sums;
  std::atomic<int> arrivals{0};
};

}  // namespace

int main() {
  Rounds rounds;
  std::latch start(1);
  std::latch ended(kThreads);
  const auto add_up = [&rounds]() noexcept {
    rounds.sums.push_back(rounds.parts[0] + rounds.parts[1] + rounds.parts[2]);
  };
  std::barrier barrier(kThreads, add_up);

  const auto run = [&](int me) {
    start.wait();
    for (int round = 1; round <= 2; ++round) {
      rounds.parts[me] = (me + 1) * round;
      ++rounds.arrivals;
      barrier.arrive_and_wait();
      CHECK(static_cast<int>(rounds.sums.size()) >= round);
      barrier.arrive_and_wait();
    }
    rounds.parts[me] = me == 0 ? 0 : me * 3;
    ++rounds.arrivals;
    if (me == 0) barrier.arrive_and_drop();
    if (me != 0) barrier.arrive_and_wait();
    ended.count_down();
  };
  std::vector<std::thread> threads;
  for (int me = 0; me < kThreads; ++me) threads.emplace_back(run, me);
  start.count_down();
  ended.wait();
  CHECK(ended.try_wait());
  for (std::thread& thread : threads) thread.join();
  CHECK(rounds.sums.size() == 5);
  std::printf("rounds %d, sums %d %d %d\n", rounds.arrivals.load(), rounds.sums[0], rounds.sums[2], rounds.sums[4]);
  return 0;
}
