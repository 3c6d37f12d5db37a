// C++: std::scoped_lock takes several mutexes without a deadlock, in whatever order they are named: it waits for one,
// tries the others, and gives back what it has when a try fails.
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <string>
#include <syncstream>
#include <thread>

namespace {

struct Device {
  const char* name;
  std::mutex mutex;
};

void work(char who, Device& one, Device& other, int copies) {
  for (int i = 0; i < copies; ++i) {
    const std::scoped_lock has_both(one.mutex, other.mutex);
    std::osyncstream out(std::cout);  // all lines at once, at the end of its life: before the lock ends
    for (const Device* device : {&one, &other}) out << who << " has the " << device->name << '\n';
    out << who << " makes a copy\n";
    for (const Device* device : {&one, &other}) out << who << " gives back the " << device->name << '\n';
    out << std::flush;
  }
}

}  // namespace

int main(int argc, char** argv) {
  const int copies = argc == 2 ? std::atoi(argv[1]) : 0;
  Device scanner{"scanner", {}}, printer{"printer", {}};
  std::jthread a([&] { work('A', scanner, printer, copies); });
  std::jthread b([&] { work('B', printer, scanner, copies); });
}
