// Who does not get the second device at once gives the first one back and goes on with the next copy. That breaks hold and
// wait, but the copy is never made: some of the N are missing.
// A plain run looks right most of the time, and nobody counts the lines.
//
// fails: all-copied
#include <stdio.h>
#include <stdlib.h>
#include <pthread.h>

pthread_mutex_t scanner = PTHREAD_MUTEX_INITIALIZER;
pthread_mutex_t printer = PTHREAD_MUTEX_INITIALIZER;

void msg(const char *text) {
    printf("%s\n", text);
    fflush(stdout);
}

int n; // copies each of them makes

void *run_a(void *arg) {
    (void)arg;
    for (int i = 0; i < n; i++) {
        pthread_mutex_lock(&scanner);
        msg("A has the scanner");
        if (pthread_mutex_trylock(&printer) != 0) {
            // busy: do not wait with the scanner in my hands
            msg("A gives back the scanner");
            pthread_mutex_unlock(&scanner);
            continue;
        }
        msg("A has the printer");
        msg("A makes a copy");
        msg("A gives back the printer");
        pthread_mutex_unlock(&printer);
        msg("A gives back the scanner");
        pthread_mutex_unlock(&scanner);
    }
    return NULL;
}

void *run_b(void *arg) {
    (void)arg;
    for (int i = 0; i < n; i++) {
        pthread_mutex_lock(&printer);
        msg("B has the printer");
        if (pthread_mutex_trylock(&scanner) != 0) {
            msg("B gives back the printer");
            pthread_mutex_unlock(&printer);
            continue;
        }
        msg("B has the scanner");
        msg("B makes a copy");
        msg("B gives back the printer");
        pthread_mutex_unlock(&printer);
        msg("B gives back the scanner");
        pthread_mutex_unlock(&scanner);
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
