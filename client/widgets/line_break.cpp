#include "client/widgets/line_break.hpp"

#include <algorithm>

namespace qudao::ui {
namespace {

constexpr std::u32string_view kNeverFirst = U"、。，．：；！？）】》〉」』”’…—·%％℃,.:;!?)]}>‰～";
constexpr std::u32string_view kNeverLast = U"（【《〈「『“‘([{<￥¥$";

bool is_ideographic(std::uint32_t c) {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF00 && c <= 0xFF60) ||
         (c >= 0x20000 && c <= 0x3FFFF) || c == 0x2014 || c == 0x2026 || c == 0x201C || c == 0x201D;
}

bool is_blank(std::uint32_t c) { return c == ' ' || c == '\t' || c == 0x3000; }

bool may_break_between(std::uint32_t left, std::uint32_t right) {
  if (kNeverFirst.find(static_cast<char32_t>(right)) != std::u32string_view::npos) return false;
  if (kNeverLast.find(static_cast<char32_t>(left)) != std::u32string_view::npos) return false;
  return is_blank(left) || is_ideographic(left) || is_ideographic(right);
}

std::string_view without_end_blanks(std::string_view line) {
  while (!line.empty() && (line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
  return line;
}

}  // namespace

std::uint32_t next_character(std::string_view words, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(words[i])); };
  const std::uint32_t lead = byte(at);
  const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 0;
  if (length == 0 || at + length > words.size()) {
    ++at;
    return 0xFFFD;
  }
  std::uint32_t character = length == 1 ? lead : lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80U) {
      ++at;
      return 0xFFFD;
    }
    character = (character << 6) | (byte(at + i) & 0x3FU);
  }
  at += length;
  return character;
}

std::vector<std::string_view> break_lines(std::string_view words, float width,
                                          const std::function<float(std::uint32_t)>& advance) {
  std::vector<std::string_view> lines;
  std::size_t start = 0, chance = 0, at = 0;   // chance: where this line could end; start when nowhere yet
  float used = 0, used_at_chance = 0;
  std::uint32_t last = 0;
  while (at < words.size()) {
    const std::size_t here = at;
    const std::uint32_t c = next_character(words, at);
    if (c == '\n') {
      lines.push_back(without_end_blanks(words.substr(start, here - start)));
      start = chance = at;
      used = 0;
      last = 0;
      continue;
    }
    if (here > start && may_break_between(last, c)) {
      chance = here;
      used_at_chance = used;
    }
    const float step = advance(c);
    if (used + step > width && here > start && !is_blank(c)) {
      // No chance in the whole line: it is cut where it is full.
      const std::size_t end = chance > start ? chance : here;
      lines.push_back(without_end_blanks(words.substr(start, end - start)));
      used = chance > start ? used - used_at_chance : 0;
      start = chance = end;
    }
    used += step;
    last = c;
  }
  if (start < words.size() || lines.empty()) lines.push_back(without_end_blanks(words.substr(start)));
  return lines;
}

}  // namespace qudao::ui
