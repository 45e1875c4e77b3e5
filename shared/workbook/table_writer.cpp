#include "shared/workbook/table_writer.hpp"

#include <cassert>

#include "shared/base/formula.hpp"
#include "shared/base/text.hpp"
#include "shared/workbook/xlsx_writer.hpp"

namespace qudao::workbook {
namespace {

constexpr std::int64_t kExact = 1'000'000'000'000'000;  // a spreadsheet keeps fifteen digits
constexpr std::int32_t kSerialOfEpoch = 25'569;         // 1970-01-01
constexpr std::int32_t kFirstSerial = 61;               // 1900-03-01: before it spreadsheets disagree
constexpr std::int64_t kProgressRows = 1'000;

bool is_exact(std::int64_t value) { return value > -kExact && value < kExact; }

CellStyle style_of(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::integer: return CellStyle::integer;
    case ColumnKind::yuan: return CellStyle::yuan;
    case ColumnKind::date: return CellStyle::date;
    case ColumnKind::text: break;
  }
  return CellStyle::text;
}

class XlsxRow final : public RowWriter {
 public:
  XlsxRow(XlsxWriter& writer, std::size_t columns) : writer_(writer), left_(columns), columns_(columns) {}

  void begin() {
    writer_.begin_row();
    left_ = columns_;
  }
  void text(std::string_view value) override {
    count();
    writer_.text(CellStyle::text, value);
  }
  void integer(std::int64_t value) override {
    if (!is_exact(value)) return text(std::to_string(value));
    count();
    writer_.number(CellStyle::integer, std::to_string(value));
  }
  void yuan(Fen amount_fen) override {
    if (!is_exact(amount_fen)) return text(format_yuan(amount_fen, false));
    count();
    writer_.number(CellStyle::yuan, format_yuan(amount_fen, false));
  }
  void date(Date value) override {
    if (!value) return empty();
    const std::int32_t serial = value.days + kSerialOfEpoch;
    if (serial < kFirstSerial) return text(format_date(value));
    count();
    writer_.number(CellStyle::date, std::to_string(serial));
  }
  void empty() override {
    count();
    writer_.skip();
  }

 private:
  void count() {
    assert(left_ > 0);
    --left_;
  }
  XlsxWriter& writer_;
  std::size_t left_;
  std::size_t columns_;
};

class CsvRow final : public RowWriter {
 public:
  CsvRow(std::string& out, std::size_t columns) : out_(out), columns_(columns) {}

  void begin() { written_ = 0; }
  void text(std::string_view value) override {
    next();
    const bool formula = is_formula_like(value);
    const bool quoted = value.find_first_of(",\"\r\n\t;") != std::string_view::npos;
    if (quoted) out_.push_back('"');
    if (formula) out_.push_back(kNoFormula);
    for (const char c : value) {
      if (c == '"') out_.push_back('"');
      out_.push_back(c);
    }
    if (quoted) out_.push_back('"');
  }
  void integer(std::int64_t value) override {
    next();
    out_ += std::to_string(value);
  }
  void yuan(Fen amount_fen) override {
    next();
    out_ += format_yuan(amount_fen, false);
  }
  void date(Date value) override {
    next();
    out_ += format_date(value);
  }
  void empty() override { next(); }
  void end() {
    while (written_ < columns_) next();
    out_ += "\r\n";
  }

 private:
  void next() {
    assert(written_ < columns_);
    if (written_++ > 0) out_.push_back(',');
  }
  std::string& out_;
  std::size_t columns_;
  std::size_t written_ = 0;
};

bool report(const WriteOptions& options, std::int64_t rows) {
  if (!options.progress || options.expected_rows <= 0 || rows % kProgressRows != 0) return true;
  const double share = static_cast<double>(rows) / static_cast<double>(options.expected_rows);
  return options.progress(share < 1 ? share : 1);
}

}  // namespace

Result<std::string> write_table(const TableSpec& spec, const RowSource& next, const WriteOptions& options) {
  SheetLayout layout{spec.sheet, {}, true};
  for (const ColumnSpec& column : spec.columns) layout.columns.push_back({column.width, style_of(column.kind)});
  XlsxWriter writer({std::move(layout)});
  writer.begin_sheet();
  writer.begin_row();
  for (const ColumnSpec& column : spec.columns) writer.text(CellStyle::header, column.title);
  writer.end_row();
  XlsxRow row(writer, spec.columns.size());
  for (;;) {
    row.begin();
    if (!next(row)) {
      writer.drop_row();  // that there is no more shows only when it is asked
      break;
    }
    writer.end_row();
    if (writer.rows() > kMaxSheetRows) return Error::of(errors::kTooManyRows).with("limit", kMaxSheetRows - 1);
    if (!report(options, writer.rows() - 1)) return Error::of(errors::kCancelled);
  }
  writer.end_sheet();
  return std::move(writer).finish();
}

Result<std::string> write_csv(const TableSpec& spec, const RowSource& next, const WriteOptions& options) {
  std::string out = "\xEF\xBB\xBF";
  CsvRow row(out, spec.columns.size());
  row.begin();
  for (const ColumnSpec& column : spec.columns) row.text(column.title);
  row.end();
  for (std::int64_t rows = 1;; ++rows) {
    const std::size_t before = out.size();
    row.begin();
    if (!next(row)) {
      out.resize(before);
      return out;
    }
    row.end();
    if (!report(options, rows)) return Error::of(errors::kCancelled);
  }
}

}  // namespace qudao::workbook
