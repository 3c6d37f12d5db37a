// C++: two threads, and a std::lock_guard for each device, taken in opposite order.
#include <iostream>
#include <mutex>
#include <string>
#include <thread>

namespace {

struct Device {
  std::string name;
  std::mutex mutex;
};

void say(const std::string& line) { std::cout << line + "\n" << std::flush; }

void copy(const std::string& who, Device& first, Device& second) {
  const std::lock_guard has_first(first.mutex);
  say(who + " has the " + first.name);
  const std::lock_guard has_second(second.mutex);
  say(who + " has the " + second.name);
  say(who + " makes a copy");
  say(who + " gives back the " + second.name);
  say(who + " gives back the " + first.name);
}

}  // namespace

int main() {
  Device scanner{"scanner", {}}, printer{"printer", {}};
  std::thread a([&] { copy("A", scanner, printer); });
  std::thread b([&] { copy("B", printer, scanner); });
  a.join();
  b.join();
}
