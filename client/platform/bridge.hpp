// What C++ asks of the browser: the functions of js/*.js. Strings and bytes go as pointer and length. What
// returns a string calls qd_returned() meanwhile; returned_string() takes it. For client/platform only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

extern "C" {
// page.js
void qd_page_start(const char* font_url, int length);
void qd_page_more_font(const char* font_url, int length);
void qd_page_schedule();
void qd_page_cursor(int shape);
void qd_page_text_input(int wanted, int secret);
void qd_page_caret(float x, float y, float line_height);
void qd_page_title(const char* text, int length);
void qd_page_language(const char* text, int length);
void qd_page_browser_language();
int qd_page_online();
void qd_page_version();
void qd_page_log(const char* text, int length);
void qd_page_ready();
double qd_page_now();
double qd_page_wall();
int qd_page_mac();
int qd_page_prefers_dark();
void qd_page_dark(int dark);
// paper.js
void qd_print(const char* json, int length);
void qd_picture(const char* name, int length, float left, float top, float right, float bottom);
// gl.js
int qd_gl_ready();
void qd_gl_atlas(const std::uint8_t* pixels, int width, int height, int first_row, int last_row, int resized);
void qd_gl_begin(float width, float height, float density, std::uint32_t clear_colour);
void qd_gl_list(const void* vertices, int vertex_bytes, const void* indices, int index_bytes, const float* commands,
                int command_count);
void qd_gl_end();
// glyphs.js
void qd_glyph_text(int character, float em_px, std::uint8_t* box, float* metrics);
void qd_glyph_icon(int character, float side_px, std::uint8_t* box, float* metrics);
// mirror.js
void qd_mirror(const char* json, int length);
// clipboard.js
int qd_copy(const char* text, int length);
void qd_clipboard_give(const char* text, int length);
// http.js
void qd_http_send(int id, const char* head, int head_length, const char* body, int body_length, double timeout_ms);
void qd_http_abort(int id);
// files.js
void qd_file_pick(const char* accept, int length, int multiple);
void qd_file_read(int read_id, int file_id, double from, double length);
void qd_file_save(int file_id, const char* name, int length);
void qd_bytes_save(const char* name, int name_length, const char* mime, int mime_length, const char* bytes, int length);
void qd_file_release(int file_id);
// worker.js
void qd_worker_start(int id, const char* url, int length);
void qd_worker_post(int id, const char* bytes, int length, int file_id);
void qd_worker_end(int id);
// address.js
void qd_address_get(int what, const char* name, int length);  // 0 hash, 1 origin, 2 query parameter
int qd_address_has(const char* name, int length);
void qd_address_set(const char* text, int length, int replace);
void qd_address_open(const char* url, int length);
void qd_address_reload();
void qd_address_guard(int on);
// storage.js
void qd_store_get(const char* key, int length);
void qd_store_set(const char* key, int key_length, const char* value, int value_length);
void qd_store_remove(const char* key, int length);
// kept.js
void qd_keep_file(const char* key, int key_length, int file_id, const char* note, int note_length);
void qd_keep_bytes(const char* key, int key_length, const char* name, int name_length, const char* bytes, int length, const char* note,
                   int note_length);
void qd_keep_note(const char* key, int key_length, const char* note, int note_length);
void qd_keep_forget(const char* key, int length);
void qd_keep_find(int id, const char* key, int length);
// timer.js
void qd_timer(int id, double delay_ms);
}

namespace qudao::platform {

// What the last qd_… call above returned.
[[nodiscard]] std::string returned_string();
inline int length_of(std::string_view text) { return static_cast<int>(text.size()); }

}  // namespace qudao::platform
