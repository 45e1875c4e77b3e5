#include "client/widgets/layout.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "client/platform/platform.hpp"
#include "client/widgets/button.hpp"
#include "client/widgets/detail.hpp"
#include "client/widgets/text.hpp"

namespace qudao::ui {
namespace {

using namespace detail;

constexpr ImGuiWindowFlags kFixed = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                                    ImGuiWindowFlags_NoBringToFrontOnFocus;

// A popup whose view is gone would shut everything else out for ever.
void close_orphaned_popups() {
  ImGuiContext& g = *ImGui::GetCurrentContext();
  for (int n = 0; n < g.OpenPopupStack.Size; ++n) {
    const ImGuiWindow* window = g.OpenPopupStack[n].Window;
    if (window != nullptr && window->LastFrameActive < g.FrameCount - 1) {
      ImGui::ClosePopupToLevel(n, true);
      return;
    }
  }
}

void fixed_child(const char* id, ImVec2 size, ImVec2 padding, ImGuiWindowFlags flags, Colour fill = 0) {
  ImGui::PushStyleColor(ImGuiCol_ChildBg, fill);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, padding);
  ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, 0.0F);
  ImGui::BeginChild(id, size, false, flags | ImGuiWindowFlags_AlwaysUseWindowPadding | ImGuiWindowFlags_NavFlattened);
  ImGui::PopStyleVar(2);
  ImGui::PopStyleColor();
}

// A screen opened by the keyboard gives the focus to its title: readers say where one is, and Tab goes on from there. It is not
// framed: there is nothing to press.
struct Arrival {
  ImGuiID page = 0;        // drawn last
  bool by_keys = false;    // what was used last
  bool wanted = false;
};
Arrival& arrival() {
  static Arrival the_arrival;
  return the_arrival;
}

void note_what_is_used() {
  const ImGuiIO& io = ImGui::GetIO();
  if (io.MouseClicked[0]) arrival().by_keys = false;
  for (const ImGuiKey key : {ImGuiKey_Tab, ImGuiKey_Enter, ImGuiKey_Space, ImGuiKey_UpArrow, ImGuiKey_DownArrow, ImGuiKey_LeftArrow, ImGuiKey_RightArrow})
    if (ImGui::IsKeyPressedMap(key, false)) arrival().by_keys = true;
}

void page_title(std::string_view words, float room) {
  const FaceScope face(Face::title);
  const ImVec2 at = ImGui::GetCursorScreenPos(), size(std::min(measure(words).x, room), ImGui::GetFontSize());
  const ImRect box(at, at + size);
  const ImGuiID item = id_of("##title");
  ImGuiContext& g = *ImGui::GetCurrentContext();
  // A dialog that is still closing would take the focus back.
  if (arrival().wanted && g.OpenPopupStack.Size == 0) {
    arrival().wanted = false;
    ImGuiWindow& window = *ImGui::GetCurrentWindow();
    ImGui::FocusWindow(&window);
    ImGui::SetNavID(item, ImGuiNavLayer_Main, window.DC.NavFocusScopeIdCurrent, ImGui::WindowRectAbsToRel(&window, box));
    show_focus_after_tab();
  }
  ImGui::ItemSize(size, 0);
  if (ImGui::ItemAdd(box, item, nullptr, ImGuiItemFlags_NoNav | ImGuiItemFlags_NoNavDefaultFocus | ImGuiItemFlags_NoTabStop)) {
    const bool cut = put_cut(box, theme().colour.text, words);
    if (cut) tooltip(words);
  }
  a11y::note_last_item(a11y::Role::heading, words, {}, {.level = 1});
}

}  // namespace

