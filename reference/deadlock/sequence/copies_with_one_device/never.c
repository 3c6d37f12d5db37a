// Each waits at most a tenth of a second for the second device. Who does not get it by then makes the copy with the one he
// has, and gives back only that one.
// A plain run looks right most of the time.
//
// fails: both-held
#include <stdio.h>
#include <stdlib.h>
#include <pthread.h>
#include <time.h>

pthread_mutex_t scanner = PTHREAD_MUTEX_INITIALIZER;
pthread_mutex_t printer = PTHREAD_MUTEX_INITIALIZER;
int n;

void msg(char who, const char *text) {
    printf("%c %s\n", who, text);
    fflush(stdout);
}

int lock_or_timeout(pthread_mutex_t *m) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += 100000000; // a tenth of a second
    if (until.tv_nsec >= 1000000000) {
        until.tv_nsec -= 1000000000;
        until.tv_sec++;
    }
    return pthread_mutex_timedlock(m, &until);
}

void *run_a(void *arg) {
    (void)arg;
    for (int i = 0; i < n; i++) {
        pthread_mutex_lock(&scanner);
        msg('A', "has the scanner");
        int got = lock_or_timeout(&printer) == 0;
        if (got) msg('A', "has the printer");
        msg('A', "makes a copy");
        if (got) {
            msg('A', "gives back the printer");
            pthread_mutex_unlock(&printer);
        }
        msg('A', "gives back the scanner");
        pthread_mutex_unlock(&scanner);
    }
    return NULL;
}

void *run_b(void *arg) {
    (void)arg;
    for (int i = 0; i < n; i++) {
        pthread_mutex_lock(&printer);
        msg('B', "has the printer");
        int got = lock_or_timeout(&scanner) == 0;
        if (got) msg('B', "has the scanner");
        msg('B', "makes a copy");
        if (got) {
            msg('B', "gives back the scanner");
            pthread_mutex_unlock(&scanner);
        }
        msg('B', "gives back the printer");
        pthread_mutex_unlock(&printer);
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
