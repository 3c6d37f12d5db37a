// No semaphore: the players look at a variable in shared memory again and again until it says that it is their turn. The
// order is right, but the one who waits keeps a core busy, and nothing but `volatile` and luck with the kind of machine
// makes one see what the other wrote.
// A plain run looks right. Look at it with top.
//
// fails: semaphores, asleep
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/mman.h>
#include <sys/wait.h>

// everything both processes need
typedef struct {
    volatile int turn;  // 0: Ping, 1: Pong
} shared_t;

shared_t *sh;

void run_ping(int n) {
    for (int i = 0; i < n; i++) {
        while (sh->turn != 0)
            ;
        printf("Ping");
        fflush(stdout);
        sh->turn = 1;
    }
}

void run_pong(int n) {
    for (int i = 0; i < n; i++) {
        while (sh->turn != 1)
            ;
        printf("Pong, ");
        fflush(stdout);
        sh->turn = 0;
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
    sh->turn = 0;

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
