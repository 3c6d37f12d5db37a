#include "verify/mutants.h"

#include <set>
#include <sstream>

#include "lab/mistakes.h"
#include "lab/yaml_reader.h"

namespace jitterlab {
namespace {

constexpr char kMark[] = "jitterlab-site ";

using Words = std::vector<std::string>;

// What a call of this function may do wrong, whatever its variant.
const std::map<std::string, Words>& by_function() {
  static const Words kOnce = {"leave-out"}, kAlso = {"leave-out", "twice"}, kMoved = {"leave-out", "twice", "later"};
  static const std::map<std::string, Words> kTable = {{"sem_wait", kMoved},
                                                      {"sem_post", kMoved},
                                                      {"pthread_mutex_lock", {"leave-out", "later"}},
                                                      {"pthread_mutex_unlock", {"leave-out", "later"}},
                                                      {"pthread_rwlock_rdlock", {"leave-out"}},
                                                      {"pthread_rwlock_wrlock", {"leave-out", "read"}},
                                                      {"pthread_rwlock_unlock", kOnce},
                                                      {"pthread_cond_wait", kOnce},
                                                      {"pthread_cond_signal", kOnce},
                                                      {"pthread_cond_broadcast", {"leave-out", "one"}},
                                                      {"pthread_barrier_wait", kAlso},
                                                      {"pthread_join", kOnce},
                                                      {"wait", kOnce},
                                                      {"waitpid", kOnce},
                                                      {"close", kOnce},
                                                      {"sigprocmask", kOnce},
                                                      {"pthread_sigmask", kOnce},
                                                      {"sigsuspend", kOnce},
                                                      {"kill", kOnce},
                                                      {"listen", kOnce},
                                                      {"shutdown", kOnce},
                                                      {"unlink", kOnce},
                                                      {"munmap", kOnce},
                                                      {"shmdt", kOnce},
                                                      {"shm_unlink", kOnce},
                                                      {"sem_unlink", kOnce},
                                                      {"sem_close", kOnce},
                                                      {"sem_destroy", kOnce},
                                                      {"msgsnd", {"leave-out", "twice", "type"}},
                                                      {"msgrcv", {"leave-out", "twice", "type"}},
                                                      {"mq_send", {"leave-out", "twice"}},
                                                      {"mq_receive", {"leave-out", "twice"}},
                                                      {"mq_open create", {"fewer-messages"}},
                                                      {"mq_close", kOnce},
                                                      {"mq_unlink", kOnce},
                                                      {"semtimedop P", kAlso},
                                                      {"semtimedop V", kAlso},
                                                      {"semtimedop zero", kOnce},
                                                      {"semtimedop several", kOnce},
                                                      {"semop P", kMoved},
                                                      {"semop V", kMoved},
                                                      {"semop zero", kOnce},
                                                      {"semop several", kOnce},
                                                      {"semctl SETVAL", {"leave-out", "more", "less"}},
                                                      {"semctl SETVAL-0", {"more"}},
                                                      {"semctl SETALL", {"leave-out", "more0", "less0"}},
                                                      {"semctl RMID", kOnce},
                                                      {"shmctl RMID", kOnce},
                                                      {"msgctl RMID", kOnce},
                                                      {"sem_init", {"leave-out", "more", "less"}},
                                                      {"sem_init zero", {"more"}},
                                                      {"sem_open", {"more", "less"}},
                                                      {"sem_open zero", {"more"}},
                                                      {"shmget key", {"key", "half"}},
                                                      {"shmget private", {"half"}},
                                                      {"semget key", {"key", "fewer"}},
                                                      {"semget private", {"fewer"}},
                                                      {"msgget key", {"key"}}};
  return kTable;
}

std::string words_for(const std::string& what) {
  static const std::map<std::string, std::string> kWords = {{"leave-out", "leave out"},
                                                            {"twice", "do twice"},
                                                            {"later", "do behind the next such call"},
                                                            {"one", "wake one only with"},
                                                            {"read", "lock only for reading with"},
                                                            {"fewer-messages", "room for one message less in"},
                                                            {"more", "one more in"},
                                                            {"less", "one less in"},
                                                            {"more0", "one more of the first in"},
                                                            {"less0", "one less of the first in"},
                                                            {"type", "another type in"},
                                                            {"key", "another key in"},
                                                            {"half", "half the size in"},
                                                            {"fewer", "one member less in"}};
  return kWords.at(what);
}

std::string called(const CallSite& site) {
  if (site.variant == "pair") return site.function + " and what gives it back";
  return site.variant == "-" || site.variant == "key" || site.variant == "private" ? site.function
                                                                                   : site.function + " " + site.variant;
}

SourcePlace place_of(const CallSite& site, std::size_t level, const SourcePlaces& places) {
  const auto found = places.find({site.program, site.callers[level]});
  return found == places.end() ? SourcePlace{} : found->second;
}

// The place that tells most: the outermost; with that of the call itself when it is another.
std::string place_words(const CallSite& site, const SourcePlaces& places) {
  const SourcePlace outer = place_of(site, site.callers.size() - 1, places);
  std::string words = "`" + outer.text + "` in " + outer.function + "()";
  if (site.callers.size() > 1) words += ", by way of " + place_of(site, 0, places).function + "()";
  return words;
}

const YamlNode* value_of(const YamlNode& mapping, const std::string& key) {
  for (const YamlNode::Entry& entry : mapping.entries) {
    if (entry.key == key && entry.value->kind == YamlNode::Kind::kScalar) return entry.value.get();
  }
  return nullptr;
}

}  // namespace

std::vector<CallSite> call_sites_in(const std::string& errors) {
  std::set<CallSite> sites;
  std::istringstream lines(errors);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(kMark)) continue;
    std::istringstream words(line.substr(sizeof kMark - 1));
    CallSite site;
    std::string callers;
    words >> site.program >> site.function >> site.variant >> callers;
    std::istringstream addresses(callers);
    for (std::uint64_t address = 0; addresses >> address; addresses.get()) site.callers.push_back(address);
    if (!site.callers.empty()) sites.insert(site);
  }
  return {sites.begin(), sites.end()};
}

