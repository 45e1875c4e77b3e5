// The part of the page's address after '#': "/customers?unit=12&name=南". One for every screen and its conditions,
// so that back, forward, reload and a copied link work.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace qudao::client {

struct Address {
    std::vector<std::string> path;                            // decoded segments
    std::vector<std::pair<std::string, std::string>> query;   // decoded, in order

    std::string_view segment(std::size_t at) const { return at < path.size() ? std::string_view(path[at]) : std::string_view(); }
    std::string_view get(std::string_view name) const;        // "" if absent
    std::int64_t number(std::string_view name) const;         // 0 if absent or none
    // Left out when empty (or 0), so that an address says only what differs from the usual.
    Address& with(std::string_view name, std::string_view value);
    Address& with(std::string_view name, std::int64_t value);
    friend bool operator==(const Address&, const Address&) = default;
};

// Takes whatever stands there: a broken escape stays as it is.
Address parse_address(std::string_view text);
std::string to_text(const Address& address);
std::int64_t number_in(std::string_view text);  // a positive decimal number, else 0

}  // namespace qudao::client
