// jitterlab-places: what addresses of an executable are, from its debugging information.
//
//   jitterlab-places EXECUTABLE < questions
//
// Runs inside the box, since it reads what a student's compilation made: whatever a crafted file does to libdw happens
// there. Questions and answers are lines; numbers are decimal, words of an answer are separated by tabs. Addresses are
// those of the ELF file. Answers repeat the address; a question about which nothing is known has none.
//
// clang-format off
//   code A            code A LINE FUNCTION FILE          the line that the instruction at A belongs to: the nearest one
//                                                        outside /usr when A is in something inlined
//   data A            data A NAME                        a global or static variable, or the part of it at A:
//                                                        "table[2].in"
//   names A O S       pointer A O S NAME PATH            each pointer in scope at A; PATH: what is O bytes behind where
//                                                        it points to, S bytes large, as "spool->in" or "*spool", or
//                                                        "" for nothing
//                     reference A O S NAME PATH          likewise each reference: "spool.in", "count"
//                     local A NAME SIZE                  each variable in scope at A that lies on the stack; SIZE: of
//                                                        it, or of an element of an array
//                     member A NAME OFFSET SIZE MEMBER   each member of the struct that it is, or behind the pointer
// clang-format on
#include <dwarf.h>
#include <elfutils/libdw.h>
#include <fcntl.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace {

constexpr int kMostDepth = 16, kMostMembers = 64;

// Names come from the executable.
std::string plain(const char* text) {
  std::string result = text != nullptr ? text : "";
  for (char& character : result) {
    if (static_cast<unsigned char>(character) < 0x20) character = '?';
  }
  return result.substr(0, 300);
}

std::string name_of(Dwarf_Die& die) { return plain(dwarf_diename(&die)); }

bool children(Dwarf_Die& die, Dwarf_Die& first) { return dwarf_child(&die, &first) == 0; }
bool next(Dwarf_Die& die) { return dwarf_siblingof(&die, &die) == 0; }

// ---- types ---------------------------------------------------------------------------------------------------------

// Without typedef, const, volatile and their kin.
std::optional<Dwarf_Die> type_of(Dwarf_Die& die) {
  Dwarf_Attribute attribute;
  Dwarf_Die type, peeled;
  if (dwarf_attr_integrate(&die, DW_AT_type, &attribute) == nullptr || dwarf_formref_die(&attribute, &type) == nullptr)
    return std::nullopt;
  if (dwarf_peel_type(&type, &peeled) != 0) return std::nullopt;
  return peeled;
}

bool is_struct(Dwarf_Die& type) {
  const int tag = dwarf_tag(&type);
  return tag == DW_TAG_structure_type || tag == DW_TAG_class_type || tag == DW_TAG_union_type;
}

std::uint64_t size_of(Dwarf_Die& type) {
  Dwarf_Word size = 0;
  return dwarf_aggregate_size(&type, &size) == 0 ? size : 0;
}

std::uint64_t offset_of(Dwarf_Die& member) {
  Dwarf_Attribute attribute;
  Dwarf_Word offset = 0;
  if (dwarf_attr(&member, DW_AT_data_member_location, &attribute) != nullptr) dwarf_formudata(&attribute, &offset);
  return offset;
}

bool is_member(Dwarf_Die& die) {
  const int tag = dwarf_tag(&die);
  return tag == DW_TAG_member || tag == DW_TAG_inheritance;
}

// How many elements the second dimension of an array has, the third, …
std::vector<std::uint64_t> inner_dimensions(Dwarf_Die array) {
  std::vector<std::uint64_t> counts;
  Dwarf_Die child;
  if (!children(array, child)) return counts;
  do {
    if (dwarf_tag(&child) != DW_TAG_subrange_type) continue;
    Dwarf_Attribute attribute;
    Dwarf_Word number = 0;
    if (dwarf_attr(&child, DW_AT_count, &attribute) != nullptr && dwarf_formudata(&attribute, &number) == 0)
      counts.push_back(number);
    else if (dwarf_attr(&child, DW_AT_upper_bound, &attribute) != nullptr && dwarf_formudata(&attribute, &number) == 0)
      counts.push_back(number + 1);
    else
      counts.push_back(0);
  } while (next(child));
  if (!counts.empty()) counts.erase(counts.begin());
  return counts;
}

