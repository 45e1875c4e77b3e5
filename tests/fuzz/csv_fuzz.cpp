// A .csv from a stranger, in whatever encoding. A header is put before what does not bring one, so that rows are reached.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "shared/workbook/move_template.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace qudao;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    workbook::ReadOptions options;
    options.limits.rows = 2000;
    const auto check = [&options](std::string_view text) {
        const auto sheet = workbook::read_moves(text, options);
        if (!sheet && sheet.error().code.empty()) std::abort();
        if (sheet && static_cast<std::int64_t>(sheet->rows.size()) > options.limits.rows) std::abort();
    };
    check(bytes);
    check("客户编码,目标单位编码,备注\n" + std::string(bytes));
    return 0;
}
