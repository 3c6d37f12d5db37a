// std::atomic::wait and notify: two threads take turns by an ever-growing number, a flag opens for two threads at
// once, and a compare-and-swap stack is filled and emptied without a lock.
// prints: turns 8, passed 2, popped 6
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <thread>

[[noreturn]] static void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

namespace {

constexpr int kTurns = 8;

struct Turns {
  std::atomic<int> next{0};
  int taken = 0;
};

void take_turns(Turns& turns, int me) {
  for (int mine = me; mine < kTurns; mine += 2) {
    for (int seen = turns.next.load(); seen != mine; seen = turns.next.load()) turns.next.wait(seen);
    ++turns.taken;
    turns.next.store(mine + 1);
    turns.next.notify_all();
  }
}

void pass(std::atomic_flag& open, std::atomic<int>& passed) {
  open.wait(false);
  CHECK(open.test());
  ++passed;
}

struct Node {
  int value = 0;
  Node* below = nullptr;
};

// Nodes are never pushed twice, so that a top seen twice is the same top.
void push(std::atomic<Node*>& top, Node& node) {
  node.below = top.load();
  while (!top.compare_exchange_weak(node.below, &node)) {
  }
}

int pop_all(std::atomic<Node*>& top) {
  int sum = 0;
  for (const Node* node = top.exchange(nullptr); node; node = node->below) sum += node->value;
  return sum;
}

}  // namespace

int main() {
  Turns turns;
  std::thread other([&turns] { take_turns(turns, 1); });
  take_turns(turns, 0);
  other.join();

  std::atomic_flag open;
  std::atomic<int> passed{0};
  std::thread first([&] { pass(open, passed); });
  std::thread second([&] { pass(open, passed); });
  open.test_and_set();
  open.notify_all();
  first.join();
  second.join();

  std::atomic<Node*> top{nullptr};
  Node nodes[3] = {{1}, {2}, {3}};
  std::thread pusher([&] {
    push(top, nodes[0]);
    push(top, nodes[1]);
  });
  push(top, nodes[2]);
  int popped = pop_all(top);
  pusher.join();
  popped += pop_all(top);
  std::printf("turns %d, passed %d, popped %d\n", turns.taken, passed.load(), popped);
  return 0;
}
