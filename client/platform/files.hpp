// Files of the person at the page: picking, dropping, reading, saving. A File is a handle: its bytes stay in
// the browser until they are read, or are handed to a Worker whole (worker.hpp), so that a 50 MB workbook
// never enters the page's WASM memory. Names may be Chinese.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace qudao::platform {

class File {
 public:
  File() = default;
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::int64_t size_bytes() const { return size_bytes_; }
  [[nodiscard]] bool valid() const { return handle_ != nullptr; }
  // For client/platform only: the browser's object behind the handle; 0 for none.
  [[nodiscard]] int browser_id() const { return handle_ ? *handle_ : 0; }
  static File adopt(int browser_id, std::string name, std::int64_t size_bytes);

 private:
  std::shared_ptr<const int> handle_;  // the last copy lets the browser forget the file
  std::string name_;
  std::int64_t size_bytes_ = 0;
};

struct FilePickOptions {
  std::string accept;       // as in <input accept>: ".xlsx,.csv"
  bool multiple = false;
};

using FilesTaken = std::function<void(std::vector<File>)>;

// Opens the browser's dialog. Must follow from a click or a key of the person (within a second or so).
// Not called when the dialog is cancelled.
void pick_files(const FilePickOptions& options, FilesTaken on_files);

// Files dropped anywhere on the page. An empty function refuses drops (the page never navigates away).
void on_files_dropped(FilesTaken on_files);
[[nodiscard]] bool files_hover_page();  // something with files is being dragged over the page right now

struct FileBytes {
  bool ok = false;      // false: the file was moved, changed or forbidden meanwhile
  std::string bytes;
};
// [from, from + length); length < 0 means to the end.
void read_file(const File& file, std::int64_t from, std::int64_t length, std::function<void(FileBytes)> on_read);

// Gives the person a file to keep, under `name`.
void save_bytes(std::string_view name, std::string_view mime_type, std::string_view bytes);
void save_file(const File& file, std::string_view name);

}  // namespace qudao::platform
