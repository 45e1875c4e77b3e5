#include "client/widgets/table_state.hpp"

#include <algorithm>

#include "client/platform/storage.hpp"
#include "client/widgets/detail.hpp"

namespace qudao::ui {

using namespace detail;

namespace detail {

TableDesk& table_desk() {
  static TableDesk the_desk;
  return the_desk;
}

void TableState::keep_layout() const { platform::store("table." + name, layout.text()); }

TableState& table_state(unsigned id, std::string_view name) {
  TableState& state = table_desk().tables[id];
  if (!state.layout_known) {
    state.name = name;
    state.layout_known = true;
    state.layout = TableLayout::parse(platform::stored("table." + state.name));
  }
  return state;
}

}  // namespace detail

void wish_for_table(TableUse use, bool selected_only) {
  TableDesk& desk = table_desk();
  const auto used = desk.tables.find(desk.used);
  const int frame = ImGui::GetFrameCount();
  const bool there = used != desk.tables.end() && used->second.drawn_in >= frame - 1;
  desk.wish = TableDesk::Wish{use, selected_only, there ? desk.used : 0};
  platform::wake();
}

std::optional<TakenTable> take_table() { return std::exchange(table_desk().taken, std::nullopt); }

bool table_has_selection() {
  const TableDesk& desk = table_desk();
  const auto used = desk.tables.find(desk.used);
  return used != desk.tables.end() && used->second.drawn_in >= ImGui::GetFrameCount() - 1 && !used->second.selection.empty();
}

std::string table_layouts() {
  std::string out;
  for (const auto& [id, state] : table_desk().tables)
    if (state.drawn_in >= ImGui::GetFrameCount() - 1) out.append(state.name).append("=").append(state.layout.text()).append("\n");
  return out;
}

void apply_table_layouts(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string name(line.substr(0, equals));
    platform::store("table." + name, line.substr(equals + 1));
    for (auto& [id, state] : table_desk().tables) {
      if (state.name != name) continue;
      state.layout = TableLayout::parse(line.substr(equals + 1));
      state.sized_for = 0;
    }
  }
  platform::wake();
}

}  // namespace qudao::ui
