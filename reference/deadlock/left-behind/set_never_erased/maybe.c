#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/types.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>

#define SCANNER 0
#define PRINTER 1

union semun {
    int val;
    struct semid_ds *buf;
    unsigned short *array;
};

int semid;
const char *device[] = {"scanner", "printer"};

void P(int nr) {
    struct sembuf op = {nr, -1, 0};
    if (semop(semid, &op, 1) == -1) {
        perror("semop P");
        exit(EXIT_FAILURE);
    }
}

void V(int nr) {
    struct sembuf op = {nr, 1, 0};
    if (semop(semid, &op, 1) == -1) {
        perror("semop V");
        exit(EXIT_FAILURE);
    }
}

void get(char who, int nr) {
    P(nr);
    printf("%c has the %s\n", who, device[nr]);
    fflush(stdout);
}

void put(char who, int nr) {
    printf("%c gives back the %s\n", who, device[nr]);
    fflush(stdout);
    V(nr);
}

void copy(char who) {
    printf("%c makes a copy\n", who);
    fflush(stdout);
}

void init_semaphores(void) {
    union semun arg;
    semid = semget(IPC_PRIVATE, 2, IPC_CREAT | 0600);
    if (semid == -1) {
        perror("semget");
        exit(EXIT_FAILURE);
    }
    arg.val = 1;
    semctl(semid, SCANNER, SETVAL, arg);
    semctl(semid, PRINTER, SETVAL, arg);
}

// Can deadlock: A takes scanner, printer and B takes printer, scanner
void person(char who, int first, int second) {
    get(who, first);
    get(who, second);
    copy(who);
    put(who, second);
    put(who, first);
}

int main(void) {
    init_semaphores();
    if (fork() == 0) {
        person('A', SCANNER, PRINTER);
        exit(EXIT_SUCCESS);
    }
    if (fork() == 0) {
        person('B', PRINTER, SCANNER);
        exit(EXIT_SUCCESS);
    }
    wait(NULL);
    wait(NULL);
    semctl(semid, 0, IPC_RMID);
    return EXIT_SUCCESS;
}
