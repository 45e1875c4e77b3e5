#include "shared/api/call.hpp"

#include <charconv>

#include "shared/base/text.hpp"

namespace qudao::api {
namespace {

std::string_view parameter(const Parameters& parameters, std::string_view name) {
    for (const auto& [key, value] : parameters)
        if (key == name) return value;
    return {};
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::string_view Call::path_parameter(std::string_view name) const { return parameter(path, name); }
std::string_view Call::query_parameter(std::string_view name) const { return parameter(query, name); }

Result<std::int64_t> Call::path_id(std::string_view name) const {
    const std::string_view text = path_parameter(name);
    std::int64_t id = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), id);
    if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size() || id <= 0) return Error::of("request.invalid").at(name, "type");
    return id;
}

Result<std::int64_t> Call::query_number(std::string_view name) const {
    const std::string_view text = query_parameter(name);
    std::int64_t value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    if (!text.empty() && (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size() || value < 0)) return Error::of("request.invalid").at(name, "type");
    return value;
}

Result<std::string> percent_decode(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_space) {
            out.push_back(' ');
        } else if (text[i] == '%') {
            const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
            if (high < 0 || low < 0) return Error::of("request.encoding");
            out.push_back(static_cast<char>(high * 16 + low));
            i += 2;
        } else {
            out.push_back(text[i]);
        }
    }
    if (!is_valid_utf8(out)) return Error::of("request.encoding");
    return out;
}

Result<Parameters> parse_query(std::string_view query) {
    Parameters parameters;
    for (std::size_t from = 0; from < query.size();) {
        const std::size_t end = std::min(query.find('&', from), query.size());
        const std::string_view pair = query.substr(from, end - from);
        from = end + 1;
        if (pair.empty()) continue;
        const std::size_t equals = std::min(pair.find('='), pair.size());
        QUDAO_TRY(name, percent_decode(pair.substr(0, equals), true));
        QUDAO_TRY(value, percent_decode(equals < pair.size() ? pair.substr(equals + 1) : "", true));
        parameters.emplace_back(std::move(name), std::move(value));
    }
    return parameters;
}

}  // namespace qudao::api
