// Charts of parts: a treemap, and the flow of a bulk move from where to where.
#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "client/widgets/chart_frame.hpp"
#include "client/widgets/chart_geometry.hpp"
#include "client/widgets/layout.hpp"

namespace qudao::ui {
namespace {

using namespace detail;

constexpr float kBlock = 12;           // width of a flow's block
constexpr std::size_t kMostFlows = 400;

std::int64_t tile_table(std::span<const Tile> tiles, const std::vector<std::size_t>& order, const ValueWords& words, const ChartOptions& options, float height) {
  std::int64_t total = 0;
  for (const Tile& tile : tiles) total += std::max<std::int64_t>(tile.value, 0);
  const std::string sum = words(total);
  const Column columns[] = {{.key = "tile", .title = options.category, .total = options.words->total},
                            {.key = "value", .title = options.unit.empty() ? options.label : options.unit, .width = 150, .align = Align::right, .total = sum},
                            {.key = "share", .title = "%", .width = 70, .align = Align::right},
                            {.key = "note", .title = ""}};
  Table table("tiles", columns, {.row_count = static_cast<std::int64_t>(tiles.size()), .height = height, .label = options.label});
  while (table.next_row()) {
    const Tile& tile = tiles[order[static_cast<std::size_t>(table.row())]];
    const std::int64_t tenths = total > 0 ? (std::max<std::int64_t>(tile.value, 0) * 1000 + total / 2) / total : 0;
    table.begin_row({.key = tile.key, .label = tile.label});
    table.cell(tile.label);
    if (tile.value == kNoValue) table.cell_muted(options.words->no_data);
    else table.number(words(tile.value));
    table.number(std::to_string(tenths / 10) + "." + std::to_string(tenths % 10));
    table.cell_muted(tile.note);
  }
  return table.end().clicked_key;
}

void draw_tile(const Tile& tile, const Area& area, std::size_t place, const std::string& value, std::int64_t& pressed) {
  const Colours& c = theme().colour;
  const ImRect box(ImVec2(area.x + 1, area.y + 1), ImVec2(area.x + area.width - 1, area.y + area.height - 1));
  if (box.GetWidth() < 2 || box.GetHeight() < 2) return;
  ImGui::PushID(static_cast<int>(tile.key));
  const Press at = press_at(id_of("tile"), box, true, box.GetWidth() > 24 && box.GetHeight() > 16);
  ImGui::PopID();
  a11y::note_last_item(a11y::Role::button, tile.label, value);
  const Colour colour = series_colour(place);
  canvas().AddRectFilled(box.Min, box.Max, with_alpha(colour, at.hovered ? 110 : 70), 3);
  canvas().AddRect(box.Min, box.Max, colour, 3);
  const float line = ImGui::GetFontSize();
  if (box.GetHeight() > line + 6 && box.GetWidth() > 34) {
    put_cut(ImRect(box.Min + ImVec2(6, 4), ImVec2(box.Max.x - 4, box.Min.y + 4 + line)), c.text, tile.label);
    if (box.GetHeight() > 2 * line + 10) {
      const FaceScope face(Face::small);
      put_cut(ImRect(box.Min + ImVec2(6, 8 + line), ImVec2(box.Max.x - 4, box.Min.y + 8 + 2 * line)), c.text_muted, value);
    }
  }
  if (at.hovered) hover_note(tile.label, tile.note.empty() ? value : value + " · " + tile.note);
  if (at.pressed) pressed = tile.key;
}

// Names to blocks, in the order in which they are met.
int block_of(std::map<std::string_view, int>& blocks, std::string_view name) { return blocks.emplace(name, static_cast<int>(blocks.size())).first->second; }

void draw_band(ImVec2 from, ImVec2 to, float thick, Colour colour) {
  const float bend = (to.x - from.x) / 2;
  // As many quads as the bend needs to look round.
  constexpr int kSteps = 24;
  const auto point = [&](float t, float down) {
    const float u = 1 - t;
    const float x = u * u * u * from.x + 3 * u * u * t * (from.x + bend) + 3 * u * t * t * (to.x - bend) + t * t * t * to.x;
    const float y = u * u * u * from.y + 3 * u * u * t * from.y + 3 * u * t * t * to.y + t * t * t * to.y;
    return ImVec2(x, y + down);
  };
  // Softened edges would show as seams between the pieces.
  ImDrawList& list = canvas();
  const ImDrawListFlags flags = list.Flags;
  list.Flags &= ~ImDrawListFlags_AntiAliasedFill;
  for (int i = 0; i < kSteps; ++i) {
    const float a = static_cast<float>(i) / kSteps, b = static_cast<float>(i + 1) / kSteps;
    list.AddQuadFilled(point(a, 0), point(b, 0), point(b, thick), point(a, thick), colour);
  }
  list.Flags = flags;
}

void flow_table(std::span<const Flow> flows, const ValueWords& words, const FlowTitles& titles, const ChartOptions& options, float height) {
  const Column columns[] = {{.key = "from", .title = titles.from}, {.key = "to", .title = titles.to},
                            {.key = "value", .title = options.unit.empty() ? options.label : options.unit, .width = 130, .align = Align::right}};
  Table table("flow_table", columns, {.row_count = static_cast<std::int64_t>(flows.size()), .height = height, .clickable = false, .label = options.label});
  while (table.next_row()) {
    const Flow& flow = flows[static_cast<std::size_t>(table.row())];
    table.begin_row({.key = table.row(), .label = flow.to});
    table.cell(flow.from);
    table.cell(flow.to);
    table.number(words(flow.value));
  }
  (void)table.end();
}

struct FlowSide {
  const std::vector<FlowLayout::Block>& blocks;
  const std::map<std::string_view, int>& names;
  bool left = true;
};

// Blocks with their names; the one under the mouse, or -1.
int draw_side(const FlowSide& side, const ImRect& area, float label_room, const ValueWords& words) {
  const Colours& c = theme().colour;
  int over = -1;
  const float x = side.left ? area.Min.x + label_room : area.Max.x - label_room - kBlock;
  const float line = ImGui::GetFontSize();
  for (const auto& [name, index] : side.names) {
    const FlowLayout::Block& block = side.blocks[static_cast<std::size_t>(index)];
    const ImRect box(ImVec2(x, area.Min.y + block.top), ImVec2(x + kBlock, area.Min.y + block.top + std::max(block.height, 1.0F)));
    canvas().AddRectFilled(box.Min, box.Max, side.left ? c.before : c.after, 2);
    const ImRect reach(ImVec2(side.left ? area.Min.x : x, box.Min.y), ImVec2(side.left ? box.Max.x : area.Max.x, std::max(box.Max.y, box.Min.y + 4)));
    const std::string value = words(block.value);
    a11y::note(a11y::Role::text, {reach.Min.x, reach.Min.y, reach.Max.x, std::max(reach.Max.y, reach.Min.y + 2)}, std::string(name) + ": " + value);
    if (ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(reach.Min, reach.Max)) {
      over = index;
      hover_note(name, value);
    }
    if (block.height < line * 0.7F) continue;
    const float room = label_room - 10, width = std::min(measure(name).x, room);
    const float at = side.left ? x - 6 - width : box.Max.x + 6;
    const float y = std::floor((box.Min.y + box.Max.y - line) / 2);
    put_cut(ImRect(ImVec2(at, y), ImVec2(at + width + 0.5F, y + line)), c.text, name);
  }
  return over;
}

}  // namespace

std::int64_t treemap(std::string_view id, std::span<const Tile> tiles, const ValueWords& words, const ChartOptions& options, bool& as_table) {
  if (skipped()) return -1;
  std::vector<std::size_t> order(tiles.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return tiles[a].value > tiles[b].value; });
  const ChartFrame frame(id, options, as_table);
  if (frame.table()) return tile_table(tiles, order, words, options, frame.table_height());
  std::vector<std::int64_t> values;
  for (const std::size_t at : order) values.push_back(tiles[at].value);
  const ImRect& box = frame.area();
  const std::vector<Area> areas = treemap_areas(values, {box.Min.x, box.Min.y, box.GetWidth(), box.GetHeight()});
  std::int64_t pressed = -1;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (values[i] <= 0) break;
    draw_tile(tiles[order[i]], areas[i], i, words(values[i]), pressed);
  }
  return pressed;
}

