// Cards and dialogs.
#include <algorithm>
#include <cmath>

#include "client/platform/platform.hpp"
#include "client/widgets/button.hpp"
#include "client/widgets/detail.hpp"
#include "client/widgets/layout.hpp"
#include "client/widgets/text.hpp"

namespace qudao::ui {
namespace {

using namespace detail;

constexpr float kDialogMiddle = 0.46F, kDialogTop = 34, kDialogBottom = 14;
constexpr float kDialogSide = 24, kDialogEdge = 20;

void card_heading(std::string_view words, std::string_view note) {
  if (words.empty()) return;
  heading(words, 0);
  if (!note.empty()) {
    const float width = measure(note).x;
    beside(0);
    align_right(width);
    muted(note);
  }
  gap(4);
}

}  // namespace

// As high as its content, a card is drawn behind it afterwards; else it is a child window that scrolls.
struct Card::Impl {
  bool child = false;
  ImVec2 start;
  float width = 0, padding = 0;
  ImDrawListSplitter layers;
  std::unique_ptr<Region> region;
};

Card::Card(std::string_view id, std::string_view words, const CardOptions& options) : impl_(std::make_unique<Impl>()) {
  Impl& m = *impl_;
  const Colours& c = theme().colour;
  ImGui::PushID(id.data(), id.data() + id.size());
  m.start = ImGui::GetCursorScreenPos();
  m.width = width_left();
  m.padding = options.padding;
  m.child = options.height != 0;
  if (m.child) {
    const float height = options.height > 0 ? options.height : std::max(height_left(), options.least);
    const ImRect box(m.start, m.start + ImVec2(m.width, height));
    card_shadow(box, theme().size.radius_l);
    canvas().AddRectFilled(box.Min, box.Max, c.surface, theme().size.radius_l);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(m.padding, m.padding));
    ImGui::BeginChild("card", ImVec2(m.width, height), false,
                      ImGuiWindowFlags_AlwaysUseWindowPadding | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NavFlattened);
    ImGui::PopStyleVar();
  } else {
    m.layers.Split(&canvas(), 2);
    m.layers.SetCurrentChannel(&canvas(), 1);
    ImGui::SetCursorScreenPos(m.start + ImVec2(m.padding, m.padding));
    m.region = std::make_unique<Region>(m.start.x + m.width - m.padding);
  }
  card_heading(words, options.note);
}

Card::~Card() {
  Impl& m = *impl_;
  if (m.child) {
    ImGui::EndChild();
  } else {
    m.region.reset();
    const ImRect box(m.start, ImVec2(m.start.x + m.width, ImGui::GetItemRectMax().y + m.padding));
    m.layers.SetCurrentChannel(&canvas(), 0);
    card_shadow(box, theme().size.radius_l);
    canvas().AddRectFilled(box.Min, box.Max, theme().colour.surface, theme().size.radius_l);
    m.layers.Merge(&canvas());
    ImGui::SetCursorScreenPos(m.start);
    ImGui::ItemSize(box.GetSize(), 0);
    ImGui::ItemAdd(box, 0);
  }
  ImGui::PopID();
}

// Heights of the last frame, kept with the dialog's window; one that has changed is drawn once more.
float kept_height(const char* part) { return ImGui::GetStateStorage()->GetFloat(id_of(part)); }
void keep_height(const char* part, float height) {
  if (kept_height(part) == height) return;
  ImGui::GetStateStorage()->SetFloat(id_of(part), height);
  platform::wake();
}

float dialog_room() { return ImGui::GetIO().DisplaySize.y - kDialogTop - kDialogBottom; }

