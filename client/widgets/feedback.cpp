#include "client/widgets/feedback.hpp"

#include <algorithm>
#include <cmath>

#include "client/platform/platform.hpp"
#include "client/platform/timer.hpp"
#include "client/widgets/button.hpp"
#include "client/widgets/detail.hpp"
#include "client/widgets/layout.hpp"
#include "client/widgets/line_break.hpp"
#include "client/widgets/text.hpp"

namespace qudao::ui {
namespace {

using namespace detail;

Icon icon_of(Tone tone) {
  switch (tone) {
    case Tone::good: return Icon::check;
    case Tone::warn: return Icon::warning;
    case Tone::bad: return Icon::forbidden;
    default: return Icon::info;
  }
}

// Centred lines; the height they took.
float put_centred(ImVec2 top_middle, Colour colour, std::string_view words, float width, a11y::Role role = a11y::Role::text) {
  const ImFont& font = *ImGui::GetFont();
  const float scale = ImGui::GetFontSize() / font.FontSize, step = std::round(ImGui::GetFontSize() * 1.2F);
  const auto lines = break_lines(words, width, [&](std::uint32_t c) { return font.GetCharAdvance(c) * scale; });
  float y = top_middle.y;
  for (const std::string_view line : lines) {
    const ImVec2 size = measure(line);
    const ImVec2 at(std::round(top_middle.x - size.x / 2), y);
    put(at, colour, line);
    y += step;
  }
  a11y::note(role, {top_middle.x - width / 2, top_middle.y, top_middle.x + width / 2, y}, words);
  return y - top_middle.y;
}

void dashed_rect(const ImRect& box, Colour colour, float thickness) {
  const float dash = 6, space = 4;
  const auto run = [&](ImVec2 from, ImVec2 to) {
    const float length = std::abs(to.x - from.x) + std::abs(to.y - from.y);
    const ImVec2 way((to.x - from.x) / length, (to.y - from.y) / length);
    for (float at = 0; at < length; at += dash + space) {
      const float end = std::min(at + dash, length);
      canvas().AddLine(ImVec2(from.x + way.x * at, from.y + way.y * at), ImVec2(from.x + way.x * end, from.y + way.y * end), colour, thickness);
    }
  };
  run(box.Min, ImVec2(box.Max.x, box.Min.y));
  run(ImVec2(box.Max.x, box.Min.y), box.Max);
  run(box.Max, ImVec2(box.Min.x, box.Max.y));
  run(ImVec2(box.Min.x, box.Max.y), box.Min);
}

void figure_in_circle(ImVec2 centre, Icon icon, Colour fill, Colour colour) {
  canvas().AddCircleFilled(centre, 28, fill, 40);
  put_icon(centre - ImVec2(15, 15), 30, colour, icon);
}

}  // namespace

Icon icon_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::moved: return Icon::arrow_right;
    case Verdict::unchanged: return Icon::equal;
    case Verdict::refused: return Icon::cross;
    case Verdict::kept: return Icon::lock;
  }
  return Icon::none;
}

void badge(std::string_view words, Tone tone) { badge(words, tone, Icon::none); }

void badge(std::string_view words, Tone tone, Icon icon) {
  if (skipped()) return;
  const ToneColours& colour = colours_of(tone);
  ImGuiWindow& window = *ImGui::GetCurrentWindow();
  const float line = ImGui::GetFontSize();
  const FaceScope face(Face::small);
  const float icon_part = icon == Icon::none ? 0 : 15.0F;
  const ImVec2 size(std::ceil(measure(words).x + icon_part) + 16, line);
  const ImVec2 at(window.DC.CursorPos.x, window.DC.CursorPos.y + window.DC.CurrLineTextBaseOffset);
  ImGui::ItemSize(size, 0);
  if (!ImGui::ItemAdd(ImRect(at, at + size), 0)) return;
  // A little higher than the line it stands in.
  const ImRect box(at - ImVec2(0, 2), at + size + ImVec2(0, 2));
  canvas().AddRectFilled(box.Min, box.Max, colour.soft, theme().size.radius_s);
  canvas().AddRect(box.Min, box.Max, colour.line, theme().size.radius_s);
  put_icon(ImVec2(at.x + 7, at.y + (line - 12) / 2), 12, colour.text, icon);
  put(ImVec2(at.x + 8 + icon_part, at.y + (line - ImGui::GetFontSize()) / 2), colour.text, words);
  a11y::note_last_item(a11y::Role::text, words);
}

