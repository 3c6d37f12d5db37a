/*
 * Betriebssysteme, Übung 4, Aufgabe 2: Ping und Pong
 *
 * Aufruf: ./pingpong <Anzahl>
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <errno.h>
#include <sys/types.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>

#define SCHLUESSEL 12345
#define DEBUG 1

int sem_ping, sem_pong; // zwei Semaphorgruppen mit je einem Semaphor

int neu(int schluessel, int startwert) {
    int id;
    // falls vom letzten Absturz noch etwas da ist: weg damit
    id = semget(schluessel, 0, 0);
    if (id >= 0) semctl(id, 0, IPC_RMID);
    id = semget(schluessel, 1, IPC_CREAT | IPC_EXCL | 0600);
    if (id < 0) {
        perror("semget");
        exit(1);
    }
    if (semctl(id, 0, SETVAL, startwert) < 0) {
        perror("semctl");
        exit(1);
    }
    return id;
}

void P(int id) {
    struct sembuf op;
    op.sem_num = 0;
    op.sem_op = -1;
    op.sem_flg = 0;
    while (semop(id, &op, 1) < 0) {
        if (errno != EINTR) {
            perror("P");
            exit(1);
        }
    }
}

void V(int id) {
    struct sembuf op;
    op.sem_num = 0;
    op.sem_op = 1;
    op.sem_flg = 0;
    if (semop(id, &op, 1) < 0) {
        perror("V");
        exit(1);
    }
}

int main(int argc, char *argv[]) {
    int n, i;
    pid_t kind1, kind2;

    if (argc != 2) {
        printf("Aufruf: %s Anzahl\n", argv[0]);
        return 1;
    }
    n = atoi(argv[1]);
    sem_ping = neu(SCHLUESSEL, 1); // Ping darf anfangen
    sem_pong = neu(SCHLUESSEL + 1, 0);

    kind1 = fork();
    if (kind1 == 0) {
        i = n;
        while (i-- > 0) {
            P(sem_ping);
            printf("Ping");
            fflush(stdout);
            if (DEBUG) fprintf(stderr, "(noch %d)\n", i);
            V(sem_pong);
        }
        exit(0);
    }
    kind2 = fork();
    if (kind2 == 0) {
        i = n;
        while (i-- > 0) {
            P(sem_pong);
            printf("Pong, ");
            fflush(stdout);
            V(sem_ping);
        }
        exit(0);
    }
    waitpid(kind1, NULL, 0);
    waitpid(kind2, NULL, 0);
    semctl(sem_ping, 0, IPC_RMID);
    semctl(sem_pong, 0, IPC_RMID);
    printf("\nfertig\n");
    return 0;
}
