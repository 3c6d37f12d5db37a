// One change to the lab `everything`, one mistake: where, and in which words.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "lab/samples.h"

namespace jitterlab {
namespace {

using testing::HasSubstr;

// `from` becomes `to`; the @ in it is not part of the file but marks where the mistake must be reported.
struct Change {
  const char *from, *to, *words;
};

// "lab.yaml:3:9: " of the only @ in `text`, which is taken out.
std::string place_of_mark(std::string& text) {
  const std::size_t at = text.find('@');
  EXPECT_NE(at, std::string::npos);
  int line = 1, column = 1;
  for (std::size_t i = 0; i < at; ++i) {
    ++column;
    if (text[i] == '\n') ++line, column = 1;
  }
  text.erase(at, 1);
  return "lab.yaml:" + std::to_string(line) + ":" + std::to_string(column) + ": ";
}

class MistakeIn : public testing::TestWithParam<Change> {
 protected:
  void expect_one_mistake() const {
    std::string text = replaced(sample_text("everything"), GetParam().from, GetParam().to);
    const std::string place = place_of_mark(text);
    const LoadedLab loaded = load_as("everything", text);
    EXPECT_FALSE(loaded.lab);
    ASSERT_EQ(loaded.mistakes.size(), 1u) << as_text(loaded);
    EXPECT_EQ(to_string(loaded.mistakes[0]).substr(0, place.size()), place) << as_text(loaded);
    EXPECT_THAT(loaded.mistakes[0].what, HasSubstr(GetParam().words));
  }
};

// Spelled out, so that each group has a name in the list of tests.
#define MISTAKES_IN(Part, ...)                                       \
  class Part : public MistakeIn {};                                  \
  TEST_P(Part, IsReportedOnceWithItsPlace) { expect_one_mistake(); } \
  INSTANTIATE_TEST_SUITE_P(Mistake, Part, testing::ValuesIn(std::vector<Change> __VA_ARGS__))

MISTAKES_IN(HeadOfLab,
            {
                {"format: 1", "format: @2", "`format` is `2`; it must be 1, the format that this jitterlab reads"},
                {"format: 1", "format: @[1]", "`format` is a list; it must be 1"},
                {"format: 1", "@version2: 1\nformat: 1", "`version2` is no key of a lab file; did you mean `version`?"},
                {"format: 1\n", "@", "a lab file needs `format`, which is missing here"},
                {"version: 7\n", "version: 7\n@version: 8\n", "`version` is already in line 4"},
                {"lab: everything", "lab: @something",
                 "`lab` is `something`, but the folder is `everything`; both must have the same name"},
                {"version: 7", "version: @0", "`version` is `0`; it must be a whole number from 1 to 1000000"},
                {"version: 7", "version: @1.5", "`version` is `1.5`; it must be a whole number"},
                {"version: 7", "version: @'7'", "`version` is `7` in quotes; it must be a whole number"},
                {"version: 7", "version: @99999999999999999999", "it must be a whole number from 1 to 1000000"},
                {"title: One of everything", "title: @[a]", "`title` is a list; it must be text"},
                {"title: One of everything", "@title:", "`title` is empty; it must be text"},
                {"title: One of everything", "title: @''", "`title` is an empty text; it must be text"},
                {"points: 30", "points: @29", "`points` is 29, but the checks add up to 30; change one of them"},
                {"reference: solution", "reference: @answers", "there is no folder `answers` (seen from the lab's"},
                {"plain: 2", "plain: @100001", "`plain` is `100001`; it must be a whole number from 0 to 100000"},
                {"{ plain: 2, jitter: 5 }", "@{ plain: 0, jitter: 0, controlled: 0 }",
                 "there are no executions at all"},
                {"{ plain: 2, jitter: 5 }", "@2",
                 "`executions` is `2`; it must be a mapping with the keys plain, jitter, controlled"},
                {"jitter: 5", "@jiter: 5", "`jiter` is no key of `executions`; did you mean `jitter`?"},
                {"queues: [orders]", "queues: @orders", "`queues` is `orders`; it must be a list of texts"},
                {"queues: [orders]", "queues: @[]", "`queues` is an empty list; it must be a list of texts"},
                {"queues: [orders]", "@queue: [orders]", "`queue` is no key of `names`; did you mean `queues`?"},
                {"names: {", "names: { @<<: { }, ", "`<<` does not merge here; write out the keys"},
            });

MISTAKES_IN(
    HandInOfLab,
    {
        {"language: c++", "language: @java",
         "`language` is `java`, which means nothing here; there are: c, c++, python"},
        {"language: c++", "language: @[c]", "`language` is a list; it must be one of: c, c++, python"},
        {"language: c++", "language: c++\n  switches: @at every bytecode", "`switches` is for programs in Python only"},
        {"  language: c++\n  programs", "  @programs", "`hand-in` needs `language`, which is missing here"},
        {"server: [server.cc,", "server: [@src/server.cc,", "`src/server.cc` contains a slash"},
        {"client: client.cc }", "client: @{ } }", "`client` is a mapping; it must be a list of texts"},
        {"client: client.cc }", "client: client.cc, @My_program: a.cc }", "`My_program` cannot name a program"},
        {"client: client.cc }", "client: client.cc, @client: a.cc }", "`client` is already in line 12"},
        {"[server.cc, client.cc]", "[server.cc, @'*.cc']", "`*.cc` is a pattern; `require` takes names of files"},
        {"[server.cc, client.cc]", "[server.cc, @[]]", "an item of `require` is an empty list; it must be text"},
        {"programs: { server: [server.cc, \"net*.cc\"], client: client.cc }", "programs: @3",
         "`programs` is `3`; it must be a mapping from the name of a program to what it is"},
    });

MISTAKES_IN(EventsOfLab,
            {
                {"ready: ready", "ready: @'rea(dy'", "the pattern `rea(dy` is no regular expression of RE2 (missing )"},
                {"ready: ready", "ready: @'(?=ready)'", "invalid perl operator"},
                {"ready: ready", "ready: @'(ready)*'", "matches nothing at all, so it would match everywhere"},
                {"ready: ready", "ready: @[ready]", "`ready` is a list; it must be text"},
                {"ready: ready", "@Ready!: x\n  ready: ready", "`Ready!` cannot name an event"},
                {"example: consumer 2 got kiwi", "example: @consumer two got kiwi",
                 "the example `consumer two got kiwi` is not matched by the pattern of event `got`"},
                {"'(?P<who>{pid}) leaves'", "@'(?P<who>{pid}) (?P<who>x) leaves'", "has the group `who` twice"},
                {"example: consumer 2 got kiwi", "@sample: x",
                 "`sample` is no key of an event; did you mean `example`?"},
                {"got: { pattern: 'consumer (?P<who>\\d+) got (?P<item>\\w+)', example: consumer 2 got kiwi }",
                 "got: @{ example: x }", "an event needs `pattern`, which is missing here"},
            });

MISTAKES_IN(
    ParametersOfLab,
    {
        {"count: 4, distinct: true", "count: @0, distinct: true",
         "`count` is `0`; it must be a whole number from 1 to"},
        {"count: 4, distinct: true", "count: 4, distinct: @yes", "`distinct` is `yes`; it must be true or false"},
        {"count: 4, distinct: true", "count: 4, min: @1", "`min` is only for `draw: number`; remove it"},
        {"draw: number, min: 3", "draw: @numbr, min: 3", "`numbr`, which means nothing here; did you mean `number`?"},
        {"n: { draw: number, min: 3, max: 9 }", "n: @{ draw: number, min: 3 }", "`draw: number` needs `max`"},
        {"min: 3, max: 9", "min: @9, max: 3", "`min` is more than `max`"},
        {"min: 3, max: 9", "min: 3, max: 9, count: 8, distinct: @true",
         "8 values cannot all be different, since there are only 7"},
        {"[red, green, 3], count: 2, distinct: true", "[red, red, red], count: 2, distinct: @true",
         "2 values cannot all be different, since there are only 1"},
        {"choices: [red, green, 3], count: 2", "choices: @[], count: 2", "`choices` is an empty list"},
        {"colour: { draw: choice, choices: [red, green, 3], count: 2, distinct: true }",
         "colour: @{ draw: choice, count: 2 }", "`draw: choice` needs `choices`"},
        {"n: { draw: number", "@N: { draw: word }\n  n: { draw: number", "`N` cannot name a parameter"},
    });

MISTAKES_IN(
    RolesOfLab,
    {
        {"run: server 50007\n", "run: @servr 50007\n",
         "there is no program `servr` in `hand-in` that could fill role `server`; did you mean `server`?"},
        {"run: client $words[3] {instance}", "run: @clientele", "there is no program `clientele` in `hand-in`"},
        {"run: feeder 1,", "run: @eater 1,",
         "role `feeder` is filled by the lab, but there is no drivers/eater.c or .cc in the lab's folder"},
        {"run: feeder 1,", "run: @../drivers/feeder 1,", "there is no drivers/../drivers/feeder.c"},
        {"run: feeder 1,", "run: @'feeder \"1',", "opens a quote that does not end"},
        {"run: feeder 1,", "run: @' ',", "this must be the name of a program and its arguments, but there is nothing"},
        {"feeder: { run: feeder 1,", "feeder: @{", "a role needs `run`, which is missing here"},
        {"run: client $words[3]", "run: @client $words[4]",
         "`$words[4]` is not there: the values of `words` are $words[0] to $words[3]"},
        {"run: client $words[3]", "run: @client $word[3]", "there is no parameter `word`; did you mean `words`?"},
        {"instances: 3", "instances: @101", "`instances` is `101`; it must be a whole number from 1 to 100"},
        {"from: reference", "from: @teacher", "`from` is `teacher`, which means nothing here; there are: submission"},
        {"ends: stopped\n", "ends: @stoped\n", "did you mean `stopped`?"},
        {"stdin: [\"first\\n\"", "stdin: [@[]", "an item of `stdin` is an empty list; it must be text"},
        {"stdin: [\"first\\n\"", "stdin: [@\"$first\\n\"", "there is no parameter `first`"},
        {"text: \"$colour[1] costs", "text: @\"$colour[2] costs", "`$colour[2]` is not there"},
        {"{ text: \"$colour[1] costs $$5\\n\", when: role server waits }", "@{ when: role server waits }",
         "a piece of `stdin` needs `text`"},
        {"send: SIGINT", "send: @SIGNIT", "did you mean `SIGINT`?"},
        {"signals: [{ send: SIGINT, when: 'role client printed (?i)bye  now' }, { send: SIGALRM, at: any step }]",
         "signals: @SIGINT", "`signals` is `SIGINT`; it must be a list of { send: SIG…, when: … }"},
        {"send: SIGINT, when: 'role client printed (?i)bye  now'", "send: SIGINT, at: @some step",
         "did you mean `any step`?"},
        {"send: SIGINT, when: 'role client printed (?i)bye  now'", "send: @SIGKILL, at: any step",
         "nobody can set a handler for this signal"},
        {"{ send: SIGINT, when: 'role client printed (?i)bye  now' }", "@{ send: SIGINT }",
         "a signal is sent `when:` a condition holds, or `at: any step`"},
        {"{ send: SIGINT, when: 'role client printed (?i)bye  now' }",
         "@{ send: SIGINT, when: everyone waits, at: any step }",
         "a signal is sent `when:` a condition holds, or `at: any step`"},
        {"stdin: $words, ends: stopped", "stdin: @{ text: x }, ends: stopped", "it must be text, or a list of pieces"},
    });

MISTAKES_IN(
    ConditionsOfLab,
    {
        {"tcp 50007 listens, role", "@tcp 50007 listen, role", "it must be one of: tcp PORT listens, udp PORT bound"},
        {"tcp 50007 listens, role", "@tcp 65536 listens, role", "a port is a number from 1 to 65535"},
        {"start: udp 50000 bound", "start: @udp x bound", "a port is a number from 1 to 65535"},
        {"start: udp 50000 bound", "start: @[]", "`start` is an empty list; it must be one of"},
        {"segment 12345 exists", "@segment 0x exists", "a key is a decimal number, or a hexadecimal one with 0x"},
        {"queue 7 exists", "@queue 0 exists", "a key is a decimal number"},
        {"fifo pipes/a exists", "@fifo /tmp/a exists", "the path must stay inside the working directory"},
        {"fifo pipes/a exists", "@fifo pipes/../../a exists", "the path must stay inside the working directory"},
        {"when: role client ended", "when: @role clint ended",
         "there is no role `clint` in scenario `together`; did you mean `client`?"},
        {"role server printed ready]", "@'role server printed (ready']", "is no regular expression of RE2"},
        {"role server printed ready]", "@role server printed]", "it must be one of"},
        {"when: everyone waits,", "when: @[],", "`when` is an empty list; it must be one of"},
        {"when: everyone waits,", "when: @after a second,", "`when` is `after a second`; it must be one of"},
    });

MISTAKES_IN(ScenariosOfLab,
            {
                {"  alone: { run:", "  alone: { @runs: x, run:", "`runs` is no key of a scenario; did you mean `run`?"},
                {"  alone: { run:", "  alone: { faults: [@short-write], run:", "did you mean `short-writes`?"},
                {"{ run: \"server 'two words' $n\", stdin: $words, ends: stopped, executions: { controlled: 3 }, stop: "
                 "when everyone waits }",
                 "@{ stop: when everyone waits }", "scenario `alone` runs nothing; add `run:`"},
                {"{ run: \"server 'two words' $n\", stdin: $words, ends: stopped, executions: { controlled: 3 }, stop: "
                 "when everyone waits }",
                 "@server", "`alone` is `server`; it must be a mapping with the keys run, stdin"},
                {"stop: when everyone waits", "stop: @when everyone wait", "did you mean `when everyone waits`?"},
                {"  together:\n    roles:", "  together:\n    @run: server\n    roles:",
                 "scenario `together` has `roles:`, so `run:` must move into one of them"},
                {"- { start: server }", "- @{ start: server, stop: client }", "a step does one thing"},
                {"- { start: server }", "- @{ when: everyone waits }", "a step does one thing"},
                {"- { start: server }", "- @server", "an item of `steps` is `server`; it must be a mapping"},
                {"- { start: server }", "- { start: @sever }",
                 "there is no role `sever` in scenario `together`; did you mean"},
                {"- { start: server }", "- { @at: any step, start: server }", "`at` comes with controlled scheduling"},
                {"send: SIGUSR1, to: server }", "send: SIGUSR1, to: @serve }", "there is no role `serve`"},
                {"- { when: semaphores 0x3039 exist, send: SIGUSR1, to: server }",
                 "- @{ when: semaphores 0x3039 exist, send: SIGUSR1 }", "a step does one thing"},
                {"seconds: 2.5,", "seconds: @0,", "it must be a number of seconds, more than 0 and at most 3600"},
                {"seconds: 2.5,", "seconds: @-1,", "it must be a number of seconds"},
                {"seconds: 2.5,", "seconds: @1e3,", "it must be a number of seconds"},
                {"memory: 64M", "memory: @64X", "it must be a size from 1 to 1024G"},
                {"memory: 64M", "memory: @0", "it must be a size"},
                {"memory: 64M", "memory: @M", "it must be a size"},
                {"memory: 64M", "memory: @2000G", "it must be a size"},
                {"processes: 8", "processes: @0", "it must be a whole number from 1 to 10000"},
            });

MISTAKES_IN(ChecksOfLab,
            {
                {"  tidy: { points: 1, left-behind: nothing }", "  @builds: { points: 1, left-behind: nothing }",
                 "`builds` is the check that every lab has by itself"},
                {"  tidy: { points: 1, left-behind: nothing }",
                 "  @Tidy: { points: 0, left-behind: nothing }\n  tidy: { points: "
                 "1, left-behind: nothing }",
                 "`Tidy` cannot name a check"},
                {"  tidy: { points: 1, left-behind: nothing }", "  tidy: @{ left-behind: nothing }",
                 "a check needs `points`, which is missing here"},
                {"  tidy: { points: 1, left-behind: nothing }", "  tidy: { points: @one, left-behind: nothing }",
                 "`points` is `one`; it must be a whole number from 0"},
                {"  tidy: { points: 1, left-behind: nothing }", "  tidy: @{ points: 1 }",
                 "a check needs a question, one of: output, count"},
                {"  tidy: { points: 1, left-behind: nothing }",
                 "  tidy: @{ points: 1, left-behind: nothing, ended: by itself }",
                 "a check asks one question, but this one has `ended` and `left-behind`; make two checks"},
                {"holds: sometimes", "holds: @often", "there are: always, sometimes"},
                {"hint: Look at the semaphores.", "hint: @[]", "`hint` is an empty list; it must be text"},
                {"prints: { points: 1, in: alone,", "prints: { points: 1, in: @alne,",
                 "there is no scenario `alne`; did you mean `alone`?"},
                {"prints: { points: 1, in: alone,", "prints: { points: 1, in: [alone, @alone],",
                 "is in this list twice"},
                {"prints: { points: 1, in: alone,", "prints: { points: 1, in: @[],", "`in` is an empty list"},
                {"unless-failed: [arrives, counts]", "unless-failed: [arrives, @count]",
                 "there is no check `count`; did you mean `counts`?"},
                {"unless-failed: [arrives, counts]", "unless-failed: @race-free", "check `race-free` names itself"},
            });

MISTAKES_IN(
    QuestionsOfLab,
    {
        {"role: client, matches", "role: @customer, matches",
         "there is no role `customer` in scenario `together`, which this check looks at; there are: server, client"},
        {"matches: '^done {pid}$'", "matches: @'^done [a'", "is no regular expression of RE2"},
        {"output: { role: client, matches: '^done {pid}$' }", "output: @{ role: client }",
         "`output` needs exactly one of `is`, `matches` and `lines`"},
        {"output: { role: client, matches: '^done {pid}$' }", "output: @[x]",
         "`output` is a list; it must be a mapping with the keys role, is, matches, lines"},
        {"output: \"$n green bottles\\n\"", "output: @\"$m green bottles\\n\"", "there is no parameter `m`"},
        {"lines: [red, \"$colour[0]\"]", "lines: [red, @\"$colour[7]\"]", "`$colour[7]` is not there"},
        {"count: { produced: 8,", "count: { @prodced: 8,", "there is no event `prodced`; did you mean `produced`?"},
        {"count: { produced: 8,", "count: { produced: @many,", "`produced` is `many`; it must be a whole number"},
        {"{ at-least: 1, at-most: 9 }", "@{ at-least: 10, at-most: 9 }", "`at-least` is more than `at-most`"},
        {"{ at-least: 1, at-most: 9 }", "@{ }", "the count of an event needs `at-least`, `at-most` or both"},
        {"{ produced: 8, got: { at-least: 1, at-most: 9 }, ready: { at-least: 0 } }", "@8",
         "`count` is `8`; it must be a mapping from the name of an event to what it is"},
        {"{ produced: 8, got: { at-least: 1, at-most: 9 }, ready: { at-least: 0 } }", "@{}",
         "it must be a mapping with at least one event"},
        {"of: $words, as: got.item", "of: @$wrds, as: got.item", "there is no parameter `wrds`; did you mean `words`?"},
        {"of: $words, as: got.item", "of: @$words and more, as: got.item", "it must be a parameter as a whole"},
        {"of: $words, as: got.item", "of: @words, as: got.item",
         "it must be a parameter ($words), a field of an event"},
        {"of: $words, as: got.item", "of: $words, as: @got", "`got` must be an event and its field, as in `got.item`"},
        {"of: produced.item, as: got.item }", "of: produced.item, as: @got.itm }",
         "event `got` has no field `itm` (a named group of its pattern); did you mean `item`?"},
        {"of: produced.item, as: got.item }", "of: @ready.item, as: got.item }", "there are none"},
        {"of: produced.item, as: got.item }", "of: @made.item, as: got.item }", "there is no event `made`"},
        {"sequence: '(produced got)* produced?'", "sequence: @'(produced gt)*'", "there is no event `gt`"},
        {"sequence: '(produced got)* produced?'", "sequence: @'(produced got*'", "missing )"},
        {"sequence: '(produced got)* produced?'", "sequence: @'produced . got'", "must be made of names of events"},
        {"sequence: '(produced got)* produced?'", "sequence: @'()'", "must be made of names of events"},
        {"as: produced.item, per: who", "as: produced.item, per: @whom", "event `got` has no field `whom`"},
        {"count: 2, enter: enters", "count: @0, enter: enters", "it must be a whole number from 1 to 1000000"},
        {"enter: enters, leave: leaves, per: who", "enter: @entres, leave: leaves, per: who", "did you mean `enters`?"},
        {"at-most: { count: 2, enter: enters, leave: leaves, per: who }",
         "at-most: @{ count: 2, enter: enters, leave: enters, per: who }", "`enter` and `leave` are the same event"},
        {"one-of: [red, \"$words[0]\"]", "one-of: [red, @\"$words[9]\"]", "`$words[9]` is not there"},
        {"ended: stopped", "ended: @stopping", "did you mean `stopped`?"},
        {"how: by itself, status: 0", "how: by itself, status: @256", "it must be a whole number from 0 to 255"},
        {"how: by itself, status: 0", "how: stopped, status: @0", "a role that is stopped has no exit status"},
        {"mode: 0640", "mode: @0890", "`mode` is `0890`; it must be the permissions in octal, as in 0600"},
        {"mode: 0640", "mode: @7777", "it must be the permissions in octal"},
        {"key: 12345, mode", "key: @12x, mode", "it must be a decimal number, or a hexadecimal one with 0x"},
        {"size: 20 }", "size: @0 }", "it must be a whole number from 1"},
        {"size: 20 }", "size: 20, operated: @true }", "`operated` is for semaphores and queues"},
        {"{ kind: queue }", "{ kind: queue, size: @3 }", "a queue has none, remove it"},
        {"{ kind: queue }", "{ kind: @pipe }", "`kind` is `pipe`, which means nothing here; there are: segment"},
        {"any-of: [sysv-semaphores, posix-semaphores]", "any-of: [sysv-semaphores, @semaphores]",
         "an item of `any-of` is `semaphores`, which means nothing here"},
        {"left-behind: nothing", "left-behind: @all", "it must be nothing, or { none-of: [segment, …] }"},
        {"none-of: [segment, process]", "none-of: @segment", "it must be a list of some of: segment, semaphores"},
        {"none-of: [race, lost-wake-up]", "none-of: [race, @races]", "did you mean `race`?"},
        {"run: judge --strict 'two words'", "run: @jury", "there is no checks/jury.c, .cc or .py in the lab's folder"},
        {"run: judge --strict 'two words'", "run: @../checks/judge", "there is no checks/../checks/judge.c"},
        {"of: plain executions", "of: @plain", "`of` is `plain`, which means nothing here; there are: all executions"},
    });

LoadedLab loaded_with(const std::string& from, const std::string& to) {
  return load_as("everything", replaced(sample_text("everything"), from, to));
}

TEST(LoadLab, SwitchesAreOfKnownKinds) {
  std::string text = replaced(sample_text("everything"), "language: c++", "language: python\n  switches: never");
  text = replaced(text, "[race, lost-wake-up]", "[deadlock]");
  const LoadedLab loaded = load_as("everything", text);
  EXPECT_EQ(loaded.mistakes.size(), 1u);
  EXPECT_THAT(as_text(loaded), HasSubstr("lab.yaml:12:13: `switches` is `never`, which means nothing here"));
}

TEST(LoadLab, FindingsThatNeedTheTraceAreRefusedWhereThereIsNone) {
  std::string text = replaced(sample_text("everything"), "executions: { plain: 2, jitter: 5 }",
                              "executions: { plain: 2, jitter: 5, controlled: 0 }");
  EXPECT_THAT(
      as_text(load_as("everything", text)),
      HasSubstr("`race` is seen in controlled executions only; give `executions: { controlled: … }` more than 0, "
                "or remove it"));
  text = replaced(text, "[race, lost-wake-up]", "[deadlock, leak]");
  EXPECT_EQ(as_text(load_as("everything", text)), "");
}

TEST(LoadLab, FindingsInMemoryAreRefusedForPython) {
  std::string text = replaced(sample_text("producer-consumer"), "language: c", "language: python");
  EXPECT_THAT(as_text(load_as("producer-consumer", text)),
              HasSubstr("`busy-waiting` is not looked for in programs in Python; remove it"));
  text = replaced(text, "[race, busy-waiting]", "[deadlock, livelock, leak]");
  EXPECT_EQ(as_text(load_as("producer-consumer", text)), "");
}

TEST(LoadLab, SeveralMistakesAreAllReportedInFileOrder) {
  std::string text = replaced(sample_text("everything"), "points: 30", "points: 31");
  text = replaced(text, "title:", "titel:");
  text = replaced(text, "ready: ready", "ready: '['");
  text = replaced(text, "run: feeder 1,", "run: eater 1,");
  text = replaced(text, "memory: 64M", "memory: lots");
  text = replaced(text, "as: got.item }, hint", "as: got.thing }, hint");
  EXPECT_EQ(as_text(load_as("everything", text)),
            "lab.yaml:2:1: a lab file needs `title`, which is missing here\n"
            "lab.yaml:5:1: `titel` is no key of a lab file; did you mean `title`?\n"
            "lab.yaml:6:9: `points` is 31, but the checks add up to 30; change one of them\n"
            "lab.yaml:15:10: the pattern `[` is no regular expression of RE2 (missing ]: [); its rules: "
            "https://github.com/google/re2/wiki/Syntax\n"
            "lab.yaml:39:22: role `feeder` is filled by the lab, but there is no drivers/eater.c or .cc in the lab's "
            "folder\n"
            "lab.yaml:49:53: `memory` is `lots`; it must be a size from 1 to 1024G: a whole number, with K, M or G "
            "behind it if you like, as in 512M\n"
            "lab.yaml:56:57: event `got` has no field `thing` (a named group of its pattern); there are: who, item\n");
}

TEST(LoadLab, FileOfAnotherFormatIsNotJudgedAnyFurther) {
  EXPECT_EQ(as_text(load_as("everything", "format: 2\nnovelty: 1\n")),
            "lab.yaml:1:9: `format` is `2`; it must be 1, the format that this jitterlab reads\n");
}

TEST(LoadLab, FileThatIsNoMappingIsOneMistake) {
  EXPECT_EQ(load_as("everything", "- format: 1\n").mistakes.size(), 1u);
  EXPECT_THAT(as_text(load_as("everything", "- format: 1\n")),
              HasSubstr("lab.yaml:1:1: the file is a list; it must be a mapping with the keys format, lab, version"));
  EXPECT_THAT(as_text(load_as("everything", "hello")), HasSubstr("the file is `hello`; it must be a mapping"));
}

TEST(LoadLab, ReferenceRoleInALabWithoutReferenceIsReportedAtItsOrigin) {
  EXPECT_THAT(as_text(loaded_with("reference: solution\n", "")),
              HasSubstr("lab.yaml:34:15: role `client` is filled by the reference, but the lab has none; add "
                        "`reference:`"));
}

TEST(LoadLab, CheckThatAsksForARoleOfOneScenarioMustSayWhich) {
  EXPECT_EQ(as_text(loaded_with("prints-a-line: { points: 1, in: together,", "prints-a-line: { points: 1,")),
            "lab.yaml:52:47: there is no role `client` in scenario `alone`, which this check looks at; there are: "
            "server\n");
}

TEST(LoadLab, CircleOfUnlessFailedIsReportedOnce) {
  std::string text =
      replaced(sample_text("everything"), "arrives: { points: 9,", "arrives: { unless-failed: tidy, points: 9,");
  text = replaced(text, "left-behind: nothing", "left-behind: nothing, unless-failed: [race-free]");
  EXPECT_EQ(as_text(load_as("everything", text)),
            "lab.yaml:56:3: `unless-failed` goes round in a circle: arrives -> tidy -> race-free -> arrives; remove it "
            "from one of these checks\n");
}

TEST(LoadLab, ChainOfUnlessFailedIsNoCircle) {
  EXPECT_EQ(as_text(loaded_with("left-behind: nothing", "left-behind: nothing, unless-failed: race-free")), "");
}

TEST(LoadLab, FieldThatSeveralEventsLackIsReportedForEach) {
  EXPECT_EQ(as_text(loaded_with("'(enters leaves){0,9}', per: who", "'(enters leaves){0,9}', per: item")),
            "lab.yaml:59:79: event `enters` has no field `item` (a named group of its pattern); there are: who\n"
            "lab.yaml:59:79: event `leaves` has no field `item` (a named group of its pattern); there are: who\n");
}

TEST(LoadLab, OneMistakeInADeclarationBringsNoOthers) {
  EXPECT_EQ(loaded_with("got: { pattern: 'consumer", "got: { pattern: '(consumer").mistakes.size(), 1u);
  EXPECT_EQ(loaded_with("words: { draw: word", "words: { draw: words").mistakes.size(), 1u);
  EXPECT_EQ(loaded_with("run: server 50007\n", "run: []\n").mistakes.size(), 1u);
}

TEST(LoadLab, ValueThatIsUsedTwiceThroughAnAliasIsReportedOnce) {
  std::string text = replaced(sample_text("everything"), "count: { produced: 8", "count: { produced: &often 8x");
  text = replaced(text, "ready: { at-least: 0 }", "ready: { at-least: 0 }, enters: { at-least: *often }");
  EXPECT_EQ(load_as("everything", text).mistakes.size(), 2u);  // at the anchor and at the alias, each once
}

}  // namespace
}  // namespace jitterlab
