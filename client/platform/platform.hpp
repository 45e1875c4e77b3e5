// The browser as the client sees it: the life of the page, waking the frame loop, time, title, language.
// One header a theme (http.hpp, files.hpp, worker.hpp, address.hpp, clipboard.hpp, storage.hpp, timer.hpp);
// none of them names emscripten, so models and views can be compiled and tested without a browser.
// Not here: drawing (client/widgets) and what the frames show (client/app).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace qudao::platform {

// What the page runs. Both calls come on the page's only thread.
class Application {
 public:
  virtual ~Application() = default;
  // Once, when ImGui's context exists and before anything is drawn (style, faces).
  virtual void opened() = 0;
  // Before each drawn frame, and alone while the tab is hidden: take completions, never draw.
  virtual void process() = 0;
  // Inside an ImGui frame. May run twice for one frame on screen (glyphs arrive between the passes),
  // so it must not act, only draw and queue; input is never seen twice.
  virtual void draw() = 0;
};

struct AtlasFace {
  float size_px = 14;    // em size in CSS pixels
  bool bold = false;     // made from the regular by widening the strokes: there is no bold font on the wire
};

struct PageOptions {
  std::string font_url = "fonts/qudao.ttf";   // relative to the page; fetched before the first frame
  std::string more_font_url = "fonts/qudao-more.ttf";  // the rest of it, when a character of it is to be shown
  std::vector<AtlasFace> faces;               // become ImGui's io.Fonts in this order
};

// Starts the loop and returns; `app` must live as long as the page.
void run(Application& app, const PageOptions& options);

// Asks for `frames` frames more. Everything asynchronous calls it when it has changed something: nothing is
// drawn otherwise. Cheap, may be called from anywhere on the page, any number of times.
void wake(int frames = 2);

// One frame at once, for events whose answer the browser wants before they end (copy, print). Never from a frame.
void draw_now();

// While one is alive, window.qudao.settle() waits: hold it over work whose end changes the screen.
class Busy {
 public:
  Busy();
  ~Busy();
  Busy(const Busy&) = delete;
  Busy& operator=(const Busy&) = delete;
};

// An input method is composing over the field that is edited: what the field shows beside it would be in the way.
[[nodiscard]] bool text_is_composed();

[[nodiscard]] std::int64_t monotonic_ms();      // since the page was opened
[[nodiscard]] std::int64_t unix_ms();           // the machine's clock: for show only, never for a rule
[[nodiscard]] std::int64_t frames_drawn();
[[nodiscard]] std::string browser_language();   // "zh-CN", "en-US", ...
[[nodiscard]] bool browser_online();
[[nodiscard]] bool prefers_dark();              // of the system or browser
void on_prefers_dark_changed(std::function<void()> on_changed);
void set_page_dark(bool dark);                  // the page round the canvas, the browser's own controls
[[nodiscard]] std::string page_version();        // as web/pack_page.py named it; "" if it did not
void set_page_title(std::string_view title);
void set_page_language(std::string_view tag);   // the html lang attribute, for screen readers
void log_to_console(std::string_view line);

struct Memory {
  std::int64_t heap_bytes = 0;      // WASM memory of the page; it never shrinks
  std::int64_t atlas_bytes = 0;     // of which the glyph atlas
  std::int64_t glyphs = 0;
};
[[nodiscard]] Memory memory();

}  // namespace qudao::platform
