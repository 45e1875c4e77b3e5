#include "shared/base/formula.hpp"

#include "shared/base/text.hpp"

namespace qudao {
namespace {

bool is_signed_number(std::string_view text) {
    if (text.front() != '-' && text.front() != '+') return false;
    bool digit = false;
    bool point = false;
    for (const char c : text.substr(1)) {
        if (c == '.' && digit && !point) {
            point = true;
        } else if (c >= '0' && c <= '9') {
            digit = true;
        } else {
            return false;
        }
    }
    return digit;
}

}  // namespace

bool is_formula_like(std::string_view text) {
    if (text.empty() || is_signed_number(text)) return false;
    std::size_t pos = 0;
    const char32_t first = next_code_point(text, pos);
    for (const char32_t c : U"=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20")
        if (c != 0 && first == c) return true;
    return false;
}

}  // namespace qudao
