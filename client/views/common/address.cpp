#include "client/views/common/address.hpp"

#include <charconv>

namespace qudao::client {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
        const int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
        if (low >= 0) {
            out.push_back(static_cast<char>(high * 16 + low));
            i += 2;
        } else {
            out.push_back(text[i] == '+' ? ' ' : text[i]);
        }
    }
    return out;
}

// Only what would be taken for part of the address is escaped; letters of any language stay readable.
void append_encoded(std::string& out, std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.' || c == ',' || c == ':';
        if (plain) {
            out.push_back(c);
        } else {
            out.push_back('%');
            out.push_back(kDigits[byte >> 4]);
            out.push_back(kDigits[byte & 15]);
        }
    }
}

template <class Take>
void split(std::string_view text, char separator, Take take) {
    while (!text.empty()) {
        const std::size_t end = text.find(separator);
        if (const std::string_view part = text.substr(0, end); !part.empty()) take(part);
        if (end == std::string_view::npos) return;
        text.remove_prefix(end + 1);
    }
}

}  // namespace

std::int64_t number_in(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() && value > 0 ? value : 0;
}

std::string_view Address::get(std::string_view name) const {
    for (const auto& [key, value] : query)
        if (key == name) return value;
    return {};
}

std::int64_t Address::number(std::string_view name) const { return number_in(get(name)); }

Address& Address::with(std::string_view name, std::string_view value) {
    if (!value.empty()) query.emplace_back(name, value);
    return *this;
}

Address& Address::with(std::string_view name, std::int64_t value) {
    return value == 0 ? *this : with(name, std::string_view(std::to_string(value)));
}

Address parse_address(std::string_view text) {
    Address address;
    const std::size_t mark = text.find('?');
    split(text.substr(0, mark), '/', [&](std::string_view part) { address.path.push_back(decoded(part)); });
    if (mark == std::string_view::npos) return address;
    split(text.substr(mark + 1), '&', [&](std::string_view part) {
        const std::size_t equals = part.find('=');
        const std::string_view value = equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1);
        address.query.emplace_back(decoded(part.substr(0, equals)), decoded(value));
    });
    return address;
}

std::string to_text(const Address& address) {
    std::string out;
    for (const std::string& part : address.path) append_encoded(out.append("/"), part);
    char before = '?';
    for (const auto& [name, value] : address.query) {
        out.push_back(before);
        append_encoded(out, name);
        append_encoded(out.append("="), value);
        before = '&';
    }
    return out;
}

}  // namespace qudao::client