// "[1][2]" for element 5 of an array of two times three.
std::string indices(const Dwarf_Die& array, std::uint64_t element) {
  const std::vector<std::uint64_t> counts = inner_dimensions(array);
  std::string words;
  for (std::size_t i = counts.size(); i-- > 0;) {
    if (counts[i] == 0) return "[" + std::to_string(element) + "]" + words;
    words = "[" + std::to_string(element % counts[i]) + "]" + words;
    element /= counts[i];
  }
  return "[" + std::to_string(element) + "]" + words;
}

// What is `offset` bytes into a value of this type, as it is written behind the value's name; nothing: no such part.
std::optional<std::string> part(Dwarf_Die type, std::uint64_t offset, std::uint64_t size, int depth = 0) {
  if (depth > kMostDepth) return std::nullopt;
  const std::uint64_t whole = size_of(type);
  if (dwarf_tag(&type) == DW_TAG_array_type) {
    auto element = type_of(type);
    const std::uint64_t one = element ? size_of(*element) : 0;
    if (one == 0 || offset >= whole) return std::nullopt;
    const auto rest = part(*element, offset % one, size, depth + 1);
    return indices(type, offset / one) + rest.value_or("");
  }
  if (!is_struct(type)) return offset < whole && size <= whole ? std::optional<std::string>("") : std::nullopt;
  if (offset == 0 && size == whole && size > 8) return "";
  Dwarf_Die child;
  if (!children(type, child)) return std::nullopt;
  do {
    auto inner = is_member(child) ? type_of(child) : std::nullopt;
    if (!inner) continue;
    const std::uint64_t begin = offset_of(child), length = size_of(*inner);
    if (offset < begin || offset >= begin + length) continue;
    const auto rest = part(*inner, offset - begin, size, depth + 1);
    if (!rest) continue;
    const std::string name = dwarf_tag(&child) == DW_TAG_member ? name_of(child) : "";
    return (name.empty() ? "" : "." + name) + *rest;
  } while (next(child));
  return std::nullopt;
}

// ---- the questions -------------------------------------------------------------------------------------------------

class Places {
 public:
  explicit Places(Dwarf* dwarf) : dwarf_(dwarf) {}

  void code(std::uint64_t address) {
    Dwarf_Die unit;
    if (!find_unit(address, unit)) return;
    Dwarf_Line* line = dwarf_getsrc_die(&unit, address);
    int number = 0;
    if (line == nullptr || dwarf_lineno(line, &number) != 0) return;
    std::string file = plain(dwarf_linesrc(line, nullptr, nullptr)), function;
    for (Dwarf_Die& scope : scopes_at(unit, address)) {
      const int tag = dwarf_tag(&scope);
      if (tag != DW_TAG_subprogram && tag != DW_TAG_inlined_subroutine) continue;
      function = name_of(scope);
      if (tag == DW_TAG_subprogram || file.rfind("/usr/", 0) != 0) break;
      step_out(unit, scope, file, number);
    }
    std::cout << "code\t" << address << '\t' << number << '\t' << function << '\t' << file << '\n';
  }

  void data(std::uint64_t address) {
    for_each_unit([&](Dwarf_Die& unit) { return find_variable(unit, address, 0); });
  }

  void names(std::uint64_t address, std::uint64_t offset, std::uint64_t size) {
    Dwarf_Die unit;
    if (!find_unit(address, unit)) return;
    for (Dwarf_Die& scope : scopes_at(unit, address)) tell_names(scope, address, offset, size);
  }

