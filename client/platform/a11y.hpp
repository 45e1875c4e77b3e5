// What is on screen, said once more in words: each widget notes its role, name and state with its rectangle.
// The list is mirrored as transparent ARIA elements that lie over the canvas, which is what a screen reader
// reads and what the browser tests click. ImGui's own widgets are noted by its test hooks; the wrappers in
// client/widgets add the role and value ImGui does not know.
#pragma once

#include <cstdint>
#include <string_view>

namespace qudao::platform::a11y {

enum class Role : std::uint8_t {
  none, text, heading, button, link, textbox, combobox, option, checkbox, radio, switch_, tab, row, cell,
  columnheader, treeitem, progressbar, dialog, alert, status, image, menuitem, table, searchbox,
};

struct State {
  bool disabled = false;
  bool checked = false;
  bool selected = false;
  bool expandable = false;
  bool expanded = false;
  bool invalid = false;
  int level = 0;            // of headings and tree items, from 1
};

struct Box {
  float left = 0, top = 0, right = 0, bottom = 0;   // CSS pixels on the page
};

// Of the widget just drawn: replaces what the hook noted for it.
void note_last_item(Role role, std::string_view label, std::string_view value = {}, const State& state = {});
// Of something ImGui has no item for (text, a drawn chart).
void note(Role role, const Box& box, std::string_view label, std::string_view value = {}, const State& state = {});

}  // namespace qudao::platform::a11y
