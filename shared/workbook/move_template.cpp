#include "shared/workbook/move_template.hpp"

#include <algorithm>

#include "shared/base/text.hpp"
#include "shared/domain/customer_code.hpp"
#include "shared/workbook/cell_text.hpp"

namespace qudao::workbook {
namespace {

constexpr std::size_t kMaxCodeCharacters = 64;  // of a code that is none: enough to recognise it by
constexpr std::string_view kEllipsis = "…";

// The first so many characters of a text.
std::string_view first_characters(std::string_view text, std::int64_t count) {
  std::size_t pos = 0;
  for (std::int64_t i = 0; i < count && pos < text.size(); ++i) next_code_point(text, pos);
  return text.substr(0, pos);
}

std::string cut_code(std::string code) {
  if (code.size() <= kMaxCodeCharacters) return code;
  const std::string_view head = first_characters(code, kMaxCodeCharacters);
  return head.size() == code.size() ? code : std::string(head).append(kEllipsis);
}

// Whether normalize_text would change nothing: no control characters, no space of any kind at the ends. Nearly always.
bool is_clean(std::string_view text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return false;
  std::size_t last = text.size() - 1;
  while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) --last;
  return is_ink(text.front()) && is_ink(text[last]);
}

class MoveSink final : public RowSink {
 public:
  explicit MoveSink(MoveSheet& sheet) : sheet_(sheet) {}

  Status header(std::string_view sheet, const Row& row) override;
  Status row(const Row& row) override;
  MoveRows finish() && { return std::move(builder_).finish(); }

 private:
  Reason take_note(const Cell& cell);

  MoveSheet& sheet_;
  MoveRowsBuilder builder_;
  std::size_t columns_ = kMoveColumns.size();
  std::string note_;
  std::string_view note_view_;
  std::int64_t notes_bytes_ = 0;
};

std::string_view expected_column(std::size_t column, bool with_reasons) {
  if (column < kMoveColumns.size()) return kMoveColumns[column];
  column -= kMoveColumns.size();
  return with_reasons && column < kReasonColumns.size() ? kReasonColumns[column] : std::string_view();
}

Status MoveSink::header(std::string_view sheet, const Row& row) {
  const bool with_reasons = normalize_code(row.text(static_cast<std::uint32_t>(kMoveColumns.size()))) == kReasonColumns[0];
  columns_ = kMoveColumns.size() + (with_reasons ? kReasonColumns.size() : 0);
  sheet_.was_refused_rows = with_reasons;
  Error error = Error::of(errors::kHeader).with("sheet", sheet).with("row", row.number);
  const auto compare = [&](std::size_t column, std::string_view found) {
    const std::string_view expected = expected_column(column, with_reasons);
    if (normalize_code(found) == expected) return;
    const std::string letters = column_letters(static_cast<std::uint32_t>(column));
    const std::string shown(first_characters(found, static_cast<std::int64_t>(kMaxCodeCharacters)));
    std::vector<ErrorParam> params = {{"expected", std::string(expected)}, {"found", shown}};
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

Reason MoveSink::take_note(const Cell& cell) {
  if (cell.kind == CellKind::uncomputed) return Reason::none;
  note_view_ = cell.text;
  if (!is_clean(note_view_)) {
    note_ = normalize_text(note_view_);
    note_view_ = note_;
  }
  // So few bytes cannot be too many characters.
  if (note_view_.size() <= static_cast<std::size_t>(kMaxNoteCharacters)) return Reason::none;
  const std::string_view head = first_characters(note_view_, kMaxNoteCharacters);
  // Kept whole: whose words they are shortens them, in the workbook of refused rows.
  return head.size() == note_view_.size() ? Reason::none : Reason::note_too_long;
}

Status MoveSink::row(const Row& row) {
  CustomerCode code;
  std::string target;
  Reason note_defect = Reason::none;
  note_view_ = {};
  for (const Cell& cell : row.cells) {
    if (cell.column >= columns_)
      return Error::of(errors::kExtraCell)
          .with("row", row.number)
          .with("column", column_letters(cell.column))
          .with("found", first_characters(cell.text, static_cast<std::int64_t>(kMaxCodeCharacters)));
    if (cell.column == 0) code = read_customer_code(cell.text);
    if (cell.column == 1) target = cut_code(normalize_code(cell.text));
    if (cell.column == 2) note_defect = take_note(cell);
  }
  if (code.state == CodeState::missing && target.empty() && note_view_.empty()) return done();  // only in the last columns
  notes_bytes_ += static_cast<std::int64_t>(note_view_.size());
  if (notes_bytes_ > kMaxNotesBytes) return Error::of(errors::kTooMuchText).with("limit_mb", kMaxNotesBytes / kMegabyte);

  Reason defect = note_defect;
  if (target.empty()) defect = Reason::target_missing;
  if (code.state == CodeState::bad) {
    defect = Reason::customer_code_bad;
    code.text = cut_code(std::move(code.text));
  }
  if (code.state == CodeState::missing) defect = Reason::customer_code_missing;
  const auto index = static_cast<std::uint32_t>(builder_.size());
  if (row.hidden) sheet_.hidden.push_back(index);
  if (code.state == CodeState::restored) sheet_.restored.push_back(index);
  builder_.add(row.number, code.text, target, note_view_, defect);
  return done();
}

}  // namespace

Result<MoveSheet> read_moves(std::string_view bytes, const ReadOptions& options) {
  MoveSheet sheet;
  MoveSink sink(sheet);
  QUDAO_TRY(table, read_table(bytes, options, sink));
  sheet.table = std::move(table);
  sheet.rows = std::move(sink).finish();
  if (sheet.rows.empty()) return Error::of(errors::kNoRows).with("sheet", sheet.table.sheet);
  return sheet;
}

}  // namespace qudao::workbook
