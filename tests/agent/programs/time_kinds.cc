// One use of clocks, timers or random numbers, named by the argument. Ends with 0 when all was as it must be; prints
// what must be the same in every repetition.
#include <fcntl.h>
#include <signal.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csetjmp>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <random>

namespace {

volatile sig_atomic_t ticks;
volatile sig_atomic_t other_ticks;
volatile int value_taken;

void check(bool is_so, int line) {
  if (is_so) return;
  std::printf("line %d, errno %d\n", line, errno);
  _exit(1);
}
#define CHECK(what) check(what, __LINE__)

void tick(int) { ticks = ticks + 1; }
void other_tick(int) { other_ticks = other_ticks + 1; }
void take_value(int, siginfo_t* information, void*) {
  value_taken = information->si_value.sival_int;
  ticks = ticks + 1;
}

long milliseconds() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000 + now.tv_nsec / 1'000'000;
}

void alarms() {
  std::signal(SIGALRM, tick);
  CHECK(alarm(2) == 0);
  while (ticks == 0) {
    const long before = milliseconds();
    if (sleep(5) == 0 && ticks == 0) CHECK(milliseconds() - before >= 5000);
  }
  CHECK(alarm(0) == 0);
  itimerval every{{0, 500}, {0, 500}}, now;
  const int before = ticks;
  CHECK(setitimer(ITIMER_REAL, &every, nullptr) == 0);
  while (ticks < before + 5) pause();  // the next tick comes for certain
  CHECK(getitimer(ITIMER_REAL, &now) == 0 && now.it_interval.tv_usec == 500);
  every = {};
  CHECK(setitimer(ITIMER_REAL, &every, &now) == 0 && now.it_interval.tv_usec == 500);
  // Of processor time; the program only works.
  std::signal(SIGVTALRM, other_tick);
  every = {{0, 0}, {0, 1000}};
  CHECK(setitimer(ITIMER_VIRTUAL, &every, nullptr) == 0);
  while (other_ticks == 0) ticks = ticks + 1;
  CHECK(other_ticks == 1);
}

void timers() {
  struct sigaction action {};
  action.sa_sigaction = take_value;
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGRTMIN, &action, nullptr);
  sigevent event{};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = SIGRTMIN;
  event.sigev_value.sival_int = 17;
  timer_t timer, silent;
  CHECK(timer_create(CLOCK_MONOTONIC, &event, &timer) == 0);
  event.sigev_notify = SIGEV_NONE;
  CHECK(timer_create(CLOCK_REALTIME, &event, &silent) == 0);
  itimerspec once{{0, 0}, {1, 0}}, left;
  CHECK(timer_settime(timer, 0, &once, nullptr) == 0 && timer_settime(silent, 0, &once, nullptr) == 0);
  sigset_t blocked, before;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGRTMIN);
  sigprocmask(SIG_BLOCK, &blocked, &before);
  while (ticks == 0) sigsuspend(&before);
  sigprocmask(SIG_SETMASK, &before, nullptr);
  CHECK(value_taken == 17);
  CHECK(timer_gettime(timer, &left) == 0 && left.it_value.tv_sec == 0 && left.it_value.tv_nsec == 0);
  CHECK(timer_getoverrun(timer) == 0);
  clock_gettime(CLOCK_MONOTONIC, &once.it_value);
  once.it_value.tv_sec += 3;
  CHECK(timer_settime(timer, TIMER_ABSTIME, &once, nullptr) == 0);
  const pid_t child = fork();
  if (child == 0) _exit(timer_delete(timer) == -1 ? 0 : 1);  // not inherited
  int status = 1;
  while (waitpid(child, &status, 0) == -1) CHECK(errno == EINTR);
  CHECK(status == 0);
  CHECK(timer_delete(timer) == 0 && timer_delete(timer) == -1 && timer_delete(silent) == 0);
  event.sigev_notify = SIGEV_THREAD;
  CHECK(timer_create(CLOCK_REALTIME, &event, &timer) == -1 && errno == ENOTSUP);
}

jmp_buf place;
void leap(int) { siglongjmp(place, 1); }

