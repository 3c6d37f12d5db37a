// Streams of <stdio.h>.
//
// On a pipe or a socket a call of stdio may wait, inside libc: there its system calls are caught (dispatch.h) and
// carried out in steps. What goes to standard output and error elsewhere (a file, or whoever captures it) never waits:
// a step before the call, so that the order of two tasks' output is explored; in a program with handlers also one
// inside it, before the system call, where a signal finds libc at work. Other streams concern nobody before they are
// flushed or closed.
//
// A task that is parked inside such a call has the stream's lock. Others of its process wait for that before they call.
#include <stdio.h>

#include <cstdarg>
#include <new>

#include "agent/access.h"
#include "agent/descriptors.h"
#include "agent/dispatch.h"
#include "agent/fork_server.h"
#include "agent/pending_output.h"
#include "agent/shared_memory.h"
#include "agent/texts.h"
#include "schedule/pending_output.h"

using namespace jitterlab;

namespace {

using Type = Descriptor::Type;

// Looked up: the program may have its own copies of the variables, which are then the ones that libc uses.
template <FunctionName kName>
FILE** standard_stream_place() {
  static constinit FILE** place = nullptr;
  if (place == nullptr) place = static_cast<FILE**>(dlsym(RTLD_DEFAULT, kName.text));
  return place;
}
template <FunctionName kName>
FILE* standard_stream() {
  return *standard_stream_place<kName>();
}
FILE* standard_input() { return standard_stream<"stdin">(); }
FILE* standard_output() { return standard_stream<"stdout">(); }
FILE* standard_error() { return standard_stream<"stderr">(); }

// As in glibc; FILE only has a pointer to it.
struct StreamLock {
  int word;
  int count;
  void* owner;
};

struct StreamProbe {
  const FILE* stream;
  void* thread;
};

bool is_free(const void* argument) {
  const auto& probe = *static_cast<const StreamProbe*>(argument);
  const auto* lock = static_cast<const volatile StreamLock*>(probe.stream->_lock);
  return lock == nullptr || lock->word == 0 || lock->owner == probe.thread;
}

void* own_thread() {
  void* pointer;
  asm("mov %%fs:0, %0" : "=r"(pointer));
  return pointer;
}

void await_lock(const FILE* stream, std::uint64_t object, const void* pc) {
  const StreamProbe probe{stream, own_thread()};
  while (!is_free(&probe))
    await(Step{.kind = StepKind::kLock, .object = object, .pc = pc}, wait_for(is_free, &probe),
          Restart::kAsHandlerSays);
}

enum class Way { kIn, kOut, kClose };

// Around the real call.
class StreamCall {
 public:
  StreamCall(FILE* stream, Way way, const void* pc) {
    if (!controls_calls()) return;
    if (stream == nullptr) dispatch(pc);                   // fflush of all
    if (stream == nullptr || stream->_fileno < 0) return;  // memory, or functions of the program
    const Descriptor file = descriptor_of(stream->_fileno);
    const bool is_random = file.type == Type::kRandom && way == Way::kIn;
    const bool may_wait = file.type == Type::kPipe || file.type == Type::kSocket || is_random;
    const bool is_standard = stream == standard_output() || stream == standard_error();
    if (!may_wait && way == Way::kOut && is_standard)
      step(Step{.kind = StepKind::kSend, .object = file.object, .is_write = true, .pc = pc});
    await_lock(stream, file.object, pc);
    const bool is_interrupted = way == Way::kOut && is_standard && shared_memory.has_handlers();
    if (may_wait || way == Way::kClose || is_interrupted) dispatch(pc);
  }
  ~StreamCall() {
    if (is_dispatched_) dispatched()->~Dispatched();
  }
  StreamCall(const StreamCall&) = delete;
  StreamCall& operator=(const StreamCall&) = delete;

 private:
  Dispatched* dispatched() { return reinterpret_cast<Dispatched*>(place_); }
  void dispatch(const void* pc);

  bool is_dispatched_ = false;
  alignas(Dispatched) char place_[sizeof(Dispatched)];
};

void StreamCall::dispatch(const void* pc) {
  ::new (static_cast<void*>(place_)) Dispatched(pc);
  is_dispatched_ = true;
}

}  // namespace

void jitterlab::look_up_standard_streams() {
  standard_stream_place<"stdin">();
  standard_stream_place<"stdout">();
  standard_stream_place<"stderr">();
}

