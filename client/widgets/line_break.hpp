// Where a text may be broken into lines: after blanks, and between ideographs, but Chinese closing marks never
// begin a line and opening marks never end one. ImGui breaks at blanks alone. Pure.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace qudao::ui {

// `advance` is the width of one character. Each line is a part of `words`, without the blank it was broken at.
[[nodiscard]] std::vector<std::string_view> break_lines(std::string_view words, float width,
                                                        const std::function<float(std::uint32_t)>& advance);

// One UTF-8 character at `at` (U+FFFD, one byte, where it is malformed); `at` moves behind it.
[[nodiscard]] std::uint32_t next_character(std::string_view words, std::size_t& at);

}  // namespace qudao::ui