void environment_strip(std::string_view words, std::string_view detail) {
  // In front of everything, dialogs and their shade included.
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  const ToneColours& warn = colours_of(Tone::warn);
  const float width = ImGui::GetIO().DisplaySize.x, height = theme().size.strip_height;
  list.AddRectFilled(ImVec2(0, 0), ImVec2(width, height), theme().colour.strip);
  list.AddRectFilled(ImVec2(0, height - 1), ImVec2(width, height), warn.line);
  const FaceScope face(Face::body);
  const ImVec2 size = measure(words), more = measure(detail);
  const float gap_width = detail.empty() ? 0 : 18;
  const float x = std::floor((width - size.x - more.x - gap_width) / 2), y = std::floor((height - ImGui::GetFontSize()) / 2);
  list.AddText(ImVec2(x, y), theme().colour.strip_text, words.data(), words.data() + words.size());
  list.AddText(ImVec2(x + size.x + gap_width, y), warn.text, detail.data(), detail.data() + detail.size());
  a11y::note(a11y::Role::status, {x, 0, x + size.x, height}, words);
  if (!detail.empty()) a11y::note(a11y::Role::status, {x + size.x + gap_width, 0, x + size.x + gap_width + more.x, height}, detail);
}

Screen::Screen(bool strip_above) {
  close_orphaned_popups();
  note_what_is_used();
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  fit_look(screen.y);
  const float top = strip_above ? theme().size.strip_height : 0;
  ImGui::SetNextWindowPos(ImVec2(0, top));
  ImGui::SetNextWindowSize(ImVec2(screen.x, screen.y - top));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0.0F);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  ImGui::Begin("##screen", nullptr, kFixed | ImGuiWindowFlags_NoScrollWithMouse);
  ImGui::PopStyleVar(3);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
}

Screen::~Screen() {
  ImGui::PopStyleVar();
  ImGui::End();
}

TopBar::TopBar(std::string_view product, std::string_view place, float right_width) {
  const Colours& c = theme().colour;
  const float height = theme().size.top_bar_height;
  fixed_child("top", ImVec2(0, height), ImVec2(0, 0), ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse, c.surface);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(theme().size.gap_s, theme().size.gap_s));
  const ImVec2 corner = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  canvas().AddLine(corner + ImVec2(0, size.y - 1), corner + ImVec2(size.x, size.y - 1), c.line);

  // The mark: a rounded square with a branching path, as in icon.svg.
  const ImVec2 mark = corner + ImVec2(16, (height - 28) / 2);
  canvas().AddRectFilled(mark, mark + ImVec2(28, 28), c.accent.solid, 7);
  const auto point = [&](float x, float y) { return mark + ImVec2(x, y); };
  const Colour branch = c.mark_branch;
  canvas().AddLine(point(14, 7), point(14, 20), branch, 1.8F);
  canvas().AddLine(point(14, 12), point(7, 19), branch, 1.8F);
  canvas().AddLine(point(14, 12), point(21, 19), branch, 1.8F);
  canvas().AddCircleFilled(point(14, 6.5F), 3, c.text_on_solid);
  canvas().AddCircleFilled(point(6.5F, 20), 2.7F, c.text_on_solid);
  canvas().AddCircleFilled(point(21.5F, 20), 2.7F, c.text_on_solid);
  canvas().AddCircleFilled(point(14, 20.5F), 2.7F, c.mark_leaf);

  ImGui::SetCursorScreenPos(corner + ImVec2(54, (height - 20) / 2));
  {
    const FaceScope face(Face::heading);
    ImGui::TextUnformatted(product.data(), product.data() + product.size());
    a11y::note_last_item(a11y::Role::text, product);
  }
  if (!place.empty()) {
    const float x = ImGui::GetItemRectMax().x + 16;
    const float right = corner.x + size.x - right_width - 28;
    const ImVec2 at(x + 16, std::floor(corner.y + (height - ImGui::GetFontSize()) / 2));
    // Where there is no room for it the person's name at the right must do.
    if (right - at.x > 48) {
      canvas().AddLine(ImVec2(x, corner.y + height / 2 - 8), ImVec2(x, corner.y + height / 2 + 8), c.line_strong);
      put_cut(ImRect(at, ImVec2(std::min(at.x + measure(place).x + 0.5F, right), corner.y + height)), c.text_muted, place);
      a11y::note(a11y::Role::text, {at.x, at.y, std::min(at.x + measure(place).x, right), at.y + ImGui::GetFontSize()}, place);
    }
  }
  ImGui::SetCursorScreenPos(ImVec2(corner.x + size.x - right_width - 12, corner.y + (height - theme().size.control_height) / 2));
}

