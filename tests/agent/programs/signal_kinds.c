// One case of sending and taking signals, named by the argument. Ends with 0 when all was as it must be in every
// schedule; where schedules rightly differ, prints what came of it.
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__))

static volatile sig_atomic_t handled;
static volatile sig_atomic_t word = 1;

static void failed(int line) {
  printf("line %d, errno %d\n", line, errno);
  _exit(1);
}

static void count(int number) {
  (void)number;
  handled++;
}

static void handle(int number, void (*handler)(int), int flags) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
  CHECK(sigaction(number, &action, NULL) == 0);
}

static sigset_t set_of(int number) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, number);
  return set;
}

static pid_t child_that(void (*acts)(void)) {
  const pid_t child = fork();
  if (child != 0) return child;
  acts();
  _exit(0);
}

static int status_of(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) != child) CHECK(errno == EINTR);
  return status;
}

static void wait_for_ever(void) {
  for (;;) pause();
}

// Death by a signal, while it waits, works or has not begun.
static void expect_death(int number) {
  const pid_t child = child_that(wait_for_ever);
  CHECK(kill(child, number) == 0);
  const int status = status_of(child);
  CHECK(WIFSIGNALED(status) && WTERMSIG(status) == number);
  CHECK(kill(child, 0) == -1 && errno == ESRCH);
}

static void fatal(void) {
  expect_death(SIGTERM);
  expect_death(SIGUSR1);
  expect_death(SIGABRT);
  expect_death(SIGSEGV);
  expect_death(SIGKILL);
}

static int tube[2];

static void expect_nothing(void) {
  signal(SIGUSR1, SIG_IGN);
  const sigset_t usr2 = set_of(SIGUSR2);
  sigprocmask(SIG_BLOCK, &usr2, NULL);
  raise(SIGUSR1);
  raise(SIGUSR2);
  sigset_t pending;
  CHECK(sigpending(&pending) == 0 && sigismember(&pending, SIGUSR2) && !sigismember(&pending, SIGUSR1));
  handle(SIGUSR2, count, 0);
  CHECK(handled == 0);
  sigprocmask(SIG_UNBLOCK, &usr2, NULL);
  CHECK(handled == 1);
  kill(getpid(), SIGUSR2);
  CHECK(handled == 2);
}

// A child of its own group stops and goes on.
static void stop_oneself_twice(void) {
  raise(SIGSTOP);
  kill(getpid(), SIGTSTP);
  _exit(5);
}

static void stops(void) {
  setpgid(0, 0);
  int status = 0;
  const pid_t child = child_that(stop_oneself_twice);
  CHECK(waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status) && WSTOPSIG(status) == SIGSTOP);
  CHECK(kill(child, SIGCONT) == 0);
  CHECK(waitpid(child, &status, WUNTRACED | WCONTINUED) == child);
  if (WIFCONTINUED(status)) CHECK(waitpid(child, &status, WUNTRACED) == child);
  // A group without a parent in its session is not stopped by SIGTSTP.
  if (WIFSTOPPED(status)) {
    CHECK(WSTOPSIG(status) == SIGTSTP && kill(child, SIGCONT) == 0);
    CHECK(waitpid(child, &status, 0) == child);
  }
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 5);
  const pid_t other = child_that(wait_for_ever);
  CHECK(kill(other, SIGSTOP) == 0);
  CHECK(waitpid(other, &status, WUNTRACED) == other && WIFSTOPPED(status));
  siginfo_t information;
  CHECK(waitid(P_PID, other, &information, WCONTINUED | WNOHANG) == 0);
  CHECK(kill(other, SIGCONT) == 0);
  CHECK(waitid(P_PID, other, &information, WCONTINUED) == 0 && information.si_code == CLD_CONTINUED);
  CHECK(kill(other, SIGSTOP) == 0 && kill(other, SIGKILL) == 0);
  CHECK(WTERMSIG(status_of(other)) == SIGKILL);
}

// s-- with an s++ of a handler between its load and its store.
static void add(int number) {
  (void)number;
  word++;
}
static pid_t target;
static void send_usr1(void) { CHECK(kill(target, SIGUSR1) == 0); }

static void between(void) {
  handle(SIGUSR1, add, 0);
  target = getpid();
  const pid_t child = child_that(send_usr1);
  word--;
  status_of(child);
  printf("%d\n", (int)word);
}

