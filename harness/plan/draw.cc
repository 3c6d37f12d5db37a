// The values that an execution's seed gives to the lab's parameters.
//
// Every value is a function of (seed, name of the parameter, index, attempt) alone, so adding a parameter to a lab
// leaves the values of the others as they were; only words also keep clear of the words drawn before them.
//
// Words must be found again in whatever the student prints around them. So they are made of syllables that no program
// prints by itself: letters that spell hardly any English or German word, no word inside another, and none that the
// lab's own events contain.
#include <algorithm>
#include <set>
#include <string_view>

#include "os/error.h"
#include "plan/plan.h"
#include "plan/stable_hash.h"
#include "schedule/mix.h"

namespace jitterlab {
namespace {

constexpr std::string_view kConsonants = "bfklmnrstvz";
constexpr std::string_view kVowels = "aiou";
constexpr std::size_t kShortest = 4, kLongest = 8;

// What these letters can still spell and a program could print, or a student would not like to read.
constexpr std::string_view kUnwanted[] = {"anal", "anus", "bum", "fin", "fuk", "kok", "lab", "min", "nan",
                                          "nazi", "nil",  "num", "run", "sik", "suk", "sum", "tit", "total"};

// Far beyond what a parameter with enough values ever needs.
constexpr std::uint64_t kMostAttempts = 100'000;

char letter(std::string_view alphabet, std::uint64_t random) { return alphabet[random % alphabet.size()]; }

std::string candidate(std::uint64_t random) {
  std::string word(kShortest + random % (kLongest - kShortest + 1), ' ');
  for (std::size_t i = 0; i < word.size(); ++i) word[i] = letter(i % 2 ? kVowels : kConsonants, mix(random, i));
  return word;
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool could_be_mistaken(const Lab& lab, const std::string& word) {
  const auto is_inside = [&](std::string_view unwanted) { return contains(word, unwanted); };
  if (std::any_of(std::begin(kUnwanted), std::end(kUnwanted), is_inside)) return true;
  return std::any_of(lab.events.begin(), lab.events.end(), [&](const EventPattern& event) {
    const bool has_name = event.name.size() >= 3 && contains(word, event.name);
    return has_name || contains(event.pattern, word) || contains(event.example, word);
  });
}

// The words of one execution, over all parameters: none is contained in another.
class Words {
 public:
  // False, and nothing is kept, when `word` is contained in one of those here, or contains one.
  bool add(const std::string& word) {
    if (parts_.count(word)) return false;
    std::set<std::string> parts;
    for (std::size_t from = 0; from + kShortest <= word.size(); ++from)
      for (std::size_t size = kShortest; from + size <= word.size(); ++size) parts.insert(word.substr(from, size));
    for (const std::string& part : parts)
      if (whole_.count(part)) return false;
    whole_.insert(word);
    parts_.merge(parts);
    return true;
  }

 private:
  std::set<std::string> whole_;
  std::set<std::string> parts_;  // every piece of theirs that could be a word
};

std::string one_value(const Parameter& parameter, std::uint64_t random) {
  if (parameter.kind == DrawKind::kChoice) return parameter.choices[random % parameter.choices.size()];
  // Unsigned, because the range of all 64-bit numbers does not fit into a signed one; its size then wraps to 0.
  const auto size = static_cast<std::uint64_t>(parameter.max) - static_cast<std::uint64_t>(parameter.min) + 1;
  return std::to_string(
      static_cast<std::int64_t>(static_cast<std::uint64_t>(parameter.min) + (size ? random % size : random)));
}

// Makes values from (seed, name, index, attempt) until `accept` takes one.
template <typename Make, typename Accept>
std::string draw_value(const Parameter& parameter, std::uint64_t seed, int index, Make make, Accept accept) {
  const std::uint64_t place = mix(seed, stable_hash(parameter.name), static_cast<std::uint64_t>(index));
  for (std::uint64_t attempt = 0; attempt < kMostAttempts; ++attempt) {
    const std::string value = make(mix(place, attempt));
    if (accept(value)) return value;
  }
  throw Error("parameter " + parameter.name + " has fewer than " + std::to_string(parameter.count) +
              " different values; lower `count:` or leave out `distinct:` in the lab file");
}

template <typename Make, typename Accept>
std::vector<std::string> draw_values(const Parameter& parameter, std::uint64_t seed, Make make, Accept accept) {
  std::vector<std::string> values;
  for (int index = 0; index < parameter.count; ++index)
    values.push_back(draw_value(parameter, seed, index, make, accept));
  return values;
}

}  // namespace

std::map<std::string, std::vector<std::string>> draw(const Lab& lab, std::uint64_t seed) {
  std::map<std::string, std::vector<std::string>> drawn;
  Words words;
  for (const Parameter& parameter : lab.parameters) {
    if (parameter.kind == DrawKind::kWord) {
      drawn[parameter.name] = draw_values(parameter, seed, candidate, [&](const std::string& word) {
        return !could_be_mistaken(lab, word) && words.add(word);
      });
    } else {
      std::set<std::string> taken;
      drawn[parameter.name] = draw_values(
          parameter, seed, [&](std::uint64_t random) { return one_value(parameter, random); },
          [&](const std::string& value) { return taken.insert(value).second || !parameter.distinct; });
    }
  }
  return drawn;
}

}  // namespace jitterlab