 private:
  // The innermost first. Of something inlined dwarf_getscopes() goes on with where it was written, and not with what it
  // was inlined into.
  static std::vector<Dwarf_Die> scopes_at(Dwarf_Die& unit, std::uint64_t address) {
    std::vector<Dwarf_Die> result;
    Dwarf_Die *inner = nullptr, *all = nullptr;
    if (dwarf_getscopes(&unit, address, &inner) > 0) {
      const int count = dwarf_getscopes_die(inner, &all);
      if (count > 0) result.assign(all, all + count);
    }
    std::free(all);
    std::free(inner);
    return result;
  }

  // The call that was inlined, for something inlined.
  static void step_out(Dwarf_Die& unit, Dwarf_Die& inlined, std::string& file, int& line) {
    Dwarf_Attribute attribute;
    Dwarf_Word number = 0, index = 0;
    Dwarf_Files* files = nullptr;
    std::size_t count = 0;
    if (dwarf_attr(&inlined, DW_AT_call_line, &attribute) == nullptr || dwarf_formudata(&attribute, &number) != 0 ||
        dwarf_attr(&inlined, DW_AT_call_file, &attribute) == nullptr || dwarf_formudata(&attribute, &index) != 0 ||
        dwarf_getsrcfiles(&unit, &files, &count) != 0 || index >= count)
      return;
    line = static_cast<int>(number);
    file = plain(dwarf_filesrc(files, index, nullptr, nullptr));
  }

  template <typename Visit>
  void for_each_unit(Visit visit) {
    Dwarf_CU* unit = nullptr;
    Dwarf_Die die;
    std::uint8_t type = 0;
    while (dwarf_get_units(dwarf_, unit, &unit, nullptr, &type, &die, nullptr) == 0) {
      if ((type == DW_UT_compile || type == DW_UT_partial) && visit(die)) return;
    }
  }

  bool find_unit(std::uint64_t address, Dwarf_Die& found) {
    bool any = false;
    for_each_unit([&](Dwarf_Die& unit) {
      if (dwarf_haspc(&unit, address) != 1) return false;
      found = unit;
      return any = true;
    });
    return any;
  }

  static std::optional<std::uint64_t> address_of(Dwarf_Die& variable) {
    Dwarf_Attribute attribute;
    Dwarf_Op* operations = nullptr;
    std::size_t count = 0;
    if (dwarf_attr(&variable, DW_AT_location, &attribute) == nullptr ||
        dwarf_getlocation(&attribute, &operations, &count) != 0 || count != 1 || operations[0].atom != DW_OP_addr)
      return std::nullopt;
    return operations[0].number;
  }

  bool find_variable(Dwarf_Die& parent, std::uint64_t address, int depth) {
    Dwarf_Die child;
    if (depth > kMostDepth || !children(parent, child)) return false;
    do {
      switch (dwarf_tag(&child)) {
        case DW_TAG_variable:
          if (tell_variable(child, address)) return true;
          break;
        case DW_TAG_subprogram:
        case DW_TAG_lexical_block:
        case DW_TAG_namespace:
          if (find_variable(child, address, depth + 1)) return true;
          break;
        default:
          break;
      }
    } while (next(child));
    return false;
  }

  static bool tell_variable(Dwarf_Die& variable, std::uint64_t address) {
    const auto begin = address_of(variable);
    auto type = begin ? type_of(variable) : std::nullopt;
    if (!type || address < *begin || address - *begin >= size_of(*type)) return false;
    const std::string path = part(*type, address - *begin, 1).value_or("");
    std::cout << "data\t" << address << '\t' << name_of(variable) << path << '\n';
    return true;
  }

  // Its address is known only to who knows the frame.
  static bool is_on_stack(Dwarf_Die& variable, std::uint64_t address) {
    Dwarf_Attribute attribute;
    Dwarf_Op* operations = nullptr;
    std::size_t count = 0;
    return dwarf_attr(&variable, DW_AT_location, &attribute) != nullptr &&
           dwarf_getlocation_addr(&attribute, address, &operations, &count, 1) == 1 && count == 1 &&
           operations[0].atom == DW_OP_fbreg;
  }

