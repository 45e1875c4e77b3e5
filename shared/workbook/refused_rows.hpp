// The workbook of refused rows (row D10): the template's columns, then where each row stood and why it was refused. It can
// be mended and read again by read_moves. The domain has no prose: the reason's words come from the caller.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "shared/base/result.hpp"
#include "shared/domain/move_plan.hpp"
#include "shared/workbook/table_writer.hpp"

namespace qudao::workbook {

struct RefusedRow {
  std::uint32_t row = 0;    // index into the MoveRows
  std::string_view code;    // code_of(Reason)
  std::string_view reason;  // a sentence in the person's language
};

Result<std::string> write_refused_rows(const MoveRows& rows, std::span<const RefusedRow> refused,
                                       const WriteOptions& options = {});

}  // namespace qudao::workbook
