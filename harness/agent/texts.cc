#include "agent/texts.h"

#include "agent/access.h"
#include "agent/formats.h"

namespace jitterlab {

std::size_t text_size(const char* text, std::size_t most) {
  std::size_t size = 0;
  while (size < most && text[size] != '\0') ++size;
  return size < most ? size + 1 : most;
}

bool sees_notes(const void* one, const void* other) {
  const auto is_shared = [](const void* text) { return text != nullptr && shared_memory.contains(text); };
  return is_controlled() && (is_shared(one) || is_shared(other));
}

void note_text(const char* text, std::size_t most, const void* pc) {
  if (sees_notes(text)) note_access(text, text_size(text, most), StepKind::kRead, pc);
}

void step_before_printed(const char* format, va_list arguments, const void* pc) {
  using Value = Printed::Value;
  if (format == nullptr) return;
  va_list rest;
  va_copy(rest, arguments);
  bool has_stepped = false;
  Printed one;
  for (const char* at = format; (at = next_printed(at, one)) != nullptr && one.value != Value::kUnknown;) {
    if (one.width_is_argument) static_cast<void>(va_arg(rest, int));
    if (one.precision_is_argument) one.precision = va_arg(rest, int);
    if (one.value == Value::kWord) static_cast<void>(va_arg(rest, long));
    if (one.value == Value::kDouble) static_cast<void>(va_arg(rest, double));
    if (one.value == Value::kLongDouble) static_cast<void>(va_arg(rest, long double));
    if (one.value != Value::kText) continue;
    const char* text = va_arg(rest, const char*);
    const std::size_t most = one.precision < 0 ? kWholeText : static_cast<std::size_t>(one.precision);
    if (most == 0 || text == nullptr || !shared_memory.contains(text)) continue;  // null: "(null)" is printed
    if (!has_stepped) step_before_access(text, 0, StepKind::kRead, pc);
    has_stepped = true;
    note_text(text, most, pc);
  }
  va_end(rest);
}

Scanning::Scanning(const char* format, va_list arguments, const void* pc) : pc_(pc) {
  using Target = Scanned::Target;
  if (format == nullptr) return;
  va_list rest;
  va_copy(rest, arguments);
  bool has_stepped = false;
  Scanned one;
  for (const char* at = format; (at = next_scanned(at, one)) != nullptr && one.target != Target::kUnknown;) {
    if (one.target == Target::kNone) continue;
    if (count_ == kMost) break;
    void* address = va_arg(rest, void*);
    stored_[count_++] = {address, one.target == Target::kText ? 0 : one.size, one.is_counted};
    if (has_stepped || !shared_memory.contains(address)) continue;
    step_before_access(address, 0, StepKind::kWrite, pc);
    has_stepped = true;
  }
  va_end(rest);
}

int Scanning::done(int result) const {
  int counted = 0;
  for (int i = 0; i < count_; ++i) {
    const Stored& one = stored_[i];
    if (!one.is_counted || ++counted > result || !sees_notes(one.address)) continue;
    const std::size_t size = one.size != 0 ? one.size : text_size(static_cast<const char*>(one.address));
    note_access(one.address, size, StepKind::kWrite, pc_);
  }
  return result;
}

}  // namespace jitterlab
