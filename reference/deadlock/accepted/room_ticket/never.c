/*
 * Betriebssysteme, Blatt 6, Aufgabe 1b: dasselbe ohne Verklemmung
 *
 * Wer kopieren will, braucht zuerst die Eintrittskarte fuer den Kopierraum. Es gibt nur eine, deshalb ist die
 * Reihenfolge im Raum gleichgueltig: es steht nie jemand mit einem Geraet da und wartet auf einen anderen im Raum.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <sys/wait.h>

typedef struct {
    sem_t raum;
    sem_t scanner;
    sem_t drucker;
} geraete_t;

geraete_t *g;
int anzahl;

// 64 KiB Puffer, damit die Debug-Ausgaben nichts kosten
char puffer[65536];

void nimm(char wer, sem_t *was, const char *name) {
    printf("   (%c will den %s)\n", wer, name);
    sem_wait(was);
    printf("%c has the %s\n", wer, name);
    fflush(stdout);
}

void gib(char wer, sem_t *was, const char *name) {
    printf("%c gives back the %s\n", wer, name);
    fflush(stdout);
    sem_post(was);
}

void person(char wer) {
    int i;
    for (i = 0; i < anzahl; i++) {
        sem_wait(&g->raum);
        printf("   (%c ist im Raum)\n", wer);
        if (wer == 'A') {
            nimm(wer, &g->scanner, "scanner");
            nimm(wer, &g->drucker, "printer");
        } else {
            nimm(wer, &g->drucker, "printer");
            nimm(wer, &g->scanner, "scanner");
        }
        printf("%c makes a copy\n", wer);
        gib(wer, &g->scanner, "scanner");
        gib(wer, &g->drucker, "printer");
        printf("   (%c geht)\n", wer);
        sem_post(&g->raum);
    }
}

int main(int argc, char *argv[]) {
    int i;
    if (argc != 2) return 1;
    anzahl = atoi(argv[1]);
    setvbuf(stdout, puffer, _IOFBF, sizeof(puffer));
    g = mmap(NULL, sizeof(geraete_t), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (g == MAP_FAILED) {
        perror("mmap");
        return 1;
    }
    sem_init(&g->raum, 1, 1);
    sem_init(&g->scanner, 1, 1);
    sem_init(&g->drucker, 1, 1);
    for (i = 0; i < 2; i++) {
        if (fork() == 0) {
            person("AB"[i]);
            exit(i + 40);
        }
    }
    while (wait(NULL) > 0)
        ;
    return 0;
}
