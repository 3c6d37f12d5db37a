// "Fixed" with usleep: the order is still the opposite one, but B starts late and rests after each copy, so that the two
// should not meet at the devices.
// A plain run looks right for hours. How long somebody sleeps is a lower bound; on a busy machine they meet.
//
// fails: ends
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
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
        pthread_mutex_lock(&printer);
        msg("A has the printer");
        msg("A makes a copy");
        msg("A gives back the printer");
        pthread_mutex_unlock(&printer);
        msg("A gives back the scanner");
        pthread_mutex_unlock(&scanner);
        usleep(3000);
    }
    return NULL;
}

void *run_b(void *arg) {
    (void)arg;
    for (int i = 0; i < n; i++) {
        usleep(1500); // A is done by now
        pthread_mutex_lock(&printer);
        msg("B has the printer");
        pthread_mutex_lock(&scanner);
        msg("B has the scanner");
        msg("B makes a copy");
        msg("B gives back the printer");
        pthread_mutex_unlock(&printer);
        msg("B gives back the scanner");
        pthread_mutex_unlock(&scanner);
        usleep(1500);
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
