#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <semaphore.h>
#include <sys/mman.h>
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
    g = mmap(NULL, sizeof(struct geraete), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (g == MAP_FAILED) {
        perror("mmap");
        exit(1);
    }
    sem_init(&g->scanner, 1, 1);
    sem_init(&g->drucker, 1, 1);
}

int main(void) {
    pid_t a, b;

    geraete_anlegen();
    a = fork();
    if (a == 0) {
        sem_wait(&g->scanner);
        melde('A', "has the scanner");
        sem_wait(&g->drucker);
        melde('A', "has the printer");
        melde('A', "makes a copy");
        melde('A', "gives back the scanner");
        sem_post(&g->scanner);
        melde('A', "gives back the printer");
        sem_post(&g->drucker);
        exit(0);
    }
    b = fork();
    if (b == 0) {
        sem_wait(&g->drucker);
        melde('B', "has the printer");
        sem_wait(&g->scanner);
        melde('B', "has the scanner");
        melde('B', "makes a copy");
        melde('B', "gives back the printer");
        sem_post(&g->drucker);
        melde('B', "gives back the scanner");
        sem_post(&g->scanner);
        exit(0);
    }
    waitpid(a, NULL, 0);
    waitpid(b, NULL, 0);
    return 0;
}
