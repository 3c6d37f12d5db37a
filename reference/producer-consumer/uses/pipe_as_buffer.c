// The words go through a pipe; a semaphore only bounds their number. That is communication, not cooperation: no
// memory is shared, the kernel's pipe is the buffer, and nothing of what this lab is about has to be done by the
// program.
// Every run looks right, because what is printed is right.
//
// fails: shared
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/types.h>
#include <sys/wait.h>

#define SLOTS 8
#define LEN 32

union semun {
    int val;
    struct semid_ds *buf;
    unsigned short *array;
};

char words[1000][LEN];
int number = 0;
int semid;
int fd[2];  // the buffer: fd[0] = take out, fd[1] = put in

void sem(int change) {
    struct sembuf s;
    s.sem_num = 0;
    s.sem_op = change;
    s.sem_flg = 0;
    if (semop(semid, &s, 1) < 0) {
        perror("semop");
        exit(1);
    }
}

void produce(int id, int p) {
    int i;
    close(fd[0]);
    for (i = id; i < number; i += p) {
        sem(-1);  // P(empty)
        // write and read of 32 bytes are atomic, so no mutex is necessary
        if (write(fd[1], words[i], LEN) != LEN) {
            perror("write");
            exit(1);
        }
        printf("produced %s\n", words[i]);
        fflush(stdout);
    }
    exit(0);
}

void consume(int id) {
    char word[LEN];
    close(fd[1]);
    // read returns 0 when all producers have closed the pipe
    while (read(fd[0], word, LEN) == LEN) {
        sem(+1);  // V(empty)
        printf("consumer %d got %s\n", id, word);
        fflush(stdout);
    }
    exit(0);
}

int main(int argc, char *argv[]) {
    int i, p, c;
    union semun arg;

    if (argc != 3) {
        printf("usage: %s P C\n", argv[0]);
        return 1;
    }
    p = atoi(argv[1]);
    c = atoi(argv[2]);

    while (number < 1000 && scanf("%31s", words[number]) == 1) number++;

    if (pipe(fd) < 0) {
        perror("pipe");
        return 1;
    }
    semid = semget(IPC_PRIVATE, 1, IPC_CREAT | 0600);
    if (semid < 0) {
        perror("semget");
        return 1;
    }
    arg.val = SLOTS;
    if (semctl(semid, 0, SETVAL, arg) < 0) {
        perror("semctl");
        semctl(semid, 0, IPC_RMID);
        return 1;
    }

    for (i = 0; i < p; i++) {
        if (fork() == 0) produce(i, p);
    }
    for (i = 0; i < c; i++) {
        if (fork() == 0) consume(i + 1);
    }
    // the parent keeps the reading end open, otherwise a producer without consumers gets SIGPIPE
    close(fd[1]);

    for (i = 0; i < p + c; i++) wait(NULL);
    close(fd[0]);
    semctl(semid, 0, IPC_RMID);
    return 0;
}
