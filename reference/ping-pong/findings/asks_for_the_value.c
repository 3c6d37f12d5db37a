// P asks for the value again and again until it is not 0, and only then takes it: while one plays, the other one keeps a
// processor busy. A plain run looks right, as do all words in every execution.
//
// fails: asleep
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
    while (semctl(semid, nr, GETVAL) == 0)
        ;
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
    int n;

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