void verdict_badge(Verdict verdict, std::string_view words) { badge(words, tone_of(verdict), icon_of(verdict)); }

void progress(std::string_view words, double fraction, std::string_view figures, float width) {
  if (skipped()) return;
  const Colours& c = theme().colour;
  const float full = width > 0 ? width : width_left();
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const float line = words.empty() && figures.empty() ? 0 : ImGui::GetFontSize() + 6;
  put(start, c.text, words);
  put(ImVec2(start.x + full - measure(figures).x, start.y), c.text_muted, figures);
  const ImRect bar(start + ImVec2(0, line), start + ImVec2(full, line + 8));
  canvas().AddRectFilled(bar.Min, bar.Max, c.line, 4);
  float from = 0, to = static_cast<float>(std::clamp(fraction, 0.0, 1.0));
  if (fraction < 0) {
    const auto turn = static_cast<float>(platform::monotonic_ms() % 1600) / 1600.0F;
    from = std::max(0.0F, turn * 1.3F - 0.3F);
    to = std::min(1.0F, turn * 1.3F);
    platform::wake_after(50);
  }
  if (to > from) canvas().AddRectFilled(ImVec2(bar.Min.x + full * from, bar.Min.y), ImVec2(bar.Min.x + std::max(full * to, 8.0F), bar.Max.y), c.accent.solid, 4);
  const ImVec2 size(full, line + 8);
  ImGui::ItemSize(size, 0);
  ImGui::ItemAdd(ImRect(start, start + size), 0);
  const std::string value = fraction < 0 ? std::string() : std::to_string(static_cast<int>(fraction * 100));
  a11y::note_last_item(a11y::Role::progressbar, words.empty() ? "…" : words, value);
  if (!figures.empty()) a11y::note(a11y::Role::text, {start.x, start.y, start.x + full, start.y + line}, figures);
}

void loading(std::string_view words) {
  if (skipped()) return;
  const Colours& c = theme().colour;
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const auto phase = static_cast<int>(platform::monotonic_ms() / 100 % 8);
  const ImVec2 centre = start + ImVec2(9, ImGui::GetFontSize() / 2);
  for (int i = 0; i < 8; ++i) {
    const float angle = static_cast<float>(i) * IM_PI / 4;
    const int age = (phase - i + 8) % 8;
    canvas().AddCircleFilled(centre + ImVec2(std::cos(angle) * 6.5F, std::sin(angle) * 6.5F), 1.7F,
                             with_alpha(c.accent.solid, static_cast<std::uint32_t>(255 - age * 28)));
  }
  platform::wake_after(100);
  ImGui::Dummy(ImVec2(18, ImGui::GetFontSize()));
  beside(8);
  muted(words);
}

BannerResult banner(Tone tone, std::string_view words, std::string_view action, bool closable) {
  BannerResult result;
  if (skipped()) return result;
  const ToneColours& colour = colours_of(tone);
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const float full = width_left(), padding = 12;
  const float right_part = (action.empty() ? 0 : measure(shown(action)).x + 20) + (closable ? 30.0F : 0.0F);
  const ImFont& font = *ImGui::GetFont();
  const float scale = ImGui::GetFontSize() / font.FontSize, step = std::round(ImGui::GetFontSize() * 1.2F);
  const auto lines = break_lines(words, std::max(full - 2 * padding - 26 - right_part, 40.0F),
                                 [&](std::uint32_t c) { return font.GetCharAdvance(c) * scale; });
  const float height = 2 * padding - 2 + step * static_cast<float>(lines.size());
  const ImRect box(start, start + ImVec2(full, height));
  canvas().AddRectFilled(box.Min, box.Max, colour.soft, theme().size.radius_m);
  canvas().AddRect(box.Min, box.Max, colour.line, theme().size.radius_m);
  put_icon(start + ImVec2(padding, padding), 16, colour.text, icon_of(tone));
  for (std::size_t i = 0; i < lines.size(); ++i)
    put(start + ImVec2(padding + 26, padding + step * static_cast<float>(i)), theme().colour.text, lines[i]);
  a11y::note(tone == Tone::bad || tone == Tone::warn ? a11y::Role::alert : a11y::Role::status,
             {box.Min.x, box.Min.y, box.Max.x - right_part - padding, box.Max.y}, words);
  if (!action.empty()) {
    ImGui::SetCursorScreenPos(ImVec2(box.Max.x - padding - right_part + 20, start.y + padding));
    result.action = link(action);
  }
  if (closable) {
    const ImRect cross(ImVec2(box.Max.x - 34, box.Min.y), ImVec2(box.Max.x, box.Min.y + 40));
    const Press at = press_at(id_of(words), cross, true);
    a11y::note_last_item(a11y::Role::button, "×");
    put_icon(cross.Min + ImVec2(8, 13), 14, at.hovered ? theme().colour.text : theme().colour.text_muted, Icon::cross);
    result.closed = at.pressed;
  }
  ImGui::SetCursorScreenPos(start);
  ImGui::ItemSize(ImVec2(full, height), 0);
  return result;
}

