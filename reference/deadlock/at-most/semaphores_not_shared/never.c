// The semaphores are in memory from malloc. After fork each process has its own, and both are always free.
// A plain run looks right, and it even never deadlocks.
//
// fails: exclusive
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <semaphore.h>
#include <sys/wait.h>

struct geraete {
    sem_t scanner;
    sem_t drucker;
};

struct geraete *g;

void melde(char wer, const char *was) {
    printf("%c %s\n", wer, was);
    fflush(stdout);
}

void geraete_anlegen(void) {
    g = malloc(sizeof(struct geraete));
    if (g == NULL) {
        perror("malloc");
        exit(1);
    }
    sem_init(&g->scanner, 1, 1);
    sem_init(&g->drucker, 1, 1);
}

// erst der Scanner, dann der Drucker, bei beiden gleich
void kopieren(char wer) {
    sem_wait(&g->scanner);
    melde(wer, "has the scanner");
    sem_wait(&g->drucker);
    melde(wer, "has the printer");
    melde(wer, "makes a copy");
    melde(wer, "gives back the printer");
    sem_post(&g->drucker);
    melde(wer, "gives back the scanner");
    sem_post(&g->scanner);
}

int main(int argc, char *argv[]) {
    pid_t a, b;
    int i, n;

    if (argc != 2) {
        printf("Aufruf: %s N\n", argv[0]);
        return 1;
    }
    n = atoi(argv[1]);
    geraete_anlegen();

    a = fork();
    if (a == 0) {
        for (i = 0; i < n; i++) kopieren('A');
        exit(0);
    }
    b = fork();
    if (b == 0) {
        for (i = 0; i < n; i++) kopieren('B');
        exit(0);
    }
    waitpid(a, NULL, 0);
    waitpid(b, NULL, 0);
    return 0;
}
