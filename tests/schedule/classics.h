// Small programs with a known bug, and their correct twins.
#pragma once

#include "schedule/simulation.h"

namespace jitterlab::simulation {

// Two tasks that each add 1 to a counter `times` times.
inline Scene lost_update(int times) {
  const Program adder = times * Program{load(0), store(0, 1)};
  return {.programs = {adder, adder}, .roots = 2, .at_the_end = {{0, 2 * times}}};
}
inline Scene lost_update_twin(int times) {
  const Program adder = times * Program{lock(0), load(0), store(0, 1), unlock(0)};
  return {.programs = {adder, adder}, .roots = 2, .at_the_end = {{0, 2 * times}}};
}

inline Program fork_all(int count, int program) { return count * Program{fork(program)}; }

// SCTBench's reorder: `setters` tasks write a, then b; one reads both, and must not see a alone.
inline Scene reorder(int setters) {
  const Program setter{set(0, 1), set(1, 1)};
  const Program checker{load(0), end_if(0), load(1), expect(1)};
  return {.programs = {fork_all(setters, 1) + Program{fork(2)}, setter, checker}};
}
inline Scene reorder_twin(int setters) {
  const Program setter{lock(0), set(0, 1), set(1, 1), unlock(0)};
  const Program checker{lock(0), load(0), go_to_if(5, 0), load(1), expect(1), unlock(0)};
  return {.programs = {fork_all(setters, 1) + Program{fork(2)}, setter, checker}};
}

// SCTBench's twostage: each stage under a lock of its own, and a reader that comes between the stages.
inline Scene twostage(int stagers) {
  const Program stager{lock(0), set(0, 1), unlock(0), lock(1), load(0), store(1, 1), unlock(1)};
  const Program reader{lock(0), load(0), unlock(0), end_if(0), lock(1), load(1), unlock(1), expect(2)};
  return {.programs = {fork_all(stagers, 1) + Program{fork(2)}, stager, reader}};
}
inline Scene twostage_twin(int stagers) {
  const Program stager{lock(0), set(0, 1), lock(1), load(0), store(1, 1), unlock(1), unlock(0)};
  const Program reader{lock(0), load(0), unlock(0), end_if(0), lock(1), load(1), unlock(1), expect(2)};
  return {.programs = {fork_all(stagers, 1) + Program{fork(2)}, stager, reader}};
}

inline Scene crossed_locks() {
  return {
      .programs = {{lock(0), own(), lock(1), unlock(1), unlock(0)}, {lock(1), own(), lock(0), unlock(0), unlock(1)}},
      .roots = 2};
}
inline Scene crossed_locks_twin() {
  const Program both{lock(0), own(), lock(1), unlock(1), unlock(0)};
  return {.programs = {both, both}, .roots = 2};
}

// A flag that is set before the data it announces.
inline Scene flag_before_data() {
  return {.programs = {{set(0, 1), set(1, 7)}, {load(0), end_if(0), load(1), expect(7)}}, .roots = 2};
}
inline Scene flag_before_data_twin() {
  return {.programs = {{set(1, 7), set(0, 1)}, {load(0), end_if(0), load(1), expect(7)}}, .roots = 2};
}

// Peterson's lock around an increment. Correct, and it spins.
inline Scene peterson() {
  const auto side = [](int own_flag, int other_flag, int other_turn) {
    return Program{set(own_flag, 1), set(2, other_turn),      load(other_flag), go_to_if(6, 0),
                   load(2),          go_to_if(2, other_turn), load(3),          store(3, 1),
                   set(own_flag, 0)};
  };
  return {.programs = {side(0, 1, 1), side(1, 0, 2)}, .roots = 2, .at_the_end = {{3, 2}}};
}

// A consumer that waits for a flag by polling; with `yields`, it is polite.
inline Scene spinning(bool yields) {
  const Program polite{load(0), yield(), go_to_if(0, 0), load(1), expect(7)};
  const Program rude{load(0), go_to_if(0, 0), load(1), expect(7)};
  return {.programs = {yields ? polite : rude, 10 * Program{own()} + Program{set(1, 7), set(0, 1)}}, .roots = 2};
}

}  // namespace jitterlab::simulation
