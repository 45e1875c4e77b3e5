// Money: whole fen inside, yuan with two decimals on screen. No floating point anywhere.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "shared/base/result.hpp"

namespace qudao {

using Fen = std::int64_t;

// 1234567 -> "12,345.67"; without thousands: "12345.67".
std::string format_yuan(Fen amount_fen, bool thousands = true);
// "12,345.67", "12345.6", "-3" -> fen. Error `money.format`.
Result<Fen> parse_yuan(std::string_view text);
// 1234567 -> "1,234,567".
std::string format_count(std::int64_t count);

}  // namespace qudao