TopBar::~TopBar() {
  ImGui::PopStyleVar();
  ImGui::EndChild();
}

namespace {

bool narrow_screen() { return ImGui::GetIO().DisplaySize.x < theme().size.narrow_screen; }

}  // namespace

SideMenu::SideMenu(std::string_view label) {
  const bool narrow = narrow_screen();
  fixed_child("side", ImVec2(narrow ? theme().size.side_menu_narrow : theme().size.side_menu_width, 0), ImVec2(narrow ? 6.0F : 10.0F, 12), ImGuiWindowFlags_NoScrollbar, theme().colour.nav);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 3));
  const ImVec2 corner = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  a11y::note(a11y::Role::image, {corner.x, corner.y, corner.x + size.x, corner.y + 4}, label);
}

namespace {

float small_width(std::string_view words) {
  const FaceScope face(Face::small);
  return measure(words).x;
}

// The screen one is on is brought into view once; a menu longer than the window says so at its ends.
void show_current(ImGuiID item) {
  ImGuiStorage& kept = *ImGui::GetStateStorage();
  const ImGuiID last = ImHashStr("menu_current");
  if (kept.GetInt(last) == static_cast<int>(item)) return;
  kept.SetInt(last, static_cast<int>(item));
  ImGui::SetScrollHereY();
  platform::wake();
}
void more_signs() {
  const ImGuiWindow& window = *ImGui::GetCurrentWindow();
  const float middle = std::floor(window.Pos.x + window.Size.x / 2 - 6), end = window.Pos.y + window.Size.y;
  const auto sign = [&](float y, Icon icon) {
    canvas().AddRectFilled(ImVec2(window.Pos.x, y), ImVec2(window.Pos.x + window.Size.x, y + 14), theme().colour.nav);
    put_icon(ImVec2(middle, y + 1), 12, theme().colour.nav_text, icon);
  };
  if (window.Scroll.y > 0) sign(window.Pos.y, Icon::chevron_up);
  if (window.Scroll.y < window.ScrollMax.y) sign(end - 14, Icon::chevron_down);
}

}  // namespace

SideMenu::~SideMenu() {
  more_signs();
  ImGui::PopStyleVar();
  ImGui::EndChild();
  ImGui::SameLine(0, 0);
}

void SideMenu::section(std::string_view words) {
  ImGui::Dummy(ImVec2(0, 8));
  if (narrow_screen()) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    canvas().AddLine(at, at + ImVec2(width_left(), 0), theme().colour.nav_hover);
    ImGui::Dummy(ImVec2(0, 4));
    return;
  }
  const FaceScope face(Face::small);
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + 10);
  ImGui::PushStyleColor(ImGuiCol_Text, theme().colour.nav_text_muted);
  ImGui::TextUnformatted(words.data(), words.data() + words.size());
  ImGui::PopStyleColor();
  a11y::note_last_item(a11y::Role::text, words);
  ImGui::Dummy(ImVec2(0, 2));
}

