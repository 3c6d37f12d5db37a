// Memory that functions of libc read and write on the program's behalf, where only its content or a format says how
// much.
#pragma once

#include <cstdarg>
#include <cstddef>

namespace jitterlab {

// A text that is read, or written, to its end, and one of which only the first byte is for sure.
inline constexpr std::size_t kWholeText = ~std::size_t{0}, kFirstByte = 1;

// With the zero byte, but at most so many.
std::size_t text_size(const char* text, std::size_t most = kWholeText);

// Whether what is done to the one or the other is noted: other tasks can reach it. Null is nothing.
bool sees_notes(const void* one, const void* other = nullptr);

// The text is read in the course of the last step.
void note_text(const char* text, std::size_t most, const void* pc);

// Before a function of the family of printf: a step where a text among its arguments is shared, and what it will read.
void step_before_printed(const char* format, va_list arguments, const void* pc);

// Around a function of the family of scanf: before it a step where one of its arguments is shared; noted afterwards is
// what it has stored.
class Scanning {
 public:
  Scanning(const char* format, va_list arguments, const void* pc);
  // `result`: as the function returned it.
  int done(int result) const;

 private:
  static constexpr int kMost = 16;
  struct Stored {
    void* address;
    std::size_t size;  // 0: a text
    bool is_counted;
  };
  const void* pc_;
  int count_ = 0;
  Stored stored_[kMost];
};

}  // namespace jitterlab
