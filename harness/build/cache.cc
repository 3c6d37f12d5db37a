#include "build/cache.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "os/error.h"
#include "os/fd.h"

namespace jitterlab {
namespace {

using nlohmann::json;

constexpr mode_t kExecuteOnly = 0111;

// CBOR, because diagnostics are bytes that JSON text could not hold.
std::string to_bytes(const CacheRecord& record, const std::map<std::string, std::int64_t>& sizes) {
  json value = {
      {"warnings", record.warnings}, {"imports", record.imports}, {"static", record.is_static}, {"sizes", sizes}};
  if (record.failure) {
    const BuildFailure& failure = *record.failure;
    value["failure"] = {failure.program, failure.what, failure.what_to_do, failure.diagnostics};
  }
  std::string bytes;
  json::to_cbor(value, nlohmann::detail::output_adapter<char>(bytes));
  return bytes;
}

// Throws json::exception for anything that to_bytes() did not write.
CacheRecord from_bytes(const std::string& bytes, std::map<std::string, std::int64_t>& sizes) {
  const json value = json::from_cbor(bytes);
  CacheRecord record;
  value.at("warnings").get_to(record.warnings);
  value.at("imports").get_to(record.imports);
  value.at("static").get_to(record.is_static);
  value.at("sizes").get_to(sizes);
  if (value.contains("failure")) {
    const auto parts = value["failure"].get<std::vector<std::string>>();
    record.failure = BuildFailure{parts.at(0), parts.at(1), parts.at(2), parts.at(3)};
  }
  return record;
}

void put_file(const std::string& folder, const std::string& name, const std::string& bytes, mode_t mode) {
  std::string beside = folder + "/new-XXXXXX";
  const Fd file(::mkostemp(beside.data(), O_CLOEXEC));
  if (!file.valid()) throw system_error("cannot write to the cache " + folder);
  try {
    write_all(file.get(), bytes);
    if (::fchmod(file.get(), mode) != 0 || ::rename(beside.c_str(), (folder + "/" + name).c_str()) != 0) {
      throw system_error("cannot put " + name + " into the cache " + folder);
    }
  } catch (const Error&) {
    ::unlink(beside.c_str());
    throw;
  }
}

bool is_as_written(const std::string& path, std::int64_t size) {
  struct stat info {};
  return ::lstat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode) && info.st_uid == ::geteuid() &&
         (info.st_mode & 07777) == kExecuteOnly && info.st_size == size;
}

}  // namespace

Cache::Cache(const std::string& folder) : folder_(folder) {
  const std::filesystem::path path(folder);
  std::error_code error;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), error);
  if (error) throw Error("cannot make the cache " + folder + ": " + error.message());
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) throw system_error("cannot make the cache " + folder);
  struct stat info {};
  if (::lstat(folder.c_str(), &info) != 0) throw system_error("cannot ask about the cache " + folder);
  const bool ours = S_ISDIR(info.st_mode) && info.st_uid == ::geteuid() && (info.st_mode & 022) == 0;
  if (!ours) {
    throw Error("the cache " + folder + " is not a folder that only you can write to; remove it, or name another one");
  }
}

std::optional<CacheRecord> Cache::find(const std::string& key) const {
  std::map<std::string, std::int64_t> sizes;
  CacheRecord record;
  try {
    record = from_bytes(read_file(folder_ + "/" + key + ".record"), sizes);
  } catch (const Error&) {
    return std::nullopt;  // not built yet
  } catch (const std::exception&) {
    return std::nullopt;  // damaged
  }
  for (const auto& [name, size] : sizes) {
    record.files[name] = folder_ + "/" + key + "." + name;
    if (!is_as_written(record.files[name], size)) return std::nullopt;
  }
  return record;
}

CacheRecord Cache::put(const std::string& key, CacheRecord record,
                       const std::map<std::string, std::string>& files) const {
  std::map<std::string, std::int64_t> sizes;
  for (const auto& [name, bytes] : files) {
    put_file(folder_, key + "." + name, bytes, kExecuteOnly);
    sizes[name] = static_cast<std::int64_t>(bytes.size());
    record.files[name] = folder_ + "/" + key + "." + name;
  }
  put_file(folder_, key + ".record", to_bytes(record, sizes), 0600);
  return record;
}

}  // namespace jitterlab