// Only the program itself can write to the buffer at the same time, and it is its own to lose.
std::uint64_t jitterlab::pending_output() {
  const FILE* out = standard_output();
  if (out == nullptr || out->_IO_write_ptr <= out->_IO_write_base) return 0;
  return packed_pending(out->_IO_write_base, static_cast<std::size_t>(out->_IO_write_ptr - out->_IO_write_base));
}

#define JITTERLAB_STREAM(result, name, parameters, arguments, stream, way) \
  JITTERLAB_REPLACE(result, name, parameters) {                            \
    const StreamCall call(stream, Way::way, __builtin_return_address(0));  \
    return JITTERLAB_REAL(name) arguments;                                 \
  }

// ---- reading -------------------------------------------------------------------------------------------------------

#define JITTERLAB_READING(result, name, parameters, arguments) \
  JITTERLAB_STREAM(result, name, parameters, arguments, stream, kIn)

JITTERLAB_READING(int, fgetc, (FILE * stream), (stream))
JITTERLAB_READING(int, getc, (FILE * stream), (stream))
JITTERLAB_READING(int, _IO_getc, (FILE * stream), (stream))
JITTERLAB_READING(int, fgetc_unlocked, (FILE * stream), (stream))
JITTERLAB_READING(int, getc_unlocked, (FILE * stream), (stream))
JITTERLAB_READING(int, __uflow, (FILE * stream), (stream))
JITTERLAB_STREAM(int, getchar, (), (), standard_input(), kIn)
JITTERLAB_STREAM(int, getchar_unlocked, (), (), standard_input(), kIn)
JITTERLAB_READING(ssize_t, getline, (char** line, std::size_t* size, FILE* stream), (line, size, stream))
JITTERLAB_READING(ssize_t, getdelim, (char** line, std::size_t* size, int end, FILE* stream), (line, size, end, stream))
JITTERLAB_READING(ssize_t, __getdelim, (char** line, std::size_t* size, int end, FILE* stream),
                  (line, size, end, stream))
#define JITTERLAB_SCANF_LIST(name, parameters, with_list, stream)          \
  JITTERLAB_REPLACE(int, name, parameters) {                               \
    const Scanning scanning(format, list, __builtin_return_address(0));    \
    const StreamCall call(stream, Way::kIn, __builtin_return_address(0));  \
    return scanning.done(JITTERLAB_REAL(with_list)(stream, format, list)); \
  }
JITTERLAB_SCANF_LIST(vfscanf, (FILE * stream, const char* format, va_list list), vfscanf, stream)
JITTERLAB_SCANF_LIST(__isoc99_vfscanf, (FILE * stream, const char* format, va_list list), __isoc99_vfscanf, stream)
JITTERLAB_SCANF_LIST(vscanf, (const char* format, va_list list), vfscanf, standard_input())
JITTERLAB_SCANF_LIST(__isoc99_vscanf, (const char* format, va_list list), __isoc99_vfscanf, standard_input())

#define JITTERLAB_SCANF(name, parameters, last, with_list, stream)                   \
  JITTERLAB_REPLACE(int, name, parameters) {                                         \
    va_list list;                                                                    \
    va_start(list, last);                                                            \
    const Scanning scanning(last, list, __builtin_return_address(0));                \
    const StreamCall call(stream, Way::kIn, __builtin_return_address(0));            \
    const int result = scanning.done(JITTERLAB_REAL(with_list)(stream, last, list)); \
    va_end(list);                                                                    \
    return result;                                                                   \
  }
JITTERLAB_SCANF(fscanf, (FILE * stream, const char* format, ...), format, vfscanf, stream)
JITTERLAB_SCANF(scanf, (const char* format, ...), format, vfscanf, standard_input())
JITTERLAB_SCANF(__isoc99_fscanf, (FILE * stream, const char* format, ...), format, __isoc99_vfscanf, stream)
JITTERLAB_SCANF(__isoc99_scanf, (const char* format, ...), format, __isoc99_vfscanf, standard_input())

// ---- writing -------------------------------------------------------------------------------------------------------

#define JITTERLAB_WRITING(result, name, parameters, arguments) \
  JITTERLAB_STREAM(result, name, parameters, arguments, stream, kOut)

