// The semaphores are global variables. After fork each process has semaphores of its own, and a V in one of them is never
// seen in the other (that sem_init was given pshared = 1 does not move them into shared memory). Ping prints its first
// word, then both wait for ever.
// Looks right with threads, which do share the globals: that is where this program comes from.
//
// fails: complete
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <semaphore.h>
#include <sys/wait.h>

sem_t sem_ping, sem_pong;
int N;

void process_ping(void) {
    for (int i = 0; i < N; i++) {
        sem_wait(&sem_ping);
        printf("Ping");
        fflush(stdout);
        sem_post(&sem_pong);
    }
}

void process_pong(void) {
    for (int i = 0; i < N; i++) {
        sem_wait(&sem_pong);
        printf("Pong, ");
        fflush(stdout);
        sem_post(&sem_ping);
    }
}

int main(int argc, char **argv) {
    pid_t p1, p2;

    if (argc != 2) {
        printf("usage: pingpong N\n");
        return 1;
    }
    N = atoi(argv[1]);

    sem_init(&sem_ping, 1, 1); /* Ping is first */
    sem_init(&sem_pong, 1, 0);

    p1 = fork();
    if (p1 == 0) {
        process_ping();
        exit(0);
    }
    p2 = fork();
    if (p2 == 0) {
        process_pong();
        exit(0);
    }

    waitpid(p1, NULL, 0);
    waitpid(p2, NULL, 0);

    sem_destroy(&sem_ping);
    sem_destroy(&sem_pong);
    return 0;
}