Dialog::Dialog(std::string_view words, bool& open, const DialogOptions& options) : open_(open) {
  const std::string name(words);
  const bool is_open = ImGui::IsPopupOpen(name.c_str());
  if (open && !is_open) ImGui::OpenPopup(name.c_str());
  if (!open && !is_open) return;

  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float width = std::min(options.width, screen.x - 32);
  // A little above the middle; one that is too high for that begins below the band of the sandbox.
  const ImGuiWindow* window = ImGui::FindWindowByName(name.c_str());
  const bool high = window != nullptr && window->SizeFull.y / 2 > screen.y * kDialogMiddle - kDialogTop;
  ImGui::SetNextWindowPos(ImVec2(std::floor(screen.x / 2), high ? kDialogTop : std::floor(screen.y * kDialogMiddle)), ImGuiCond_Always, ImVec2(0.5F, high ? 0.0F : 0.5F));
  ImGui::SetNextWindowSizeConstraints(ImVec2(width, 0), ImVec2(width, dialog_room()));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(kDialogSide, kDialogEdge));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0F);
  ImGui::PushStyleVar(ImGuiStyleVar_PopupBorderSize, 0.0F);
  visible_ = ImGui::BeginPopupModal(name.c_str(), nullptr,
                                    ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove |
                                        ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoSavedSettings);
  ImGui::PopStyleVar(3);
  if (!visible_) return;
  if (!open) {
    ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
    visible_ = false;
    return;
  }
  // Not seen before its height is known, which takes two frames: of what it holds, then of itself.
  if (ImGui::IsWindowAppearing()) ImGui::GetCurrentWindow()->HiddenFramesCannotSkipItems = 2;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(theme().size.gap_s, theme().size.gap_s));
  const ImVec2 corner = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  if (high != (size.y / 2 > screen.y * kDialogMiddle - kDialogTop)) platform::wake();  // it has grown or shrunk: once more, in its place
  a11y::note(a11y::Role::dialog, {corner.x, corner.y, corner.x + size.x, corner.y + size.y}, shown(words));
  // The width is fixed, and so must the content be, or the window would fit itself around it.
  ImGui::Dummy(ImVec2(width - 2 * kDialogSide, 0));
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() - theme().size.gap_s);
  if (options.tone != Tone::neutral) {
    icon(options.tone == Tone::bad ? Icon::warning : options.tone == Tone::good ? Icon::check : Icon::info, colours_of(options.tone).solid, 16);
    beside(10);
  }
  heading(shown(words), ImGui::GetWindowPos().x + width - ImGui::GetCursorScreenPos().x - (options.closable ? 56 : kDialogSide));
  if (options.closable) {
    const ImRect cross(ImVec2(corner.x + width - 48, corner.y + 14), ImVec2(corner.x + width - 16, corner.y + 46));
    const Press at = press_at(id_of("close"), cross, true);
    a11y::note_last_item(a11y::Role::button, "×");
    if (at.hovered) canvas().AddRectFilled(cross.Min, cross.Max, theme().colour.hover, theme().size.radius_m);
    put_icon(cross.Min + ImVec2(8, 8), 16, theme().colour.text_muted, Icon::cross);
    const bool escaped = ImGui::IsKeyPressed(ImGui::GetIO().KeyMap[ImGuiKey_Escape], false) && ImGui::IsWindowFocused(ImGuiFocusedFlags_ChildWindows) &&
                         ImGui::GetActiveID() == 0;
    if (at.pressed || escaped) close();
  }
  gap(12);
  // As high as what it holds was in the last frame. Its scrollbar stands in the margin, so that nothing wraps anew.
  const float body = kept_height("body"), room = std::max(dialog_room() - ImGui::GetCursorPosY() - kept_height("footer") - kDialogEdge, 80.0F);
  const bool scrolls = body > room;
  const float bar = scrolls ? ImGui::GetStyle().ScrollbarSize : 0;
  ImGui::BeginChild("body", ImVec2(width - 2 * kDialogSide + bar, std::clamp(body, 1.0F, room)), false,
                    ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NavFlattened | (scrolls ? 0 : ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse));
  in_body_ = true;
}

void Dialog::end_body() {
  if (!in_body_) return;
  in_body_ = false;
  const ImGuiWindow* window = ImGui::GetCurrentWindow();
  const float height = window->DC.CursorMaxPos.y - window->DC.CursorStartPos.y;
  ImGui::EndChild();
  keep_height("body", height);
}

Dialog::~Dialog() {
  if (!visible_) return;
  end_body();
  keep_height("footer", footer_top_ > 0 ? ImGui::GetCursorPosY() - footer_top_ : 0);
  ImGui::PopStyleVar();
  ImGui::EndPopup();
}

void Dialog::footer(float buttons_width) {
  end_body();
  footer_top_ = ImGui::GetCursorPosY();
  gap(20);
  align_right(buttons_width);
}

void Dialog::close() { open_ = false; }

}  // namespace qudao::ui
