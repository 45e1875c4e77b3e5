// A .xlsx from a stranger. Bytes that begin with "PK" are read as they are; anything else becomes the worksheet of a
// package that is otherwise sound, since random bytes never get past a ZIP's checksums to the XML behind them.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "shared/workbook/move_template.hpp"
#include "shared/workbook/refused_rows.hpp"
#include "shared/workbook/zip_writer.hpp"

namespace {

using namespace qudao;

constexpr std::string_view kTypes =
    R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>)";
constexpr std::string_view kRootLinks =
    R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>)";
constexpr std::string_view kWorkbook =
    R"(<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="s" sheetId="1" r:id="s"/></sheets></workbook>)";
constexpr std::string_view kWorkbookLinks =
    R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="t" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>)";
constexpr std::string_view kTexts =
    R"(<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>客户编码</t></si><si><t>目标单位编码</t></si><si><t>备注</t></si><si><r><t>07710</t></r><r><t>000001</t></r></si></sst>)";

std::string packed(std::string_view sheet) {
    workbook::ZipWriter zip;
    const auto part = [&zip](std::string_view name, std::string_view bytes) {
        zip.begin(name);
        zip.write(bytes);
        zip.end();
    };
    part("[Content_Types].xml", kTypes);
    part("_rels/.rels", kRootLinks);
    part("xl/workbook.xml", kWorkbook);
    part("xl/_rels/workbook.xml.rels", kWorkbookLinks);
    part("xl/sharedStrings.xml", kTexts);
    part("xl/worksheets/sheet1.xml", sheet);
    auto bytes = std::move(zip).finish();
    if (!bytes) std::abort();
    return std::move(*bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    workbook::ReadOptions options;
    options.limits.unpacked_bytes = 4 * workbook::kMegabyte;
    options.limits.rows = 2000;
    const auto sheet = workbook::read_moves(bytes.starts_with("PK") ? std::string(bytes) : packed(bytes), options);
    if (!sheet) {
        if (sheet.error().code.empty()) std::abort();  // an error without a code cannot be told to a person
        return 0;
    }
    // What was read can be given back as refused rows, and read again with as many rows.
    std::vector<workbook::RefusedRow> refused;
    for (std::uint32_t row = 0; row < sheet->rows.size(); ++row) refused.push_back({row, "code", "reason"});
    const auto written = workbook::write_refused_rows(sheet->rows, refused);
    if (!written) std::abort();
    const auto again = workbook::read_moves(*written);
    if (!again || again->rows.size() != sheet->rows.size() || !again->was_refused_rows) std::abort();
    return 0;
}
