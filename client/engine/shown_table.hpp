// What a table shows, as a workbook. The cells come in one text, row after row, each ended by kCellEnd: a hundred
// thousand rows need no parsing on the way.
#pragma once

#include <string>
#include <string_view>

#include "client/engine/workbench_types.hpp"
#include "shared/base/result.hpp"

namespace qudao::engine {

inline constexpr char kCellEnd = '\x1F';

// protocol.broken when there are not rows x columns cells; workbook.*. A figure that is none is written as text.
Result<std::string> write_shown(const ShownTable& table, std::string_view cells);

}  // namespace qudao::engine
