// Charts of parts: a treemap, and the flow of a bulk move from where to where.
#include <algorithm>
#include <cmath>
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
constexpr float kFlowGap = 4;

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
  TileWords words{.line = line, .name_width = measure(tile.label).x};
  {
    const FaceScope face(Face::small);
    words.small_line = ImGui::GetFontSize();
    words.value_width = measure(value).x;
  }
  const TileFits fits = tile_fits(box.GetWidth(), box.GetHeight(), words);
  if (fits.name) put_cut(ImRect(box.Min + ImVec2(6, 4), ImVec2(box.Max.x - 4, box.Min.y + 4 + line)), c.text, tile.label);
  if (fits.value) {
    const FaceScope face(Face::small);
    put(box.Min + ImVec2(6, 8 + line), c.text_muted, value);
  }
  if (at.hovered) hover_note(tile.label, tile.note.empty() ? value : value + " · " + tile.note);
  if (at.pressed) pressed = tile.key;
}

struct Band {
  ImVec2 from, to;   // its upper edge
  float thick = 1;
  [[nodiscard]] ImVec2 at(float share) const { return {from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * band_bend(share)}; }
  [[nodiscard]] bool holds(ImVec2 point) const {
    if (point.x < from.x || point.x > to.x || to.x <= from.x) return false;
    const float top = at((point.x - from.x) / (to.x - from.x)).y;
    return point.y >= top && point.y <= top + thick;
  }
};

void draw_band(const Band& band, Colour colour) {
  // As many quads as the bend needs to look round.
  constexpr int kSteps = 24;
  // Softened edges would show as seams between the pieces.
  ImDrawList& list = canvas();
  const ImDrawListFlags flags = list.Flags;
  list.Flags &= ~ImDrawListFlags_AntiAliasedFill;
  const ImVec2 down(0, band.thick);
  ImVec2 last = band.at(0);
  for (int i = 1; i <= kSteps; ++i) {
    const ImVec2 next = band.at(static_cast<float>(i) / kSteps);
    list.AddQuadFilled(last, next, next + down, last + down, colour);
    last = next;
  }
  list.Flags = flags;
}

void flow_table(const FlowChart& chart, const ChartOptions& options, float height) {
  const Column columns[] = {{.key = "from", .title = chart.from}, {.key = "to", .title = chart.to},
                            {.key = "value", .title = options.unit.empty() ? options.label : options.unit, .width = 130, .align = Align::right}};
  Table table("flow_table", columns, {.row_count = static_cast<std::int64_t>(chart.flows.size()), .height = height, .clickable = false, .label = options.label});
  while (table.next_row()) {
    const Flow& flow = chart.flows[static_cast<std::size_t>(table.row())];
    const FlowBlock& to = chart.right[static_cast<std::size_t>(flow.to)];
    table.begin_row({.key = table.row(), .label = to.label});
    table.cell(chart.left[static_cast<std::size_t>(flow.from)].label);
    table.cell(to.label);
    table.number(chart.words(flow.value));
  }
  (void)table.end();
}

std::string with_note(std::string value, std::string_view note) {
  if (!note.empty()) value.append(" · ").append(note);
  return value;
}

struct FlowSide {
  std::span<const FlowBlock> blocks;
  const std::vector<FlowLayout::Block>& places;
  bool left = true;
};

// The block's name beside it, its figure too where there is room for both.
void draw_block_name(const FlowBlock& block, const std::string& value, ImVec2 at, bool left, float room) {
  const Colours& c = theme().colour;
  const float line = ImGui::GetFontSize(), y = std::floor(at.y - line / 2), name = std::min(measure(block.label).x, room);
  const float figure = measure(value).x + 8;
  put_cut(left ? ImRect(ImVec2(at.x - name, y), ImVec2(at.x + 0.5F, y + line)) : ImRect(ImVec2(at.x, y), ImVec2(at.x + name + 0.5F, y + line)), block.others ? c.text_muted : c.text, block.label);
  if (name + figure <= room) put(ImVec2(left ? at.x - name - figure : at.x + name + 8, y), c.text_muted, value);
}

