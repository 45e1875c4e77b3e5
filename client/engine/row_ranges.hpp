// Which rows are marked, as text: "3,5-9". For what is kept of a workbook over a reload.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace qudao::engine {

std::string ranges_of(const std::vector<std::uint8_t>& marked);
// Rows below `count`, ascending. What is no range is passed over: it comes from a store anybody may have touched.
std::vector<std::uint32_t> rows_of_ranges(std::string_view ranges, std::size_t count);

}  // namespace qudao::engine
