// The strict template of a bulk move (row D10): the columns 客户编码, 目标单位编码, 备注, in that order, in the first row that
// has anything in it; a note may be empty, nothing may stand outside. Only surrounding spaces and full-width forms are
// forgiven in the header. The workbook of refused rows (refused_rows.hpp) is read as well, by exactly its own header: a
// person mends the rows in it and drops it on the page again; what stands in its last three columns is not looked at.
//
// What is wrong with a row itself becomes its `defect`; a file that is not the template at all is an Error.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/domain/move_plan.hpp"
#include "shared/workbook/table_reader.hpp"

namespace qudao::workbook {

inline constexpr std::array<std::string_view, 3> kMoveColumns = {"客户编码", "目标单位编码", "备注"};
inline constexpr std::array<std::string_view, 3> kReasonColumns = {"行号", "原因代码", "原因"};

struct MoveSheet {
  // Codes are normalised. A code that is none is kept as it stood, cut to 64 characters; a note that is too long is cut to
  // 255 and "…" put behind, so that it stays too long wherever it goes.
  MoveRows rows;
  std::vector<std::uint32_t> hidden;    // indexes into rows: those that are hidden in the workbook, e.g. by a filter
  std::vector<std::uint32_t> restored;  // indexes into rows: those whose code got its lost leading zero back
  bool was_refused_rows = false;        // the workbook of refused rows, coming back
  TableInfo table;                      // sheet, encoding and the counts a person should be told
};

// Errors: errors.hpp; kNoRows when there is only the header.
Result<MoveSheet> read_moves(std::string_view bytes, const ReadOptions& options = {});

// The empty template as .xlsx: columns formatted as text, so that leading zeros stay, and a sheet of instructions with an
// example. The same bytes at every call and from both compilers.
Result<std::string> write_move_template();

}  // namespace qudao::workbook
