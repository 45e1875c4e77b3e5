#include "shared/base/gbk.hpp"

#include <memory>

#include "shared/base/text.hpp"

namespace qudao {
namespace {

// kGbkToUnicode[(lead - 0x81) * 190 + trail - 0x40 - (trail > 0x7f)], 0 = not assigned.
#include "gbk_table.inc"

constexpr std::size_t kTrails = 190;

char32_t from_gbk(unsigned char lead, unsigned char trail) {
    if (lead < 0x81 || lead > 0xFE || trail < 0x40 || trail == 0x7F || trail > 0xFE) return 0;
    const std::size_t column = trail - 0x40u - (trail > 0x7Fu ? 1u : 0u);
    return kGbkToUnicode[(lead - 0x81u) * kTrails + column];
}

struct ReverseTable {
    std::uint16_t code[0x10000] = {};
    ReverseTable() {
        for (unsigned lead = 0x81; lead <= 0xFE; ++lead)
            for (unsigned trail = 0x40; trail <= 0xFE; ++trail) {
                const char32_t c = from_gbk(static_cast<unsigned char>(lead), static_cast<unsigned char>(trail));
                if (c != 0 && code[c] == 0) code[c] = static_cast<std::uint16_t>(lead << 8 | trail);
            }
    }
};

}  // namespace

Result<std::string> gbk_to_utf8(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 2);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto lead = static_cast<unsigned char>(bytes[i]);
        if (lead < 0x80) {
            out.push_back(bytes[i]);
            continue;
        }
        if (lead == 0x80) {  // where Windows, which calls its superset of GBK the same, keeps the euro sign
            append_utf8(out, U'\u20AC');
            continue;
        }
        const char32_t c = i + 1 < bytes.size() ? from_gbk(lead, static_cast<unsigned char>(bytes[i + 1])) : 0;
        if (c == 0) return Error::of("text.not_gbk").with("offset", static_cast<std::int64_t>(i));
        append_utf8(out, c);
        ++i;
    }
    return out;
}

std::uint16_t gbk_code(char32_t code_point) {
    static const std::unique_ptr<const ReverseTable> table = std::make_unique<ReverseTable>();
    return code_point < 0x80 || code_point > 0xFFFF ? std::uint16_t{0} : table->code[code_point];
}

}  // namespace qudao
