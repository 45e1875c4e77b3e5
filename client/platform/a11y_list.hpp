// The list behind a11y.hpp: filled while a frame is drawn, given to the page as JSON when it is at rest.
// For client/platform only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "client/platform/a11y.hpp"

namespace qudao::platform {

struct A11yItem {
  std::uint32_t id = 0;          // ImGui's; 0 for what has none
  std::uint32_t window = 0;      // the root window
  a11y::Role role = a11y::Role::none;
  a11y::Box box;                 // clipped
  a11y::State state;
  std::uint32_t label = 0, label_length = 0, value = 0, value_length = 0;  // in the list's text
  bool focused = false;
  bool clipped_away = false;
};

class A11yList {
 public:
  void begin_frame();
  // Items come in drawing order; a hook gives the box first, the label afterwards.
  void add_box(std::uint32_t id, const a11y::Box& box, bool visible);
  void label(std::uint32_t id, std::string_view label, a11y::Role role, const a11y::State& state);
  void add(a11y::Role role, const a11y::Box& box, std::string_view label, std::string_view value, const a11y::State& state);
  void replace_last(std::uint32_t id, a11y::Role role, std::string_view label, std::string_view value, const a11y::State& state);
  void end_frame();

  [[nodiscard]] std::string json() const;
  // True once for each change of what json() would say.
  [[nodiscard]] bool changed();

  // Where the next items belong; set by the hooks.
  std::uint32_t window = 0;
  bool shut_out = false;         // behind a modal dialog
  std::uint32_t focused_id = 0;

 private:
  [[nodiscard]] std::string_view text(std::uint32_t from, std::uint32_t length) const {
    return std::string_view(text_).substr(from, length);
  }
  void put_label(A11yItem& item, std::string_view label);
  void put_value(A11yItem& item, std::string_view value);

  std::vector<A11yItem> items_;
  std::string text_;
  std::uint64_t hash_ = 0, told_hash_ = 1;
};

}  // namespace qudao::platform
