// Comparing secrets: the time taken tells nothing of where they differ. Passwords are compared by their hashes, which is
// the business of ports::Secrets.
#pragma once

#include <string_view>

namespace qudao {

inline bool same_secret(std::string_view given, std::string_view expected) {
    // Volatile, so that no compiler leaves the loop early. That the lengths differ is no secret.
    volatile unsigned difference = given.size() == expected.size() ? 0 : 1;
    for (std::size_t i = 0; i < given.size(); ++i) {
        const char other = expected.empty() ? '\0' : expected[i % expected.size()];
        difference = difference | static_cast<unsigned>(static_cast<unsigned char>(given[i] ^ other));
    }
    return difference == 0;
}

}  // namespace qudao
