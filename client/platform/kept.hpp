// Work that is not finished, kept by this browser over a reload and the end of a session: a file and a note about what was
// decided on it. It may be refused, or cleared at any time: then nothing is found. What is older than a week goes by itself. The
// browser's own store (IndexedDB), of this origin: as safe as the account on the machine. Not for settings (storage.hpp).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "client/platform/files.hpp"

namespace qudao::platform {

struct Kept {
  File file;                   // the browser's copy, its name as it was
  std::string note;
  std::int64_t at_unix_ms = 0; // when the file was first kept
};

// One thing a key; keeping replaces it. Nothing is kept, and nothing found, under "".
void keep_file(std::string_view key, const File& file, std::string_view note);
void keep_bytes(std::string_view key, std::string_view name, std::string_view bytes, std::string_view note);
void keep_note(std::string_view key, std::string_view note);    // about what is kept already
void forget_kept(std::string_view key);
// Called once, later; nullopt: there is nothing.
void find_kept(std::string_view key, std::function<void(std::optional<Kept>)> on_found);

}  // namespace qudao::platform
