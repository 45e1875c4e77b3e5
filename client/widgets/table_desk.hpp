// Where tables are handed out as words: somebody wishes, the table last used (or the first on screen) answers while
// the next frame is drawn, and the application takes the answer. One of it, as there is one screen.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "client/widgets/table_text.hpp"

namespace qudao::ui {

enum class TableUse : std::uint8_t { copy, save, print };

struct TakenTable {
  TableUse use = TableUse::copy;
  TableText text;
};

void wish_for_table(TableUse use, bool selected_only);
[[nodiscard]] std::optional<TakenTable> take_table();
// The table last used has rows selected, and no text is being edited.
[[nodiscard]] bool table_has_selection();

// The arrangement of every table on screen in the last frame, as text, and back: for saved views.
[[nodiscard]] std::string table_layouts();
void apply_table_layouts(std::string_view text);

}  // namespace qudao::ui
