#include "shared/base/money.hpp"

#include <charconv>

namespace qudao {
namespace {

std::string grouped(std::uint64_t value, bool thousands) {
    std::string digits = std::to_string(value);
    if (!thousands) return digits;
    std::string out;
    out.reserve(digits.size() + digits.size() / 3);
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i != 0 && (digits.size() - i) % 3 == 0) out.push_back(',');
        out.push_back(digits[i]);
    }
    return out;
}

std::uint64_t magnitude(std::int64_t value) {
    return value < 0 ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
}

}  // namespace

std::string format_yuan(Fen amount_fen, bool thousands) {
    const std::uint64_t all = magnitude(amount_fen);
    const std::uint64_t cents = all % 100;
    std::string out = amount_fen < 0 ? "-" : "";
    out += grouped(all / 100, thousands);
    out += '.';
    out += static_cast<char>('0' + cents / 10);
    out += static_cast<char>('0' + cents % 10);
    return out;
}

std::string format_count(std::int64_t count) {
    return (count < 0 ? "-" : "") + grouped(magnitude(count), true);
}

Result<Fen> parse_yuan(std::string_view text) {
    const auto bad = [&] { return Error::of("money.format").with("text", text); };
    std::string digits;
    std::size_t decimals = 0;
    bool point = false;
    bool negative = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '-' && i == 0) negative = true;
        else if (c == ',' && !point && !digits.empty()) continue;
        else if (c == '.' && !point) point = true;
        else if (c >= '0' && c <= '9') {
            digits.push_back(c);
            if (point) ++decimals;
        } else return bad();
    }
    if (digits.empty() || decimals > 2 || digits.size() > 16) return bad();
    digits.append(2 - decimals, '0');
    std::int64_t value = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (parsed.ec != std::errc{}) return bad();
    return negative ? -value : value;
}

}  // namespace qudao
