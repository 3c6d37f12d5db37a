// After its last copy A leaves the loop with `break`, and with the printer: the V behind it is skipped. If B has not made
// its own last copy by then, it waits for ever.
// Looks right whenever A is the slower one.
//
// fails: ends
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

// Cannot deadlock: everybody takes the scanner first
void person_a(int n) {
    int i;
    for (i = 0; i < n; i++) {
        get('A', SCANNER);
        get('A', PRINTER);
        copy('A');
        put('A', SCANNER);
        if (i == n - 1) break;  // last copy, go home
        put('A', PRINTER);
    }
}

void person_b(int n) {
    int i;
    for (i = 0; i < n; i++) {
        get('B', SCANNER);
        get('B', PRINTER);
        copy('B');
        put('B', PRINTER);
        put('B', SCANNER);
    }
}

int main(int argc, char *argv[]) {
    int n;

    if (argc != 2) {
        fprintf(stderr, "usage: %s N\n", argv[0]);
        return EXIT_FAILURE;
    }
    n = atoi(argv[1]);
    init_semaphores();

    if (fork() == 0) {
        person_a(n);
        exit(EXIT_SUCCESS);
    }
    if (fork() == 0) {
        person_b(n);
        exit(EXIT_SUCCESS);
    }
    wait(NULL);
    wait(NULL);
    semctl(semid, 0, IPC_RMID);
    return EXIT_SUCCESS;
}
