// How the harness and box init talk: each message is JSON in CBOR, one packet of a SOCK_SEQPACKET socket, with at most
// one descriptor beside it: orders are objects, and what box init sends is an array of all that happened at once. Both
// ends are ours and built together, so a message that does not parse is an Error.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "os/fd.h"

namespace jitterlab {

using Message = nlohmann::json;

// The descriptor number under which box init finds the socket.
inline constexpr int kChannel = 100;

// Most bytes of output or input in one message; with the rest of it below the socket's buffer.
inline constexpr std::size_t kChunk = 64 << 10;

enum class Sent { kDone, kFull, kClosed };

// Sends unless the socket is full or the other end is gone. Never blocks. Throws Error for anything else. `attached`
// arrives as it is, for bytes that need not be taken apart one by one.
Sent send_message(int socket, const Message& message, int descriptor = -1, const std::string& attached = "");

struct Received {
  Message message;
  std::string attached;
  Fd descriptor;
};

// The next message if there is one; nullopt when there is none yet (`closed` false) or the other end is gone (`closed`
// true). Never blocks.
std::optional<Received> receive_message(int socket, bool& closed);

// A schedule is attached to the order to begin in parts, each of them this and then as many bytes; the rest is zero.
struct SchedulerPart {
  std::uint64_t place, size;
};

inline Message bytes_value(const std::string& bytes) {
  return Message::binary(std::vector<std::uint8_t>(bytes.begin(), bytes.end()));
}
inline std::string bytes_of(const Message& value) {
  const auto& binary = value.get_binary();
  return std::string(binary.begin(), binary.end());
}

}  // namespace jitterlab
