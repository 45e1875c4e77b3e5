// Where things stand: the frame of the application, pages, cards, columns, rows, dialogs.
#pragma once

#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "client/widgets/icon.hpp"

namespace qudao::ui {

// ---- the frame of the application -------------------------------------------------------------------------
// 测试环境, 演示日期: a strip over everything, on every screen, dialogs included.
void environment_strip(std::string_view words, std::string_view detail = {});

// The whole browser window below the strip. Everything else is drawn while it lives.
class Screen {
 public:
  explicit Screen(bool strip_above = false);
  ~Screen();
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;
};

// Across the top: name of the product at the left; what is drawn while it lives stands at the right, in
// order, so give the width it needs.
class TopBar {
 public:
  TopBar(std::string_view product, std::string_view place, float right_width);
  ~TopBar();
  TopBar(const TopBar&) = delete;
  TopBar& operator=(const TopBar&) = delete;
};

// At the left, below the top bar.
class SideMenu {
 public:
  explicit SideMenu(std::string_view label);
  ~SideMenu();
  SideMenu(const SideMenu&) = delete;
  SideMenu& operator=(const SideMenu&) = delete;
  void section(std::string_view words);
  [[nodiscard]] bool item(Icon icon, std::string_view label, bool current, std::string_view count = {});
};

// What is left: scrolls, padded.
class Page {
 public:
  explicit Page(std::string_view id, bool scrolls = true);
  ~Page();
  Page(const Page&) = delete;
  Page& operator=(const Page&) = delete;
};

// Title and one line below it; what is drawn while it lives stands at its right end (give the width).
class PageHeader {
 public:
  PageHeader(std::string_view title, std::string_view subtitle, float right_width = 0);
  ~PageHeader();
  PageHeader(const PageHeader&) = delete;
  PageHeader& operator=(const PageHeader&) = delete;

 private:
  float bottom_ = 0;
};

// ---- inside a page -----------------------------------------------------------------------------------------
struct CardOptions {
  float height = 0;                  // 0: as high as its content; < 0: all that is left; else it scrolls inside
  float least = 120;                 // of a height < 0: the page scrolls rather than show less
  float padding = 16;
  std::string_view note = {};             // muted, at the right of the heading
};
class Card {
 public:
  explicit Card(std::string_view id, std::string_view heading = {}, const CardOptions& options = {});
  ~Card();
  Card(const Card&) = delete;
  Card& operator=(const Card&) = delete;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Side by side, widths by weight; a weight above 20 is a width in pixels. Call next() before each one.
class Columns {
 public:
  Columns(std::string_view id, std::initializer_list<float> weights, float gap = 16);
  ~Columns();
  Columns(const Columns&) = delete;
  Columns& operator=(const Columns&) = delete;
  void next();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

void gap(float height_px = 8);
void rule();                                     // a thin line across
void beside(float gap_px = 8);                   // the next widget stands right of the last
void beside_or_below(float width_px, float gap_px = 8);   // ... or, where there is no room for this width, below
void align_right(float width_px);                // the next widget of this width ends at the right edge
void align_to_controls();                        // text beside a button or field: same baseline
[[nodiscard]] float width_left();
[[nodiscard]] float height_left();

// ---- over the page -----------------------------------------------------------------------------------------
struct DialogOptions {
  float width = 480;
  Tone tone = Tone::neutral;
  bool closable = true;              // Escape and the cross
};
// How high a dialog can be; in one that would be higher, what stands between its title and its footer scrolls.
float dialog_room();
// if (ui::Dialog dialog("确认提交###commit", open); dialog) { …; dialog.footer(w); buttons }
// `open` is the view's own state; it turns false when the person closes it.
class Dialog {
 public:
  Dialog(std::string_view title, bool& open, const DialogOptions& options = {});
  ~Dialog();
  Dialog(const Dialog&) = delete;
  Dialog& operator=(const Dialog&) = delete;
  explicit operator bool() const { return visible_; }
  void footer(float buttons_width);  // what follows stands at the bottom right, buttons beside() each other
  void close();

 private:
  void end_body();

  bool& open_;
  bool visible_ = false, in_body_ = false;
  float footer_top_ = 0;
};

struct MenuItem {
  std::string_view label = {};
  Icon icon = Icon::none;
  bool enabled = true;
  bool danger = false;
};
// A button with a menu below it. The pressed item's index, or -1.
[[nodiscard]] int menu_button(std::string_view label, std::span<const MenuItem> items, Icon icon = Icon::none);

}  // namespace qudao::ui
