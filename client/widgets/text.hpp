// Words on screen. Each is also said to the accessibility list, so tests and screen readers find it.
#pragma once

#include <string_view>

#include "client/widgets/theme.hpp"

namespace qudao::ui {

void text(std::string_view words);
void muted(std::string_view words);
void strong(std::string_view words);
void small(std::string_view words);                       // muted, one size down
void toned(Tone tone, std::string_view words);
void told(Tone tone, std::string_view words);             // the same, said by readers unasked: what is wrong
void heading(std::string_view words, float width = 0);    // of a card or a section, broken into lines like wrapped()
void title(std::string_view words);                       // of a page
// Broken into lines at `width` (0: what is left), Chinese punctuation kept off line starts.
void wrapped(std::string_view words, float width = 0);
void wrapped_muted(std::string_view words, float width = 0);
void wrapped_small(std::string_view words, float width = 0);
// One line, cut with … at `width` (0: what is left), whole in a tooltip.
void cut(std::string_view words, float width = 0);
// The same of two parts: the first gives way, so that the second is whole as long as there is room for it.
void cut_after(std::string_view lead, std::string_view words);
void cut_toned(Tone tone, std::string_view words, float width = 0);
[[nodiscard]] float text_width(std::string_view words);   // in the face of now
// Right-aligned in what is left of the line or cell.
void number(std::string_view digits);
void number_toned(Tone tone, std::string_view digits);

// A name and its value, names aligned at `name_width`.
void field(std::string_view name, std::string_view value, float name_width = 96);
// Label over a large figure, with an optional change below it.
void figure(std::string_view label, std::string_view value, std::string_view change = {}, Tone change_tone = Tone::neutral);

// Shown when the item just drawn is hovered.
void tooltip(std::string_view words);

}  // namespace qudao::ui
