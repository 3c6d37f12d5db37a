// The parent waits for each child right after it has started it. Ping prints its first word and waits for Pong, the
// parent waits for Ping, and Pong is never started.
// Looks right with N = 1: then Ping does not need Pong to come to its end.
//
// fails: complete
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/types.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>

#define PING 0
#define PONG 1

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
        P(PING);
        printf("Ping");
        fflush(stdout);
        V(PONG);
    }
}

void pong(int n) {
    int i;
    for (i = 0; i < n; i++) {
        P(PONG);
        printf("Pong, ");
        fflush(stdout);
        V(PING);
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
    int n, i;

    if (argc != 2) {
        fprintf(stderr, "usage: %s N\n", argv[0]);
        return EXIT_FAILURE;
    }
    n = atoi(argv[1]);

    semid = semget(IPC_PRIVATE, 2, IPC_CREAT | 0600);
    if (semid == -1) {
        perror("semget");
        return EXIT_FAILURE;
    }
    set_value(PING, 1);  // Ping starts
    set_value(PONG, 0);

    for (i = 0; i < 2; i++) {
        pid_t pid = fork();
        if (pid == 0) {
            if (i == 0)
                ping(n);
            else
                pong(n);
            exit(EXIT_SUCCESS);
        }
        waitpid(pid, NULL, 0);  // no zombies
    }
    semctl(semid, 0, IPC_RMID);
    printf("\n");
    return EXIT_SUCCESS;
}
