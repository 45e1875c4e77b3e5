// What the system tells: badges, progress, banners, toasts, empty states.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "client/widgets/icon.hpp"

namespace qudao::ui {

void badge(std::string_view words, Tone tone = Tone::neutral);
void badge(std::string_view words, Tone tone, Icon icon);
void verdict_badge(Verdict verdict, std::string_view words);
[[nodiscard]] Icon icon_of(Verdict verdict);

// fraction in 0…1; below 0 the end is not known. `words` are above the bar, `figures` right of them.
void progress(std::string_view words, double fraction, std::string_view figures = {}, float width = -1);
// "Loading": drawn ten times a second while it is on screen.
void loading(std::string_view words);

struct BannerResult {
  bool action = false;
  bool closed = false;
};
// Across what is left of the line; wraps. `action` is a link at its end, `closable` a cross.
BannerResult banner(Tone tone, std::string_view words, std::string_view action = {}, bool closable = false);

// In the middle of what is left (or of `height`). True when the action was pressed.
[[nodiscard]] bool empty_state(Icon icon, std::string_view headline, std::string_view detail,
                               std::string_view action = {}, float height = 0);

// Where a file is to be dropped or picked. True when it was pressed (then call platform::pick_files).
[[nodiscard]] bool drop_zone(std::string_view id, std::string_view headline, std::string_view detail, bool files_over_page,
                             float height = 168);

struct Step {
  std::string_view label = {};
  bool passed_by = false;            // left behind without being done
};
// 1 — 2 — 3: what is done, where one is, what is to come. Where there is no room only the current one has its words, the
// others say them to a mouse that rests on them.
void steps(std::string_view id, const Step* items, int count, int current);

// Short notices that go by themselves; kept by the application, drawn last.
class Toasts {
 public:
  void push(Tone tone, std::string words);      // bad ones stay until closed
  void draw();

 private:
  struct Item {
    Tone tone = Tone::neutral;
    std::string words;
    std::int64_t until_ms = 0;   // 0: until closed
    int id = 0;
  };
  std::deque<Item> items_;
  int next_id_ = 1;
};

}  // namespace qudao::ui
