// Processes and threads mixed: a child process with two threads counts in a shared mapping under a process-shared
// mutex beside a thread of the parent, started after the fork; how often the child counted comes back through a pipe.
// prints: counter 9
#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <mutex>
#include <new>
#include <thread>

[[noreturn]] static void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

namespace {

struct Shared {
  pthread_mutex_t mutex;
  int counter;
};

void count_three(Shared& shared) {
  for (int i = 0; i < 3; ++i) {
    CHECK(pthread_mutex_lock(&shared.mutex) == 0);
    const int before = shared.counter;
    std::this_thread::yield();
    shared.counter = before + 1;
    CHECK(pthread_mutex_unlock(&shared.mutex) == 0);
  }
}

Shared& map_shared() {
  void* memory = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  CHECK(memory != MAP_FAILED);
  auto* shared = new (memory) Shared{};
  pthread_mutexattr_t attributes;
  CHECK(pthread_mutexattr_init(&attributes) == 0);
  CHECK(pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED) == 0);
  CHECK(pthread_mutex_init(&shared->mutex, &attributes) == 0);
  return *shared;
}

// Returns how often its threads have counted.
int count_in_two_threads(Shared& shared) {
  std::mutex mutex;
  int done = 0;
  const auto run = [&] {
    count_three(shared);
    const std::lock_guard<std::mutex> lock(mutex);
    done += 3;
  };
  std::thread first(run);
  std::thread second(run);
  first.join();
  second.join();
  return done;
}

}  // namespace

int main() {
  Shared& shared = map_shared();
  int ends[2];
  CHECK(pipe(ends) == 0);
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    const int done = count_in_two_threads(shared);
    CHECK(write(ends[1], &done, sizeof done) == sizeof done);
    _exit(0);
  }
  std::thread mine([&shared] { count_three(shared); });
  int done = 0;
  CHECK(TEMP_FAILURE_RETRY(read(ends[0], &done, sizeof done)) == sizeof done && done == 6);
  mine.join();
  int status = 0;
  CHECK(TEMP_FAILURE_RETRY(waitpid(child, &status, 0)) == child);
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  CHECK(shared.counter == 9);
  std::printf("counter %d\n", shared.counter);
  CHECK(pthread_mutex_destroy(&shared.mutex) == 0);
  return 0;
}
