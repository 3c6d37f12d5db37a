// The lecture's "when" became a loop that looks again and again, with the interrupts masked: the only one who could make
// s positive is the handler, and it cannot run.
// A plain run looks right as long as there is always a token when Wait is called.
//
// fails: sleeps
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <errno.h>
#include <unistd.h>

#define TOKEN_MSG "an interrupt gave a token\n"
#define NOTHING_MSG "an interrupt gave nothing\n"

volatile int s = 0;     // the semaphore
sigset_t all, old;      // all: everything masked, old: what main had before

void cli(void) {
    sigprocmask(SIG_BLOCK, &all, NULL);
}

void sti(void) {
    sigprocmask(SIG_SETMASK, &old, NULL);
}

void wait_s(void) {
    cli();
    while (s <= 0)
        ;   // when s > 0
    s = s - 1;
    sti();
}

void signal_s(void) {
    cli();
    s = s + 1;
    sti();
}

// all signals are in sa_mask, so no handler is interrupted by another one: no cli and sti in here
void handler(int sig) {
    int e = errno;
    if (sig == SIGHUP) {
        write(1, NOTHING_MSG, strlen(NOTHING_MSG));
    } else {
        s = s + 1;
        write(1, TOKEN_MSG, strlen(TOKEN_MSG));
    }
    errno = e;
}

void install(int sig) {
    struct sigaction sa;
    memset(&sa, 0, sizeof(sa));
    sa.sa_handler = handler;
    sa.sa_mask = all;
    sa.sa_flags = 0;
    if (sigaction(sig, &sa, NULL) < 0) {
        perror("sigaction");
        exit(1);
    }
}

// like fgets, but goes on when a signal came in between
char *get_line(char *line, int size) {
    while (1) {
        errno = 0;
        if (fgets(line, size, stdin) != NULL) return line;
        if (errno != EINTR) return NULL;
        clearerr(stdin);
    }
}

int main(void) {
    char line[100];

    setvbuf(stdout, NULL, _IOLBF, 0);
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, NULL, &old);

    install(SIGHUP);
    install(SIGUSR1);
    install(SIGUSR2);
    install(SIGALRM);

    while (get_line(line, sizeof(line)) != NULL) {
        if (strncmp(line, "wait", 4) == 0) {
            wait_s();
            printf("took a token\n");
        } else if (strncmp(line, "signal", 6) == 0) {
            signal_s();
            printf("gave a token\n");
        } else {
            fprintf(stderr, "unknown command: %s", line);
        }
    }

    cli();  // for ever, we are done
    while (s > 0) {
        s--;
        printf("kept a token\n");
    }
    return 0;
}
