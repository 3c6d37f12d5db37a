// Both devices are taken at once, by flags that a mutex and a condition variable guard, but after the wait nobody looks at
// the flags again. Between the signal and the moment when the woken one has got the mutex, the other one can have taken
// everything once more.
// A plain run looks right nearly always.
//
// fails: exclusive
#include <stdio.h>
#include <stdlib.h>
#include <pthread.h>

pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
pthread_cond_t both_free = PTHREAD_COND_INITIALIZER;
int scanner_taken = 0, printer_taken = 0;

void take_both(void) {
    pthread_mutex_lock(&m);
    if (scanner_taken || printer_taken)
        pthread_cond_wait(&both_free, &m);
    scanner_taken = 1;
    printer_taken = 1;
    pthread_mutex_unlock(&m);
}

void give_both(void) {
    pthread_mutex_lock(&m);
    scanner_taken = 0;
    printer_taken = 0;
    pthread_cond_signal(&both_free);
    pthread_mutex_unlock(&m);
}

void msg(const char *text) {
    printf("%s\n", text);
    fflush(stdout);
}

int n; // copies each of them makes

void *run_a(void *arg) {
    (void)arg;
    for (int i = 0; i < n; i++) {
        take_both();
        msg("A has the scanner");
        msg("A has the printer");
        msg("A makes a copy");
        msg("A gives back the printer");
        msg("A gives back the scanner");
        give_both();
    }
    return NULL;
}

void *run_b(void *arg) {
    (void)arg;
    for (int i = 0; i < n; i++) {
        take_both();
        msg("B has the scanner");
        msg("B has the printer");
        msg("B makes a copy");
        msg("B gives back the printer");
        msg("B gives back the scanner");
        give_both();
    }
    return NULL;
}

int main(int argc, char *argv[]) {
    pthread_t a, b;
    if (argc != 2) {
        printf("usage: never N\n");
        return 1;
    }
    n = atoi(argv[1]);
    pthread_create(&a, NULL, run_a, NULL);
    pthread_create(&b, NULL, run_b, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
