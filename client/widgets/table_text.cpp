#include "client/widgets/table_text.hpp"

#include <algorithm>

#include "shared/base/formula.hpp"

namespace qudao::ui {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void append_cell(std::string& out, std::string_view words, bool number) {
  if (number) {
    if (const std::string plain = plain_figure(words); !plain.empty()) {
      out += plain;
      return;
    }
  }
  const bool formula = is_formula_like(words);
  if (words.find_first_of("\t\n\r\"") == std::string_view::npos) {
    if (formula) out += kNoFormula;
    out += words;
    return;
  }
  out += '"';
  if (formula) out += kNoFormula;
  for (const char c : words) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace

std::string plain_figure(std::string_view words) {
  std::string out;
  std::string_view rest = words;
  constexpr std::string_view kMinus = "\xE2\x88\x92";  // U+2212, as signed counts are shown
  if (rest.starts_with(kMinus)) {
    out += '-';
    rest.remove_prefix(kMinus.size());
  } else if (rest.starts_with('-') || rest.starts_with('+')) {
    if (rest.front() == '-') out += '-';
    rest.remove_prefix(1);
  }
  const std::size_t point = std::min(rest.find('.'), rest.size());
  const std::string_view whole = rest.substr(0, point), part = rest.substr(point);
  if (whole.empty() || !is_digit(whole.front())) return {};
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (whole[i] == ',') {
      if (whole.size() - i < 4 || (whole.size() - i) % 4 != 0) return {};
    } else if (is_digit(whole[i])) {
      out += whole[i];
    } else {
      return {};
    }
  }
  if (part.size() == 1) return {};
  for (std::size_t i = 1; i < part.size(); ++i)
    if (!is_digit(part[i])) return {};
  return out.append(part);
}

std::string to_tsv(const TableText& table) {
  std::string out;
  const auto line = [&](auto cell_of) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (i > 0) out += '\t';
      cell_of(i);
    }
    out += '\n';
  };
  line([&](std::size_t i) { append_cell(out, table.columns[i].title, false); });
  for (const auto& row : table.rows)
    line([&](std::size_t i) { append_cell(out, i < row.size() ? std::string_view(row[i]) : std::string_view(), table.columns[i].number); });
  return out;
}

}  // namespace qudao::ui
