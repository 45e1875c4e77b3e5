#include "shared/workbook/round_marks.hpp"

#include "shared/base/text.hpp"
#include "shared/workbook/table_writer.hpp"

namespace qudao::workbook {
namespace {

constexpr std::size_t kColumns = kMarkColumns.size();
constexpr std::size_t kCode = 0;
constexpr std::size_t kMark = 6;
constexpr std::size_t kNote = 7;
constexpr std::array<std::string_view, 2> kFaultColumns = {"行号", "原因"};
constexpr std::size_t kShownBytes = 64;  // of what stands where it should not

std::string_view expected_column(std::size_t column, bool with_faults) {
  if (column < kColumns) return kMarkColumns[column];
  return with_faults && column < kColumns + kFaultColumns.size() ? kFaultColumns[column - kColumns] : std::string_view();
}

class MarkSink final : public RowSink {
 public:
  explicit MarkSink(MarkSheet& sheet) : sheet_(sheet) {}

  Status header(std::string_view sheet, const Row& row) override {
    const bool with_faults = normalize_code(row.text(static_cast<std::uint32_t>(kColumns))) == kFaultColumns[0];
    columns_ = kColumns + (with_faults ? kFaultColumns.size() : 0);
    Error error = Error::of(errors::kHeader).with("sheet", sheet).with("row", row.number);
    const auto compare = [&](std::size_t column, std::string_view found) {
      const std::string_view expected = expected_column(column, with_faults);
      if (normalize_code(found) == expected) return;
      const std::string letters = column_letters(static_cast<std::uint32_t>(column));
      std::vector<ErrorParam> params = {{"expected", std::string(expected)}, {"found", scrub_utf8(found.substr(0, kShownBytes))}};
      if (error.fields.empty()) {
        error.params.push_back({"column", letters});
        error.params.insert(error.params.end(), params.begin(), params.end());
      }
      error.fields.push_back({letters, std::string(errors::kHeader), row.number, std::move(params)});
    };
    for (std::size_t column = 0; column < columns_; ++column) compare(column, row.text(static_cast<std::uint32_t>(column)));
    for (const Cell& cell : row.cells)
      if (cell.column >= columns_) compare(cell.column, cell.text);
    if (error.fields.empty()) return done();
    return error;
  }

  Status row(const Row& row) override {
    std::vector<std::string> between(kColumns - 3);
    std::string code;
    std::string mark;
    std::string note;
    for (const Cell& cell : row.cells) {
      if (cell.column >= columns_)
        return Error::of(errors::kExtraCell)
            .with("row", row.number)
            .with("column", column_letters(cell.column))
            .with("found", scrub_utf8(cell.text.substr(0, kShownBytes)));
      if (cell.column == kCode) code = normalize_code(cell.text);
      else if (cell.column == kMark) mark = normalize_code(cell.text);
      else if (cell.column == kNote) note = normalize_text(cell.text);
      else if (cell.column < kMark) between[cell.column - 1] = normalize_text(cell.text);
    }
    sheet_.rows.row_number.push_back(row.number);
    sheet_.rows.customer_code.push_back(short_text(code));
    sheet_.rows.mark.push_back(short_text(mark));
    sheet_.rows.note.push_back(note);
    sheet_.between.push_back(std::move(between));
    return done();
  }

 private:
  // A cell that is no code or mark at all is cut where it can still be recognised.
  static std::string short_text(const std::string& text) {
    if (count_code_points(text) <= static_cast<std::int64_t>(kShownBytes)) return text;
    std::size_t end = 0;
    for (std::size_t i = 0; i < kShownBytes - 1; ++i) next_code_point(text, end);
    return text.substr(0, end) + "…";
  }

  MarkSheet& sheet_;
  std::size_t columns_ = kColumns;
};

}  // namespace

Result<MarkSheet> read_marks(std::string_view bytes, const ReadOptions& options) {
  MarkSheet sheet;
  MarkSink sink(sheet);
  QUDAO_TRY(table, read_table(bytes, options, sink));
  sheet.table = std::move(table);
  if (sheet.rows.size() == 0) return Error::of(errors::kNoRows).with("sheet", sheet.table.sheet);
  return sheet;
}

Result<std::string> write_faulty_marks(const MarkSheet& sheet, std::span<const FaultyMark> faults) {
  TableSpec spec;
  spec.sheet = "有误的行";
  for (const std::string_view title : kMarkColumns) spec.columns.push_back({std::string(title), ColumnKind::text, 18});
  spec.columns.push_back({std::string(kFaultColumns[0]), ColumnKind::integer, 8});
  spec.columns.push_back({std::string(kFaultColumns[1]), ColumnKind::text, 50});
  std::size_t next = 0;
  const auto write_one = [&](RowWriter& out) {
    if (next == faults.size()) return false;
    const FaultyMark& fault = faults[next++];
    out.text(sheet.rows.customer_code[fault.row]);
    for (const std::string& text : sheet.between[fault.row]) out.text(text);
    out.text(sheet.rows.mark[fault.row]);
    out.text(sheet.rows.note[fault.row]);
    out.integer(sheet.rows.row_number[fault.row]);
    out.text(fault.reason);
    return true;
  };
  return write_table(spec, write_one);
}

}  // namespace qudao::workbook
