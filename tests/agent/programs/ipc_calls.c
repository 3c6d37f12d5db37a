// Calls with optional arguments, and those that hand something over; prints what came out.
#define _GNU_SOURCE
#include <fcntl.h>
#include <mqueue.h>
#include <poll.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void posix_objects(void) {
  char name[40];
  int value = 0;
  snprintf(name, sizeof name, "/jitterlab-test-%d", getpid());
  sem_t* semaphore = sem_open(name, O_CREAT | O_EXCL, 0600, 3);
  printf("again %d\n", sem_open(name, O_CREAT | O_EXCL, 0600, 3) == SEM_FAILED);
  sem_unlink(name);
  sem_wait(semaphore), sem_getvalue(semaphore, &value);
  printf("value %d\n", value);
  sem_close(semaphore);

  struct mq_attr attributes = {.mq_maxmsg = 5, .mq_msgsize = 16}, seen;
  mqd_t queue = mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, &attributes);
  mq_unlink(name);
  mq_getattr(queue, &seen);
  char text[16];
  unsigned priority = 0;
  mq_send(queue, "late", 5, 1), mq_send(queue, "early", 6, 2);
  ssize_t size = mq_receive(queue, text, sizeof text, &priority);
  printf("%ld %zd %s %u\n", seen.mq_maxmsg, size, text, priority);
  mq_close(queue);

  int memory = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);
  shm_unlink(name);
  printf("%d\n", ftruncate(memory, 100));
  char* mapped = mmap(NULL, 100, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
  strcpy(mapped, "mapped");
  if (fork() == 0) mapped[0] = 'M', _exit(0);
  wait(NULL);
  puts(mapped);
}

static void system_v_objects(void) {
  int set = semget(IPC_PRIVATE, 2, 0600);
  unsigned short values[2] = {4, 5};
  printf("%d", semctl(set, 0, SETALL, values));
  printf(" %d", semctl(set, 1, SETVAL, 7));
  struct sembuf operations[2] = {{0, -4, 0}, {1, 1, 0}};
  printf(" %d", semop(set, operations, 2));
  printf(" %d %d", semctl(set, 0, GETVAL), semctl(set, 1, GETVAL));
  printf(" %d\n", semctl(set, 0, IPC_RMID));

  int queue = msgget(IPC_PRIVATE, 0600);
  struct {
    long type;
    char text[80];
  } message = {2, "Testnachricht"};
  msgsnd(queue, &message, 14, 0);
  message.type = 1, strcpy(message.text, "first");
  msgsnd(queue, &message, 6, 0);
  ssize_t size = msgrcv(queue, &message, 80, 2, 0);
  printf("%zd %s\n", size, message.text);
  printf("%zd\n", msgrcv(queue, &message, 80, 5, IPC_NOWAIT));
  msgctl(queue, IPC_RMID, NULL);
}

static void descriptors(void) {
  umask(0);
  int fd = open("/tmp", O_TMPFILE | O_RDWR, 0640);
  struct stat status;
  fstat(fd, &status);
  char text[10] = "";
  printf("%o", status.st_mode & 0777);
  printf(" %zd", pwrite(fd, "abc", 4, 2));
  ssize_t got = pread(fd, text, 4, 2);
  printf(" %zd %s\n", got, text);

  int fds[2];
  socketpair(AF_UNIX, SOCK_STREAM, 0, fds);
  printf("%zd", send(fds[0], "ping", 5, 0));
  struct pollfd ready = {fds[1], POLLIN, 0};
  printf(" %d", poll(&ready, 1, -1));
  got = recv(fds[1], text, sizeof text, 0);
  printf(" %zd %s\n", got, text);
  shutdown(fds[0], SHUT_WR);
  printf("%zd\n", read(fds[1], text, sizeof text));
}

int main(void) {
  posix_objects();
  system_v_objects();
  descriptors();
  return 0;
}
