#include "shared/domain/customer_code.hpp"

#include <algorithm>

#include "shared/base/text.hpp"

namespace qudao {

CustomerCode read_customer_code(std::string_view typed) {
    std::string code = normalize_code(typed);
    if (code.empty()) return {CodeState::missing, {}};
    const bool digits = std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (digits && code.size() == kCustomerCodeDigits) return {CodeState::good, std::move(code)};
    // Area codes of the province are "0" and three digits, so twelve digits are a code without its zero.
    if (digits && code.size() == kCustomerCodeDigits - 1) return {CodeState::restored, "0" + code};
    return {CodeState::bad, std::move(code)};
}

}  // namespace qudao
