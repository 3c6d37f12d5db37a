// Which mutants there are, and their names.
#include "verify/mutants.h"

#include <gmock/gmock.h>

#include <set>

namespace jitterlab {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const CallSite kTake{"/mnt/a", "semop", "P", {100, 200}};
const SourcePlaces kPlaces = {{{"/mnt/a", 100}, {"P", "semop(set, &one, 1);"}},
                              {{"/mnt/a", 200}, {"producer", "P(MUTEX);"}}};

TEST(CallSites, AreReadFromAmongOtherOutputAndEachIsThereOnce) {
  const std::string line = "jitterlab-site /mnt/a semop P 100.200\n";
  EXPECT_THAT(call_sites_in("warning: x\n" + line + "jitterlab-site broken\n" + line), ElementsAre(kTake));
  EXPECT_THAT(call_sites_in(""), IsEmpty());
}

TEST(Operators, DependOnWhatTheCallDoes) {
  EXPECT_THAT(operators_for(kTake), ElementsAre("leave-out", "twice", "later"));
  EXPECT_THAT(operators_for({"", "semop", "pair", {1}}), ElementsAre("leave-out"));
  EXPECT_THAT(operators_for({"", "semctl", "SETVAL-0", {1}}), ElementsAre("more"));
  EXPECT_THAT(operators_for({"", "semctl", "other", {1}}), IsEmpty());
  EXPECT_THAT(operators_for({"", "shmget", "key", {1}}), ElementsAre("key", "half"));
  EXPECT_THAT(operators_for({"", "semtimedop", "P", {1}}), ElementsAre("leave-out", "twice"));
  EXPECT_THAT(operators_for({"", "pthread_rwlock_wrlock", "-", {1}}), ElementsAre("leave-out", "read"));
  EXPECT_THAT(operators_for({"", "mq_open", "create", {1}}), ElementsAre("fewer-messages"));
  EXPECT_THAT(operators_for({"", "sigsuspend", "-", {1}}), ElementsAre("leave-out"));
}

// change() calls semop, P() and V() call change(), produce() calls both, main() calls produce() twice.
TEST(ToldApart, ByTheCallersOfFunctionsThatOnlyWrapACall) {
  const SourcePlaces places = {{{"/mnt/a", 1}, {"change", "semop"}},    {{"/mnt/a", 11}, {"P", "change(-1)"}},
                               {{"/mnt/a", 12}, {"V", "change(1)"}},    {{"/mnt/a", 21}, {"produce", "P()"}},
                               {{"/mnt/a", 22}, {"produce", "V()"}},    {{"/mnt/a", 31}, {"main", "produce(1)"}},
                               {{"/mnt/a", 32}, {"main", "produce(2)"}}};
  const CallSite p1{"/mnt/a", "semop", "P", {1, 11, 21, 31}}, p2{"/mnt/a", "semop", "P", {1, 11, 21, 32}},
      v{"/mnt/a", "semop", "V", {1, 12, 22, 31}};
  const auto apart = told_apart({p1, p2, v}, places);
  ASSERT_EQ(apart.size(), 2u);
  EXPECT_THAT(apart[0].callers, ElementsAre(1, 11, 21));
  EXPECT_THAT(apart[1].callers, ElementsAre(1, 12, 22));
  EXPECT_THAT(told_apart({p1}, places).at(0).callers, ElementsAre(1, 11, 21, 31)) << "nothing else tells it apart";
}

// lock() of a header is called by insert() and by take(), which are of the submission.
TEST(ToldApart, ByALineOfTheSubmissionWhereTheCallIsInAHeader) {
  const SourcePlaces places = {{{"/mnt/a", 1}, {"lock", ""}},
                               {{"/mnt/a", 2}, {"lock", ""}},
                               {{"/mnt/a", 11}, {"insert", "lock_guard lock(mutex);"}},
                               {{"/mnt/a", 12}, {"take", "lock_guard lock(mutex);"}},
                               {{"/mnt/a", 13}, {"take", "empty.release();"}},
                               {{"/mnt/a", 14}, {"insert", "filled.release();"}}};
  const CallSite insert{"/mnt/a", "pthread_mutex_lock", "-", {1, 11}},
      take{"/mnt/a", "pthread_mutex_lock", "-", {2, 12}}, release{"/mnt/a", "sem_post", "-", {13}},
      fill{"/mnt/a", "sem_post", "-", {14}};
  const auto apart = told_apart({insert, take, release, fill}, places);
  ASSERT_EQ(apart.size(), 4u);
  EXPECT_THAT(apart[0].callers, ElementsAre(1, 11));
  EXPECT_THAT(mutants_of("accepted/x", {apart[0]}, places).at(0).name,
              HasSubstr("at `lock_guard lock(mutex);` in insert(), by way of lock()"));
}

TEST(MutantNames, SayWhatIsDoneWhereInTheSource) {
  const auto mutants = mutants_of("accepted/x", {kTake}, kPlaces);
  ASSERT_EQ(mutants.size(), 3u);
  EXPECT_EQ(mutants[0].name, "accepted/x: leave out semop P at `P(MUTEX);` in producer(), by way of P()");
  EXPECT_EQ(mutants[0].for_mutator(), "/mnt/a semop P 100.200 leave-out\n");
}

TEST(MutantNames, OfTheSameTextAreNumbered) {
  CallSite other = kTake;
  other.callers[1] = 300;
  SourcePlaces places = kPlaces;
  places[{"/mnt/a", 300}] = kPlaces.at({"/mnt/a", 200});
  std::set<std::string> names;
  for (const Mutant& mutant : mutants_of("accepted/x", {kTake, other}, places)) names.insert(mutant.name);
  EXPECT_EQ(names.size(), 6u);
  EXPECT_TRUE(names.count("accepted/x: do twice semop P at `P(MUTEX);` in producer(), by way of P() (2)"));
}

TEST(Equivalents, HaveAReasonEach) {
  const Equivalents read = read_equivalents("- mutant: 'a: leave out close'\n  because: the process ends there\n", "f");
  EXPECT_THAT(read.mistakes, IsEmpty());
  EXPECT_EQ(read.reasons.at("a: leave out close"), "the process ends there");
}

TEST(Equivalents, MistakesAreToldWithTheirPlace) {
  EXPECT_THAT(read_equivalents("- mutant: a\n", "f").mistakes,
              ElementsAre(HasSubstr("f:1:3: an equivalent mutant has")));
  EXPECT_THAT(read_equivalents("- mutant: a\n  because: ''\n", "f").mistakes, ElementsAre(HasSubstr("the reason")));
  EXPECT_THAT(read_equivalents("a: b\n", "f").mistakes, ElementsAre(HasSubstr("must be a list")));
}

}  // namespace
}  // namespace jitterlab
