// C++20 semaphores in threads, in an order: by the address of the device, so that nobody has to know it.
#include <cstdio>
#include <functional>
#include <semaphore>
#include <string>
#include <thread>
#include <utility>

namespace {

struct Device {
  std::string name;
  std::binary_semaphore free{1};
};

void work(char who, Device* first, Device* second, int copies) {
  if (std::less<>()(second, first)) std::swap(first, second);
  const auto say = [&](const char* what, const std::string& name) {
    std::printf("%c %s%s\n", who, what, name.c_str());
    std::fflush(stdout);
  };
  while (copies-- > 0) {
    first->free.acquire();
    say("has the ", first->name);
    second->free.acquire();
    say("has the ", second->name);
    say("makes a copy", "");
    say("gives back the ", first->name);
    first->free.release();
    say("gives back the ", second->name);
    second->free.release();
  }
}

}  // namespace

int main(int argc, char** argv) {
  const int copies = argc == 2 ? std::stoi(argv[1]) : 0;
  Device scanner{.name = "scanner"}, printer{.name = "printer"};
  std::thread a(work, 'A', &scanner, &printer, copies), b(work, 'B', &printer, &scanner, copies);
  a.join();
  b.join();
  return 0;
}
