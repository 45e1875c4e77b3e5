// Which rows of a list are selected, as ranges: selecting a million rows is one entry. By row number, so it means
// something only while the rows stay as they are.
#pragma once

#include <cstdint>
#include <vector>

namespace qudao::ui {

class RowSelection {
 public:
  struct Range {
    std::int64_t first = 0, last = -1;
    friend bool operator==(const Range&, const Range&) = default;
  };

  void clear() { ranges_.clear(); }
  void set(std::int64_t a, std::int64_t b);      // these and no others; either way round
  void add(std::int64_t a, std::int64_t b);
  void toggle(std::int64_t row);
  [[nodiscard]] bool contains(std::int64_t row) const;
  [[nodiscard]] std::int64_t count() const;
  [[nodiscard]] bool empty() const { return ranges_.empty(); }
  [[nodiscard]] const std::vector<Range>& ranges() const { return ranges_; }   // in order, apart from each other

 private:
  void remove(std::int64_t row);

  std::vector<Range> ranges_;
};

}  // namespace qudao::ui
