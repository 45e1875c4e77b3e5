// Gathers the cells of a row, leaves out what is blank, keeps the limits and hands the row to the sink: the part of
// reading that a .xlsx and a .csv have in common.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/workbook/table_reader.hpp"

namespace qudao::workbook {

class RowFeed {
 public:
  RowFeed(const Limits& limits, RowSink& sink) : limits_(limits), sink_(sink) {}

  void begin_sheet(std::string_view name);
  void begin_row(std::uint32_t number, bool hidden);
  // The row turned out to be another one.
  void renumber_row(std::uint32_t number) { number_ = number; }
  // A cell whose text outlives the row.
  void add(std::uint32_t column, CellKind kind, std::string_view text);
  // A cell whose text is built: append to texts(), then say where it began.
  std::string& texts() { return texts_; }
  void add_built(std::uint32_t column, CellKind kind, std::size_t begin);
  Status end_row();

  // After an error of end_row: it was the first row's, so another sheet may fit.
  bool refused() const { return refused_; }
  bool has_header() const { return info_.header_row != 0; }
  using Header = std::vector<std::pair<std::uint32_t, std::string>>;  // column and normalised text
  static Header header_of(const Row& row);
  const Header& header() const { return header_; }
  TableInfo& info() { return info_; }
  const Limits& limits() const { return limits_; }

 private:
  Error too_long(std::uint32_t column) const;
  // What is wrong with a row; with a first one it is only that this is not the sheet.
  Status refuse(Error error);

  const Limits& limits_;
  RowSink& sink_;
  TableInfo info_;
  Header header_;
  std::vector<Cell> cells_;
  std::vector<std::uint32_t> begins_;  // where a built text begins, kOutlives if it is not in texts_
  std::string texts_;
  std::uint32_t number_ = 0;
  bool hidden_ = false;
  bool refused_ = false;
  bool beyond_ = false;  // the row has something beyond the last column allowed
  std::int64_t blank_rows_ = 0;  // since the last row that had something
};

}  // namespace qudao::workbook
