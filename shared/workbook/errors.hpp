// Every code with which reading or writing a workbook can fail, with the parameters its sentence needs. Codes are stable;
// the words are the client's (i18n). Row numbers count from 1 as a spreadsheet does, columns are letters ("C").
#pragma once

#include <string_view>

namespace qudao::workbook::errors {

// --- the file is not one that can be read -----------------------------------------------------------
// Nothing in it: 0 bytes, or no row with anything in it on any visible sheet.
inline constexpr std::string_view kEmpty = "workbook.empty";
// Protected by a password: {}. Save it without one.
inline constexpr std::string_view kEncrypted = "workbook.encrypted";
// Excel 97-2003 .xls: {}. Save it as .xlsx.
inline constexpr std::string_view kOldXls = "workbook.old_xls";
// Another spreadsheet format: {format = "ods" | "numbers" | "xlsb" | "xml2003"}. Save it as .xlsx.
inline constexpr std::string_view kOtherFormat = "workbook.other_format";
// A web page saved under a workbook's name (many systems' "export to Excel"): {}. Open and save as .xlsx.
inline constexpr std::string_view kHtml = "workbook.html";
// No spreadsheet at all (picture, PDF, Word file, archive, binary): {}.
inline constexpr std::string_view kNotAWorkbook = "workbook.not_a_workbook";
// A .xlsx that ends too early, as a broken download does: {}.
inline constexpr std::string_view kTruncated = "workbook.truncated";
// A .xlsx that contradicts itself (checksum, ZIP or XML structure): {part}; detail says where.
inline constexpr std::string_view kDamaged = "workbook.damaged";
// Its XML declares a document type or entities, which no spreadsheet program writes: {part}.
inline constexpr std::string_view kForbiddenXml = "workbook.forbidden_xml";
// A text file that is neither UTF-8, UTF-16 nor GBK, or is damaged: {row = line, offset = byte from 0}.
inline constexpr std::string_view kEncoding = "workbook.encoding";
// A quoted field of a .csv that never ends: {row = where it begins}.
inline constexpr std::string_view kOpenQuote = "workbook.open_quote";
// Every sheet is hidden, or there is none that holds cells: {}.
inline constexpr std::string_view kNoVisibleSheet = "workbook.no_visible_sheet";

// --- the file is beyond a limit (limits.hpp) ---------------------------------------------------------
inline constexpr std::string_view kFileTooLarge = "workbook.file_too_large";          // {limit_mb, size_mb}
inline constexpr std::string_view kUnpackedTooLarge = "workbook.unpacked_too_large";  // {limit_mb}
inline constexpr std::string_view kTooManyParts = "workbook.too_many_parts";          // {limit}
inline constexpr std::string_view kTooManyRows = "workbook.too_many_rows";            // {limit}
inline constexpr std::string_view kTooManyColumns = "workbook.too_many_columns";      // {limit, row}
inline constexpr std::string_view kCellTooLong = "workbook.cell_too_long";            // {limit, row, column}
inline constexpr std::string_view kTooMuchText = "workbook.too_much_text";            // {limit_mb}

// --- the file is not what was asked for -------------------------------------------------------------
// The header differs from the template: {sheet, row, column, expected, found}, the first wrong column; `fields` has one
// entry for each wrong column {field = column letter, row, params expected and found}. Empty `expected`: a column too many.
inline constexpr std::string_view kHeader = "workbook.header";
// Something stands outside the template's columns: {row, column, found}.
inline constexpr std::string_view kExtraCell = "workbook.extra_cell";
// Another visible sheet behind the one read has the same header, and rows: {sheet, other}. None may be left out unseen.
inline constexpr std::string_view kSeveralSheets = "workbook.several_sheets";
// A header and nothing below it: {sheet}.
inline constexpr std::string_view kNoRows = "workbook.no_rows";

// --- other -------------------------------------------------------------------------------------------
// The progress callback returned false: {}.
inline constexpr std::string_view kCancelled = "workbook.cancelled";
// Writing failed inside the library or for want of temporary space: {}; detail says what.
inline constexpr std::string_view kNotWritten = "workbook.not_written";

}  // namespace qudao::workbook::errors
