#include "client/widgets/row_selection.hpp"

#include <algorithm>

namespace qudao::ui {

void RowSelection::set(std::int64_t a, std::int64_t b) {
  ranges_.clear();
  add(a, b);
}

void RowSelection::add(std::int64_t a, std::int64_t b) {
  Range wanted{std::min(a, b), std::max(a, b)};
  if (wanted.first < 0) return;
  std::vector<Range> merged;
  for (const Range& range : ranges_) {
    if (range.last + 1 < wanted.first || range.first > wanted.last + 1) {
      merged.push_back(range);
      continue;
    }
    wanted.first = std::min(wanted.first, range.first);
    wanted.last = std::max(wanted.last, range.last);
  }
  merged.push_back(wanted);
  std::sort(merged.begin(), merged.end(), [](const Range& x, const Range& y) { return x.first < y.first; });
  ranges_ = std::move(merged);
}

void RowSelection::toggle(std::int64_t row) {
  if (contains(row)) remove(row);
  else add(row, row);
}

void RowSelection::remove(std::int64_t row) {
  std::vector<Range> left;
  for (const Range& range : ranges_) {
    if (row < range.first || row > range.last) {
      left.push_back(range);
      continue;
    }
    if (range.first < row) left.push_back({range.first, row - 1});
    if (row < range.last) left.push_back({row + 1, range.last});
  }
  ranges_ = std::move(left);
}

bool RowSelection::contains(std::int64_t row) const {
  const auto after = std::upper_bound(ranges_.begin(), ranges_.end(), row, [](std::int64_t at, const Range& range) { return at < range.first; });
  return after != ranges_.begin() && row <= std::prev(after)->last;
}

std::int64_t RowSelection::count() const {
  std::int64_t all = 0;
  for (const Range& range : ranges_) all += range.last - range.first + 1;
  return all;
}

}  // namespace qudao::ui
