// Ownership of a file descriptor.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

namespace jitterlab {

class Fd {
 public:
  Fd() = default;
  explicit Fd(int number) : number_(number) {}
  Fd(Fd&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Fd& operator=(Fd&& other) noexcept;
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  ~Fd() { reset(); }

  int get() const { return number_; }
  bool valid() const { return number_ >= 0; }
  int release() { return std::exchange(number_, -1); }
  void reset();

 private:
  int number_ = -1;
};

// Reads to the end, at most `most` bytes (the rest is left unread). Throws Error when reading fails.
std::string read_all(int fd, std::int64_t most);

// The whole of a regular file; throws Error when it cannot be read or is larger than `most`.
std::string read_file(const std::string& path, std::int64_t most = 64LL << 20);

// Writes all of it; throws Error.
void write_all(int fd, const std::string& bytes);

// Replaces a file in one step (written beside it, then renamed); throws Error.
void write_file(const std::string& path, const std::string& bytes);

}  // namespace jitterlab