// A handler that never returns; a program that only looks at the clock; an alarm that is kept over exec.
void leaps() {
  std::signal(SIGALRM, leap);
  for (volatile int i = 0; i < 3; i = i + 1) {
    if (sigsetjmp(place, 1) != 0) continue;
    alarm(1);
    for (;;) milliseconds();
  }
  std::signal(SIGALRM, SIG_DFL);
  const pid_t child = fork();
  if (child == 0) {
    alarm(1);
    execl("/bin/sh", "sh", "-c", "exec sleep 1000", nullptr);
  }
  int status = 0;
  CHECK(waitpid(child, &status, 0) == child && WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM);
}

void clocks() {
  for (const clockid_t clock : {CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID, CLOCK_THREAD_CPUTIME_ID,
                                CLOCK_MONOTONIC_RAW, CLOCK_BOOTTIME, CLOCK_REALTIME_COARSE}) {
    timespec now;
    clock_gettime(clock, &now);
    std::printf("%ld.%09ld ", static_cast<long>(now.tv_sec), now.tv_nsec);
  }
  timeval now;
  tms spent;
  rusage usage;
  gettimeofday(&now, nullptr);
  CHECK(getrusage(RUSAGE_SELF, &usage) == 0);
  std::printf("%ld.%06ld %ld %ld %ld %ld\n", static_cast<long>(now.tv_sec), static_cast<long>(now.tv_usec),
              static_cast<long>(std::time(nullptr)), static_cast<long>(std::clock()), static_cast<long>(times(&spent)),
              static_cast<long>(usage.ru_utime.tv_usec));
  const auto start = std::chrono::steady_clock::now();
  usleep(1500);
  CHECK(std::chrono::steady_clock::now() - start >= std::chrono::microseconds(1500));
  std::printf("%ld\n", static_cast<long>(std::chrono::system_clock::now().time_since_epoch().count()));
  const long end = milliseconds() + 20;
  while (milliseconds() < end) continue;
}

// Of two that sleep, the one that sleeps shorter is first, unless time is the adversary's.
void sleepers() {
  int ends[2];
  CHECK(pipe(ends) == 0);
  for (const unsigned length : {2u, 1u}) {
    if (fork() != 0) continue;
    sleep(length);
    const char digit = static_cast<char>('0' + length);
    CHECK(write(ends[1], &digit, 1) == 1);
    _exit(0);
  }
  while (wait(nullptr) > 0) continue;
  char order[3] = {};
  CHECK(read(ends[0], order, 2) == 2);
  std::printf("%s\n", order);
}

void chances() {
  unsigned numbers[10] = {};
  CHECK(getrandom(numbers, sizeof(int), 0) == sizeof(int) && getentropy(numbers + 1, sizeof(int)) == 0);
  std::random_device device;
  numbers[2] = device();
  numbers[3] = static_cast<unsigned>(std::mt19937(std::random_device{}())());
  std::srand(static_cast<unsigned>(std::time(nullptr)));
  numbers[4] = static_cast<unsigned>(std::rand());
  const int device_file = open("/dev/urandom", O_RDONLY);
  CHECK(read(device_file, &numbers[7], sizeof(int)) == sizeof(int) && close(device_file) == 0);
  FILE* const stream = fopen("/dev/random", "r");
  CHECK(fread(&numbers[8], sizeof(int), 1, stream) == 1 && fclose(stream) == 0);
  CHECK(!!std::ifstream("/dev/urandom").read(reinterpret_cast<char*>(&numbers[9]), sizeof(int)));
  for (int i = 7; i < 10; ++i) CHECK(numbers[i] != 0 && numbers[i] != numbers[i - 1]);
  const pid_t child = fork();
  if (child == 0) {
    unsigned own = 0;
    getrandom(&own, sizeof own, 0);
    std::printf("%u\n", own);
    std::fflush(stdout);
    _exit(own == numbers[0] ? 1 : 0);
  }
  int status = 1;
  CHECK(waitpid(child, &status, 0) == child && status == 0);
  for (const unsigned number : numbers) std::printf("%u ", number);
  std::printf("\n");
}

}  // namespace

int main(int arguments, char** argument) {
  const struct {
    const char* name;
    void (*act)();
  } cases[] = {{"alarms", alarms}, {"timers", timers},     {"leaps", leaps},
               {"clocks", clocks}, {"sleepers", sleepers}, {"chances", chances}};
  for (const auto& one : cases) {
    if (arguments < 2 || std::strcmp(one.name, argument[1]) != 0) continue;
    one.act();
    return 0;
  }
  return 2;
}
