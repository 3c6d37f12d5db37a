#include <stdio.h>
#include <stdlib.h>
#include <pthread.h>

pthread_mutex_t scanner = PTHREAD_MUTEX_INITIALIZER;
pthread_mutex_t printer = PTHREAD_MUTEX_INITIALIZER;

void msg(const char *text) {
    printf("%s\n", text);
    fflush(stdout);
}

void *run_a(void *arg) {
    (void)arg;
    pthread_mutex_lock(&scanner);
    msg("A has the scanner");
    pthread_mutex_lock(&printer);
    msg("A has the printer");
    msg("A makes a copy");
    msg("A gives back the printer");
    pthread_mutex_unlock(&printer);
    msg("A gives back the scanner");
    pthread_mutex_unlock(&scanner);
    return NULL;
}

void *run_b(void *arg) {
    (void)arg;
    pthread_mutex_lock(&printer);
    msg("B has the printer");
    pthread_mutex_lock(&scanner);
    msg("B has the scanner");
    msg("B makes a copy");
    msg("B gives back the scanner");
    pthread_mutex_unlock(&scanner);
    msg("B gives back the printer");
    pthread_mutex_unlock(&printer);
    return NULL;
}

int main(void) {
    pthread_t a, b;
    pthread_create(&a, NULL, run_a, NULL);
    pthread_create(&b, NULL, run_b, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
