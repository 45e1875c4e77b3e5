// GBK, with one table for both compilers (generated at build), since iconv and browsers differ on some codes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "shared/base/result.hpp"

namespace qudao {

// GBK bytes as UTF-8. Error `text.not_gbk` with the byte offset.
Result<std::string> gbk_to_utf8(std::string_view bytes);
// The two-byte GBK code of a character, 0 if it has none (ASCII included).
std::uint16_t gbk_code(char32_t code_point);

}  // namespace qudao
