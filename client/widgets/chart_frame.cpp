#include "client/widgets/chart_frame.hpp"

#include <algorithm>
#include <array>

#include "client/platform/paper.hpp"
#include "client/widgets/button.hpp"
#include "client/widgets/layout.hpp"
#include "client/widgets/text.hpp"

namespace qudao::ui::detail {

ChartFrame::ChartFrame(std::string_view id, const ChartOptions& options, bool& as_table) {
  ImGui::PushID(id.data(), id.data() + id.size());
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const float width = width_left();
  const float height = options.height > 0 ? options.height : std::max(height_left(), 180.0F);
  whole_ = ImRect(start, start + ImVec2(width, height));
  const bool has_table = options.words != nullptr && !options.words->table.empty();
  table_ = as_table && has_table;
  align_to_controls();
  strong(options.label);
  if (!options.unit.empty()) {
    beside(8);
    align_to_controls();
    muted(options.unit);
  }
  if (options.words != nullptr) {
    const ChartWords& w = *options.words;
    const float side = theme().size.control_height_small;
    beside(0);
    align_right(has_table ? 3 * side + 10 : side);
    if (has_table) {
      if (icon_button(Icon::chart, w.chart, {.kind = table_ ? ButtonKind::quiet : ButtonKind::primary, .small = true})) as_table = false;
      beside(2);
      if (icon_button(Icon::table, w.table, {.kind = table_ ? ButtonKind::primary : ButtonKind::quiet, .small = true})) as_table = true;
      beside(8);
    }
    if (icon_button(Icon::download, w.save, {.enabled = !table_, .small = true}))
      platform::save_picture(options.file_name.empty() ? std::string_view("chart.png") : options.file_name, whole_.Min.x, whole_.Min.y, whole_.Max.x, whole_.Max.y);
  }
  const float top = ImGui::GetCursorScreenPos().y + 2;
  area_ = ImRect(ImVec2(start.x, top), ImVec2(start.x + width, std::max(start.y + height, top + 60)));
  if (table_) return;
  a11y::note(a11y::Role::image, {area_.Min.x, area_.Min.y, area_.Max.x, area_.Min.y + 8}, options.label);
}

ChartFrame::~ChartFrame() {
  if (!table_) {
    ImGui::SetCursorScreenPos(area_.Min);
    ImGui::ItemSize(area_.GetSize(), 0);
  }
  ImGui::PopID();
}

ImRect legend(const ImRect& area, std::span<const LegendEntry> entries) {
  if (entries.size() < 2) return area;
  float x = area.Min.x;
  const float line = ImGui::GetFontSize();
  float y = area.Min.y + 2;
  for (const LegendEntry& entry : entries) {
    const float width = measure(entry.words).x + 34;
    if (x + width > area.Max.x && x > area.Min.x) {
      x = area.Min.x;
      y += line + 6;
    }
    canvas().AddRectFilled(ImVec2(x, y + 4), ImVec2(x + 10, y + 14), entry.colour, 2);
    put(ImVec2(x + 16, y), theme().colour.text_muted, entry.words);
    a11y::note(a11y::Role::text, {x, y, x + width - 18, y + line}, entry.words);
    x += width;
  }
  return ImRect(ImVec2(area.Min.x, y + line + 8), area.Max);
}

void hover_note(std::string_view what, std::string_view value) {
  ImGui::PushStyleColor(ImGuiCol_PopupBg, theme().colour.tooltip);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(10, 7));
  ImGui::PushStyleVar(ImGuiStyleVar_PopupBorderSize, 0.0F);
  ImGui::BeginTooltip();
  put_wrapped(what, std::min(measure(what).x + 1, 300.0F), theme().colour.tooltip_text, a11y::Role::status);
  put_wrapped(value, std::min(measure(value).x + 1, 300.0F), theme().colour.tooltip_text, a11y::Role::status);
  ImGui::EndTooltip();
  ImGui::PopStyleVar(2);
  ImGui::PopStyleColor();
}

Colour series_colour(std::size_t index) { return theme().colour.series[index % kSeriesColours]; }

std::string no_value_words(const ChartOptions& options) { return std::string(options.words != nullptr ? options.words->no_data : std::string_view("—")); }

}  // namespace qudao::ui::detail
