// The customer code (客户编码): 13 digits, text: the area code with its leading zero and ten digits [fill]. Workbooks turn
// it into a number and lose the zero; people type it in full-width. What can be told for certain is mended, else refused.
#pragma once

#include <string>
#include <string_view>

namespace qudao {

inline constexpr std::size_t kCustomerCodeDigits = 13;

enum class CodeState : unsigned char {
    good,      // as it stood, or with nothing but spaces and widths mended
    restored,  // one lost leading zero was put back
    missing,   // nothing there
    bad,       // not a customer code, e.g. "7.71E+11", whose digits are gone
};

struct CustomerCode {
    CodeState state = CodeState::missing;
    std::string text;  // normalised; what was there when bad
};
CustomerCode read_customer_code(std::string_view typed);

}  // namespace qudao
