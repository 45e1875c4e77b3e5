#include "shared/workbook/row_feed.hpp"

#include "shared/base/text.hpp"
#include "shared/workbook/cell_text.hpp"

namespace qudao::workbook {
namespace {
constexpr std::uint32_t kOutlives = 0xFFFFFFFF;
}  // namespace

void RowFeed::begin_sheet(std::string_view name) {
  info_.sheet = name;
  info_.header_row = 0;
  blank_rows_ = 0;
  refused_ = false;
}

void RowFeed::begin_row(std::uint32_t number, bool hidden) {
  number_ = number;
  hidden_ = hidden;
  beyond_ = false;
  cells_.clear();
  begins_.clear();
  texts_.clear();
}

void RowFeed::add(std::uint32_t column, CellKind kind, std::string_view text) {
  if (is_blank(text)) return;
  if (column >= static_cast<std::uint32_t>(limits_.columns)) {
    beyond_ = true;
    return;
  }
  cells_.push_back({column, kind, text});
  begins_.push_back(kOutlives);
}

void RowFeed::add_built(std::uint32_t column, CellKind kind, std::size_t begin) {
  const std::string_view text = std::string_view(texts_).substr(begin);
  if (is_blank(text)) return;
  if (column >= static_cast<std::uint32_t>(limits_.columns)) {  // not kept: so many cells could fill any memory
    texts_.resize(begin);
    beyond_ = true;
    return;
  }
  cells_.push_back({column, kind, text});
  begins_.push_back(static_cast<std::uint32_t>(begin));
}

Status RowFeed::refuse(Error error) {
  refused_ = !has_header();
  return error;
}

Error RowFeed::too_long(std::uint32_t column) const {
  return Error::of(errors::kCellTooLong).with("limit", limits_.cell_bytes).with("row", number_).with("column", column_letters(column));
}

RowFeed::Header RowFeed::header_of(const Row& row) {
  Header header;
  for (const Cell& cell : row.cells) header.emplace_back(cell.column, normalize_code(cell.text));
  return header;
}

Status RowFeed::end_row() {
  if (beyond_) return refuse(Error::of(errors::kTooManyColumns).with("limit", limits_.columns).with("row", number_));
  if (cells_.empty()) {
    ++blank_rows_;
    return done();
  }
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    // texts_ may have moved while it grew.
    if (begins_[i] != kOutlives) cells_[i].text = std::string_view(texts_).substr(begins_[i], cells_[i].text.size());
    if (cells_[i].text.size() > static_cast<std::size_t>(limits_.cell_bytes)) return refuse(too_long(cells_[i].column));
  }
  const Row row{number_, hidden_, cells_};
  if (!has_header()) {
    Status fits = sink_.header(info_.sheet, row);
    refused_ = !fits;
    if (fits) {
      info_.header_row = number_;
      header_ = header_of(row);
    }
    blank_rows_ = 0;
    return fits;
  }
  if (info_.rows == limits_.rows) return Error::of(errors::kTooManyRows).with("limit", limits_.rows);
  ++info_.rows;
  info_.blank_rows += blank_rows_;
  blank_rows_ = 0;
  if (hidden_) ++info_.hidden_rows;
  for (const Cell& cell : cells_)
    if (cell.kind == CellKind::uncomputed) ++info_.uncomputed_cells;
  return sink_.row(row);
}

}  // namespace qudao::workbook
