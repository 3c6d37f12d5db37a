// A process per client, with read and write. The parent keeps only the listening socket, each child only its client.
#include <err.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void echo(int client) {
  char buffer[4096];
  ssize_t length;
  while ((length = read(client, buffer, sizeof buffer)) > 0) {
    for (ssize_t done = 0; done < length;) {
      ssize_t written = write(client, buffer + done, length - done);
      if (written < 0) return;
      done += written;
    }
  }
}

// Several children may have ended by the time one SIGCHLD is delivered.
static void reap(int signal) {
  (void)signal;
  int saved = errno;
  while (waitpid(-1, NULL, WNOHANG) > 0) continue;
  errno = saved;
}

int main(int argc, char** argv) {
  if (argc < 2) errx(1, "which port?");
  int listener = socket(PF_INET, SOCK_STREAM, 0);
  if (listener < 0) err(1, "socket");
  struct sockaddr_in here;
  memset(&here, 0, sizeof here);
  here.sin_family = AF_INET;
  here.sin_port = htons((unsigned short)strtoul(argv[1], NULL, 10));
  here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(listener, (struct sockaddr*)&here, sizeof here) < 0) err(1, "bind");
  if (listen(listener, 1) < 0) err(1, "listen");

  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = reap;
  sigaction(SIGCHLD, &action, NULL);

  for (;;) {
    int client = accept(listener, NULL, NULL);
    if (client < 0) {
      if (errno == EINTR || errno == ECONNABORTED) continue;
      err(1, "accept");
    }
    pid_t child = fork();
    if (child == 0) {
      close(listener);
      echo(client);
      _exit(0);
    }
    if (child < 0) warn("fork");
    close(client);
  }
}
