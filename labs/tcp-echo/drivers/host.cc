// Plays the server for the student's client and writes down what it saw.
//
//   host crumbs  PORT        an echo in crumbs of one to three bytes, client after client
//   host gather  PORT COUNT  no echo for anyone before COUNT clients are connected
//   host hang-up PORT        echoes the first line and half of the second, then closes
//   host lines   PORT        writes down each line and echoes it; hangs up when something comes that is no line of text
//
// Listens on IPv4 and IPv6. Runs until it is stopped; where only a client can end a wait, there is no time-out, so that
// the harness sees when nobody can go on.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace {

[[noreturn]] void give_up(const char* step) {
  std::perror(step);
  std::exit(2);
}

// A system without IPv6 has no such sockets; then IPv4 alone must do.
int listen_on(int port) {
  constexpr int kBacklog = 16;
  const int off = 0, on = 1;
  int socket = ::socket(AF_INET6, SOCK_STREAM, 0);
  if (socket >= 0) {
    ::setsockopt(socket, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(static_cast<std::uint16_t>(port));
    if (::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 && ::listen(socket, kBacklog) == 0)
      return socket;
    ::close(socket);
  }
  socket = ::socket(AF_INET, SOCK_STREAM, 0);
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  if (::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) give_up("bind");
  if (::listen(socket, kBacklog) != 0) give_up("listen");
  return socket;
}

int accept_from(int listener) {
  for (;;) {
    const int client = ::accept(listener, nullptr, nullptr);
    if (client < 0 && (errno == EINTR || errno == ECONNABORTED)) continue;
    if (client < 0) give_up("accept");
    const int on = 1;
    ::setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return client;
  }
}

// The next bytes; empty when the client is done or gone.
std::string receive(int client) {
  char bytes[1024];
  for (;;) {
    const ssize_t got = ::recv(client, bytes, sizeof bytes, 0);
    if (got < 0 && errno == EINTR) continue;
    return got > 0 ? std::string(bytes, static_cast<std::size_t>(got)) : std::string();
  }
}

bool send_all(int client, const std::string& bytes) {
  for (std::size_t sent = 0; sent < bytes.size();) {
    const ssize_t now = ::send(client, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (now < 0 && errno == EINTR) continue;
    if (now < 0) return false;
    sent += static_cast<std::size_t>(now);
  }
  return true;
}

// Of a long line the rest comes in larger crumbs, or it would take long.
constexpr std::size_t kSmallCrumbs = 12, kLargeCrumb = 50;

// A little time between two crumbs, so that most of them reach the client one by one. Nothing depends on it.
void breathe() { ::poll(nullptr, 0, 1); }

void crumbs(int listener) {
  for (;;) {
    const int client = accept_from(listener);
    std::size_t number = 0;
    for (std::string bytes; !(bytes = receive(client)).empty();) {
      std::size_t size = 0, crumbs = 0;
      for (std::size_t at = 0; at < bytes.size(); at += size) {
        size = std::min(++crumbs > kSmallCrumbs ? kLargeCrumb : number++ % 3 + 1, bytes.size() - at);
        if (!send_all(client, bytes.substr(at, size))) break;
        breathe();
      }
    }
    ::close(client);
  }
}

void gather(int listener, int count) {
  std::vector<pollfd> clients;
  while (static_cast<int>(clients.size()) < count) {
    clients.push_back({accept_from(listener), POLLIN, 0});
    std::printf("client %zu is connected\n", clients.size());
  }
  while (!clients.empty()) {
    ::poll(clients.data(), clients.size(), -1);
    for (pollfd& client : clients) {
      if (client.revents == 0) continue;
      const std::string bytes = receive(client.fd);
      if (!bytes.empty() && send_all(client.fd, bytes)) continue;
      ::close(client.fd);
      client.fd = -1;
    }
    std::erase_if(clients, [](const pollfd& client) { return client.fd < 0; });
  }
  std::printf("all %d clients are done\n", count);
}

// `unread` holds what came after the line.
std::string line_from(int client, std::string& unread) {
  std::size_t end;
  while ((end = unread.find('\n')) == std::string::npos) {
    const std::string bytes = receive(client);
    if (bytes.empty()) return "";
    unread += bytes;
  }
  const std::string line = unread.substr(0, end + 1);
  unread.erase(0, end + 1);
  return line;
}

// What can be seen of it on a terminal, and not too much.
std::string shown(const std::string& bytes) {
  constexpr std::size_t kMost = 40;
  std::string text;
  for (const char byte : bytes.substr(0, kMost)) {
    char escaped[8];
    std::snprintf(escaped, sizeof escaped, "\\x%02x", static_cast<unsigned char>(byte));
    text += std::isprint(static_cast<unsigned char>(byte)) ? std::string(1, byte) : escaped;
  }
  return text + (bytes.size() > kMost ? "..." : "");
}

bool is_text(const std::string& bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](unsigned char byte) { return std::isprint(byte) || byte == '\n'; });
}

// Bytes that are no text hang up, as the rest of such a line may never come.
void lines(int listener) {
  for (;;) {
    const int client = accept_from(listener);
    std::string unread;
    for (std::string bytes; !(bytes = receive(client)).empty();) {
      unread += bytes;
      if (!is_text(bytes)) {
        std::printf("this is no line: %s\n", shown(unread).c_str());
        break;
      }
      std::size_t end;
      bool all_sent = true;
      while (all_sent && (end = unread.find('\n')) != std::string::npos) {
        std::printf("the server got %s\n", unread.substr(0, end).c_str());
        all_sent = send_all(client, unread.substr(0, end + 1));
        unread.erase(0, end + 1);
      }
      if (!all_sent) break;
      if (!unread.empty()) std::printf("no newline so far: %s\n", shown(unread).c_str());
    }
    ::close(client);
  }
}

void hang_up(int listener) {
  const int client = accept_from(listener);
  std::string unread;
  send_all(client, line_from(client, unread));
  const std::string second = line_from(client, unread);
  send_all(client, second.substr(0, second.size() / 2));
  ::close(client);
}

}  // namespace

int main(int argc, char** argv) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  const std::vector<std::string> words(argv + 1, argv + argc);
  const std::string how = words.size() >= 2 ? words[0] : "";
  if (how != "crumbs" && how != "hang-up" && how != "lines" && !(how == "gather" && words.size() == 3)) {
    std::fprintf(stderr, "usage: host crumbs|hang-up|lines PORT, or host gather PORT COUNT\n");
    return 2;
  }
  const int listener = listen_on(std::atoi(words[1].c_str()));
  if (how == "crumbs") crumbs(listener);
  if (how == "gather") gather(listener, std::atoi(words[2].c_str()));
  if (how == "hang-up") hang_up(listener);
  if (how == "lines") lines(listener);
  for (;;) ::pause();
}