JITTERLAB_WRITING(int, fputc, (int byte, FILE* stream), (byte, stream))
JITTERLAB_WRITING(int, putc, (int byte, FILE* stream), (byte, stream))
JITTERLAB_WRITING(int, _IO_putc, (int byte, FILE* stream), (byte, stream))
JITTERLAB_WRITING(int, fputc_unlocked, (int byte, FILE* stream), (byte, stream))
JITTERLAB_WRITING(int, putc_unlocked, (int byte, FILE* stream), (byte, stream))
JITTERLAB_WRITING(int, __overflow, (FILE * stream, int byte), (stream, byte))
JITTERLAB_STREAM(int, putchar, (int byte), (byte), standard_output(), kOut)
JITTERLAB_STREAM(int, putchar_unlocked, (int byte), (byte), standard_output(), kOut)
JITTERLAB_STREAM(void, perror, (const char* text), (text), standard_error(), kOut)
JITTERLAB_WRITING(int, fflush, (FILE * stream), (stream))
JITTERLAB_WRITING(int, fflush_unlocked, (FILE * stream), (stream))

// `arguments` are those of vfprintf, or of its twin that checks.
#define JITTERLAB_PRINTF_LIST(name, parameters, with_list, arguments, stream) \
  JITTERLAB_REPLACE(int, name, parameters) {                                  \
    step_before_printed(format, list, __builtin_return_address(0));           \
    const StreamCall call(stream, Way::kOut, __builtin_return_address(0));    \
    return JITTERLAB_REAL(with_list) arguments;                               \
  }
#define JITTERLAB_PRINTF(name, parameters, with_list, arguments, stream)   \
  JITTERLAB_REPLACE(int, name, parameters) {                               \
    va_list list;                                                          \
    va_start(list, format);                                                \
    step_before_printed(format, list, __builtin_return_address(0));        \
    const StreamCall call(stream, Way::kOut, __builtin_return_address(0)); \
    const int result = JITTERLAB_REAL(with_list) arguments;                \
    va_end(list);                                                          \
    return result;                                                         \
  }
JITTERLAB_PRINTF_LIST(vfprintf, (FILE * stream, const char* format, va_list list), vfprintf, (stream, format, list),
                      stream)
JITTERLAB_PRINTF_LIST(vprintf, (const char* format, va_list list), vfprintf, (standard_output(), format, list),
                      standard_output())
JITTERLAB_PRINTF_LIST(__vfprintf_chk, (FILE * stream, int flag, const char* format, va_list list), __vfprintf_chk,
                      (stream, flag, format, list), stream)
JITTERLAB_PRINTF(printf, (const char* format, ...), vfprintf, (standard_output(), format, list), standard_output())
JITTERLAB_PRINTF(fprintf, (FILE * stream, const char* format, ...), vfprintf, (stream, format, list), stream)
JITTERLAB_PRINTF(__printf_chk, (int flag, const char* format, ...), __vfprintf_chk,
                 (standard_output(), flag, format, list), standard_output())
JITTERLAB_PRINTF(__fprintf_chk, (FILE * stream, int flag, const char* format, ...), __vfprintf_chk,
                 (stream, flag, format, list), stream)

// Straight to a descriptor.
static int print_to(int fd, const char* format, va_list list, const void* pc);

JITTERLAB_REPLACE(int, vdprintf, (int fd, const char* format, va_list list)) {
  return print_to(fd, format, list, __builtin_return_address(0));
}
JITTERLAB_REPLACE(int, dprintf, (int fd, const char* format, ...)) {
  va_list list;
  va_start(list, format);
  const int result = print_to(fd, format, list, __builtin_return_address(0));
  va_end(list);
  return result;
}

int print_to(int fd, const char* format, va_list list, const void* pc) {
  step_before_printed(format, list, pc);
  if (!controls_calls()) return JITTERLAB_REAL(vdprintf)(fd, format, list);
  const Dispatched dispatched(pc);
  return JITTERLAB_REAL(vdprintf)(fd, format, list);
}

// ---- to and from memory that may be shared: a step for it, too ------------------------------------------------------

namespace {

std::size_t in_bytes(std::size_t count, std::size_t size) { return count * size; }

}  // namespace

#define JITTERLAB_READ_TEXT(name, parameters, arguments)                            \
  JITTERLAB_REPLACE(char*, name, parameters) {                                      \
    const void* pc = __builtin_return_address(0);                                   \
    step_before_access(to, 0, StepKind::kWrite, pc);                                \
    const StreamCall call(stream, Way::kIn, pc);                                    \
    char* text = JITTERLAB_REAL(name) arguments;                                    \
    if (sees_notes(text)) note_access(text, text_size(text), StepKind::kWrite, pc); \
    return text;                                                                    \
  }
