// Each producer reads the input itself. All have the same standard input, but each has a stdio buffer of its own, and
// fills it with up to 4096 bytes at a time: a word that lies across the end of such a block is torn in two, one part
// for each of two producers.
// Looks right with less than 4096 bytes: then the producer that is first gets all the words, and the others have
// nothing to do.
//
// fails: many-arrive
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/types.h>
#include <sys/wait.h>

#define BUFSIZE 8
#define WORDLEN 32

// numbers of the semaphores in the set
#define FILLED 0
#define EMPTY 1
#define MUTEX 2

union semun {
    int val;
    struct semid_ds *buf;
    unsigned short *array;
};

struct ringbuffer {
    char item[BUFSIZE][WORDLEN];
    int in;   // next free place
    int out;  // oldest item
};

int shm_id, sem_id;
struct ringbuffer *rb;

void P(int num) {
    struct sembuf op = {num, -1, 0};
    if (semop(sem_id, &op, 1) == -1) {
        perror("P");
        exit(EXIT_FAILURE);
    }
}

void V(int num) {
    struct sembuf op = {num, 1, 0};
    if (semop(sem_id, &op, 1) == -1) {
        perror("V");
        exit(EXIT_FAILURE);
    }
}

void insert_item(const char *word) {
    P(EMPTY);
    P(MUTEX);
    strcpy(rb->item[rb->in], word);
    rb->in = (rb->in + 1) % BUFSIZE;
    V(MUTEX);
    V(FILLED);
}

void remove_item(char *word) {
    P(FILLED);
    P(MUTEX);
    strcpy(word, rb->item[rb->out]);
    rb->out = (rb->out + 1) % BUFSIZE;
    V(MUTEX);
    V(EMPTY);
}

// takes words from the input until there are no more
void producer(void) {
    char word[WORDLEN];
    while (scanf("%31s", word) == 1) {
        insert_item(word);
        printf("produced %s\n", word);
        fflush(stdout);
    }
}

void consumer(int nr) {
    char word[WORDLEN];
    while (1) {
        remove_item(word);
        if (word[0] == '\0') break;  // end marker
        printf("consumer %d got %s\n", nr, word);
        fflush(stdout);
    }
}

void init(void) {
    union semun arg;
    unsigned short values[3] = {0, BUFSIZE, 1};  // filled, empty, mutex

    shm_id = shmget(IPC_PRIVATE, sizeof(struct ringbuffer), IPC_CREAT | 0600);
    if (shm_id == -1) {
        perror("shmget");
        exit(EXIT_FAILURE);
    }
    rb = shmat(shm_id, NULL, 0);
    if (rb == (void *)-1) {
        perror("shmat");
        exit(EXIT_FAILURE);
    }
    rb->in = 0;
    rb->out = 0;

    sem_id = semget(IPC_PRIVATE, 3, IPC_CREAT | 0600);
    if (sem_id == -1) {
        perror("semget");
        exit(EXIT_FAILURE);
    }
    arg.array = values;
    if (semctl(sem_id, 0, SETALL, arg) == -1) {
        perror("semctl");
        exit(EXIT_FAILURE);
    }
}

void cleanup(void) {
    shmdt(rb);
    shmctl(shm_id, IPC_RMID, NULL);
    semctl(sem_id, 0, IPC_RMID);
}

int main(int argc, char *argv[]) {
    int p, c, i;

    if (argc != 3) {
        fprintf(stderr, "usage: %s P C\n", argv[0]);
        return EXIT_FAILURE;
    }
    p = atoi(argv[1]);
    c = atoi(argv[2]);

    init();

    // start the producers
    pid_t prod[p];
    for (i = 0; i < p; i++) {
        prod[i] = fork();
        if (prod[i] == 0) {
            producer();
            exit(EXIT_SUCCESS);
        }
    }
    // start the consumers
    for (i = 0; i < c; i++) {
        if (fork() == 0) {
            consumer(i + 1);
            exit(EXIT_SUCCESS);
        }
    }

    for (i = 0; i < p; i++) waitpid(prod[i], NULL, 0);
    for (i = 0; i < c; i++) insert_item("");  // one end marker for each consumer
    for (i = 0; i < c; i++) wait(NULL);

    cleanup();
    return EXIT_SUCCESS;
}
