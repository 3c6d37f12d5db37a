// Each waits at most a second for the second device, and goes on as if it had it when the second is over. What
// pthread_mutex_timedlock returns is not looked at.
// A plain run looks right most of the time, and it never stands still for long.
//
// fails: exclusive
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

void lock_or_timeout(pthread_mutex_t *m) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 1;
    pthread_mutex_timedlock(m, &until); // waits a second at most, so there is no deadlock
}

void *run_a(void *arg) {
    (void)arg;
    for (int i = 0; i < n; i++) {
        pthread_mutex_lock(&scanner);
        msg('A', "has the scanner");
        lock_or_timeout(&printer);
        msg('A', "has the printer");
        msg('A', "makes a copy");
        msg('A', "gives back the printer");
        pthread_mutex_unlock(&printer);
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
        lock_or_timeout(&scanner);
        msg('B', "has the scanner");
        msg('B', "makes a copy");
        msg('B', "gives back the scanner");
        pthread_mutex_unlock(&scanner);
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
