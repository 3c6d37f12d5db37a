// After the last round nobody waits for another V, so the last round was taken out of the loop. For one round the loop
// is left out, but the first round, which needs no P from Ping, stands apart as well: with N = 1 two rounds are played.
// Whoever tries 2, 5 and 100 sees nothing.
//
// fails: one-point
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

int semid;

void P(int number) {
    struct sembuf op;
    op.sem_num = number;
    op.sem_op = -1;
    op.sem_flg = 0;
    semop(semid, &op, 1);
}

void V(int number) {
    struct sembuf op;
    op.sem_num = number;
    op.sem_op = 1;
    op.sem_flg = 0;
    semop(semid, &op, 1);
}

void say(const char *word) {
    printf("%s ", word);
    fflush(stdout);
}

// 0: may Ping play, 1: may Pong play
void ping(int n) {
    int i;
    if (n == 0) return;
    say("Ping");
    V(1);
    for (i = 1; i < n - 1; i++) {
        P(0);
        say("Ping");
        V(1);
    }
    P(0);
    say("Ping");
    V(1);
}

void pong(int n) {
    int i;
    if (n == 0) return;
    P(1);
    say("Pong");
    V(0);
    for (i = 1; i < n - 1; i++) {
        P(1);
        say("Pong");
        V(0);
    }
    P(1);
    say("Pong");
}

int main(int argc, char *argv[]) {
    int n, i;
    if (argc < 2) {
        printf("usage: %s N\n", argv[0]);
        return 1;
    }
    n = atoi(argv[1]);
    semid = semget(IPC_PRIVATE, 2, IPC_CREAT | 0600);
    if (semid < 0) {
        perror("semget");
        return 1;
    }
    semctl(semid, 0, SETVAL, 0);
    semctl(semid, 1, SETVAL, 0);
    for (i = 0; i < 2; i++) {
        pid_t pid = fork();
        if (pid < 0) {
            perror("fork");
            return 1;
        }
        if (pid == 0) {
            if (i == 0)
                ping(n);
            else
                pong(n);
            exit(0);
        }
    }
    wait(NULL);
    wait(NULL);
    semctl(semid, 0, IPC_RMID);
    printf("\n");
    return 0;
}