bool empty_state(Icon icon, std::string_view headline, std::string_view detail, std::string_view action, float height) {
  if (skipped()) return false;
  const Colours& c = theme().colour;
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const float width = width_left();
  const float content = 56 + 14 + 24 + (detail.empty() ? 0 : 26) + (action.empty() ? 0 : 52);
  const float full = height > 0 ? height : std::max(height_left(), content + 48);
  const float middle = std::floor(start.x + width / 2);
  float y = start.y + std::floor((full - content) / 2);
  figure_in_circle(ImVec2(middle, y + 28), icon, c.neutral.soft, c.text_faint);
  y += 70;
  // Something went wrong: readers say it unasked.
  const a11y::Role role = icon == Icon::warning ? a11y::Role::alert : a11y::Role::text;
  {
    const FaceScope face(Face::strong);
    y += put_centred(ImVec2(middle, y), c.text, headline, std::min(width, 460.0F), role) + 4;
  }
  if (!detail.empty()) y += put_centred(ImVec2(middle, y), c.text_muted, detail, std::min(width - 32, 460.0F), role) + 14;
  bool pressed = false;
  if (!action.empty()) {
    ImGui::SetCursorScreenPos(ImVec2(std::floor(middle - button_width(action) / 2), y));
    pressed = primary_button(action);
  }
  ImGui::SetCursorScreenPos(start);
  ImGui::ItemSize(ImVec2(width, full), 0);
  return pressed;
}

bool drop_zone(std::string_view id, std::string_view headline, std::string_view detail, bool files_over_page, float height) {
  if (skipped()) return false;
  const Colours& c = theme().colour;
  const Press at = press(id_of(id), ImVec2(width_left(), height), true);
  a11y::note_last_item(a11y::Role::button, headline);
  if (!at.seen) return at.pressed;
  const bool lively = at.hovered || files_over_page;
  canvas().AddRectFilled(at.box.Min, at.box.Max, lively ? c.accent.soft : c.sunken, theme().size.radius_l);
  dashed_rect(at.box, lively ? c.accent.solid : c.line_strong, files_over_page ? 2.0F : 1.0F);
  const float middle = std::floor((at.box.Min.x + at.box.Max.x) / 2);
  float y = at.box.Min.y + (height - 118) / 2;
  figure_in_circle(ImVec2(middle, y + 28), Icon::upload, lively ? c.surface : c.accent.soft, c.accent.solid);
  y += 70;
  {
    const FaceScope face(Face::strong);
    y += put_centred(ImVec2(middle, y), lively ? c.accent.text : c.text, headline, at.box.GetWidth() - 32) + 2;
  }
  put_centred(ImVec2(middle, y), c.text_muted, detail, at.box.GetWidth() - 32);
  return at.pressed;
}

constexpr float kStepGap = 24;