bool SideMenu::item(Icon icon, std::string_view label, bool current, std::string_view count) {
  if (skipped()) return false;
  const Colours& c = theme().colour;
  const float height = theme().size.menu_row_height;
  const Press at = press(id_of(label), ImVec2(width_left(), height), true);
  a11y::note_last_item(a11y::Role::menuitem, shown(label), count, {.selected = current});
  if (current) show_current(id_of(label));
  if (!at.seen) return at.pressed;
  if (current || at.hovered)
    canvas().AddRectFilled(at.box.Min, at.box.Max, current ? c.nav_selected : c.nav_hover, theme().size.radius_m);
  const Colour colour = current ? c.text_on_solid : at.hovered ? c.nav_text : with_alpha(c.nav_text, 225);
  if (narrow_screen()) {
    put_icon(ImVec2(std::floor((at.box.Min.x + at.box.Max.x - 16) / 2), at.box.Min.y + (height - 16) / 2), 16, colour, icon);
    tooltip(shown(label));
    return at.pressed;
  }
  put_icon(at.box.Min + ImVec2(12, (height - 16) / 2), 16, colour, icon);
  const float right = at.box.Max.x - (count.empty() ? 10 : small_width(count) + 26);
  const ImVec2 from = at.box.Min + ImVec2(38, (height - ImGui::GetFontSize()) / 2);
  put_cut(ImRect(from, ImVec2(right, at.box.Max.y)), colour, shown(label));
  if (!count.empty()) {
    const ImRect pill(ImVec2(right + 2, at.box.Min.y + height / 2 - 9), ImVec2(at.box.Max.x - 8, at.box.Min.y + height / 2 + 9));
    canvas().AddRectFilled(pill.Min, pill.Max, current ? with_alpha(c.text_on_solid, 60) : c.bad.solid, 9);
    const FaceScope face(Face::small);
    const ImVec2 size = measure(count);
    put(ImVec2(std::round((pill.Min.x + pill.Max.x - size.x) / 2), std::round((pill.Min.y + pill.Max.y - size.y) / 2)), c.text_on_solid, count);
  }
  return at.pressed;
}

Page::Page(std::string_view id, bool scrolls) {
  const ImGuiID page = ImHashStr(id.data(), id.size());
  if (arrival().page != page) arrival().wanted = arrival().by_keys && arrival().page != 0;
  arrival().page = page;
  ImGui::PushID(id.data(), id.data() + id.size());
  fixed_child("page", ImVec2(0, 0), ImVec2(theme().size.gap_xl, std::round(20 * theme().size.space)),
              scrolls ? ImGuiWindowFlags_None : ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(theme().size.gap_s, theme().size.gap_s));
}

Page::~Page() {
  ImGui::PopStyleVar();
  ImGui::EndChild();
  ImGui::PopID();
}

PageHeader::PageHeader(std::string_view words, std::string_view subtitle, float right_width) {
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const float right = start.x + width_left();
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(theme().size.gap_s, 3));
  // Neither runs under what stands at the right.
  const float room = std::max(right - start.x - (right_width > 0 ? right_width + theme().size.gap_l : 0), 160.0F);
  page_title(words, room);
  if (!subtitle.empty()) wrapped_muted(subtitle, room);
  ImGui::PopStyleVar();
  bottom_ = ImGui::GetCursorScreenPos().y;
  if (right_width > 0) ImGui::SetCursorScreenPos(ImVec2(right - right_width, start.y + 4));
  ImGui::BeginGroup();
}

PageHeader::~PageHeader() {
  ImGui::EndGroup();
  ImGuiWindow& window = *ImGui::GetCurrentWindow();
  ImGui::SetCursorScreenPos(ImVec2(window.Pos.x + window.DC.Indent.x, std::max(bottom_, ImGui::GetItemRectMax().y)));
  ImGui::Dummy(ImVec2(0, 8));
}

void gap(float height_px) {
  ImGui::Dummy(ImVec2(0, std::round(height_px * theme().size.space) - ImGui::GetStyle().ItemSpacing.y));
}

void rule() {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  canvas().AddLine(at + ImVec2(0, 4), at + ImVec2(width_left(), 4), theme().colour.line);
  ImGui::Dummy(ImVec2(0, 9));
}

void beside(float gap_px) { ImGui::SameLine(0, gap_px); }
void beside_or_below(float width_px, float gap_px) {
  beside(gap_px);
  if (width_px > width_left() + 0.5F) ImGui::NewLine();
}
void align_right(float width_px) {
  // What does not fit beside the rest of its line has one of its own.
  const ImGuiWindow& window = *ImGui::GetCurrentWindow();
  const float line_start = window.Pos.x + window.DC.Indent.x + window.DC.ColumnsOffset.x - window.Scroll.x;
  if (width_px > width_left() + 0.5F && window.DC.CursorPos.x > line_start + 1) ImGui::NewLine();
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(width_left() - width_px, 0.0F));
}
void align_to_controls() { ImGui::AlignTextToFramePadding(); }
float width_left() { return ImGui::GetContentRegionAvail().x; }
float height_left() { return ImGui::GetContentRegionAvail().y; }

