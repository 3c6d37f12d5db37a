// One semaphore, used as a lock around each printf. That keeps the two words from being printed at the same time, but it
// does not say who is next: who gives the semaphore back may take it again at once.
// A plain run with a small N can look right by chance; mostly one of the two runs through while the other is started.
//
// fails: alternates
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/types.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>

#define MUTEX 0

union semun {
    int val;
    struct semid_ds *buf;
    unsigned short *array;
};

int semid;

void P(int nr) {
    struct sembuf op = {nr, -1, 0};
    if (semop(semid, &op, 1) == -1) {
        perror("P");
        exit(EXIT_FAILURE);
    }
}

void V(int nr) {
    struct sembuf op = {nr, 1, 0};
    if (semop(semid, &op, 1) == -1) {
        perror("V");
        exit(EXIT_FAILURE);
    }
}

void ping(int n) {
    int i;
    for (i = 0; i < n; i++) {
        P(MUTEX);
        printf("Ping");
        fflush(stdout);
        V(MUTEX);
    }
}

void pong(int n) {
    int i;
    for (i = 0; i < n; i++) {
        P(MUTEX);
        printf("Pong, ");
        fflush(stdout);
        V(MUTEX);
    }
}

void set_value(int nr, int value) {
    union semun arg;
    arg.val = value;
    if (semctl(semid, nr, SETVAL, arg) == -1) {
        perror("semctl");
        exit(EXIT_FAILURE);
    }
}

int main(int argc, char *argv[]) {
    int n;

    if (argc != 2) {
        fprintf(stderr, "usage: %s N\n", argv[0]);
        return EXIT_FAILURE;
    }
    n = atoi(argv[1]);

    semid = semget(IPC_PRIVATE, 1, IPC_CREAT | 0600);
    if (semid == -1) {
        perror("semget");
        return EXIT_FAILURE;
    }
    set_value(MUTEX, 1);  // free

    if (fork() == 0) {
        ping(n);
        exit(EXIT_SUCCESS);
    }
    if (fork() == 0) {
        pong(n);
        exit(EXIT_SUCCESS);
    }

    // wait for both
    wait(NULL);
    wait(NULL);
    semctl(semid, 0, IPC_RMID);
    printf("\n");
    return EXIT_SUCCESS;
}