// Blocks with their names; the one under the mouse, or -1.
int draw_side(const FlowSide& side, const ImRect& area, float label_room, const ValueWords& words) {
  const Colours& c = theme().colour;
  int over = -1;
  const float x = side.left ? area.Min.x + label_room : area.Max.x - label_room - kBlock;
  const float line = ImGui::GetFontSize();
  for (std::size_t i = 0; i < side.blocks.size(); ++i) {
    const FlowBlock& block = side.blocks[i];
    const FlowLayout::Block& place = side.places[i];
    const ImRect box(ImVec2(x, area.Min.y + place.top), ImVec2(x + kBlock, area.Min.y + place.top + std::max(place.height, 1.0F)));
    canvas().AddRectFilled(box.Min, box.Max, block.others ? c.text_faint : side.left ? c.before : c.after, 2);
    const float middle = area.Min.y + place.middle(), half = std::max(place.room, 4.0F) / 2;
    const ImRect reach(ImVec2(side.left ? area.Min.x : x, middle - half), ImVec2(side.left ? box.Max.x : area.Max.x, middle + half));
    const std::string value = words(place.value);
    a11y::note(a11y::Role::text, {reach.Min.x, reach.Min.y, reach.Max.x, reach.Max.y}, std::string(block.label) + ": " + value, block.note);
    if (ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(reach.Min, reach.Max)) {
      over = static_cast<int>(i);
      hover_note(block.label, with_note(value, block.note));
    }
    if (place.room >= line * 0.9F) draw_block_name(block, value, ImVec2(side.left ? box.Min.x - 6 : box.Max.x + 6, middle), side.left, label_room - 10);
  }
  return over;
}

// The flow under the mouse, or -1: the last drawn is on top.
int flow_hovered(const FlowChart& chart, std::span<const Band> bands) {
  if (!ImGui::IsWindowHovered()) return -1;
  for (std::size_t i = bands.size(); i-- > 0;) {
    if (!bands[i].holds(ImGui::GetMousePos())) continue;
    const Flow& flow = chart.flows[i];
    hover_note(std::string(chart.left[static_cast<std::size_t>(flow.from)].label) + " → " + std::string(chart.right[static_cast<std::size_t>(flow.to)].label),
               with_note(chart.words(flow.value), flow.note));
    return static_cast<int>(i);
  }
  return -1;
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

std::size_t flow_blocks_left() {
  // What stands over the blocks: the chart's name and tools, and what the sides are called.
  const float line = ImGui::GetFontSize();
  return flow_blocks_in(std::max(height_left(), 180.0F) - theme().size.control_height_small - 2 * line, line);
}

void flow_picture(std::string_view id, const FlowChart& chart, const ChartOptions& options, bool& as_table) {
  if (skipped()) return;
  const ChartFrame frame(id, options, as_table);
  if (frame.table()) return flow_table(chart, options, frame.table_height());
  const float line = ImGui::GetFontSize();
  put(frame.area().Min, theme().colour.text_muted, chart.from);
  put(ImVec2(frame.area().Max.x - measure(chart.to).x, frame.area().Min.y), theme().colour.text_muted, chart.to);
  const ImRect area(ImVec2(frame.area().Min.x, frame.area().Min.y + line + 8), frame.area().Max);
  const float label_room = std::clamp(area.GetWidth() * 0.32F, 60.0F, 340.0F);
  std::vector<FlowValue> values;
  for (const Flow& flow : chart.flows) values.push_back({flow.from, flow.to, std::max<std::int64_t>(flow.value, 0)});
  const FlowLayout layout = flow_layout(values, static_cast<int>(chart.left.size()), static_cast<int>(chart.right.size()), {area.GetHeight(), kFlowGap, line + 1});
  if (values.empty()) return;
  const int over_left = draw_side({chart.left, layout.left, true}, area, label_room, chart.words);
  const int over_right = draw_side({chart.right, layout.right, false}, area, label_room, chart.words);
  std::vector<Band> bands;
  for (const FlowLayout::Band& band : layout.bands)
    bands.push_back({ImVec2(area.Min.x + label_room + kBlock, area.Min.y + band.left_top), ImVec2(area.Max.x - label_room - kBlock, area.Min.y + band.right_top), std::max(band.height, 1.0F)});
  const int over = over_left < 0 && over_right < 0 ? flow_hovered(chart, bands) : -1;
  const bool any = over_left >= 0 || over_right >= 0 || over >= 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const bool lit = values[i].from == over_left || values[i].to == over_right || static_cast<int>(i) == over;
    const auto to = static_cast<std::size_t>(values[i].to);
    const Colour colour = chart.right[to].others ? theme().colour.text_faint : series_colour(to);
    draw_band(bands[i], with_alpha(colour, lit ? 170U : any ? 28U : 84U));
  }
}

}  // namespace qudao::ui
