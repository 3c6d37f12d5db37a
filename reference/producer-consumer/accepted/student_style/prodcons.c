/*
 * Operating Systems, exercise sheet 5: producers and consumers
 *
 * usage: ./prodcons <number of producers> <number of consumers>
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <errno.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/sem.h>

#define KEY 12345
#define N 8
#define MAXWORDS 1000
#define MAXLEN 32

#define filled 0
#define empty 1
#define mutex 2

union semun {
    int val;
    struct semid_ds *buf;
    unsigned short *array;
};

typedef struct {
    char buf[N][MAXLEN];
    int in;
    int out;
    int taken; // words removed so far
} shm_t;

char words[MAXWORDS][MAXLEN];
int nwords = 0;
int semid, shmid;
shm_t *shm;

void sem_change(int nr, int value, int flags) {
    struct sembuf op;
    op.sem_num = nr;
    op.sem_op = value;
    op.sem_flg = flags;
    while (semop(semid, &op, 1) < 0) {
        if (errno != EINTR) {
            perror("semop");
            exit(1);
        }
    }
}

// Only the mutex is undone when a process dies inside the critical section. filled and empty must not be undone:
// they say how many words are in the buffer, and the words stay there when a process ends.
void P(int nr) {
    sem_change(nr, -1, nr == mutex ? SEM_UNDO : 0);
}

void V(int nr) {
    sem_change(nr, +1, nr == mutex ? SEM_UNDO : 0);
}

void producer(int id, int p) {
    // my part of the words: from ... to-1, also correct when nwords cannot be divided by p
    int from = nwords * id / p;
    int to = nwords * (id + 1) / p;
    int i;
    for (i = from; i < to; i++) {
        P(empty);
        P(mutex);
        strcpy(shm->buf[shm->in], words[i]);
        shm->in = (shm->in + 1) % N;
        printf("produced %s\n", words[i]);
        fflush(stdout);
        V(mutex);
        V(filled);
    }
}

void consumer(int id, int c) {
    char word[MAXLEN];
    int i;
    while (1) {
        P(filled);
        P(mutex);
        if (shm->taken == nwords) { // nothing left, somebody else got the last word
            V(mutex);
            break;
        }
        strcpy(word, shm->buf[shm->out]);
        shm->out = (shm->out + 1) % N;
        shm->taken++;
        if (shm->taken == nwords) // that was the last one: let every consumer look at taken once more
            for (i = 0; i < c; i++) V(filled);
        V(mutex);
        V(empty);
        printf("consumer %d got %s\n", id, word);
        fflush(stdout);
    }
}

void remove_old(void) {
    int old;
    // after a crash the old objects are still there with their old values
    if ((old = semget(KEY, 0, 0)) >= 0) semctl(old, 0, IPC_RMID);
    if ((old = shmget(KEY, 0, 0)) >= 0) shmctl(old, IPC_RMID, NULL);
}

int main(int argc, char *argv[]) {
    int p, c, i;
    pid_t pid;
    union semun arg;

    if (argc != 3) {
        printf("usage: %s producers consumers\n", argv[0]);
        return 1;
    }
    p = atoi(argv[1]);
    c = atoi(argv[2]);

    // the parent reads everything before the first fork
    while (nwords < MAXWORDS && scanf("%31s", words[nwords]) == 1) nwords++;

    remove_old();
    shmid = shmget(KEY, sizeof(shm_t), IPC_CREAT | IPC_EXCL | 0600);
    if (shmid < 0) {
        perror("shmget");
        return 1;
    }
    shm = shmat(shmid, NULL, 0);
    if (shm == (void *)-1) {
        perror("shmat");
        return 1;
    }
    semid = semget(KEY, 3, IPC_CREAT | IPC_EXCL | 0600);
    if (semid < 0) {
        perror("semget");
        return 1;
    }
    arg.val = (nwords == 0) ? c : 0; // without any word nobody would wake the consumers
    semctl(semid, filled, SETVAL, arg);
    arg.val = N;
    semctl(semid, empty, SETVAL, arg);
    arg.val = 1;
    semctl(semid, mutex, SETVAL, arg);

    for (i = 0; i < p + c; i++) {
        pid = fork();
        if (pid < 0) {
            perror("fork");
            shmctl(shmid, IPC_RMID, NULL);
            semctl(semid, 0, IPC_RMID); // wakes the children that wait, they end with an error
            return 1;
        }
        if (pid == 0) {
            if (i < p)
                producer(i, p);
            else
                consumer(i - p + 1, c);
            exit(0);
        }
    }
    while (wait(NULL) > 0)
        ;

    shmdt(shm);
    shmctl(shmid, IPC_RMID, NULL);
    semctl(semid, 0, IPC_RMID);
    return 0;
}
