// Each player destroys its own semaphore when it has printed its last word. Ping is the first to end, and Pong's last V
// is for a semaphore that is no more: what happens then POSIX leaves open.
// Every run looks right on Linux, where sem_destroy does nothing at all. Elsewhere it may crash.
//
// fails: erased-last
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
    sem_destroy(&sh->ping);
}

void run_pong(int n) {
    for (int i = 0; i < n; i++) {
        sem_wait(&sh->pong);
        printf("Pong, ");
        fflush(stdout);
        sem_post(&sh->ping);
    }
    sem_destroy(&sh->pong);
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

    waitpid(p1, NULL, 0);
    waitpid(p2, NULL, 0);
    munmap(sh, sizeof(shared_t));
    return 0;
}
