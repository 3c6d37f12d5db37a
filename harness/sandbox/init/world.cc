#include "sandbox/init/world.h"

#include <sys/stat.h>

#include <fstream>
#include <sstream>

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
    if (port != kAny && std::stoi(local.substr(colon + 1), nullptr, 16) != port) continue;
    if (state == kAny || std::stoi(status, nullptr, 16) == state) return true;
  }
  return false;
}

}  // namespace

bool tcp_listens(int port) {
  return has_socket("/proc/net/tcp", port, kListening) || has_socket("/proc/net/tcp6", port, kListening);
}

bool udp_bound(int port) { return has_socket("/proc/net/udp", port, kAny) || has_socket("/proc/net/udp6", port, kAny); }

bool has_internet_sockets() {
  for (const char* table : {"/proc/net/tcp", "/proc/net/tcp6", "/proc/net/udp", "/proc/net/udp6"}) {
    if (has_socket(table, kAny, kAny)) return true;
  }
  return false;
}

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
