#include "shared/workbook/sheet_reader.hpp"

#include <cstring>

#include "shared/workbook/cell_text.hpp"

namespace qudao::workbook {
namespace {

using Token = XmlScanner::Token;

constexpr std::uint32_t kLastColumn = 16'384;  // XFD
constexpr std::uint32_t kLastRow = 1'048'576;
constexpr std::size_t kPlainDigits = 15;  // so many digits are exact in every spreadsheet
constexpr char kRowStart[] = "<row r=\"";
constexpr std::size_t kRowStartBytes = sizeof(kRowStart) - 1;

bool is_true(std::string_view value) { return value == "1" || value == "true"; }

// A short run of digits only, as nearly every number here is; false: something else.
bool parse_digits(std::string_view text, std::uint32_t& value) {
  if (text.empty() || text.size() > 9) return false;
  std::uint32_t number = 0;
  for (const char c : text) {
    const auto digit = static_cast<std::uint32_t>(c - '0');
    if (digit > 9) return false;
    number = number * 10 + digit;
  }
  value = number;
  return true;
}

// "AB12" -> column 27 and row "12"; false when it is no reference.
bool parse_reference(std::string_view text, std::uint32_t& column, std::string_view& row) {
  std::uint32_t letters = 0;
  std::size_t at = 0;
  for (; at < text.size() && at < 4; ++at) {
    const auto letter = static_cast<std::uint32_t>((text[at] | 0x20) - 'a');
    if (letter > 25) break;
    letters = letters * 26 + letter + 1;
  }
  if (at == 0 || letters > kLastColumn) return false;
  column = letters - 1;
  row = text.substr(at);
  return true;
}

bool is_plain_digits(std::string_view text) {
  if (text.empty() || text.size() > kPlainDigits || text[0] == '0') return false;
  for (const char c : text)
    if (c < '0' || c > '9') return false;
  return true;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

SheetReader::SheetReader(const ZipEntry& part, const SharedParts& shared, RowFeed& feed, UnpackBudget& budget, Meter& meter)
    : part_(part), shared_(shared), feed_(feed), stream_(part, budget, meter), xml_(stream_) {}

bool SheetReader::fail(std::string_view why) {
  if (failure_.ok())
    failure_ = Error::of(errors::kDamaged).with("part", part_.name).because(std::string(why) + ", row " + std::to_string(row_));
  return false;
}

Status SheetReader::read() {
  bool good = xml_.next_child();
  while (good && xml_.next_child()) {
    if (xml_.name() == "sheetData") {
      good = read_rows();
    } else if (xml_.name() == "mergeCells") {
      good = read_merged();
    } else {
      good = xml_.skip_element();
    }
  }
  // The part is read to its end: only there its checksum is known.
  good = good && !xml_.failed() && xml_.next() == Token::finished;
  if (good) return done();
  if (!failure_) return failure_;
  if (xml_.failed()) return xml_.error();
  fail("unexpected end of XML");
  return failure_;
}

bool SheetReader::read_merged() {
  while (xml_.next_child()) {
    ++merged_ranges_;
    if (!xml_.skip_element()) return false;
  }
  return !xml_.failed();
}

bool SheetReader::read_rows() {
  for (;;) {
    if (take_row()) {
      if (!read_cells()) return false;
      continue;
    }
    if (!xml_.next_child()) return !xml_.failed();
    const bool good = xml_.name() == "row" ? begin_row() && read_cells() : xml_.skip_element();
    if (!good) return false;
  }
}

// Reads the start of a row that stands next and, but for its number, is written like the one before, as nearly every row
// is. LibreOffice writes more bytes there than in the row's cells. False: it is written otherwise; nothing was taken.
bool SheetReader::take_row() {
  const char* const begin = xml_.peek();
  const char* at = begin;
  if (at == nullptr || row_tail_.empty() || !take_mark(at, kRowStart)) return false;
  const char* const digits = at;
  while (*at >= '0' && *at <= '9') ++at;
  std::uint32_t number = 0;
  if (!parse_digits(std::string_view(digits, static_cast<std::size_t>(at - digits)), number)) return false;
  if (xml_.ahead(at) < row_tail_.size() || !same_bytes(at, row_tail_.data(), row_tail_.size())) return false;
  if (number <= row_ || number > kLastRow) return false;  // the usual way says what is wrong
  xml_.took_start(at + row_tail_.size());
  row_given_ = true;
  row_ = number;
  next_column_ = 0;
  feed_.begin_row(row_, row_tail_hidden_);
  return true;
}

bool SheetReader::begin_row() {
  bool hidden = false;
  std::uint32_t number = row_ + 1;
  row_given_ = false;
  const char* tail = nullptr;
  std::string_view name;
  std::string_view value;
  for (bool first = true; xml_.attribute(name, value); first = false) {
    if (name == "r") {
      if (first && std::memcmp(value.data() - kRowStartBytes, kRowStart, kRowStartBytes) == 0) tail = value.data() + value.size();
      if (!parse_digits(value, number) || number <= row_) return fail("rows out of order");
      row_given_ = true;
    } else if (name == "hidden") {
      hidden |= is_true(value);
    } else if (name == "ht") {
      hidden |= value == "0";
    }
  }
  if (number > kLastRow) return fail("a row beyond the last");
  row_tail_.clear();
  if (const char* const end = xml_.in_tag(); tail != nullptr && end != nullptr && *end == '>') row_tail_.assign(tail, end + 1);
  row_tail_hidden_ = hidden;
  row_ = number;
  next_column_ = 0;
  feed_.begin_row(row_, hidden);
  return true;
}

bool SheetReader::read_cells() {
  for (;;) {
    Taken taken = Taken::yes;
    while (taken == Taken::yes) taken = take_cell();
    if (taken == Taken::failed) return false;
    const Token token = xml_.next();
    if (token == Token::end) break;
    if (token == Token::text) continue;
    if (token != Token::start) return false;
    const bool good = xml_.name() == "c" ? read_cell() : xml_.skip_element();
    if (!good) return false;
  }
  Status status = feed_.end_row();
  if (status) return true;
  failure_ = std::move(status);
  return false;
}

// Reads a whole cell that stands next and is written as nearly every cell is:
//   <c r="A2" s="1" t="s"><v>4</v></c>  or  <c r="A2" t="inlineStr"><is><t>text</t></is></c>  or  <c r="A2" s="1"/>
// at half the cost of going by tags. Taken::no: it is written otherwise, and nothing was taken.
SheetReader::Taken SheetReader::take_cell() {
  const char* at = xml_.peek();
  if (at == nullptr || !row_given_ || at[0] != '<' || at[1] != 'c' || (at[2] != ' ' && at[2] != '>')) return Taken::no;
  at += 2;
  CellHead head;
  head.column = next_column_;
  if (!take_cell_head(at, head)) return Taken::no;
  Stored stored;
  if (*at == '/') {
    at += 2;
  } else if (++at; !take_mark(at, "</c>")) {
    const bool inlined = head.type == Type::inline_text;
    if (!(inlined ? take_mark(at, "<is><t") : take_mark(at, "<v"))) return Taken::no;
    if (inlined) take_mark(at, kPreserveSpace);
    RawText text;
    if (*at++ != '>' || !take_text(at, text)) return Taken::no;
    stored.value = text.raw;
    stored.suspicious = text.suspicious;
    if (text.encoded) {
      value_.clear();
      text.append_to(value_);
      stored.value = value_;
    }
    if (!(inlined ? take_mark(at, "</t></is></c>") : take_mark(at, "</v></c>"))) return Taken::no;
  }
  xml_.took(at);  // nothing in stored.value moves before the scanner is asked for more
  return place(head) && add_cell(head, stored) ? Taken::yes : Taken::failed;
}

// The attributes of a cell, up to ">" or "/>". False: something unusual.
bool SheetReader::take_cell_head(const char*& at, CellHead& head) {
  while (*at == ' ') {
    const char name = at[1];
    if (name == '\0' || at[2] != '=' || at[3] != '"') return false;
    const char* const begin = at += 4;
    while (*at != '"' && *at != '\0') ++at;
    if (*at == '\0') return false;
    const std::string_view value(begin, static_cast<std::size_t>(at - begin));
    ++at;
    std::string_view row;
    if (name == 'r' && !parse_reference(value, head.column, row)) return false;
    if (name == 's' && !parse_digits(value, head.style)) return false;
    if (name == 't') head.type = type_of(value);
  }
  return *at == '>' || (at[0] == '/' && at[1] == '>');
}

SheetReader::Type SheetReader::type_of(std::string_view value) {
  if (value == "s") return Type::shared;
  if (value == "str") return Type::text;
  if (value == "inlineStr") return Type::inline_text;
  if (value == "b") return Type::boolean;
  if (value == "e") return Type::error;
  return value == "d" ? Type::iso_date : Type::number;
}

bool SheetReader::read_reference(std::string_view value, CellHead& head) {
  std::string_view row;
  if (!parse_reference(value, head.column, row)) return fail("a bad cell reference");
  // Some writers number the cells but not the row.
  std::uint32_t number = 0;
  if (row_given_ || !parse_digits(row, number) || number == row_) return true;
  if (number < row_ || number > kLastRow || next_column_ > 0) return fail("rows out of order");
  row_ = number;
  feed_.renumber_row(row_);
  return true;
}

bool SheetReader::read_cell_head(CellHead& head) {
  head.column = next_column_;
  std::string_view name;
  std::string_view value;
  while (xml_.attribute(name, value)) {
    if (name == "r" && !read_reference(value, head)) return false;
    if (name == "s" && !parse_digits(value, head.style)) head.style = 0;
    if (name == "t") head.type = type_of(value);
  }
  return place(head);
}

bool SheetReader::place(const CellHead& head) {
  if (head.column < next_column_ || head.column >= kLastColumn) return fail("cells out of order");
  next_column_ = head.column + 1;
  return true;
}

bool SheetReader::read_cell() {
  CellHead head;
  if (!read_cell_head(head)) return false;
  const auto limit = static_cast<std::size_t>(feed_.limits().cell_bytes);
  Stored stored;
  bool taken = false;
  value_.clear();
  while (xml_.next_child()) {
    const std::string_view name = xml_.name();
    const bool content = !taken && (name == "v" || name == "is");
    bool good = true;
    if (!content) {
      stored.formula |= name == "f";
      good = xml_.skip_element();
    } else if (name == "v") {
      stored.suspicious = true;
      good = xml_.read_text(value_, limit);
    } else {
      good = read_rich_text(xml_, value_, limit, stored.suspicious);
    }
    taken |= content;
    if (!good) return false;
  }
  stored.value = value_;
  return !xml_.failed() && add_cell(head, stored);
}

bool SheetReader::add_cell(const CellHead& head, const Stored& stored) {
  if (stored.value.empty()) {
    // A formula that gave "" says so by its type; one without any result was never computed.
    if (stored.formula && head.type == Type::number) feed_.add(head.column, CellKind::uncomputed, "=");
    return true;
  }
  if (head.type != Type::shared) {
    add_value(head, stored);
    return true;
  }
  std::uint32_t index = 0;
  if (!parse_digits(stored.value, index) && !parse_digits(trimmed(stored.value), index)) return fail("a bad text index");
  if (index >= shared_.texts.size()) return fail("a text index beyond the table");
  feed_.add(head.column, CellKind::text, shared_.texts[index]);
  return true;
}

void SheetReader::add_value(const CellHead& head, const Stored& stored) {
  std::string& texts = feed_.texts();
  const std::size_t begin = texts.size();
  CellKind kind = CellKind::text;
  switch (head.type) {
    case Type::number: {
      const NumberFormat format = head.style < shared_.formats.size() ? shared_.formats[head.style] : NumberFormat{};
      kind = CellKind::number;
      if (format.kind == FormatKind::general && is_plain_digits(stored.value)) {
        texts += stored.value;
      } else if (append_number(trimmed(stored.value), format, shared_.date1904, texts)) {
        kind = CellKind::date;
      }
      break;
    }
    case Type::boolean:
      kind = CellKind::boolean;
      texts += is_true(trimmed(stored.value)) ? "TRUE" : "FALSE";
      break;
    case Type::iso_date:
      kind = CellKind::date;
      append_iso_date(trimmed(stored.value), texts);
      break;
    case Type::error:
      kind = CellKind::error;
      texts += stored.value;
      break;
    default:
      texts += stored.value;
      break;
  }
  const bool bearable = stored.value.size() <= static_cast<std::size_t>(feed_.limits().cell_bytes);
  if (stored.suspicious && bearable) mend_text(texts, begin);
  feed_.add_built(head.column, kind, begin);
}

}  // namespace qudao::workbook
