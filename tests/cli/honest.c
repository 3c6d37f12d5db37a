/* The parent reads words, hands each to its child through a segment, and connects to the child's port at the end. */
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kEmpty, kFull };

static void change(int set, int member, int by) {
  struct sembuf operation = {(unsigned short)member, (short)by, 0};
  if (semop(set, &operation, 1) != 0) perror("semop");
}

static int serve(int set, char *slot, int listening) {
  for (;;) {
    change(set, kFull, -1);
    if (slot[0] == '\0') break;
    printf("got %s\n", slot);
    fflush(stdout);
    change(set, kEmpty, 1);
  }
  int connection = accept(listening, NULL, NULL);
  char byte;
  int times = read(connection, &byte, 1) == 1;
  printf("served %d\n", times);
  close(connection);
  return 0;
}

int main(void) {
  int segment = shmget(12345, 64, IPC_CREAT | IPC_EXCL | 0600), set = semget(12345, 2, IPC_CREAT | IPC_EXCL | 0600);
  if (segment < 0 || set < 0) return perror("somebody else is here"), 1;
  char *slot = shmat(segment, NULL, 0);
  semctl(set, kEmpty, SETVAL, 1);
  semctl(set, kFull, SETVAL, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(50007), .sin_addr = {htonl(INADDR_LOOPBACK)}};
  int listening = socket(AF_INET, SOCK_STREAM, 0);
  int yes = 1;
  setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(listening, (struct sockaddr *)&address, sizeof address) != 0 || listen(listening, 1) != 0)
    return perror("somebody else serves here"), 1;
  if (fork() == 0) return serve(set, slot, listening);
  char word[60];
  while (scanf("%59s", word) == 1) {
    change(set, kEmpty, -1);
    strcpy(slot, word);
    change(set, kFull, 1);
  }
  change(set, kEmpty, -1);
  slot[0] = '\0';
  change(set, kFull, 1);
  int client = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(client, (struct sockaddr *)&address, sizeof address) == 0) write(client, "x", 1);
  wait(NULL);
  shmdt(slot);
  shmctl(segment, IPC_RMID, NULL);
  semctl(set, 0, IPC_RMID);
  return 0;
}
