#include "check/event_stream.h"

#include <gmock/gmock.h>

#include "check/observation_fixture.h"
#include "os/error.h"

namespace jitterlab {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const Lab kLab = fruit_lab();

std::vector<Event> all_events(const Observation& observation) {
  return events_of(kLab, observation, {"produced", "got", "ping", "pong", "enter", "leave"});
}

std::vector<std::string> texts(const Observation& observation) {
  std::vector<std::string> list;
  for (const Event& event : all_events(observation)) list.push_back(event.text);
  return list;
}

TEST(EventStream, EveryMatchIsAnEventWithItsFieldsAndWriter) {
  const auto events = all_events(seen("consumer#2/7: hello consumer 2 got kiwi, PingPong3"));
  ASSERT_EQ(events.size(), 3u);
  EXPECT_EQ(events[0].name(), "got");
  EXPECT_EQ(events[0].field("who"), "2");
  EXPECT_EQ(events[0].field("item"), "kiwi");
  EXPECT_EQ(events[0].pid, 7);
  EXPECT_EQ(events[0].instance, 0);
  EXPECT_EQ(events[1].text, "Ping");
  EXPECT_EQ(events[1].field("n"), "");
  EXPECT_EQ(events[2].field("n"), "3");
}

TEST(EventStream, ALineInSeveralWritesIsOneEventWhereItsLastByteArrived) {
  EXPECT_THAT(texts(seen("a: produced ki | b: Ping\n | a: wi\n")), ElementsAre("Ping", "produced kiwi"));
}

TEST(EventStream, PartialWritesOfDifferentWritersDoNotMix) {
  EXPECT_THAT(texts(seen("a: produced  | b: kiwi\n")), IsEmpty());
  EXPECT_THAT(texts(seen("a/1: produced  | a/2: kiwi\n")), IsEmpty());
  EXPECT_THAT(texts(seen("a#1: produced  | a#2: kiwi\n")), IsEmpty());
}

TEST(EventStream, EventsOfOneWriteKeepTheirOrderInTheText) {
  EXPECT_THAT(texts(seen("a: Pong1Ping2Pong3produced fig Ping4")),
              ElementsAre("Pong1", "Ping2", "Pong3", "produced fig", "Ping4"));
}

TEST(EventStream, MatchesAtOnePlaceKeepTheOrderOfTheLab) {
  Lab lab = kLab;
  lab.events = {{"long", "ab+", {}, ""}, {"short", "ab", {}, ""}};
  const auto events = events_of(lab, seen("a: abb"), {"short", "long", "short"});
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[0].name(), "long");
  EXPECT_EQ(events[1].name(), "short");
}

TEST(EventStream, StandardErrorIsIgnored) { EXPECT_THAT(texts(seen("a!: Ping | a: Pong")), ElementsAre("Pong")); }

TEST(EventStream, OnlyTheNamedEventsAreLookedFor) {
  EXPECT_EQ(events_of(kLab, seen("a: PingPong"), {"pong"}).size(), 1u);
}

TEST(EventStream, LineAnchorsMatchAtEveryLine) {
  Lab lab = kLab;
  lab.events = {{"line", "^done$", {}, ""}};
  EXPECT_EQ(events_of(lab, seen("a: done\nnot done\ndone"), {"line"}).size(), 2u);
}

TEST(EventStream, EmptyMatchesAreNoEvents) {
  Lab lab = kLab;
  lab.events = {{"digits", R"(\d*)", {}, ""}};
  const auto events = events_of(lab, seen("a: x12y3"), {"digits"});
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[0].text, "12");
  EXPECT_EQ(events[1].text, "3");
}

TEST(EventStream, BytesThatAreNotUtf8AndNulsDoNotHideEvents) {
  Lab lab = kLab;
  lab.events = {{"any", "<(?P<x>.*?)>", {"x"}, ""}};
  const std::string bytes("\xFF\x00\xC3<\x00\xFE>\x80", 8);
  Observation observation = seen("a: x");
  observation.output[0].bytes = bytes;
  const auto events = events_of(lab, observation, {"any"});
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].field("x"), std::string("\x00\xFE", 2));
}

TEST(EventStream, AMebibyteOfManyEventsIsReadCompletely) {
  Observation observation = seen("a: x | b: x");
  observation.output.clear();
  int lines = 0;
  for (std::size_t size = 0; size < (1u << 20); ++lines) {
    const std::string line = "produced item" + std::to_string(lines) + "\n";
    size += line.size();
    observation.output.push_back({lines % 2, 100 + lines % 2, Stream::kOut, line});
  }
  const auto events = all_events(observation);
  ASSERT_EQ(events.size(), static_cast<std::size_t>(lines));
  for (int i = 0; i < lines; ++i) ASSERT_EQ(events[i].field("item"), "item" + std::to_string(i));
}

TEST(EventStream, AMebibyteInOneEventIsCutForShowingOnly) {
  Observation observation = seen("a: x");
  observation.output[0].bytes = "produced " + std::string(1 << 20, 'k');
  const auto events = all_events(observation);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].field("item").size(), 1u << 20);
  EXPECT_LT(events[0].text.size(), 70u);
}

TEST(EventStream, AMebibyteWithoutAnEventGivesNone) {
  Observation observation = seen("a: x");
  observation.output[0].bytes = std::string(1 << 20, 'P');
  EXPECT_THAT(all_events(observation), IsEmpty());
}

TEST(EventStream, GroupsComeInTheOrderOfTheirFirstEvents) {
  const auto events = all_events(seen("c: consumer 2 got a, consumer 1 got b, consumer 2 got c"));
  const auto groups = grouped_by(events, "who");
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_EQ(groups[0].value, "2");
  EXPECT_THAT(names_of(groups[0].events), ElementsAre("got", "got"));
  EXPECT_EQ(groups[1].events[0]->field("item"), "b");
}

TEST(EventStream, WithoutAFieldThereIsOneGroupEvenOfNothing) {
  EXPECT_EQ(grouped_by({}, "").size(), 1u);
  EXPECT_THAT(grouped_by({}, "who"), IsEmpty());
}

TEST(EventStream, TheWriterIsShownWhenThereAreSeveral) {
  const Observation one = seen("a: Ping"), two = seen("a: Ping | b#1: x | b#2: Pong");
  EXPECT_EQ(shown(all_events(one)[0], one), "`Ping`");
  EXPECT_EQ(shown(all_events(two)[1], two), "`Pong` by b 2");
}

TEST(EventStream, ALabThatContradictsItselfIsAnErrorOfOurs) {
  const Observation observation = seen("a: Ping");
  EXPECT_THROW(events_of(kLab, observation, {"pang"}), Error);
  EXPECT_THROW(events_of(kLab, observation, {"ping"})[0].field("who"), Error);
  Lab lab = kLab;
  lab.events = {{"bad", "(", {}, ""}, {"fieldless", "x", {"y"}, ""}};
  EXPECT_THROW(events_of(lab, observation, {"bad"}), Error);
  EXPECT_THROW(events_of(lab, observation, {"fieldless"}), Error);
}

}  // namespace
}  // namespace jitterlab