static void masked(void) {
  const sigset_t usr1 = set_of(SIGUSR1);
  handle(SIGUSR1, add, 0);
  target = getpid();
  const pid_t child = child_that(send_usr1);
  sigprocmask(SIG_BLOCK, &usr1, NULL);
  word--;
  sigprocmask(SIG_UNBLOCK, &usr1, NULL);
  status_of(child);
  printf("%d\n", (int)word);
}

// What is interrupted, and what goes on by itself.
static void kick_twice(void) {
  kill(target, SIGUSR1);
  kill(target, SIGUSR1);
}

static void interrupts(void) {
  handle(SIGUSR1, count, SA_RESTART);
  target = getpid();
  const int set = semget(IPC_PRIVATE, 1, 0600), queue = msgget(IPC_PRIVATE, 0600);
  struct sembuf take = {0, -1, 0};
  struct {
    long type;
    char text[8];
  } message;
  int status = 0;
  pid_t child = child_that(kick_twice);
  // Nobody ever does V: only a signal that comes while it waits ends it; the last may have come before.
  if (semtimedop(set, &take, 1, &(struct timespec){1, 0}) == -1) CHECK(errno == EINTR || errno == EAGAIN);
  printf("%s ", errno == EINTR ? "semop" : "-");
  CHECK(waitpid(child, &status, 0) == child);
  child = child_that(kick_twice);
  CHECK(waitpid(child, &status, 0) == child);  // SA_RESTART
  handle(SIGUSR1, count, 0);
  child = child_that(kick_twice);
  struct timespec length = {5, 0}, left = {9, 9};
  const int result = nanosleep(&length, &left);
  CHECK(result == 0 || (errno == EINTR && left.tv_sec < 5));
  printf("%s ", result == 0 ? "-" : "sleep");
  status_of(child);
  child = child_that(kick_twice);
  errno = 0;
  CHECK(msgrcv(queue, &message, 8, 0, IPC_NOWAIT) == -1 && errno == ENOMSG);
  status_of(child);
  child = child_that(kick_twice);
  const pid_t waited = waitpid(child, &status, 0);
  CHECK(waited == child || errno == EINTR);
  printf("%s\n", waited == child ? "-" : "wait");
  if (waited != child) status_of(child);
  semctl(set, 0, IPC_RMID);
  msgctl(queue, IPC_RMID, NULL);
}

// sigsuspend lets a signal through for the wait only, also while its handler takes steps.
static int nested, deepest;
static void slow(int number) {
  (void)number;
  if (++nested > deepest) deepest = nested;
  usleep(1);
  usleep(1);
  --nested;
  handled++;
}
static void kick_three_times(void) {
  for (int i = 0; i < 3; ++i) {
    kill(target, SIGUSR1);
    usleep(1);
  }
}

static void suspends(void) {
  sigset_t usr1 = set_of(SIGUSR1), before, now;
  sigprocmask(SIG_BLOCK, &usr1, &before);
  handle(SIGUSR1, slow, 0);
  target = getpid();
  const pid_t child = child_that(kick_three_times);
  while (handled < 1) CHECK(sigsuspend(&before) == -1 && errno == EINTR);
  sigprocmask(SIG_BLOCK, NULL, &now);
  CHECK(sigismember(&now, SIGUSR1) && deepest == 1);
  status_of(child);
  CHECK(handled <= 3);
}

static void kick_with_number(void) {
  for (int i = 1; i <= 3; ++i) CHECK(sigqueue(target, SIGRTMIN, (union sigval){.sival_int = i}) == 0);
}

static void waits(void) {
  sigset_t set = set_of(SIGRTMIN);
  sigaddset(&set, SIGUSR1);
  sigprocmask(SIG_BLOCK, &set, NULL);
  handle(SIGUSR2, count, 0);
  target = getpid();
  const pid_t child = child_that(kick_with_number);
  siginfo_t information;
  for (int i = 1; i <= 3; ++i) {
    CHECK(sigwaitinfo(&set, &information) == SIGRTMIN && information.si_value.sival_int == i);
    CHECK(information.si_pid == child);
  }
  status_of(child);
  CHECK(sigtimedwait(&set, &information, &(struct timespec){3, 0}) == -1 && errno == EAGAIN);
  raise(SIGUSR1);
  int number = 0;
  CHECK(sigtimedwait(&set, &information, &(struct timespec){0, 0}) == SIGUSR1);
  const pid_t other = child_that(send_usr1);
  CHECK(sigwait(&set, &number) == 0 && number == SIGUSR1);
  status_of(other);
}

static char stack[1 << 16];
static void on_other_stack(int number) {
  char here;
  (void)number;
  CHECK(&here >= stack && &here < stack + sizeof stack);
  usleep(1);
  handled++;
}

