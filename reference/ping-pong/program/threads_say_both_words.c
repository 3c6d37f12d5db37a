// The two threads take turns, but in each turn both words are printed: nobody is Ping, and nobody is Pong.
// Every run looks right, as the words come in turn.
//
// fails: two-players
#include <stdio.h>
#include <stdlib.h>
#include <pthread.h>
#include <semaphore.h>

sem_t sem_ping, sem_pong;
int N;

/* rounds 0, 2, 4, ... */
void *thread_one(void *arg) {
    (void)arg;
    for (int i = 0; i < N; i += 2) {
        sem_wait(&sem_ping);
        printf("Ping");
        printf("Pong, ");
        fflush(stdout);
        sem_post(&sem_pong);
    }
    return NULL;
}

/* rounds 1, 3, 5, ... */
void *thread_two(void *arg) {
    (void)arg;
    for (int i = 1; i < N; i += 2) {
        sem_wait(&sem_pong);
        printf("Ping");
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

    sem_init(&sem_ping, 0, 1);
    sem_init(&sem_pong, 0, 0);

    if (pthread_create(&t1, NULL, thread_one, NULL) != 0) {
        perror("pthread_create");
        return 1;
    }
    if (pthread_create(&t2, NULL, thread_two, NULL) != 0) {
        perror("pthread_create");
        return 1;
    }

    pthread_join(t1, NULL);
    pthread_join(t2, NULL);

    sem_destroy(&sem_ping);
    sem_destroy(&sem_pong);
    return 0;
}
