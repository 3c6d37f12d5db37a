// The mutex is there, but instead of waiting for `filled` and `empty` everybody sleeps "long enough": one word goes
// in and one comes out every 2 ms on average. Nothing but time keeps consumers behind producers and producers out of
// unread slots.
// A plain run on a quiet machine looks right, above all with one producer and one consumer: the consumer starts half
// a period later and both sleep equally long. As soon as one is late, words are read before they are there, or
// overwritten.
//
// fails: all-arrive
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
#define MAXWORDS 1000

// only one semaphore is needed, the rest is timing
#define MUTEX 0

#define PERIOD 2000  // microseconds for one word

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

char words[MAXWORDS][WORDLEN];
int count = 0;

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
    P(MUTEX);
    strcpy(rb->item[rb->in], word);
    rb->in = (rb->in + 1) % BUFSIZE;
    V(MUTEX);
}

void remove_item(char *word) {
    P(MUTEX);
    strcpy(word, rb->item[rb->out]);
    rb->out = (rb->out + 1) % BUFSIZE;
    V(MUTEX);
}

// producer number "nr" (0, 1, ...) of "total" takes every total-th word
void producer(int nr, int total) {
    int i;
    for (i = nr; i < count; i += total) {
        insert_item(words[i]);
        printf("produced %s\n", words[i]);
        fflush(stdout);
        usleep(PERIOD * total);  // give the consumers time to take it
    }
}

void consumer(int nr, int total) {
    char word[WORDLEN];
    int i;
    usleep(PERIOD / 2 + PERIOD * nr);  // the producers have to be first
    for (i = nr; i < count; i += total) {
        remove_item(word);
        printf("consumer %d got %s\n", nr + 1, word);
        fflush(stdout);
        usleep(PERIOD * total);
    }
}

void init(void) {
    union semun arg;
    unsigned short values[1] = {1};

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

    sem_id = semget(IPC_PRIVATE, 1, IPC_CREAT | 0600);
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

    while (count < MAXWORDS && scanf("%31s", words[count]) == 1) count++;

    init();

    // start the producers
    for (i = 0; i < p; i++) {
        if (fork() == 0) {
            producer(i, p);
            exit(EXIT_SUCCESS);
        }
    }
    // start the consumers
    for (i = 0; i < c; i++) {
        if (fork() == 0) {
            consumer(i, c);
            exit(EXIT_SUCCESS);
        }
    }

    for (i = 0; i < p + c; i++) wait(NULL);

    cleanup();
    return EXIT_SUCCESS;
}
