// The set has two semaphores, and they have the numbers 0 and 1. This program uses 1 and 2: every call for number 2 fails
// with EFBIG (semctl with EINVAL), and nobody looks at what the calls return. So Pong never waits.
// A plain run prints the right number of words, and with a small N even the order may be right.
//
// fails: alternates
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/types.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>

#define KEY 12345
#define SEM_PING 1
#define SEM_PONG 2

int semid;
int runden;

/* Operation auf einem Semaphor der Gruppe: -1 = P, +1 = V */
void sem_operation(int nummer, int wert) {
    struct sembuf op;
    memset(&op, 0, sizeof(op));
    op.sem_num = nummer;
    op.sem_op = wert;
    semop(semid, &op, 1);
}

void spieler_ping(void) {
    int i;
    for (i = 1; i <= runden; i++) {
        sem_operation(SEM_PING, -1);
        printf("Ping");
        fflush(stdout);
        sem_operation(SEM_PONG, 1);
    }
}

void spieler_pong(void) {
    int i;
    for (i = 1; i <= runden; i++) {
        sem_operation(SEM_PONG, -1);
        printf("Pong, ");
        fflush(stdout);
        sem_operation(SEM_PING, 1);
    }
}

int main(int argc, char *argv[]) {
    pid_t kind;

    if (argc < 2) {
        printf("Bitte Anzahl der Runden angeben\n");
        return 1;
    }
    runden = atoi(argv[1]);

    semid = semget(KEY, 2, IPC_CREAT | 0600);
    if (semid < 0) {
        perror("semget");
        return 1;
    }
    semctl(semid, SEM_PING, SETVAL, 1);
    semctl(semid, SEM_PONG, SETVAL, 0);

    kind = fork();
    if (kind < 0) {
        perror("fork");
        return 1;
    }
    if (kind == 0) {
        spieler_pong();
        exit(0);
    }
    // der Elternprozess spielt selbst mit
    spieler_ping();
    waitpid(kind, NULL, 0);
    semctl(semid, 0, IPC_RMID);
    return 0;
}
