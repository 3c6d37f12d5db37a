// A lock keeps the two words apart, and the order is left to usleep: each player sleeps "one half of a round" between two
// words, and Pong starts half a round later.
// A plain run on a quiet machine looks right for hundreds of rounds. Sleeping says how long somebody waits at least; as
// soon as one of them is late, the order is gone.
//
// fails: alternates
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <pthread.h>
#include <semaphore.h>

#define HALF 1000 /* microseconds */

sem_t lock;
int N;

void *thread_ping(void *arg) {
    (void)arg;
    for (int i = 0; i < N; i++) {
        sem_wait(&lock);
        printf("Ping");
        fflush(stdout);
        sem_post(&lock);
        usleep(2 * HALF);
    }
    return NULL;
}

void *thread_pong(void *arg) {
    (void)arg;
    usleep(HALF); /* Ping goes first */
    for (int i = 0; i < N; i++) {
        sem_wait(&lock);
        printf("Pong, ");
        fflush(stdout);
        sem_post(&lock);
        usleep(2 * HALF);
    }
    return NULL;
}

int main(int argc, char **argv) {
    pthread_t t1, t2;

    if (argc != 2) {
        printf("usage: pingpong N\n");
        return 1;
    }
    N = atoi(argv[1]);

    sem_init(&lock, 0, 1);

    if (pthread_create(&t1, NULL, thread_ping, NULL) != 0) {
        perror("pthread_create");
        return 1;
    }
    if (pthread_create(&t2, NULL, thread_pong, NULL) != 0) {
        perror("pthread_create");
        return 1;
    }

    pthread_join(t1, NULL);
    pthread_join(t2, NULL);

    sem_destroy(&lock);
    return 0;
}
