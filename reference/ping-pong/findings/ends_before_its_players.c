// The first process waits for Pong only, as Pong prints the last word. But Ping is not done then: it still takes back the
// last turn. Whoever called the program believes that it is over, and goes on beside a process of it. All the words are
// there, so every run looks right.
//
// fails: ends-last
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <sys/wait.h>

// everything both processes need
typedef struct {
    sem_t ping;
    sem_t pong;
} shared_t;

shared_t *sh;

void run_ping(int n) {
    for (int i = 0; i < n; i++) {
        sem_wait(&sh->ping);
        printf("Ping");
        fflush(stdout);
        sem_post(&sh->pong);
    }
    // take back the turn that nobody uses any more
    if (n > 0) sem_wait(&sh->ping);
}

void run_pong(int n) {
    for (int i = 0; i < n; i++) {
        sem_wait(&sh->pong);
        printf("Pong, ");
        fflush(stdout);
        sem_post(&sh->ping);
    }
}

int main(int argc, char *argv[]) {
    if (argc != 2) {
        fprintf(stderr, "Usage: %s N\n", argv[0]);
        exit(1);
    }
    int n = atoi(argv[1]);

    sh = mmap(NULL, sizeof(shared_t), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (sh == MAP_FAILED) {
        perror("mmap");
        exit(1);
    }
    // pshared = 1, because we use processes
    if (sem_init(&sh->ping, 1, 1) != 0 || sem_init(&sh->pong, 1, 0) != 0) {
        perror("sem_init");
        exit(1);
    }

    pid_t p1 = fork();
    if (p1 == 0) {
        run_ping(n);
        exit(0);
    }
    pid_t p2 = fork();
    if (p2 == 0) {
        run_pong(n);
        exit(0);
    }
    if (p1 < 0 || p2 < 0) perror("fork");

    // pong is the last one
    waitpid(p2, NULL, 0);
    return 0;
}
