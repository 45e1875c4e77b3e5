// Reads every workbook of build/workbooks/manifest (make.py) and compares it with what it must say.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

#include "shared/workbook/move_template.hpp"

using namespace qudao;
using namespace qudao::workbook;

namespace {

std::string content_of(const std::string& name) {
  std::ifstream file(QUDAO_WORKBOOKS "/" + name, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

std::vector<std::pair<std::string, std::string>> manifest() {
  std::vector<std::pair<std::string, std::string>> entries;
  std::istringstream lines(content_of("manifest"));
  for (std::string line; std::getline(lines, line);) {
    const std::size_t tab = line.find('\t');
    entries.emplace_back(line.substr(0, tab), line.substr(tab + 1));
  }
  return entries;
}

// The first line of an expectation: key=value by tabs.
std::map<std::string, std::string> facts_of(const std::string& line) {
  std::map<std::string, std::string> facts;
  std::istringstream parts(line);
  for (std::string part; std::getline(parts, part, '\t');) {
    const std::size_t equals = part.find('=');
    if (equals != std::string::npos) facts[part.substr(0, equals)] = part.substr(equals + 1);
  }
  return facts;
}

std::string line_of(const MoveRows& rows, std::size_t i) {
  std::string line = std::to_string(rows.row_number[i]);
  for (const std::string_view part : {rows.customer_code[i], rows.target_code[rows.target[i]], rows.note[i], code_of(rows.defect[i])})
    line.append("\t").append(part);
  return line;
}

void compare(const std::string& file, const std::string& expectation) {
  const Result<MoveSheet> moves = read_moves(content_of(file));
  if (!moves) FAIL_CHECK(file << ": " << moves.error().code << " " << moves.error().detail);
  if (!moves) return;
  std::istringstream lines(content_of(expectation));
  std::string line;
  std::getline(lines, line);
  const auto facts = facts_of(line);
  const auto fact = [&](const char* name) { return facts.count(name) != 0 ? facts.at(name) : std::string(); };
  if (facts.count("sheet") != 0) CHECK(moves->table.sheet == fact("sheet"));
  CHECK(std::to_string(moves->hidden.size()) == fact("hidden"));
  CHECK(std::to_string(moves->restored.size()) == fact("restored"));
  CHECK(std::to_string(moves->table.merged_ranges) == fact("merged"));
  CHECK(std::to_string(moves->table.uncomputed_cells) == fact("uncomputed"));
  CHECK(std::to_string(moves->table.hidden_sheets) == fact("hidden_sheets"));
  std::size_t row = 0;
  std::size_t different = 0;
  for (; std::getline(lines, line); ++row) {
    if (row < moves->rows.size() && line_of(moves->rows, row) == line) continue;
    if (++different <= 5) FAIL_CHECK("expected " << line << "\n  read " << (row < moves->rows.size() ? line_of(moves->rows, row) : ""));
  }
  CHECK(different == 0);
  CHECK(row == moves->rows.size());
}

}  // namespace

TEST_CASE("workbooks of other writers read as what was put into them") {
  const auto entries = manifest();
  REQUIRE_FALSE(entries.empty());
  std::map<std::string, int> writers;
  for (const auto& entry : entries) {
    INFO(entry.first);
    ++writers[entry.first.substr(0, entry.first.find_first_of("-."))];
    if (entry.second.substr(0, 9) == "workbook.") {
      const Result<MoveSheet> moves = read_moves(content_of(entry.first));
      CHECK((moves ? std::string("read") : moves.error().code) == entry.second);
    } else {
      compare(entry.first, entry.second);
    }
  }
  for (const char* writer : {"libreoffice", "openpyxl", "sheetjs", "libxlsxwriter"})
    if (writers[writer] == 0) WARN("no workbook of " << writer << " is there");
}

TEST_CASE("a real workbook cut off anywhere is refused, not misread") {
  for (const auto& entry : manifest()) {
    const std::string& name = entry.first;
    if (name.find("traps.xlsx") == std::string::npos) continue;
    INFO(name);
    const std::string bytes = content_of(name);
    REQUIRE(bytes.size() > 1000);
    for (std::size_t size = 97; size < bytes.size(); size += 97) {
      const Result<MoveSheet> moves = read_moves(std::string_view(bytes).substr(0, size));
      REQUIRE_FALSE(moves.ok());
      CHECK(moves.error().code == errors::kTruncated);
    }
  }
}
