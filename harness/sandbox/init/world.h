// Questions about the world inside the box, answered from outside the programs.
#pragma once

#include <string>

namespace jitterlab::init {

bool tcp_listens(int port);  // IPv4 or IPv6, any address
bool udp_bound(int port);
bool has_internet_sockets();           // any TCP or UDP socket: packets may be on their way
bool key_exists(char kind, long key);  // 'm', 's', 'q'
bool is_fifo(const std::string& path);

}  // namespace jitterlab::init
