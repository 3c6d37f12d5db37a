// Visits the student's server and writes down what it saw, line by line; checks compare that with what was to be seen.
//
//   visitor pieces  PORT WORD…        sends pieces of several kinds, each after the echo of the one before
//   visitor bulk    PORT WORD         sends 200 KiB, reads the echo only when it must
//   visitor resets  PORT WORD         breaks off four connections, then visits as any client would
//   visitor overlap PORT WORD…        for each two words: opens two connections, finishes the first, then the second
//   visitor many    PORT COUNT WORD   COUNT visits, one after another
//   visitor vanish  PORT COUNT WORD   breaks off COUNT connections, one after another, then visits as any client would
//   visitor quiet   PORT WORD WORD    says nothing for a while between two words, and after its visit
//
// It never judges by time: it waits for as long as it takes, and a server that does not answer is stopped, with the
// visitor, by the harness. So the last line says how far it came. Waits that only the server can end have no time-out,
// so that the harness sees that nobody can go on; waits for the network itself (a connection, room to send) have one
// and are taken up again, because the kernel may have to repeat a packet.
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace {

constexpr int kNetworkMilliseconds = 1000;
constexpr int kPatienceMilliseconds = 20;  // how long a full store is given to become empty
constexpr std::size_t kBulk = 200 * 1024;
constexpr int kSmallSegment = 536;
constexpr int kSmallStore = 4096;
constexpr std::size_t kUnread = 160 * 1024;
constexpr std::size_t kLess = 4096;
constexpr int kTold = 50;  // connections
constexpr int kQuietMilliseconds = 8000;

// Ends the visit: what was seen is on standard output, and that is all there is to say.
[[noreturn]] void stop(const std::string& seen) {
  std::printf("%s\n", seen.c_str());
  std::exit(0);
}

// What of `events`, or which error, there is; 0 when the time is over.
short wait_for(int socket, short events, int milliseconds) {
  pollfd one{socket, events, 0};
  return ::poll(&one, 1, milliseconds) > 0 ? one.revents : 0;
}

// -1 when nobody listens on this address.
int connect_to(const sockaddr* address, socklen_t size, bool small_stores) {
  const int socket = ::socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (socket < 0) return -1;
  if (small_stores) {
    ::setsockopt(socket, IPPROTO_TCP, TCP_MAXSEG, &kSmallSegment, sizeof kSmallSegment);
    ::setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &kSmallStore, sizeof kSmallStore);
  }
  while (::connect(socket, address, size) != 0 && errno != EISCONN) {
    if (errno != EINPROGRESS && errno != EALREADY && errno != EINTR) {
      ::close(socket);
      return -1;
    }
    wait_for(socket, POLLOUT, kNetworkMilliseconds);
  }
  return socket;
}

// A server may listen on IPv4 or on IPv6. With `small_stores` the kernels of both sides keep little on the way.
int connect_to_server(int port, bool small_stores = false) {
  sockaddr_in old{};
  old.sin_family = AF_INET;
  old.sin_port = htons(static_cast<std::uint16_t>(port));
  old.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int socket = connect_to(reinterpret_cast<sockaddr*>(&old), sizeof old, small_stores);
  if (socket >= 0) return socket;
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_port = old.sin_port;
  address.sin6_addr = in6addr_loopback;
  socket = connect_to(reinterpret_cast<sockaddr*>(&address), sizeof address, small_stores);
  if (socket < 0) stop(std::string("could not connect: ") + std::strerror(errno));
  return socket;
}

