#include "client/engine/row_ranges.hpp"

#include <algorithm>
#include <charconv>

namespace qudao::engine {
namespace {

bool number_in(std::string_view text, std::uint32_t& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size();
}

}  // namespace

std::string ranges_of(const std::vector<std::uint8_t>& marked) {
    std::string out;
    for (std::size_t row = 0; row < marked.size(); ++row) {
        if (marked[row] == 0) continue;
        std::size_t last = row;
        while (last + 1 < marked.size() && marked[last + 1] != 0) ++last;
        if (!out.empty()) out.push_back(',');
        out += std::to_string(row);
        if (last != row) out.append("-").append(std::to_string(last));
        row = last;
    }
    return out;
}

std::vector<std::uint32_t> rows_of_ranges(std::string_view ranges, std::size_t count) {
    std::vector<std::uint8_t> marked(count, 0);
    while (!ranges.empty()) {
        const std::size_t comma = ranges.find(',');
        const std::string_view part = ranges.substr(0, comma);
        ranges = comma == std::string_view::npos ? std::string_view() : ranges.substr(comma + 1);
        const std::size_t dash = part.find('-');
        std::uint32_t first = 0, last = 0;
        if (!number_in(part.substr(0, dash), first)) continue;
        last = first;
        if (dash != std::string_view::npos && !number_in(part.substr(dash + 1), last)) continue;
        for (std::size_t row = first; row <= last && row < count; ++row) marked[row] = 1;
    }
    std::vector<std::uint32_t> rows;
    for (std::size_t row = 0; row < count; ++row)
        if (marked[row] != 0) rows.push_back(static_cast<std::uint32_t>(row));
    return rows;
}

}  // namespace qudao::engine
