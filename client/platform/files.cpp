#include "client/platform/files.hpp"

#include <emscripten.h>

#include <utility>

#include "client/platform/bridge.hpp"
#include "client/platform/page.hpp"

namespace qudao::platform {

File File::adopt(int browser_id, std::string name, std::int64_t size_bytes) {
  File file;
  file.handle_ = std::shared_ptr<const int>(new int(browser_id), [](const int* id) {
    qd_file_release(*id);
    delete id;
  });
  file.name_ = std::move(name);
  file.size_bytes_ = size_bytes;
  return file;
}

void pick_files(const FilePickOptions& options, FilesTaken on_files) {
  page().on_files_picked = std::move(on_files);
  qd_file_pick(options.accept.data(), length_of(options.accept), options.multiple ? 1 : 0);
}

void on_files_dropped(FilesTaken on_files) { page().on_files_dropped = std::move(on_files); }
bool files_hover_page() { return page().files_hover; }

void read_file(const File& file, std::int64_t from, std::int64_t length, std::function<void(FileBytes)> on_read) {
  Page& p = page();
  const int id = p.take_id();
  p.reads.emplace(id, std::move(on_read));
  ++p.busy;
  qd_file_read(id, file.browser_id(), static_cast<double>(from), static_cast<double>(length));
}

void save_bytes(std::string_view name, std::string_view mime_type, std::string_view bytes) {
  qd_bytes_save(name.data(), length_of(name), mime_type.data(), length_of(mime_type), bytes.data(), length_of(bytes));
}

void save_file(const File& file, std::string_view name) {
  if (file.valid()) qd_file_save(file.browser_id(), name.data(), length_of(name));
}

}  // namespace qudao::platform

using qudao::platform::File;
using qudao::platform::page;

extern "C" {

// One call for each file, then one without (id 0) that hands them over.
EMSCRIPTEN_KEEPALIVE void qd_on_file(int dropped, int id, const char* name, int length, double size) {
  auto& p = page();
  if (id != 0) {
    p.files_coming.push_back(File::adopt(id, {name, static_cast<std::size_t>(length)}, static_cast<std::int64_t>(size)));
    return;
  }
  auto files = std::exchange(p.files_coming, {});
  const auto& take = dropped != 0 ? p.on_files_dropped : p.on_files_picked;
  if (take && !files.empty()) take(std::move(files));
  qudao::platform::wake();
}

EMSCRIPTEN_KEEPALIVE void qd_on_files_hover(int over) {
  page().files_hover = over != 0;
  qudao::platform::wake();
}

EMSCRIPTEN_KEEPALIVE void qd_on_file_read(int id, int ok, const char* bytes, int length) {
  auto& p = page();
  auto node = p.reads.extract(id);
  if (node.empty()) return;
  --p.busy;
  if (node.mapped()) node.mapped()({ok != 0, std::string(bytes, static_cast<std::size_t>(length))});
  qudao::platform::wake();
}
}