std::vector<std::string> operators_for(const CallSite& site) {
  if (site.variant == "pair") return {"leave-out"};
  const auto found = by_function().find(site.variant == "-" ? site.function : site.function + " " + site.variant);
  return found == by_function().end() ? Words() : found->second;
}

std::string Mutant::for_mutator() const {
  std::string callers;
  for (const std::uint64_t caller : site.callers) callers += (callers.empty() ? "" : ".") + std::to_string(caller);
  return site.program + " " + site.function + " " + site.variant + " " + callers + " " + what + "\n";
}

std::vector<CallSite> told_apart(const std::vector<CallSite>& sites, const SourcePlaces& places) {
  std::map<std::pair<std::string, std::string>, std::set<std::uint64_t>> calls_in;  // program and function
  for (const CallSite& site : sites) {
    for (std::size_t i = 0; i < site.callers.size(); ++i)
      calls_in[{site.program, place_of(site, i, places).function}].insert(site.callers[i]);
  }
  std::set<CallSite> apart;
  for (CallSite site : sites) {
    std::size_t levels = 1;
    const auto is_only_one = [&](const SourcePlace& place) {
      return calls_in[{site.program, place.function}].size() == 1;
    };
    // What a header of the language calls is told by who called that.
    while (levels < site.callers.size() &&
           (is_only_one(place_of(site, levels - 1, places)) || place_of(site, levels - 1, places).text.empty()))
      ++levels;
    site.callers.resize(levels);
    apart.insert(site);
  }
  return {apart.begin(), apart.end()};
}

std::vector<Mutant> mutants_of(const std::string& submission, const std::vector<CallSite>& sites,
                               const SourcePlaces& places) {
  std::vector<Mutant> mutants;
  std::map<std::string, int> times;
  for (const CallSite& site : sites) {
    for (const std::string& what : operators_for(site)) {
      std::string name = submission + ": " + words_for(what) + " " + called(site) + " at " + place_words(site, places);
      const int before = times[name]++;
      if (before > 0) name += " (" + std::to_string(before + 1) + ")";
      mutants.push_back({site, what, name});
    }
  }
  return mutants;
}

Equivalents read_equivalents(const std::string& text, const std::string& file) {
  Equivalents equivalents;
  Mistakes mistakes;
  const auto root = read_yaml(text, mistakes);
  if (root && root->kind != YamlNode::Kind::kList)
    mistakes.add(root->place, "this must be a list of `mutant:` and `because:`");
  for (std::size_t i = 0; root && i < root->items.size(); ++i) {
    const YamlNode& item = *root->items[i];
    const YamlNode* mutant = value_of(item, "mutant");
    const YamlNode* because = value_of(item, "because");
    if (mutant && because && !because->text.empty())
      equivalents.reasons[mutant->text] = because->text;
    else
      mistakes.add(item.place, "an equivalent mutant has `mutant:`, its name, and `because:`, the reason");
  }
  for (const Mistake& mistake : mistakes.in_file_order(file)) equivalents.mistakes.push_back(to_string(mistake));
  return equivalents;
}

}  // namespace jitterlab