// ---- columns ---------------------------------------------------------------------------------------------

struct Columns::Impl {
  ImVec2 start;
  std::vector<float> lefts, widths;
  std::unique_ptr<Region> region;
  std::size_t index = 0, in_line = 0;
  float bottom = 0, gap = 0;
};

namespace {

// How many columns of equal kind stand in a line; all of them unless they would get too narrow.
std::size_t columns_in_line(std::initializer_list<float> weights, float total, float gap_px) {
  float shares = 0;
  for (const float weight : weights) {
    if (weight > 20) return weights.size();
    shares += weight;
  }
  const float each = (total - gap_px * static_cast<float>(weights.size() - 1)) / std::max(shares, 1.0F);
  const float least = theme().size.least_column * static_cast<float>(weights.size()) / std::max(shares, 1.0F);
  if (each >= least || weights.size() < 3) return weights.size();
  const auto fit = static_cast<std::size_t>(std::max((total + gap_px) / (theme().size.least_column + gap_px), 1.0F));
  const std::size_t lines = (weights.size() + fit - 1) / fit;
  return (weights.size() + lines - 1) / lines;
}

}  // namespace

Columns::Columns(std::string_view id, std::initializer_list<float> weights, float gap_px) : impl_(std::make_unique<Impl>()) {
  ImGui::PushID(id.data(), id.data() + id.size());
  Impl& m = *impl_;
  m.start = ImGui::GetCursorScreenPos();
  m.gap = gap_px;
  const float total = width_left();
  m.in_line = columns_in_line(weights, total, gap_px);
  const std::vector<float> all(weights);
  for (std::size_t first = 0; first < all.size(); first += m.in_line) {
    const std::size_t end = std::min(first + m.in_line, all.size());
    float fixed = gap_px * static_cast<float>(m.in_line - 1), shares = 0;
    for (std::size_t i = first; i < end; ++i) (all[i] > 20 ? fixed : shares) += all[i];
    // A last line that is not full keeps the widths of the lines above it.
    if (end - first < m.in_line) shares = shares / static_cast<float>(end - first) * static_cast<float>(m.in_line);
    const float share = shares > 0 ? std::max(total - fixed, 0.0F) / shares : 0;
    float x = m.start.x;
    for (std::size_t i = first; i < end; ++i) {
      const float width = std::floor(all[i] > 20 ? all[i] : all[i] * share);
      m.lefts.push_back(x);
      m.widths.push_back(width);
      x += width + gap_px;
    }
  }
}

void Columns::next() {
  Impl& m = *impl_;
  if (m.region) {
    m.region.reset();
    m.bottom = std::max(m.bottom, ImGui::GetItemRectMax().y);
    ++m.index;
    if (m.index % m.in_line == 0) m.start.y = m.bottom + std::min(m.gap, 8.0F);
  }
  IM_ASSERT(m.index < m.lefts.size());
  ImGui::SetCursorScreenPos(ImVec2(m.lefts[m.index], m.start.y));
  m.region = std::make_unique<Region>(m.lefts[m.index] + m.widths[m.index]);
}

Columns::~Columns() {
  Impl& m = *impl_;
  if (m.region) {
    m.region.reset();
    m.bottom = std::max(m.bottom, ImGui::GetItemRectMax().y);
  }
  const float right = m.lefts[m.in_line - 1] + m.widths[m.in_line - 1];
  ImGui::SetCursorScreenPos(ImVec2(m.lefts.front(), m.start.y));
  ImGui::ItemSize(ImVec2(right - m.lefts.front(), std::max(m.bottom - m.start.y, 0.0F)), 0);
  ImGui::PopID();
}

}  // namespace qudao::ui
