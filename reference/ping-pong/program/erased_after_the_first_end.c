// The parent erases the set when the first of its two children has ended. That is always Ping, and Pong may still wait
// for its last turn: semop fails with EIDRM or EINVAL, nobody looks at that, and Pong prints without having got the
// turn.
// Every run looks right: when Ping has ended nobody is left who could print before Pong.
//
// fails: erased-last
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
    semop(semid, &op, 1);
}

void V(int nr) {
    struct sembuf op = {nr, 1, 0};
    semop(semid, &op, 1);
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

    wait(NULL);
    semctl(semid, 0, IPC_RMID);  // clean up
    wait(NULL);
    printf("\n");
    return EXIT_SUCCESS;
}
