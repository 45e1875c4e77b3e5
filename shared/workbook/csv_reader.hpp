// Reads a .csv: UTF-8 with or without BOM, UTF-16 with BOM (Excel's "Unicode text") or GBK; commas, semicolons or tabs, told
// by the first line; quoted fields with separators, quotes and line ends in them; CRLF, LF or CR. Excel's first line
// "sep=;" and its way of keeping text, ="0771", are understood.
#pragma once

#include <string_view>

#include "shared/base/result.hpp"
#include "shared/workbook/row_feed.hpp"

namespace qudao::workbook {

// kEncoding, kOpenQuote, kCancelled, and what the feed says.
Status read_csv(std::string_view bytes, const Progress& progress, RowFeed& feed);

}  // namespace qudao::workbook
