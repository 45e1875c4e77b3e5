#include <emscripten.h>

#include <algorithm>
#include <cmath>

#include "client/platform/bridge.hpp"
#include "client/platform/page.hpp"
#include "client/platform/renderer.hpp"
#include "imgui.h"
#include "imgui_internal.h"

// ImFont::FindGlyph calls it (toolchains/patch_imgui.py).
extern void (*qudao_glyph_miss)(const ImFont*, ImWchar);
// Text starts on a device pixel, not on a CSS pixel (the same patch).
extern float qudao_text_density;

namespace qudao::platform {
namespace {

// A frame is drawn again while glyphs arrive: text, then what that text made visible. More is a fault.
constexpr int kPasses = 4;
// Clicks and keys beyond one a frame are worked off without showing each.
constexpr int kInputFrames = 16;
constexpr std::int64_t kCaretMs = 400;
constexpr std::int64_t kHeldButtonMs = 33;
// The first frame waits so long for what was asked at the start: the page's cover lies over it anyway, and a screen that is
// replaced at once costs the showing of one more frame.
constexpr double kFirstFrameWaitsMs = 500;
// What ImGui settles over several frames (sizes, the focus) is settled before the first is shown, for the same reason.
constexpr int kFramesBeforeFirst = 2;

void new_frame(double now_ms) {
  Page& p = page();
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = ImVec2(p.width, p.height);
  io.DisplayFramebufferScale = ImVec2(p.density, p.density);
  io.FontGlobalScale = 1.0F / p.density;
  // ImGui wants time to go on; its clock is the sum of these.
  io.DeltaTime = std::max(static_cast<float>((now_ms - p.last_frame_ms) / 1000.0), 1e-5F);
  p.last_frame_ms = std::max(now_ms, p.last_frame_ms);
  p.imgui.apply(p.input);
  ImGui::NewFrame();
  // ImGui fades the shade behind a dialog in over many frames; few come, so it is there at once.
  ImGuiContext& context = *ImGui::GetCurrentContext();
  context.DimBgRatio = context.DimBgRatio > 0 ? 1.0F : 0.0F;
  p.a11y.begin_frame();
  p.app->draw();
  ImGui::Render();
  p.a11y.end_frame();
}

void draw_frame(double now_ms) {
  Page& p = page();
  p.drawing = true;
  int passes = 0, input_frames = 0, settling_frames = p.frames == 0 ? kFramesBeforeFirst : 0;
  if (settling_frames > 0) p.frames_wanted = 0;
  for (;;) {
    new_frame(now_ms);
    const bool made = p.atlas.make_missing();
    if (p.atlas.take_more_wanted()) {
      ++p.busy;
      qd_page_more_font(p.more_font_url.data(), length_of(p.more_font_url));
    }
    if (made) {
      if (++passes < kPasses) continue;
      p.frames_wanted = std::max(p.frames_wanted, 1);
    }
    if (!p.input.empty() && ++input_frames < kInputFrames) {
      p.app->process();
      continue;
    }
    if (settling_frames-- > 0) {
      p.app->process();
      continue;
    }
    break;
  }
  if (!p.input.empty()) p.frames_wanted = std::max(p.frames_wanted, 2);
  render(*ImGui::GetDrawData(), p.atlas, p.density);
  // While what was drawn is still there: the browser takes it away when this task ends.
  for (const Page::PictureWanted& wanted : std::exchange(p.pictures_wanted, {}))
    qd_picture(wanted.name.data(), length_of(wanted.name), wanted.left, wanted.top, wanted.right, wanted.bottom);
  p.imgui.after_frame();
  ++p.frames;
  p.drawing = false;
}

// While events are worked off and drawn, at whose end the page looks itself whether it is at rest.
class Turn {
 public:
  Turn() { page().in_turn = true; }
  ~Turn() { page().in_turn = false; }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
};

// Timers that only draw: the caret blinks, a held button scrolls.
void keep_alive() {
  Page& p = page();
  const std::int64_t wait_ms = p.imgui.button_held() ? kHeldButtonMs : p.imgui.wants_text() ? kCaretMs : 0;
  if (wait_ms == 0 || p.frames_wanted > 0 || p.caret_timer != 0) return;
  p.caret_timer = call_after(wait_ms, [] {
    page().caret_timer = 0;
    wake(1);
  });
}

void open_imgui() {
  Page& p = page();
  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.BackendPlatformName = "qudao_html5";
  io.BackendRendererName = "qudao_webgl2";
  io.BackendFlags |= ImGuiBackendFlags_HasMouseCursors | ImGuiBackendFlags_RendererHasVtxOffset;
  io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  io.ConfigWindowsMoveFromTitleBarOnly = true;
  io.ConfigMacOSXBehaviors = qd_page_mac() != 0;
  ImGui::GetCurrentContext()->TestEngineHookItems = true;
  p.imgui.open();
  qudao_glyph_miss = [](const ImFont* font, ImWchar character) { page().atlas.note_miss(font, character); };
}

}  // namespace

// The one object of static life in the client: C callbacks have no other way to it.
Page& page() {
  static Page the_page;
  return the_page;
}

void run(Application& app, const PageOptions& options) {
  Page& p = page();
  p.app = &app;
  p.faces = options.faces;
  p.more_font_url = options.more_font_url;
  open_imgui();
  app.opened();
  qd_page_start(options.font_url.data(), length_of(options.font_url));
}

void wake(int frames) {
  Page& p = page();
  p.frames_wanted = std::max(p.frames_wanted, frames);
  if (p.open && !p.drawing) qd_page_schedule();
}

void wake_after(std::int64_t delay_ms) {
  Page& p = page();
  const double due = qd_page_now() + static_cast<double>(delay_ms);
  // A wish that is still to come and comes sooner covers this one: whoever drew then will wish again.
  if (p.last_wish_ms > qd_page_now() && p.last_wish_ms <= due) return;
  p.last_wish_ms = due;
  (void)call_after(delay_ms, [] { wake(1); });
}

void draw_now() {
  Page& p = page();
  if (!p.open || p.in_turn) return;
  {
    const Turn turn;
    p.app->process();
    draw_frame(qd_page_now());
  }
  wake(2);
}

Busy::Busy() { ++page().busy; }
Busy::~Busy() {
  --page().busy;
  if (!page().in_turn) wake();
}

bool text_is_composed() { return page().composing; }
std::int64_t monotonic_ms() { return static_cast<std::int64_t>(qd_page_now()); }
std::int64_t unix_ms() { return static_cast<std::int64_t>(qd_page_wall()); }
std::int64_t frames_drawn() { return page().frames; }
bool browser_online() { return qd_page_online() != 0; }
bool prefers_dark() { return qd_page_prefers_dark() != 0; }
void on_prefers_dark_changed(std::function<void()> on_changed) { page().on_prefers_dark_changed = std::move(on_changed); }
void set_page_dark(bool dark) { qd_page_dark(dark ? 1 : 0); }
void set_page_title(std::string_view title) { qd_page_title(title.data(), length_of(title)); }
void set_page_language(std::string_view tag) { qd_page_language(tag.data(), length_of(tag)); }
void log_to_console(std::string_view line) { qd_page_log(line.data(), length_of(line)); }

std::string browser_language() {
  qd_page_browser_language();
  return returned_string();
}

std::string page_version() {
  qd_page_version();
  return returned_string();
}

Memory memory() {
  const Page& p = page();
  return {static_cast<std::int64_t>(EM_ASM_DOUBLE({ return HEAPU8.length; })), p.atlas.bytes(), p.atlas.glyph_count()};
}

std::string returned_string() { return std::exchange(page().returned, {}); }

}  // namespace qudao::platform

