#include "shared/base/base64.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace qudao {
namespace {

constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<std::int8_t, 256> kValues = [] {
    std::array<std::int8_t, 256> values{};
    for (auto& value : values) value = -1;
    for (std::size_t i = 0; i < kDigits.size(); ++i) values[static_cast<unsigned char>(kDigits[i])] = static_cast<std::int8_t>(i);
    return values;
}();

}  // namespace

std::string to_base64(std::string_view bytes) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::size_t have = std::min<std::size_t>(3, bytes.size() - at);
        std::uint32_t word = 0;
        for (std::size_t i = 0; i < 3; ++i) word = word << 8 | (i < have ? static_cast<unsigned char>(bytes[at + i]) : 0u);
        for (std::size_t i = 0; i < 4; ++i) out.push_back(i <= have ? kDigits[word >> (18 - 6 * i) & 63] : '=');
    }
    return out;
}

Result<std::string> from_base64(std::string_view text) {
    const auto bad = [] { return Error::of("text.not_base64"); };
    if (text.size() % 4 != 0) return bad();
    std::size_t padding = 0;
    while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
    std::string out;
    out.reserve(text.size() / 4 * 3);
    for (std::size_t at = 0; at < text.size(); at += 4) {
        const std::size_t digits = at + 4 == text.size() ? 4 - padding : 4;
        std::uint32_t word = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            const std::int8_t value = i < digits ? kValues[static_cast<unsigned char>(text[at + i])] : std::int8_t{0};
            if (value < 0) return bad();
            word = word << 6 | static_cast<std::uint32_t>(value);
        }
        for (std::size_t i = 0; i + 1 < digits; ++i) out.push_back(static_cast<char>(static_cast<unsigned char>(word >> (16 - 8 * i) & 255)));
    }
    return out;
}

}  // namespace qudao
