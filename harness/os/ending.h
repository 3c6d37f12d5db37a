// How a process ended: one value that refuses to be misread.
#pragma once

#include <string>

namespace jitterlab {

class Ending {
 public:
  enum class Kind { kNotStarted, kRunning, kExited, kSignalled };

  Ending() = default;  // not started
  static Ending running();
  static Ending from_wait_status(int status);  // as given by waitpid, of a process that has ended
  static Ending not_started(const std::string& why);

  Kind kind() const { return kind_; }
  bool has_ended() const { return kind_ == Kind::kExited || kind_ == Kind::kSignalled; }
  bool exited_with(int code) const { return kind_ == Kind::kExited && number_ == code; }
  bool killed_by(int signal) const { return kind_ == Kind::kSignalled && number_ == signal; }
  int exit_code() const;                           // only when kExited
  int signal() const;                              // only when kSignalled
  const std::string& why() const { return why_; }  // kNotStarted: the reason, may be empty

  // "exit 3", "signal 11 (Segmentation fault)", "still running", "was not started: …"
  std::string words() const;

  // For saved observations: ("exited", 3) and back.
  std::string kind_name() const;
  int number() const { return number_; }
  static Ending from_names(const std::string& kind, int number, const std::string& why);

  bool operator==(const Ending&) const = default;

 private:
  Kind kind_ = Kind::kNotStarted;
  int number_ = 0;
  std::string why_;
};

}  // namespace jitterlab
