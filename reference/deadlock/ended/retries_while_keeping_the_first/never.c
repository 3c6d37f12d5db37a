// B does not wait for the scanner, it tries again and again, and all the while it keeps the printer. That is waiting by
// another name: A waits for the printer and B runs in circles.
// A plain run looks right most of the time; when it does not, top shows a process that is at work.
//
// fails: ends
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

void kopieren_a(void) {
    char wer = 'A';
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

// ohne sem_wait fuer das zweite Geraet: wer nicht wartet, kann sich nicht verklemmen
void kopieren_b(void) {
    char wer = 'B';
    sem_wait(&g->drucker);
    melde(wer, "has the printer");
    while (sem_trywait(&g->scanner) == -1)
        ; // gleich nochmal
    melde(wer, "has the scanner");
    melde(wer, "makes a copy");
    melde(wer, "gives back the scanner");
    sem_post(&g->scanner);
    melde(wer, "gives back the printer");
    sem_post(&g->drucker);
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
        for (i = 0; i < n; i++) kopieren_a();
        exit(0);
    }
    b = fork();
    if (b == 0) {
        for (i = 0; i < n; i++) kopieren_b();
        exit(0);
    }
    waitpid(a, NULL, 0);
    waitpid(b, NULL, 0);
    return 0;
}