JITTERLAB_READ_TEXT(fgets, (char* to, int size, FILE* stream), (to, size, stream))
JITTERLAB_READ_TEXT(fgets_unlocked, (char* to, int size, FILE* stream), (to, size, stream))
JITTERLAB_READ_TEXT(__fgets_chk, (char* to, std::size_t room, int size, FILE* stream), (to, room, size, stream))

#define JITTERLAB_READ_BYTES(name, parameters, arguments)                             \
  JITTERLAB_REPLACE(std::size_t, name, parameters) {                                  \
    const void* pc = __builtin_return_address(0);                                     \
    step_before_access(to, 0, StepKind::kWrite, pc);                                  \
    const StreamCall call(stream, Way::kIn, pc);                                      \
    const std::size_t whole = JITTERLAB_REAL(name) arguments;                         \
    if (sees_notes(to)) note_access(to, in_bytes(whole, size), StepKind::kWrite, pc); \
    return whole;                                                                     \
  }
JITTERLAB_READ_BYTES(fread, (void* to, std::size_t size, std::size_t count, FILE* stream), (to, size, count, stream))
JITTERLAB_READ_BYTES(fread_unlocked, (void* to, std::size_t size, std::size_t count, FILE* stream),
                     (to, size, count, stream))
JITTERLAB_READ_BYTES(__fread_chk, (void* to, std::size_t room, std::size_t size, std::size_t count, FILE* stream),
                     (to, room, size, count, stream))

#define JITTERLAB_WRITE_TEXT(name, parameters, arguments, stream) \
  JITTERLAB_REPLACE(int, name, parameters) {                      \
    const void* pc = __builtin_return_address(0);                 \
    step_before_access(text, 0, StepKind::kRead, pc);             \
    note_text(text, kWholeText, pc);                              \
    const StreamCall call(stream, Way::kOut, pc);                 \
    return JITTERLAB_REAL(name) arguments;                        \
  }
JITTERLAB_WRITE_TEXT(fputs, (const char* text, FILE* stream), (text, stream), stream)
JITTERLAB_WRITE_TEXT(fputs_unlocked, (const char* text, FILE* stream), (text, stream), stream)
JITTERLAB_WRITE_TEXT(puts, (const char* text), (text), standard_output())

#define JITTERLAB_WRITE_BYTES(name)                                                                             \
  JITTERLAB_REPLACE(std::size_t, name, (const void* from, std::size_t size, std::size_t count, FILE* stream)) { \
    const void* pc = __builtin_return_address(0);                                                               \
    step_before_access(from, 0, StepKind::kRead, pc);                                                           \
    if (sees_notes(from)) note_access(from, in_bytes(count, size), StepKind::kRead, pc);                        \
    const StreamCall call(stream, Way::kOut, pc);                                                               \
    return JITTERLAB_REAL(name)(from, size, count, stream);                                                     \
  }
JITTERLAB_WRITE_BYTES(fwrite)
JITTERLAB_WRITE_BYTES(fwrite_unlocked)

// ---- opening and closing -------------------------------------------------------------------------------------------

#define JITTERLAB_OPENING(name, parameters, arguments)            \
  JITTERLAB_REPLACE(FILE*, name, parameters) {                    \
    if (!controls_calls()) return JITTERLAB_REAL(name) arguments; \
    const Dispatched dispatched(__builtin_return_address(0));     \
    return JITTERLAB_REAL(name) arguments;                        \
  }
JITTERLAB_OPENING(fopen, (const char* path, const char* mode), (path, mode))
JITTERLAB_OPENING(fopen64, (const char* path, const char* mode), (path, mode))
JITTERLAB_OPENING(freopen, (const char* path, const char* mode, FILE* stream), (path, mode, stream))
JITTERLAB_OPENING(freopen64, (const char* path, const char* mode, FILE* stream), (path, mode, stream))
JITTERLAB_STREAM(int, fclose, (FILE * stream), (stream), stream, kClose)

JITTERLAB_REPLACE(void, flockfile, (FILE * stream)) {
  if (controls_calls()) {
    step_before(StepKind::kLock, object_of(stream), __builtin_return_address(0));
    await_lock(stream, object_of(stream), __builtin_return_address(0));
  }
  JITTERLAB_REAL(flockfile)(stream);
}
// Whoever waits for the lock, under whatever name, looks again.
JITTERLAB_REPLACE(void, funlockfile, (FILE * stream)) {
  if (controls_calls()) step_before(StepKind::kObject, object_of(stream), __builtin_return_address(0));
  JITTERLAB_REAL(funlockfile)(stream);
}