void flow_picture(std::string_view id, std::span<const Flow> flows, const ValueWords& words, const FlowTitles& titles, const ChartOptions& options,
                  bool& as_table) {
  if (skipped()) return;
  const ChartFrame frame(id, options, as_table);
  if (frame.table()) return flow_table(flows, words, titles, options, frame.table_height());
  // The largest; the table has them all.
  const std::span<const Flow> shown = flows.first(std::min(flows.size(), kMostFlows));
  std::map<std::string_view, int> left_names, right_names;
  std::vector<FlowValue> values;
  for (const Flow& flow : shown) {
    const int from = block_of(left_names, flow.from), to = block_of(right_names, flow.to);
    values.push_back({from, to, std::max<std::int64_t>(flow.value, 0)});
  }
  const float line = ImGui::GetFontSize();
  put(frame.area().Min, theme().colour.text_muted, titles.from);
  put(ImVec2(frame.area().Max.x - measure(titles.to).x, frame.area().Min.y), theme().colour.text_muted, titles.to);
  const ImRect area(ImVec2(frame.area().Min.x, frame.area().Min.y + line + 8), frame.area().Max);
  const float label_room = std::clamp(area.GetWidth() * 0.28F, 60.0F, 220.0F);
  const FlowLayout layout = flow_layout(values, static_cast<int>(left_names.size()), static_cast<int>(right_names.size()), area.GetHeight(), 6);
  const int over_left = draw_side({layout.left, left_names, true}, area, label_room, words);
  const int over_right = draw_side({layout.right, right_names, false}, area, label_room, words);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const FlowLayout::Band& band = layout.bands[i];
    const bool lit = values[i].from == over_left || values[i].to == over_right;
    const bool dimmed = (over_left >= 0 || over_right >= 0) && !lit;
    const Colour colour = with_alpha(series_colour(static_cast<std::size_t>(values[i].to)), lit ? 170U : dimmed ? 28U : 84U);
    draw_band(ImVec2(area.Min.x + label_room + kBlock, area.Min.y + band.left_top), ImVec2(area.Max.x - label_room - kBlock, area.Min.y + band.right_top),
              std::max(band.height, 1.0F), colour);
  }
}

}  // namespace qudao::ui
