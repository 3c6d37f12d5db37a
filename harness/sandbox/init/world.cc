#include "sandbox/init/world.h"

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <cstring>
#include <fstream>
#include <optional>
#include <sstream>

#include "os/fd.h"
#include "sandbox/init/objects.h"

namespace jitterlab::init {
namespace {

constexpr int kListening = 0x0a;
constexpr int kAny = -1;

// Rows of /proc/net/tcp and the like: "sl local_address rem_address st …", address and port in hex.
bool has_socket(const char* table, int port, int state) {
  std::ifstream file(table);
  std::string line;
  std::getline(file, line);  // the heading
  while (std::getline(file, line)) {
    std::istringstream words(line);
    std::string number, local, remote, status;
    words >> number >> local >> remote >> status;
    const auto colon = local.find(':');
    if (colon == std::string::npos || status.empty()) continue;
    if (std::stoi(local.substr(colon + 1), nullptr, 16) != port) continue;
    if (state == kAny || std::stoi(status, nullptr, 16) == state) return true;
  }
  return false;
}

// Asks the kernel for the listening sockets only. Reading /proc/net/tcp walks the machine's whole table of connections,
// milliseconds each time. nullopt when this kernel cannot be asked so.
std::optional<bool> listens(int family, int port) {
  const Fd socket(::socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
  struct {
    nlmsghdr header;
    inet_diag_req_v2 question;
  } message{};
  message.header = {sizeof message, SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST | NLM_F_DUMP, 1, 0};
  message.question.sdiag_family = static_cast<std::uint8_t>(family);
  message.question.sdiag_protocol = IPPROTO_TCP;
  message.question.idiag_states = 1u << TCP_LISTEN;
  if (!socket.valid() || ::send(socket.get(), &message, sizeof message, 0) < 0) return std::nullopt;
  for (bool found = false;;) {
    alignas(nlmsghdr) char buffer[16384];
    const ssize_t got = ::recv(socket.get(), buffer, sizeof buffer, 0);
    if (got <= 0) return std::nullopt;
    int left = static_cast<int>(got);
    for (auto* part = reinterpret_cast<nlmsghdr*>(buffer); NLMSG_OK(part, left); part = NLMSG_NEXT(part, left)) {
      if (part->nlmsg_type == NLMSG_DONE) return found;
      if (part->nlmsg_type == NLMSG_ERROR) return std::nullopt;
      const auto* answer = static_cast<const inet_diag_msg*>(NLMSG_DATA(part));
      found = found || ntohs(answer->id.idiag_sport) == port;
    }
  }
}

// "TCP: inuse 3 orphan 0 …": how many sockets of the protocol this network namespace has.
bool counts_sockets(const char* table) {
  std::ifstream file(table);
  for (std::string protocol, word; file >> protocol;) {
    int count = 0;
    const bool counted = protocol.starts_with("TCP") || protocol == "UDP:" || protocol == "UDP6:";
    if (counted && file >> word >> count && word == "inuse" && count > 0) return true;
    std::getline(file, word);
  }
  return false;
}

}  // namespace

bool tcp_listens(int port) {
  const auto four = listens(AF_INET, port);
  const auto six = listens(AF_INET6, port);
  return four.value_or(false) || six.value_or(false) ||
         (!four && (has_socket("/proc/net/tcp", port, kListening) || has_socket("/proc/net/tcp6", port, kListening)));
}

bool udp_bound(int port) { return has_socket("/proc/net/udp", port, kAny) || has_socket("/proc/net/udp6", port, kAny); }

bool has_internet_sockets() { return counts_sockets("/proc/net/sockstat") || counts_sockets("/proc/net/sockstat6"); }

bool key_exists(char kind, long key) {
  for (const Object& object : objects()) {
    if (object.kind == kind && object.key == static_cast<std::uint32_t>(key) && !object.erased) return true;
  }
  return false;
}

bool is_fifo(const std::string& path) {
  struct stat info {};
  return ::lstat(path.c_str(), &info) == 0 && S_ISFIFO(info.st_mode);
}

}  // namespace jitterlab::init
