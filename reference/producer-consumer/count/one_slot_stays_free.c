// The ring counts as full when `in` is one behind `out`, so one slot is always free and 7 words fit. That is a common
// way to tell a full ring from an empty one; but then the ring has to have 9 places for 8 words.
// Looks right in any run with consumers.
//
// fails: bounded
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <pthread.h>

#define SIZE 8
#define MAXLEN 32
#define MAXWORDS 1000

char words[MAXWORDS][MAXLEN];
int nwords, P, C;

// the buffer and everything that belongs to it
char buffer[SIZE][MAXLEN];
int in, out;
int done; // no more words will come
pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
pthread_cond_t not_full = PTHREAD_COND_INITIALIZER;
pthread_cond_t not_empty = PTHREAD_COND_INITIALIZER;

void *producer(void *arg) {
    int id = *(int *)arg;
    for (int i = id; i < nwords; i += P) {
        pthread_mutex_lock(&mutex);
        while ((in + 1) % SIZE == out)
            pthread_cond_wait(&not_full, &mutex);
        strcpy(buffer[in], words[i]);
        in = (in + 1) % SIZE;
        pthread_cond_signal(&not_empty);
        pthread_mutex_unlock(&mutex);
        printf("produced %s\n", words[i]);
        fflush(stdout);
    }
    return NULL;
}

void *consumer(void *arg) {
    int id = *(int *)arg;
    char word[MAXLEN];
    while (1) {
        pthread_mutex_lock(&mutex);
        while (in == out && !done)
            pthread_cond_wait(&not_empty, &mutex);
        if (done && in == out) {
            pthread_mutex_unlock(&mutex);
            break;
        }
        strcpy(word, buffer[out]);
        out = (out + 1) % SIZE;
        pthread_cond_signal(&not_full);
        pthread_mutex_unlock(&mutex);
        printf("consumer %d got %s\n", id, word);
        fflush(stdout);
    }
    return NULL;
}

int main(int argc, char *argv[]) {
    if (argc != 3) {
        printf("usage: %s P C\n", argv[0]);
        return 1;
    }
    P = atoi(argv[1]);
    C = atoi(argv[2]);
    while (nwords < MAXWORDS && scanf("%31s", words[nwords]) == 1) nwords++;

    pthread_t prod[P], cons[C + 1];
    int cid[C + 1], pid[P + 1];
    for (int i = 0; i < P; i++) {
        pid[i] = i;
        pthread_create(&prod[i], NULL, producer, &pid[i]);
    }
    for (int i = 0; i < C; i++) {
        cid[i] = i + 1;
        pthread_create(&cons[i], NULL, consumer, &cid[i]);
    }

    for (int i = 0; i < P; i++) pthread_join(prod[i], NULL);
    // tell the consumers that this was all
    pthread_mutex_lock(&mutex);
    done = 1;
    pthread_cond_broadcast(&not_empty);
    pthread_mutex_unlock(&mutex);
    for (int i = 0; i < C; i++) pthread_join(cons[i], NULL);
    return 0;
}
