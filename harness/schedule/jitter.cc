// How the delays are spread.
//
// No single way to disturb a program finds every bug: a window of three instructions needs one long delay in the right
// place, a lock taken in a loop needs many short ones, and some bugs only show when one task starts late. So an
// execution first draws from its seed a *profile* (how often, how long, which kinds of step, which tasks), as the chaos
// mode of rr does (O'Callahan, "Introducing rr chaos mode", 2016: priorities, windows and a random number of slow tasks
// are drawn anew), with the probabilities and lengths of sleeps that ThreadFuzzer of ClickHouse takes as settings.
//
// Where in a task the delays fall must not depend on how long the task is, which is unknown. PCT (Burckhardt et al.,
// ASPLOS 2010) needs that length to draw its change points evenly. Here every doubling of the step number ("octave":
// steps 1, 2–3, 4–7, …) is cut into the same number of equal blocks, and each block has one place drawn from the seed.
// So short and long tasks get delays all along, most of them early, and their sum is bounded: 20 octaves are a million
// steps.
#include "schedule/jitter.h"

#include <bit>

#include "schedule/mix.h"

namespace jitterlab {
namespace {

constexpr std::uint64_t kMicrosecond = 1'000;

// What is drawn, so that no two draws use the same number.
enum Draw : std::uint64_t { kProfileDraw = 1, kFocusDraw, kSwiftDraw, kStartDraw, kPlaceDraw, kUseDraw, kLengthDraw };

struct Profile {
  unsigned percent;                 // of executions
  std::uint64_t blocks;             // of an octave; a power of two; 0: no delays
  unsigned used;                    // percent of the blocks in which the task is really delayed
  std::uint64_t shortest, longest;  // nanoseconds
};

// A million steps cost each at most 20 octaves · blocks · used · mean: about 36 ms in every row.
constexpr Profile kProfiles[] = {
    {8, 0, 0, 0, 0},
    {32, 1, 60, 1'000 * kMicrosecond, 5'000 * kMicrosecond},
    {30, 4, 100, 100 * kMicrosecond, 800 * kMicrosecond},
    {30, 16, 100, 20 * kMicrosecond, 200 * kMicrosecond},
};

const Profile& profile_of(std::uint64_t seed) {
  std::uint64_t drawn = mix(seed, kProfileDraw) % 100;
  const Profile* profile = kProfiles;
  while (drawn >= profile->percent) drawn -= (profile++)->percent;
  return *profile;
}

bool is_access(StepKind kind) {
  return kind == StepKind::kRead || kind == StepKind::kWrite || kind == StepKind::kAtomic;
}

// Half of the executions delay at every kind of step, a quarter only at accesses, a quarter only at calls.
bool is_in_focus(std::uint64_t seed, StepKind kind) {
  switch (mix(seed, kFocusDraw) % 4) {
    case 0:
      return is_access(kind);
    case 1:
      return !is_access(kind);
    default:
      return true;
  }
}

// In a quarter of the executions every second task is never delayed: the others are slow beside it.
bool is_swift(std::uint64_t seed, std::uint64_t task) {
  return mix(seed, kSwiftDraw) % 4 == 0 && mix(seed, kSwiftDraw, task) % 2 == 0;
}

std::uint64_t between(std::uint64_t shortest, std::uint64_t longest, std::uint64_t random) {
  return shortest + random % (longest - shortest + 1);
}

// Half of the tasks start late: by less than a fork takes, or, in a quarter of the executions, by up to 4 ms.
std::uint64_t start_delay(std::uint64_t seed, std::uint64_t task) {
  const std::uint64_t random = mix(seed, kStartDraw, task);
  if (random % 2 == 0) return 0;
  const bool sleepy = mix(seed, kStartDraw) % 4 == 0;
  return between(0, (sleepy ? 4'000 : 300) * kMicrosecond, random / 2);
}

}  // namespace

std::uint64_t jitter_delay(std::uint64_t seed, std::uint64_t task, std::uint64_t step, StepKind kind) {
  const Profile& profile = profile_of(seed);
  if (profile.blocks == 0) return 0;
  if (kind == StepKind::kStart) return start_delay(seed, task);

  const std::uint64_t octave = std::bit_floor(step + 1);
  const std::uint64_t width = octave > profile.blocks ? octave / profile.blocks : 1;
  const std::uint64_t offset = step + 1 - octave;
  const std::uint64_t block = octave + offset / width;
  if (offset % width != mix(seed, task, kPlaceDraw, block) % width) return 0;
  if (mix(seed, task, kUseDraw, block, octave) % 100 >= profile.used) return 0;
  if (!is_in_focus(seed, kind) || is_swift(seed, task)) return 0;
  return between(profile.shortest, profile.longest, mix(seed, task, kLengthDraw, step));
}

}  // namespace jitterlab
