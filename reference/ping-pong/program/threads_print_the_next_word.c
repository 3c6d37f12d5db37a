// A lock and a counter say which word comes next, and whoever gets the lock prints it. So either thread prints Pings
// and Pongs, and often one of them prints nearly all: no one hands the turn to anyone.
// Every run looks right, as the words come in turn whoever prints them.
//
// fails: two-players
#include <stdio.h>
#include <stdlib.h>
#include <pthread.h>
#include <semaphore.h>

sem_t lock;
int N;

int word = 0; /* number of the next word: even = Ping, odd = Pong */

void *play(void *arg) {
    (void)arg;
    while (1) {
        sem_wait(&lock);
        if (word == 2 * N) {
            sem_post(&lock);
            break;
        }
        if (word % 2 == 0)
            printf("Ping");
        else
            printf("Pong, ");
        fflush(stdout);
        word++;
        sem_post(&lock);
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

    if (pthread_create(&t1, NULL, play, NULL) != 0) {
        perror("pthread_create");
        return 1;
    }
    if (pthread_create(&t2, NULL, play, NULL) != 0) {
        perror("pthread_create");
        return 1;
    }

    pthread_join(t1, NULL);
    pthread_join(t2, NULL);

    sem_destroy(&lock);
    return 0;
}