  static void tell_names(Dwarf_Die& scope, std::uint64_t address, std::uint64_t offset, std::uint64_t size) {
    Dwarf_Die child;
    if (!children(scope, child)) return;
    do {
      const int tag = dwarf_tag(&child);
      if (tag != DW_TAG_variable && tag != DW_TAG_formal_parameter) continue;
      auto type = type_of(child);
      if (!type) continue;
      if (is_on_stack(child, address)) tell_local(name_of(child), *type, address);
      const bool is_reference = dwarf_tag(&*type) == DW_TAG_reference_type;
      if (!is_reference && dwarf_tag(&*type) != DW_TAG_pointer_type) continue;
      auto target = type_of(*type);
      if (target) tell_pointer(name_of(child), is_reference, *target, address, offset, size);
    } while (next(child));
  }

  static void tell_local(const std::string& name, Dwarf_Die type, std::uint64_t address) {
    auto element = dwarf_tag(&type) == DW_TAG_array_type ? type_of(type) : std::nullopt;
    Dwarf_Die& one = element ? *element : type;
    if (name.empty() || size_of(one) == 0) return;
    std::cout << "local\t" << address << '\t' << name << '\t' << size_of(one) << '\n';
    int left = kMostMembers;
    tell_members(name, one, address, "", 0, left, 0);
  }

  static void tell_pointer(const std::string& name, bool is_reference, Dwarf_Die target, std::uint64_t address,
                           std::uint64_t offset, std::uint64_t size) {
    const std::uint64_t one = size_of(target);
    if (name.empty() || one == 0) return;
    std::string path;
    if (const auto inside = part(target, offset % one, size)) {
      const std::string base = offset >= one ? name + "[" + std::to_string(offset / one) + "]" : name;
      if (base == name && !inside->empty() && inside->front() == '.')
        path = name + (is_reference ? "." : "->") + inside->substr(1);
      else
        path = (base == name && inside->empty() && !is_reference ? "*" : "") + base + *inside;
    }
    std::cout << (is_reference ? "reference\t" : "pointer\t") << address << '\t' << offset << '\t' << size << '\t'
              << name << '\t' << path << '\n';
    int left = kMostMembers;
    tell_members(name, target, address, "", 0, left, 0);
  }

  static void tell_members(const std::string& name, Dwarf_Die type, std::uint64_t address, const std::string& path,
                           std::uint64_t offset, int& left, int depth) {
    Dwarf_Die child;
    if (depth > kMostDepth || !is_struct(type) || !children(type, child)) return;
    do {
      auto inner = is_member(child) ? type_of(child) : std::nullopt;
      if (!inner || left <= 0) continue;
      const std::string member = name_of(child);
      const std::string whole = path.empty() || member.empty() ? path + member : path + "." + member;
      auto element = dwarf_tag(&*inner) == DW_TAG_array_type ? type_of(*inner) : std::nullopt;
      const std::uint64_t size = element ? size_of(*element) : size_of(*inner);
      if (!member.empty() && !is_struct(*inner)) {
        --left;
        std::cout << "member\t" << address << '\t' << name << '\t' << offset + offset_of(child) << '\t' << size << '\t'
                  << whole << (element ? "[]" : "") << '\n';
      }
      tell_members(name, *inner, address, whole, offset + offset_of(child), left, depth + 1);
    } while (next(child));
  }

  Dwarf* dwarf_;
};

}  // namespace

int main(int count, char** values) {
  const int file = count == 2 ? ::open(values[1], O_RDONLY | O_CLOEXEC) : -1;
  Dwarf* dwarf = file >= 0 ? dwarf_begin(file, DWARF_C_READ) : nullptr;
  if (dwarf == nullptr) {
    std::cerr << "jitterlab-places: cannot read the debugging information\n";
    return 1;
  }
  Places places(dwarf);
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream words(line);
    std::string what;
    std::uint64_t address = 0, offset = 0, size = 0;
    words >> what >> address;
    if (what == "code") places.code(address);
    if (what == "data") places.data(address);
    if (what == "names" && words >> offset >> size) places.names(address, offset, size);
  }
  dwarf_end(dwarf);
  return 0;
}
