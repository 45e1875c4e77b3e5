// Tells what a file is by its content, never by its name: people rename .xls to .xlsx, and systems export web pages as .xls.
#pragma once

#include <cstdint>
#include <string_view>

#include "shared/base/result.hpp"

namespace qudao::workbook {

enum class Container : std::uint8_t { zip, text };

// A ZIP or a text; all else is an error that says what it is: kEmpty, kEncrypted, kOldXls, kHtml, kOtherFormat,
// kNotAWorkbook.
Result<Container> sniff(std::string_view bytes);

}  // namespace qudao::workbook
