// How a person has arranged a table: order, width and visibility of its columns, as text the browser keeps. The
// first column names the row: it stays first and is never hidden.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace qudao::ui {

struct ColumnPlace {
  std::string key;
  bool hidden = false;
  float size = 0;        // pixels of a column with a width, weight of one that shares; 0: as the view says
  friend bool operator==(const ColumnPlace&, const ColumnPlace&) = default;
};

class TableLayout {
 public:
  // "code:106;name_key;-contract:100": in order, '-' before what is hidden. Whatever cannot be read is left out.
  static TableLayout parse(std::string_view text);
  [[nodiscard]] std::string text() const;

  // Takes in the columns a view has now: unknown ones come where the view has them, and what the view does not
  // show at present keeps its place for later.
  void meet(std::span<const std::string_view> keys);
  // Where each of the view's columns stands among them: order()[place] is an index into `keys`.
  [[nodiscard]] std::vector<int> order(std::span<const std::string_view> keys) const;
  [[nodiscard]] const ColumnPlace* find(std::string_view key) const;
  void resize(std::string_view key, float size);
  void hide(std::string_view key, bool hidden);
  // One place to the left (-1) or right (+1) among `keys`, hidden ones jumped over; false at an end.
  bool move(std::string_view key, int way, std::span<const std::string_view> keys);
  void reset() { columns_.clear(); }

 private:
  [[nodiscard]] std::size_t index_of(std::string_view key) const;

  std::vector<ColumnPlace> columns_;
};

}  // namespace qudao::ui