static void other_stack(void) {
  const stack_t other = {.ss_sp = stack, .ss_size = sizeof stack};
  CHECK(sigaltstack(&other, NULL) == 0);
  handle(SIGUSR1, on_other_stack, SA_ONSTACK);
  target = getpid();
  const pid_t child = child_that(send_usr1);
  status_of(child);
  while (handled < 1) usleep(1);
}

// To a group of three, the sender too.
static void in_group(void) {
  setpgid(0, 0);
  handle(SIGUSR1, count, 0);
  const pid_t one = child_that(wait_for_ever), two = child_that(wait_for_ever);
  CHECK(kill(0, SIGUSR1) == 0 && handled == 1);
  CHECK(killpg(getpid(), SIGUSR1) == 0 && handled == 2);
  handle(SIGTERM, count, 0);
  CHECK(kill(-getpid(), SIGTERM) == 0 && handled == 3);
  CHECK(WTERMSIG(status_of(one)) == SIGTERM && WTERMSIG(status_of(two)) == SIGTERM);
}

static void end_group(void) {
  setpgid(0, 0);
  const pid_t other = child_that(wait_for_ever);
  (void)other;
  kill(0, SIGKILL);
}
static void in_killed_group(void) { CHECK(WTERMSIG(status_of(child_that(end_group))) == SIGKILL); }

// A handler of a process with threads runs in any of them that lets the signal through.
static volatile pthread_t taker;
static void note_taker(int number) {
  (void)number;
  taker = pthread_self();
  handled++;
}
static void* be_there(void* nothing) {
  while (!handled) usleep(1);
  return nothing;
}

static void in_threads(void) {
  pthread_t one, two;
  sigset_t usr1 = set_of(SIGUSR1);
  handle(SIGUSR1, note_taker, 0);
  pthread_create(&one, NULL, be_there, NULL);
  pthread_create(&two, NULL, be_there, NULL);
  pthread_sigmask(SIG_BLOCK, &usr1, NULL);
  kill(getpid(), SIGUSR1);
  while (!handled) usleep(1);
  CHECK(handled == 1 && !pthread_equal(taker, pthread_self()));
  printf("%s\n", pthread_equal(taker, one) ? "first" : "second");
  pthread_join(one, NULL);
  pthread_join(two, NULL);
}

// A signal for one thread, though others would let it through: the thread waits, works or has not begun.
static void* pause_once(void* nothing) {
  while (!handled) usleep(1000);
  return nothing;
}
static void* wait_for_ever_as_thread(void* nothing) {
  for (;;) pause();
  return nothing;
}
static void to_one_thread(void) {
  pthread_t one, two;
  handle(SIGUSR1, note_taker, 0);
  CHECK(pthread_create(&one, NULL, wait_for_ever_as_thread, NULL) == 0);
  CHECK(pthread_create(&two, NULL, pause_once, NULL) == 0);
  CHECK(pthread_kill(one, 0) == 0 && pthread_kill(one, SIGUSR1) == 0);
  CHECK(pthread_join(two, NULL) == 0 && pthread_equal(taker, one));
  CHECK(pthread_kill(pthread_self(), SIGUSR1) == 0 && handled == 2 && pthread_equal(taker, pthread_self()));
}

// From another thread to the first one, which waits; and one that ends the process.
static pthread_t first;
static void* wake_first(void* nothing) {
  CHECK(pthread_kill(first, SIGUSR1) == 0);
  return nothing;
}
static void* kill_first(void* nothing) {
  CHECK(pthread_kill(first, SIGTERM) == 0);
  return nothing;
}
static void die_of_thread(void) {
  pthread_t thread;
  first = pthread_self();
  pthread_create(&thread, NULL, kill_first, NULL);
  wait_for_ever();
}
static void to_first_thread(void) {
  pthread_t thread;
  first = pthread_self();
  handle(SIGUSR1, note_taker, 0);
  sigset_t usr1 = set_of(SIGUSR1), none;
  sigemptyset(&none);
  pthread_sigmask(SIG_BLOCK, &usr1, NULL);
  CHECK(pthread_create(&thread, NULL, wake_first, NULL) == 0);
  while (!handled) sigsuspend(&none);
  CHECK(pthread_equal(taker, first) && pthread_join(thread, NULL) == 0);
  const int status = status_of(child_that(die_of_thread));
  CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
}

