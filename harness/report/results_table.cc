#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "os/error.h"
#include "report/report.h"

namespace jitterlab {
namespace {

using Json = nlohmann::json;

const std::vector<std::string> kBefore = {"file", "lab"};
const std::vector<std::string> kAfter = {"points", "earned", "lost", "open", "verdict", "partial", "sandboxed"};

struct Row {
  std::map<std::string, std::string> fixed;  // by column
  std::map<std::string, std::string> meta, checks;
};

Error foreign(const std::string& file, const std::string& why) {
  return Error(printable(file) + ": " + why + "; leave it out or save it again with `jitterlab grade --format json`");
}

// Throws Json::exception for anything but an unsigned integer, which is how points are written.
std::string points_in(const Json& json, const char* key) {
  return std::to_string(json.at(key).get_ref<const Json::number_unsigned_t&>());
}

std::string yes_or_no(const Json& json) { return json.get<bool>() ? "yes" : "no"; }

Row row_of_result(const std::string& file, const Json& json) {
  Row row;
  row.fixed = {{"file", file},
               {"lab", json.at("lab").get<std::string>()},
               {"verdict", json.at("verdict").get<std::string>()},
               {"partial", yes_or_no(json.at("partial"))},
               {"sandboxed", yes_or_no(json.at("sandboxed"))}};
  for (const char* key : {"points", "earned", "lost", "open"}) row.fixed[key] = points_in(json, key);
  row.meta = json.at("meta").get<std::map<std::string, std::string>>();
  for (const Json& finding : json.at("findings")) {
    const std::string verdict = finding.at("verdict").get<std::string>();
    row.checks[finding.at("check").get<std::string>()] =
        verdict == "not graded" ? verdict : points_in(finding, "earned");
  }
  return row;
}

Row row_of(const SavedResult& result) {
  const Json json = Json::parse(result.json, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) throw foreign(result.file, "is not JSON");
  if (!json.is_object() || !json.contains("format")) throw foreign(result.file, "is no result of jitterlab");
  if (json["format"] != 1) throw foreign(result.file, "has another format than 1, the only one read here");
  try {
    return row_of_result(result.file, json);
  } catch (const Json::exception&) {
    throw foreign(result.file, "is no complete result of jitterlab");
  }
}

// A spreadsheet takes a cell that starts like this for a formula and would run it. Text cannot start with a tab here:
// printable() spells it.
bool reads_as_formula(const std::string& cell) {
  const std::size_t first = cell.find_first_not_of(' ');
  return first != std::string::npos && std::string("=+-@").find(cell[first]) != std::string::npos;
}

// Quoted more often than RFC 4180 asks: `;` separates cells elsewhere, and no line may start with `::`.
std::string cell_words(const std::string& value) {
  std::string cell = printable(value);
  if (reads_as_formula(cell)) cell.insert(0, "'");
  if (cell.find_first_of(",;\" ") == std::string::npos && cell.substr(0, 1) != ":") return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

void add_line(std::string& table, const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) table += (i == 0 ? "" : ",") + cell_words(cells[i]);
  table += "\r\n";
}

std::string value_in(const std::map<std::string, std::string>& values, const std::string& key) {
  const auto found = values.find(key);
  return found == values.end() ? "" : found->second;
}

// The columns that depend on the results, and the whole first line.
struct Columns {
  std::set<std::string> meta, checks;

  std::vector<std::string> titles() const {
    std::set<std::string> taken(kBefore.begin(), kBefore.end());
    taken.insert(kAfter.begin(), kAfter.end());
    std::vector<std::string> titles = kBefore;
    for (const std::string& key : meta) {
      titles.push_back(taken.count(key) || checks.count(key) ? "meta." + key : key);
    }
    titles.insert(titles.end(), kAfter.begin(), kAfter.end());
    for (const std::string& check : checks) titles.push_back(taken.count(check) ? "check." + check : check);
    return titles;
  }
};

std::vector<std::string> cells_of(const Row& row, const Columns& columns) {
  std::vector<std::string> cells;
  for (const std::string& name : kBefore) cells.push_back(value_in(row.fixed, name));
  for (const std::string& key : columns.meta) cells.push_back(value_in(row.meta, key));
  for (const std::string& name : kAfter) cells.push_back(value_in(row.fixed, name));
  for (const std::string& check : columns.checks) cells.push_back(value_in(row.checks, check));
  return cells;
}

}  // namespace

std::string results_table(const std::vector<SavedResult>& results) {
  std::vector<Row> rows;
  Columns columns;
  for (const SavedResult& result : results) {
    rows.push_back(row_of(result));
    for (const auto& [key, value] : rows.back().meta) columns.meta.insert(key);
    for (const auto& [check, value] : rows.back().checks) columns.checks.insert(check);
  }
  std::string table;
  add_line(table, columns.titles());
  for (const Row& row : rows) add_line(table, cells_of(row, columns));
  return table;
}

}  // namespace jitterlab
