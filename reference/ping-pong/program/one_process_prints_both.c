// There is one process, and it prints both words. The semaphores are there, are taken and given back, and make nobody
// wait, as there is nobody else.
// Every run looks right.
//
// fails: two-players
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/types.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>

#define KEY 12345
#define SEM_PING 0
#define SEM_PONG 1

int semid;
int runden;

/* Operation auf einem Semaphor der Gruppe: -1 = P, +1 = V */
void sem_operation(int nummer, int wert) {
    struct sembuf op;
    memset(&op, 0, sizeof(op));
    op.sem_num = nummer;
    op.sem_op = wert;
    if (semop(semid, &op, 1) < 0) {
        perror("semop");
        exit(1);
    }
}

void spielen(void) {
    int i;
    for (i = 1; i <= runden; i++) {
        sem_operation(SEM_PING, -1);
        printf("Ping");
        fflush(stdout);
        sem_operation(SEM_PONG, 1);
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
        spielen();
        exit(0);
    }
    waitpid(kind, NULL, 0);
    semctl(semid, 0, IPC_RMID);
    return 0;
}
