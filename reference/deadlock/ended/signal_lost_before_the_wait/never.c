// Both devices are taken at once, with a condition variable, but the flag is looked at before the mutex is locked. If the
// other one gives everything back between the look and the wait, its signal wakes nobody, and no other comes.
// A plain run looks right most of the time: the gap is a few instructions wide.
//
// fails: ends
#include <stdio.h>
#include <stdlib.h>
#include <stdatomic.h>
#include <pthread.h>

pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
pthread_cond_t came_back = PTHREAD_COND_INITIALIZER;
atomic_int taken = 0; // scanner and printer together

void take_both(void) {
    while (atomic_exchange(&taken, 1) != 0) {
        pthread_mutex_lock(&m);
        pthread_cond_wait(&came_back, &m);
        pthread_mutex_unlock(&m);
    }
}

void give_both(void) {
    pthread_mutex_lock(&m);
    taken = 0;
    pthread_cond_signal(&came_back);
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
