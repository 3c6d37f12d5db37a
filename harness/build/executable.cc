#include "build/executable.h"

#include <gelf.h>
#include <libelf.h>

#include <algorithm>
#include <memory>

#include "os/error.h"

namespace jitterlab {
namespace {

bool has_loader(Elf* elf) {
  size_t count = 0;
  elf_getphdrnum(elf, &count);
  for (size_t i = 0; i < count; ++i) {
    GElf_Phdr header;
    if (gelf_getphdr(elf, static_cast<int>(i), &header) && header.p_type == PT_INTERP) return true;
  }
  return false;
}

void add_imports(Elf* elf, Elf_Scn* section, const GElf_Shdr& header, std::vector<std::string>& imports) {
  Elf_Data* data = elf_getdata(section, nullptr);
  if (!data || header.sh_entsize == 0) return;
  const size_t count = data->d_size / header.sh_entsize;
  for (size_t i = 0; i < count; ++i) {
    GElf_Sym symbol;
    if (!gelf_getsym(data, static_cast<int>(i), &symbol)) return;
    const char* name = elf_strptr(elf, header.sh_link, symbol.st_name);
    if (symbol.st_shndx == SHN_UNDEF && name && *name) imports.push_back(name);
  }
}

}  // namespace

Executable read_executable(std::string bytes) {
  elf_version(EV_CURRENT);
  const std::unique_ptr<Elf, int (*)(Elf*)> elf(elf_memory(bytes.data(), bytes.size()), elf_end);
  if (!elf || elf_kind(elf.get()) != ELF_K_ELF) throw Error("the compiler wrote something that is no ELF executable");
  Executable executable;
  executable.is_static = !has_loader(elf.get());
  for (Elf_Scn* section = elf_nextscn(elf.get(), nullptr); section; section = elf_nextscn(elf.get(), section)) {
    GElf_Shdr header;
    if (gelf_getshdr(section, &header) && header.sh_type == SHT_DYNSYM) {
      add_imports(elf.get(), section, header, executable.imports);
    }
  }
  std::sort(executable.imports.begin(), executable.imports.end());
  return executable;
}

}  // namespace jitterlab
