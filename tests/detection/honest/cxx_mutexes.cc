// C++ mutexes: scoped_lock over two of them in opposite orders, recursive, timed and shared ones, try_lock while
// another thread holds the lock.
// prints: transfers 8, recursive 6, written 4
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <mutex>
#include <shared_mutex>
#include <thread>
#include <vector>

[[noreturn]] static void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

namespace {

using std::chrono::milliseconds;

struct Bank {
  std::mutex locks[2];
  int accounts[2] = {10, 10};
  int transfers = 0;
  std::recursive_mutex recursive;
  int entered = 0;
  std::shared_mutex shared;
  int left = 0;
  int right = 0;
};

void transfer(Bank& bank, int from) {
  for (int i = 0; i < 4; ++i) {
    const std::scoped_lock both(bank.locks[from], bank.locks[1 - from]);
    CHECK(bank.accounts[0] + bank.accounts[1] == 20);
    --bank.accounts[from];
    ++bank.accounts[1 - from];
    ++bank.transfers;
  }
}

void enter(Bank& bank, int depth) {
  const std::lock_guard<std::recursive_mutex> lock(bank.recursive);
  ++bank.entered;
  if (depth > 1) enter(bank, depth - 1);
}

void write(Bank& bank) {
  for (int i = 0; i < 4; ++i) {
    const std::unique_lock<std::shared_mutex> lock(bank.shared);
    ++bank.left;
    ++bank.right;
  }
}

void read(Bank& bank) {
  for (int i = 0; i < 4; ++i) {
    const std::shared_lock<std::shared_mutex> lock(bank.shared);
    CHECK(bank.left == bank.right);
  }
}

void try_what_main_holds() {
  std::timed_mutex held;
  const std::lock_guard<std::timed_mutex> lock(held);
  std::thread([&held] {
    CHECK(!held.try_lock());
    CHECK(!held.try_lock_for(milliseconds(3)));
    CHECK(!held.try_lock_until(std::chrono::system_clock::now() + milliseconds(3)));
  }).join();
}

}  // namespace

int main() {
  Bank bank;
  try_what_main_holds();
  std::vector<std::thread> threads;
  threads.emplace_back([&bank] {
    transfer(bank, 0);
    enter(bank, 3);
    write(bank);
  });
  threads.emplace_back([&bank] {
    transfer(bank, 1);
    enter(bank, 3);
    read(bank);
  });
  for (std::thread& thread : threads) thread.join();
  CHECK(bank.accounts[0] == 10 && bank.accounts[1] == 10 && bank.left == bank.right);
  std::printf("transfers %d, recursive %d, written %d\n", bank.transfers, bank.entered, bank.left);
  return 0;
}
