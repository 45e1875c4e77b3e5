// Placeholders of a text: {name}. Checked when the program is compiled: both languages must name the same ones.
#pragma once

#include <string_view>

namespace qudao::client {

// The placeholder that begins at or after `from`, without its braces; empty when there is none. Moves `from` behind it.
constexpr std::string_view next_placeholder(std::string_view text, std::size_t& from) {
    const std::size_t open = text.find('{', from);
    if (open == std::string_view::npos) {
        from = text.size();
        return {};
    }
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos) {
        from = text.size();
        return {};
    }
    from = close + 1;
    return text.substr(open + 1, close - open - 1);
}

constexpr bool has_placeholder(std::string_view text, std::string_view name) {
    for (std::size_t at = 0; at < text.size();) {
        if (next_placeholder(text, at) == name) return true;
    }
    return false;
}

// Every placeholder of `a` stands in `b` as well.
constexpr bool placeholders_within(std::string_view a, std::string_view b) {
    for (std::size_t at = 0; at < a.size();) {
        const std::string_view name = next_placeholder(a, at);
        if (!name.empty() && !has_placeholder(b, name)) return false;
    }
    return true;
}

// What is required of a pair of translations: neither is empty, and they take the same values.
constexpr bool translations_agree(std::string_view zh, std::string_view en) {
    return !zh.empty() && !en.empty() && placeholders_within(zh, en) && placeholders_within(en, zh);
}

}  // namespace qudao::client