void steps(std::string_view id, const Step* items, int count, int current) {
  if (skipped() || count <= 0) return;
  const Colours& c = theme().colour;
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const float height = 32, width = width_left();
  const auto room_of = [&](int i, bool named) { return 24 + (named ? 8 + measure(items[i].label).x : 0); };
  float named_width = 0, short_width = 0;
  for (int i = 0; i < count; ++i) {
    named_width += room_of(i, true);
    short_width += room_of(i, i == std::min(current, count - 1));
  }
  const float gaps = static_cast<float>(std::max(count - 1, 1));
  const bool all_named = named_width + kStepGap * gaps <= width;
  const float space = std::clamp((width - (all_named ? named_width : short_width)) / gaps, kStepGap, 140.0F);
  float x = start.x;
  for (int i = 0; i < count; ++i) {
    const bool now = i == current, passed = i < current && items[i].passed_by, done = i < current && !passed;
    const ImVec2 centre(x + 12, start.y + height / 2);
    canvas().AddCircleFilled(centre, 12, now ? c.accent.solid : done ? c.accent.soft : c.neutral.soft, 32);
    if (passed) {
      canvas().AddLine(centre - ImVec2(5, 0), centre + ImVec2(5, 0), c.text_muted, 1.6F);
    } else if (done) {
      put_icon(centre - ImVec2(7, 7), 14, c.accent.text, Icon::check);
    } else {
      const std::string figure = std::to_string(i + 1);
      const ImVec2 size = measure(figure);
      put(ImVec2(std::round(centre.x - size.x / 2), centre.y - size.y / 2), now ? c.text_on_solid : c.text_muted, figure);
    }
    const bool named = all_named || i == std::min(current, count - 1);   // when all is over, the last
    const ImRect box(x, start.y, x + room_of(i, named), start.y + height);
    if (named) put(ImVec2(x + 32, start.y + (height - ImGui::GetFontSize()) / 2), now ? c.text : c.text_muted, items[i].label);
    ImGui::ItemAdd(box, 0);
    a11y::note(a11y::Role::text, {box.Min.x, box.Min.y, box.Max.x, box.Max.y}, items[i].label, {}, {.selected = now});
    if (!named) tooltip(items[i].label);
    x = box.Max.x;
    if (i + 1 < count) canvas().AddLine(ImVec2(x + 10, centre.y), ImVec2(x + space - 10, centre.y), done ? c.accent.line : c.line_strong);
    x += space;
  }
  ImGui::ItemSize(ImVec2(width, height), 0);
  ImGui::ItemAdd(ImRect(start, start + ImVec2(width, height)), id_of(id), nullptr, ImGuiItemFlags_NoNav);
}

namespace {

constexpr std::int64_t kToastMs = 4500;
constexpr float kToastWidth = 340;

// Where it ends; `closed` when its cross was pressed.
float draw_toast(int id, Tone tone, std::string_view words, float top, bool& closed) {
  const ToneColours& colour = colours_of(tone);
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos(ImVec2(std::floor((screen.x - kToastWidth) / 2), top));
  ImGui::SetNextWindowSize(ImVec2(kToastWidth, 0));
  ImGui::PushStyleColor(ImGuiCol_WindowBg, theme().colour.raised);
  ImGui::PushStyleColor(ImGuiCol_Border, colour.line);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1.0F);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(14, 12));
  const std::string name = "##toast" + std::to_string(id);
  ImGui::Begin(name.c_str(), nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_AlwaysAutoResize);
  ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  put_icon(corner + ImVec2(0, 1), 16, colour.solid, icon_of(tone));
  ImGui::SetCursorScreenPos(corner + ImVec2(26, 0));
  put_wrapped(words, kToastWidth - 28 - 26 - 26, theme().colour.text, tone == Tone::bad ? a11y::Role::alert : a11y::Role::status);
  const ImRect cross(ImVec2(corner.x + kToastWidth - 28 - 22, corner.y - 4), ImVec2(corner.x + kToastWidth - 22, corner.y + 24));
  const Press at = press_at(id_of("close"), cross, true);
  a11y::note_last_item(a11y::Role::button, "×");
  put_icon(cross.Min + ImVec2(7, 7), 14, at.hovered ? theme().colour.text : theme().colour.text_faint, Icon::cross);
  closed = at.pressed;
  const float bottom = ImGui::GetWindowPos().y + ImGui::GetWindowSize().y;
  ImGui::End();
  ImGui::PopStyleVar(2);
  ImGui::PopStyleColor(2);
  return bottom;
}

}  // namespace

void Toasts::push(Tone tone, std::string words) {
  const std::int64_t until = tone == Tone::bad ? 0 : platform::monotonic_ms() + kToastMs;
  items_.push_back({tone, std::move(words), until, next_id_++});
  platform::wake();
}

void Toasts::draw() {
  const std::int64_t now = platform::monotonic_ms();
  float top = theme().size.top_bar_height + 16;
  int closed_id = 0;
  for (const Item& item : items_) {
    bool closed = false;
    top = draw_toast(item.id, item.tone, item.words, top, closed) + 10;
    if (closed || (item.until_ms != 0 && item.until_ms <= now)) closed_id = item.id;
    if (item.until_ms > now) platform::wake_after(item.until_ms - now + 1);
  }
  if (closed_id != 0) {
    std::erase_if(items_, [closed_id](const Item& item) { return item.id == closed_id; });
    platform::wake();
  }
}

}  // namespace qudao::ui
