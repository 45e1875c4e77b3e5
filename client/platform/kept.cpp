#include "client/platform/kept.hpp"

#include <emscripten.h>

#include <utility>

#include "client/platform/bridge.hpp"
#include "client/platform/page.hpp"

namespace qudao::platform {

void keep_file(std::string_view key, const File& file, std::string_view note) {
  if (file.valid() && !key.empty()) qd_keep_file(key.data(), length_of(key), file.browser_id(), note.data(), length_of(note));
}

void keep_bytes(std::string_view key, std::string_view name, std::string_view bytes, std::string_view note) {
  if (key.empty()) return;
  qd_keep_bytes(key.data(), length_of(key), name.data(), length_of(name), bytes.data(), length_of(bytes), note.data(), length_of(note));
}

void keep_note(std::string_view key, std::string_view note) {
  if (!key.empty()) qd_keep_note(key.data(), length_of(key), note.data(), length_of(note));
}

void forget_kept(std::string_view key) {
  if (!key.empty()) qd_keep_forget(key.data(), length_of(key));
}

void find_kept(std::string_view key, std::function<void(std::optional<Kept>)> on_found) {
  Page& p = page();
  const int id = p.take_id();
  p.finds.emplace(id, std::move(on_found));
  ++p.busy;
  qd_keep_find(id, key.data(), length_of(key));
}

}  // namespace qudao::platform

using qudao::platform::File;
using qudao::platform::Kept;
using qudao::platform::page;

extern "C" {

// file_id 0: nothing was found.
EMSCRIPTEN_KEEPALIVE void qd_on_kept(int id, int file_id, const char* name, int name_length, double size, const char* note, int note_length,
                                     double at) {
  auto& p = page();
  auto node = p.finds.extract(id);
  if (node.empty()) return;
  --p.busy;
  std::optional<Kept> kept;
  if (file_id != 0) {
    kept.emplace();
    kept->file = File::adopt(file_id, {name, static_cast<std::size_t>(name_length)}, static_cast<std::int64_t>(size));
    kept->note.assign(note, static_cast<std::size_t>(note_length));
    kept->at_unix_ms = static_cast<std::int64_t>(at);
  }
  if (node.mapped()) node.mapped()(std::move(kept));
  qudao::platform::wake();
}
}