using qudao::platform::page;

extern "C" {

EMSCRIPTEN_KEEPALIVE void qd_returned(const char* text, int length) {
  page().returned.assign(text, static_cast<std::size_t>(length));
}

// The font has come: the first frame can be drawn. 0 if it is not a font.
EMSCRIPTEN_KEEPALIVE int qd_on_font(const char* bytes, int length) {
  auto& p = page();
  if (!p.atlas.open(std::string(bytes, static_cast<std::size_t>(length)), p.faces)) return 0;
  p.open = true;
  p.open_since_ms = qd_page_now();
  p.atlas.set_density(p.density);
  qudao_text_density = p.density;
  qudao::platform::wake(3);
  return 1;
}

// The rest of the font has come, or (length 0) it has not and the system's fonts must do.
EMSCRIPTEN_KEEPALIVE void qd_on_more_font(const char* bytes, int length) {
  auto& p = page();
  --p.busy;
  if (length > 0) (void)p.atlas.open_more(std::string(bytes, static_cast<std::size_t>(length)));
  qudao::platform::wake(3);
}

EMSCRIPTEN_KEEPALIVE void qd_on_resize(float width, float height, float density) {
  auto& p = page();
  p.width = width;
  p.height = height;
  p.density = density;
  if (p.open) {
    p.atlas.set_density(density);
    qudao_text_density = density;
  }
  qudao::platform::wake(3);
}

// WebGL came back after a loss: the texture must be sent again.
EMSCRIPTEN_KEEPALIVE void qd_on_gl_restored() {
  page().atlas.everything_changed();
  qudao::platform::wake(2);
}

// What is on screen, to js/mirror.js.
EMSCRIPTEN_KEEPALIVE void qd_tell_items() {
  const std::string json = page().a11y.json();
  qd_mirror(json.data(), static_cast<int>(json.size()));
}

// One turn of the loop. Returns whether another one is wanted.
EMSCRIPTEN_KEEPALIVE int qd_on_tick(double now_ms, int hidden) {
  auto& p = page();
  if (!p.open) return 0;
  const qudao::platform::Turn turn;
  p.app->process();
  if (p.frames == 0 && p.busy > 0 && now_ms < p.open_since_ms + qudao::platform::kFirstFrameWaitsMs) return 1;
  if (hidden == 0 && qd_gl_ready() != 0 && p.width > 0 && p.height > 0) {
    if (p.frames_wanted > 0) --p.frames_wanted;
    qudao::platform::draw_frame(now_ms);
  } else {
    p.frames_wanted = 0;
    if (hidden != 0) return 0;
  }
  qudao::platform::keep_alive();
  if (p.frames_wanted > 0) return 1;
  if (p.a11y.changed()) qd_tell_items();
  return 0;
}

EMSCRIPTEN_KEEPALIVE void qd_on_prefers_dark() {
  if (page().on_prefers_dark_changed) page().on_prefers_dark_changed();
  qudao::platform::wake();
}

EMSCRIPTEN_KEEPALIVE void qd_on_print() {
  if (page().on_print_request) page().on_print_request();
}

EMSCRIPTEN_KEEPALIVE int qd_busy() { return page().busy; }
EMSCRIPTEN_KEEPALIVE double qd_frames() { return static_cast<double>(page().frames); }
EMSCRIPTEN_KEEPALIVE double qd_glyphs() { return static_cast<double>(page().atlas.glyph_count()); }
EMSCRIPTEN_KEEPALIVE double qd_atlas_bytes() { return static_cast<double>(page().atlas.bytes()); }
}
