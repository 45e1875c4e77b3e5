// Everything the page holds, in one place: the browser calls plain C functions, and this is the root they find
// it by. For client/platform only.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "client/platform/a11y_list.hpp"
#include "client/platform/address.hpp"
#include "client/platform/clipboard.hpp"
#include "client/platform/files.hpp"
#include "client/platform/glyph_atlas.hpp"
#include "client/platform/http.hpp"
#include "client/platform/imgui_input.hpp"
#include "client/platform/input_queue.hpp"
#include "client/platform/kept.hpp"
#include "client/platform/platform.hpp"
#include "client/platform/timer.hpp"
#include "client/platform/worker.hpp"

namespace qudao::platform {

struct Page {
  Application* app = nullptr;
  std::vector<AtlasFace> faces;
  std::string more_font_url;
  bool open = false;               // font there, ImGui ready

  // The loop.
  int frames_wanted = 0;
  double open_since_ms = 0;
  int busy = 0;
  std::int64_t frames = 0;
  bool in_turn = false;            // events are worked off and drawn
  bool drawing = false;
  bool composing = false;
  double last_frame_ms = 0;
  double last_wish_ms = 0;         // of wake_after
  float width = 0, height = 0;     // CSS pixels
  float density = 1;
  TimerId caret_timer = 0;

  InputQueue input;
  ImGuiInput imgui;
  GlyphAtlas atlas;
  A11yList a11y;

  struct Exchange {
    HttpDone done;
    HttpProgressed progressed;
  };
  std::map<HttpId, Exchange> exchanges;
  std::map<TimerId, std::function<void()>> timers;
  std::map<int, std::function<void(FileBytes)>> reads;
  std::map<int, std::function<void(std::optional<Kept>)>> finds;
  std::map<int, WorkerEvents> workers;
  FilesTaken on_files_picked, on_files_dropped;
  std::vector<File> files_coming;
  bool files_hover = false;
  PastedCells on_paste_cells;
  std::function<std::string()> on_copy_request;
  std::function<void(std::string_view)> on_address_changed;
  std::function<void()> on_prefers_dark_changed;
  std::function<void()> on_print_request;
  struct PictureWanted {
    std::string name;
    float left = 0, top = 0, right = 0, bottom = 0;
  };
  std::vector<PictureWanted> pictures_wanted;
  int next_id = 1;
  std::string returned;

  int take_id() { return next_id++; }
};

Page& page();

}  // namespace qudao::platform
