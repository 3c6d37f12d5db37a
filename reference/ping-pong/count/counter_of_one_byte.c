// The players count their rounds in an unsigned char, which goes from 255 to 0 again. With N above 255 it never gets to
// N, and the game never ends.
// Every run with a small N looks right, and the order of the words is right in any case.
//
// fails: long-game
#include <stdio.h>
#include <stdlib.h>
#include <pthread.h>
#include <semaphore.h>

sem_t sem_ping, sem_pong;
int N;

void *thread_ping(void *arg) {
    (void)arg;
    for (unsigned char i = 0; i < N; i++) {
        sem_wait(&sem_ping);
        printf("Ping");
        fflush(stdout);
        sem_post(&sem_pong);
    }
    return NULL;
}

void *thread_pong(void *arg) {
    (void)arg;
    for (unsigned char i = 0; i < N; i++) {
        sem_wait(&sem_pong);
        printf("Pong, ");
        fflush(stdout);
        sem_post(&sem_ping);
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

    sem_init(&sem_ping, 0, 1); /* Ping is first */
    sem_init(&sem_pong, 0, 0);

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

    sem_destroy(&sem_ping);
    sem_destroy(&sem_pong);
    return 0;
}
