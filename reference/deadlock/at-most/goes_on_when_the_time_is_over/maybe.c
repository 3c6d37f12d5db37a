#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <sys/wait.h>

typedef struct {
    sem_t scanner;
    sem_t drucker;
} geraete_t;

geraete_t *g;

void ausgabe(const char *text) {
    printf("%s\n", text);
    fflush(stdout);
}

void person_a(void) {
    sem_wait(&g->scanner);
    ausgabe("A has the scanner");
    fprintf(stderr, "A wartet auf den Drucker\n");
    sem_wait(&g->drucker);
    ausgabe("A has the printer");
    ausgabe("A makes a copy");
    ausgabe("A gives back the scanner");
    sem_post(&g->scanner);
    ausgabe("A gives back the printer");
    sem_post(&g->drucker);
}

void person_b(void) {
    sem_wait(&g->drucker);
    ausgabe("B has the printer");
    fprintf(stderr, "B wartet auf den Scanner\n");
    sem_wait(&g->scanner);
    ausgabe("B has the scanner");
    ausgabe("B makes a copy");
    ausgabe("B gives back the printer");
    sem_post(&g->drucker);
    ausgabe("B gives back the scanner");
    sem_post(&g->scanner);
}

int main(void) {
    g = mmap(NULL, sizeof(geraete_t), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (g == MAP_FAILED) {
        perror("mmap");
        return 1;
    }
    sem_init(&g->scanner, 1, 1);
    sem_init(&g->drucker, 1, 1);
    if (fork() == 0) {
        person_a();
        exit(0);
    }
    if (fork() == 0) {
        person_b();
        exit(0);
    }
    wait(NULL);
    wait(NULL);
    printf("diesmal ging es gut\n");
    return 0;
}
