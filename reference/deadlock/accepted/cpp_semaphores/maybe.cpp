// C++ with the endings .cpp, processes and POSIX semaphores in a mapping; printf as in C.
#include <semaphore.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <new>

namespace {

class Device {
 public:
  explicit Device(const char* name) : name_(name) { sem_init(&semaphore_, 1, 1); }
  void take(char who) {
    sem_wait(&semaphore_);
    std::printf("%c has the %s\n", who, name_);
  }
  void give_back(char who) {
    std::printf("%c gives back the %s\n", who, name_);
    sem_post(&semaphore_);
  }

 private:
  const char* name_;  // a literal: at the same address in every process that comes from fork
  sem_t semaphore_;
};

struct Office {
  Device scanner{"scanner"}, printer{"printer"};
};

void copy(char who, Device& first, Device& second) {
  first.take(who);
  second.take(who);
  std::printf("%c makes a copy\n", who);
  first.give_back(who);
  second.give_back(who);
}

}  // namespace

int main() {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  void* const memory =
      mmap(nullptr, sizeof(Office), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return 1;
  auto* const office = new (memory) Office;
  const pid_t b = fork();
  if (b == -1) return 1;
  if (b == 0) {
    copy('B', office->printer, office->scanner);
    return 0;
  }
  copy('A', office->scanner, office->printer);
  waitpid(b, nullptr, 0);
}