// Cancelled wherever it waits.
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;
static void unlock(void* nothing) {
  (void)nothing;
  pthread_mutex_unlock(&lock);
}
static void* wait_on_condition(void* nothing) {
  pthread_mutex_lock(&lock);
  pthread_cleanup_push(unlock, NULL);
  for (;;) pthread_cond_wait(&never, &lock);
  pthread_cleanup_pop(1);
  return nothing;
}
static void* sleep_again_and_again(void* nothing) {
  for (;;) sleep(1);
  return nothing;
}
static void* read_for_ever(void* nothing) {
  char byte;
  int ends[2];
  CHECK(pipe(ends) == 0);
  CHECK(read(ends[0], &byte, 1) == 1);
  return nothing;
}
// Not before it lets itself be cancelled; nothing interrupts it.
static void* keep_on_for_a_time(void* nothing) {
  CHECK(pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL) == 0);
  CHECK(usleep(20000) == 0);
  handled = 1;
  CHECK(pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, NULL) == 0);
  for (;;) pause();
  return nothing;
}
static void cancels_later(void) {
  pthread_t thread;
  void* result = NULL;
  CHECK(pthread_create(&thread, NULL, keep_on_for_a_time, NULL) == 0);
  do CHECK(pthread_cancel(thread) == 0 && usleep(1000) == 0);
  while (!handled);
  CHECK(pthread_join(thread, &result) == 0 && result == PTHREAD_CANCELED);
}

static void cancels(void) {
  void* (*const ways[])(void*) = {wait_on_condition, sleep_again_and_again, read_for_ever, wait_for_ever_as_thread};
  for (unsigned i = 0; i < sizeof ways / sizeof *ways; ++i) {
    pthread_t thread;
    void* result = NULL;
    CHECK(pthread_create(&thread, NULL, ways[i], NULL) == 0 && pthread_cancel(thread) == 0);
    CHECK(pthread_join(thread, &result) == 0 && result == PTHREAD_CANCELED);
  }
  CHECK(pthread_mutex_lock(&lock) == 0);
}

static void reap(int number) {
  const int error = errno;
  (void)number;
  while (waitpid(-1, NULL, WNOHANG) > 0) handled++;
  errno = error;
}
static void nothing(void) {}

static void reaps(void) {
  handle(SIGCHLD, reap, SA_RESTART);
  for (int i = 0; i < 3; ++i) CHECK(child_that(nothing) > 0);
  const pid_t last = child_that(wait_for_ever);
  kill(last, SIGKILL);
  sigset_t chld = set_of(SIGCHLD), before;
  sigprocmask(SIG_BLOCK, &chld, &before);
  while (handled < 4) sigsuspend(&before);
  CHECK(wait(NULL) == -1 && errno == ECHILD);
}

static void write_nowhere(void) {
  close(tube[0]);
  write(tube[1], "x", 1);
}
static void pipes(void) {
  CHECK(pipe(tube) == 0);
  close(tube[0]);
  const pid_t child = child_that(write_nowhere);
  CHECK(WTERMSIG(status_of(child)) == SIGPIPE);
  signal(SIGPIPE, SIG_IGN);
  CHECK(write(tube[1], "x", 1) == -1 && errno == EPIPE);
}

// The signal that comes between the look and pause() is lost.
static void look_and_pause(void) {
  handle(SIGUSR1, count, 0);
  target = getppid();
  if (!handled) pause();
}
static void lost(void) {
  handle(SIGUSR1, count, 0);
  const pid_t child = child_that(look_and_pause);
  CHECK(kill(child, SIGUSR1) == 0);
  CHECK(status_of(child) == 0);
}

int main(int arguments, char** argument) {
  const struct {
    const char* name;
    void (*act)(void);
  } cases[] = {{"fatal", fatal},
               {"nothing", expect_nothing},
               {"stops", stops},
               {"between", between},
               {"masked", masked},
               {"interrupts", interrupts},
               {"suspends", suspends},
               {"waits", waits},
               {"stack", other_stack},
               {"group", in_group},
               {"end_group", in_killed_group},
               {"threads", in_threads},
               {"one_thread", to_one_thread},
               {"first_thread", to_first_thread},
               {"cancels", cancels},
               {"cancels_later", cancels_later},
               {"reaps", reaps},
               {"pipes", pipes},
               {"lost", lost}};
  setvbuf(stdout, NULL, _IOLBF, 0);
  for (unsigned i = 0; arguments == 2 && i < sizeof cases / sizeof *cases; ++i) {
    if (strcmp(cases[i].name, argument[1]) != 0) continue;
    cases[i].act();
    return 0;
  }
  return 2;
}
