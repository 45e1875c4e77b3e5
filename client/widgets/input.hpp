// Fields one types or chooses in. IME, clipboard and undo work in every text field.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "client/widgets/icon.hpp"

namespace qudao::ui {

enum class LabelPlace : std::uint8_t { above, left, hidden };

struct InputOptions {
  std::string_view placeholder = {};
  float width = 0;                    // 0: the form width; < 0: all that is left
  LabelPlace label_place = LabelPlace::above;
  Icon icon = Icon::none;
  bool enabled = true;
  bool password = false;
  bool clearable = false;             // a cross at the right end empties it
  bool focus_now = false;             // true in the one frame that should put the caret in it
  bool required = false;
  bool keep_arrows = false;           // up and down are for the list below it, not for leaving it
  int lines = 1;                      // more: a text area
  int max_bytes = 1024;               // a stop against pasted novels; rules are the domain's
  std::string_view error = {};             // below, in words; the field turns red
  std::string_view help = {};              // below, when there is no error
};

struct InputResult {
  bool changed = false;               // the value differs from the frame before
  bool submitted = false;             // Enter in a one-line field
  bool left = false;                  // the caret has just left it
};

InputResult input_text(std::string_view label, std::string& value, const InputOptions& options = {});
// input_text with the magnifier, clearable, its label hidden.
InputResult search_field(std::string_view label, std::string& value, InputOptions options = {});

struct ComboOptions {
  float width = 0;
  LabelPlace label_place = LabelPlace::above;
  bool enabled = true;
  bool filter = false;                // a search field over the list; for more than about ten items
  std::string_view placeholder = {};       // shown while `current` is -1
  std::string_view error = {};
};
// True when `current` changed.
[[nodiscard]] bool combo(std::string_view label, int& current, std::span<const std::string_view> items,
                         const ComboOptions& options = {});
[[nodiscard]] bool combo(std::string_view label, int& current, int count, const std::function<std::string_view(int)>& item,
                         const ComboOptions& options = {});

// One line of a list of finds: what it is at the right, more about it after its name.
[[nodiscard]] bool option_line(std::string_view label, std::string_view detail, std::string_view kind, Icon icon, bool chosen);

// True when it was pressed; the value is already turned.
[[nodiscard]] bool checkbox(std::string_view label, bool& value, bool enabled = true);
[[nodiscard]] bool toggle(std::string_view label, bool& value, bool enabled = true);
[[nodiscard]] bool radio(std::string_view label, int& current, int value, bool enabled = true);

}  // namespace qudao::ui