// Sends everything; false when the connection broke.
bool send_all(int socket, const std::string& bytes) {
  for (std::size_t sent = 0; sent < bytes.size();) {
    const ssize_t now = ::send(socket, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (now >= 0) {
      sent += static_cast<std::size_t>(now);
    } else if (errno == EAGAIN) {
      wait_for(socket, POLLOUT, kNetworkMilliseconds);
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

// The next bytes that come, at most `most`; empty at the end of the stream, or, with a reason in `broken`, when the
// connection broke.
std::string receive(int socket, std::size_t most, std::string& broken) {
  std::string bytes(most, '\0');
  for (;;) {
    const ssize_t now = ::recv(socket, bytes.data(), bytes.size(), 0);
    if (now >= 0) {
      bytes.resize(static_cast<std::size_t>(now));
      return bytes;
    }
    if (errno == EAGAIN) {
      wait_for(socket, POLLIN, -1);
    } else if (errno != EINTR) {
      broken = std::strerror(errno);
      return "";
    }
  }
}

std::string ending(const std::string& broken) {
  return broken.empty() ? "end of stream" : "connection broke: " + broken;
}

// Compares what came back with what was sent; a difference ends the visit. `name` is how the lines call it.
class Echo {
 public:
  Echo(std::string name, const std::string& sent) : name_(std::move(name)), sent_(sent) {}

  std::size_t missing() const { return sent_.size() - came_; }

  void add(const std::string& bytes) {
    if (bytes.size() > missing()) stop(said() + " and then more than was sent");
    if (sent_.compare(came_, bytes.size(), bytes) != 0) {
      const auto differing = std::mismatch(bytes.begin(), bytes.end(), sent_.begin() + static_cast<long>(came_));
      came_ += static_cast<std::size_t>(differing.first - bytes.begin());
      stop(said() + " and then other bytes than were sent");
    }
    came_ += bytes.size();
  }

  [[noreturn]] void end(const std::string& broken) const { stop(said() + ", then " + ending(broken)); }

 private:
  std::string said() const {
    return name_ + ": of " + std::to_string(sent_.size()) + " bytes " + std::to_string(came_) + " came back";
  }

  std::string name_;
  const std::string& sent_;
  std::size_t came_ = 0;
};

void expect_echo(int socket, const std::string& name, const std::string& sent) {
  Echo echo(name, sent);
  std::string broken;
  while (echo.missing() > 0) {
    // One more byte than is missing, so that a byte too many is seen at once.
    const std::string bytes = receive(socket, echo.missing() + 1, broken);
    if (bytes.empty()) echo.end(broken);
    echo.add(bytes);
  }
}

void exchange(int socket, const std::string& name, const std::string& bytes) {
  if (!send_all(socket, bytes)) stop(name + ": the connection broke while it was sent");
  expect_echo(socket, name, bytes);
}

// Says that nothing more will be sent and waits for the server to do the same.
void finish(int socket, const std::string& name) {
  ::shutdown(socket, SHUT_WR);
  std::string broken;
  if (!receive(socket, 1, broken).empty()) stop(name + ": more came back than was sent");
  if (!broken.empty()) stop(name + ": " + ending(broken));
  ::close(socket);
}

// The kinds are chosen so that they differ for a server that handles text only, or 1024 bytes at most, or lines.
std::string piece(const std::string& word, std::size_t number) {
  switch (number % 4) {
    case 0: {
      std::string longer;
      while (longer.size() < 1500) longer += word;
      return longer;
    }
    case 1:
      return word;
    case 2:
      return word + '\0' + word + '\xff' + '\0';
    default:
      return word.substr(0, 1);
  }
}

void pieces(int port, const std::vector<std::string>& words) {
  const int socket = connect_to_server(port);
  for (std::size_t i = 0; i < words.size(); ++i) {
    exchange(socket, words[i], piece(words[i], i));
    std::printf("%s came back\n", words[i].c_str());
  }
  finish(socket, "after the pieces");
  std::printf("end of stream\n");
}

// Sends for as long as there is room and begins to read when there is none. A server that drops what does not fit into
// its own sending side loses bytes here; one that waits for room, as it should, is not kept waiting.
void bulk(int port, const std::string& word) {
  std::string bytes;
  for (int i = 0; bytes.size() < kBulk; ++i) bytes += word + std::to_string(i);
  bytes.resize(kBulk);

  const int socket = connect_to_server(port, true);
  Echo echo("bulk", bytes);
  bool reads = false;
  for (std::size_t sent = 0; echo.missing() > 0;) {
    if (sent < bytes.size()) {
      const ssize_t now = ::send(socket, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      if (now < 0 && errno != EAGAIN && errno != EINTR) echo.end(std::strerror(errno));
      if (now > 0) sent += static_cast<std::size_t>(now);
      if (now > 0 || (!reads && wait_for(socket, POLLOUT, kPatienceMilliseconds))) continue;
      reads = true;
    }
    const short room = sent < bytes.size() ? POLLOUT : 0;
    if (!(wait_for(socket, static_cast<short>(POLLIN | room), kNetworkMilliseconds) & ~POLLOUT)) continue;
    std::string broken;
    const std::string came = receive(socket, echo.missing() + 1, broken);
    if (came.empty()) echo.end(broken);
    echo.add(came);
  }
  std::printf("bulk came back\n");
  finish(socket, "after the echo");
  std::printf("end of stream\n");
}

// Waits until what the other side's kernel has not taken yet does not change any more, and returns how much it is.
std::size_t on_the_way(int socket) {
  int bytes = 0;
  for (int before = -1, quiet = 0; quiet < kPatienceMilliseconds; before = bytes) {
    if (::ioctl(socket, SIOCOUTQ, &bytes) != 0 || bytes == 0) return 0;
    quiet = bytes == before ? quiet + 1 : 0;
    ::poll(nullptr, 0, 1);
  }
  return static_cast<std::size_t>(bytes);
}

// Sends until the other side takes no more, because nobody reads its echo; returns how much it took.
std::size_t fill(int socket, const std::string& bytes) {
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t now = ::send(socket, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (now > 0) sent += static_cast<std::size_t>(now);
    if (now <= 0 && !wait_for(socket, POLLOUT, kPatienceMilliseconds)) break;
  }
  return sent - std::min(sent, on_the_way(socket));
}

void break_off(int socket) {
  const linger at_once{1, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(socket);
}

// Opens a connection for `resets`. The exchange makes sure that the server has accepted it.
int connect_for_reset(int port, const std::string& word, int number, bool small_stores = true) {
  const int socket = connect_to_server(port, small_stores);
  exchange(socket, "before reset " + std::to_string(number), word);
  return socket;
}

// A whole visit. What is sent ends with `end`.
void visit(int port, const std::string& word, const std::string& end = "") {
  const int socket = connect_to_server(port);
  exchange(socket, word, word + end);
  std::printf("%s came back\n", word.c_str());
  finish(socket, "after the echo");
  std::printf("end of stream\n");
}

// Breaks off while the server waits for more (its recv fails), then in the middle of an echo that nobody reads: once
// without a word (its send fails with ECONNRESET), and twice after a "nothing more will come" that has reached it
// (EPIPE, and SIGPIPE for who has not turned it off). For that all that was sent must have arrived, so a little less is
// sent than the server took before.
void resets(int port, const std::string& word) {
  break_off(connect_for_reset(port, word, 1));

  std::string bytes;
  while (bytes.size() < kUnread) bytes += word;
  const int stalled = connect_for_reset(port, word, 2);
  const std::size_t taken = fill(stalled, bytes);
  break_off(stalled);

  bytes.resize(taken - std::min(taken, kLess));
  for (int number = 3; number <= 4; ++number) {
    const int socket = connect_for_reset(port, word, number);
    fill(socket, bytes);
    ::shutdown(socket, SHUT_WR);
    on_the_way(socket);
    break_off(socket);
  }
  std::printf("4 connections reset\n");
  visit(port, word);
}

// The time between two is for a process or thread of the server's, so that not too many of them are there at once.
void vanish(int port, int count, const std::string& word) {
  for (int number = 1; number <= count; ++number) {
    break_off(connect_for_reset(port, word, number, false));
    ::poll(nullptr, 0, 1);
    if (number % kTold == 0 || number == count) std::printf("%d connections reset\n", number);
  }
  visit(port, word);
}

// Says that it is quiet now, and is so until the harness has seen that the server waits (it then writes a line to
// standard input), or for some seconds: a server whose calls have time limits is never seen to wait, and that is no
// mistake. One that asks all the time comes to its limit of CPU time meanwhile. It sends lines of text, as a client does:
// what other bytes come to is for `pieces` to see.
void keep_quiet(const std::string& when) {
  std::printf("quiet %s\n", when.c_str());
  char letter = 0;
  do {
    if (wait_for(STDIN_FILENO, POLLIN, kQuietMilliseconds) == 0) return;
  } while (::read(STDIN_FILENO, &letter, 1) == 1 && letter != '\n');
}

void quiet(int port, const std::string& one, const std::string& two) {
  const int socket = connect_to_server(port);
  exchange(socket, one, one + "\n");
  std::printf("%s came back\n", one.c_str());
  keep_quiet("while connected");
  exchange(socket, two, two + "\n");
  std::printf("%s came back\n", two.c_str());
  finish(socket, "after the echo");
  keep_quiet("while nobody is connected");
  visit(port, one, "\n");
}

void overlap(int port, const std::string& one, const std::string& two) {
  const int first = connect_to_server(port);
  const int second = connect_to_server(port);
  if (!send_all(second, two)) stop("second: the connection broke");
  exchange(first, "first", one);
  std::printf("first: %s came back\n", one.c_str());
  finish(first, "first");
  expect_echo(second, "second", two);
  std::printf("second: %s came back\n", two.c_str());
  finish(second, "second");
}

void overlaps(int port, const std::vector<std::string>& words) {
  for (std::size_t i = 0; i + 1 < words.size(); i += 2) overlap(port, words[i], words[i + 1]);
}

void many(int port, int count, const std::string& word) {
  for (int i = 1; i <= count; ++i) {
    const std::string name = "visit " + std::to_string(i);
    const int socket = connect_to_server(port);
    exchange(socket, name, word);
    finish(socket, name);
  }
  std::printf("%s came back %d times\n", word.c_str(), count);
}

}  // namespace

int main(int argc, char** argv) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  ::signal(SIGPIPE, SIG_IGN);
  const std::vector<std::string> words(argv + 1, argv + argc);
  const std::string how = words.size() >= 3 ? words[0] : "";
  const int port = words.size() >= 3 ? std::atoi(words[1].c_str()) : 0;
  if (how == "pieces") {
    pieces(port, {words.begin() + 2, words.end()});
  } else if (how == "bulk") {
    bulk(port, words[2]);
  } else if (how == "resets") {
    resets(port, words[2]);
  } else if (how == "overlap") {
    overlaps(port, {words.begin() + 2, words.end()});
  } else if (how == "many" && words.size() == 4) {
    many(port, std::atoi(words[2].c_str()), words[3]);
  } else if (how == "vanish" && words.size() == 4) {
    vanish(port, std::atoi(words[2].c_str()), words[3]);
  } else if (how == "quiet" && words.size() == 4) {
    quiet(port, words[2], words[3]);
  } else {
    std::fprintf(stderr, "usage: visitor pieces|bulk|resets|overlap|many|vanish|quiet PORT …\n");
    return 2;
  }
}
