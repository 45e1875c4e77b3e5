#include "client/widgets/table_layout.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace qudao::ui {
namespace {

constexpr std::size_t kMostColumns = 60;
constexpr float kLeast = 0.05F, kMost = 4000;

// Hundredths, so that weights survive and no floating point need be read.
float size_in(std::string_view text) {
  int hundredths = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), hundredths);
  if (fault != std::errc() || end != text.data() + text.size()) return 0;
  const float size = static_cast<float>(hundredths) / 100;
  return size >= kLeast && size <= kMost ? size : 0;
}

bool stands_among(std::string_view key, std::span<const std::string_view> keys) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

}  // namespace

TableLayout TableLayout::parse(std::string_view text) {
  TableLayout layout;
  while (!text.empty() && layout.columns_.size() < kMostColumns) {
    const std::size_t end = std::min(text.find(';'), text.size());
    std::string_view entry = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ColumnPlace place;
    place.hidden = entry.starts_with('-');
    if (place.hidden) entry.remove_prefix(1);
    const std::size_t colon = entry.find(':');
    if (colon != std::string_view::npos) place.size = size_in(entry.substr(colon + 1));
    place.key = entry.substr(0, colon);
    if (!place.key.empty() && layout.find(place.key) == nullptr) layout.columns_.push_back(std::move(place));
  }
  return layout;
}

std::string TableLayout::text() const {
  std::string out;
  for (const ColumnPlace& place : columns_) {
    if (!out.empty()) out += ';';
    if (place.hidden) out += '-';
    out += place.key;
    if (place.size > 0) out.append(":").append(std::to_string(std::lround(place.size * 100)));
  }
  return out;
}

void TableLayout::meet(std::span<const std::string_view> keys) {
  std::size_t after = 0;  // where the next unknown one comes: behind the one the view has before it
  for (const std::string_view key : keys) {
    const std::size_t at = index_of(key);
    if (at < columns_.size()) {
      after = at + 1;
      continue;
    }
    columns_.insert(columns_.begin() + static_cast<std::ptrdiff_t>(std::min(after, columns_.size())), ColumnPlace{std::string(key), false, 0});
    after = std::min(after, columns_.size() - 1) + 1;
  }
  if (keys.empty()) return;
  const std::size_t first = index_of(keys.front());
  std::rotate(columns_.begin(), columns_.begin() + static_cast<std::ptrdiff_t>(first), columns_.begin() + static_cast<std::ptrdiff_t>(first) + 1);
  columns_.front().hidden = false;
}

std::vector<int> TableLayout::order(std::span<const std::string_view> keys) const {
  std::vector<int> order;
  for (const ColumnPlace& place : columns_) {
    const auto at = std::find(keys.begin(), keys.end(), place.key);
    if (at != keys.end()) order.push_back(static_cast<int>(at - keys.begin()));
  }
  return order;
}

std::size_t TableLayout::index_of(std::string_view key) const {
  std::size_t at = 0;
  while (at < columns_.size() && columns_[at].key != key) ++at;
  return at;
}

const ColumnPlace* TableLayout::find(std::string_view key) const {
  const std::size_t at = index_of(key);
  return at < columns_.size() ? &columns_[at] : nullptr;
}

void TableLayout::resize(std::string_view key, float size) {
  if (const std::size_t at = index_of(key); at < columns_.size()) columns_[at].size = std::clamp(size, kLeast, kMost);
}

void TableLayout::hide(std::string_view key, bool hidden) {
  if (const std::size_t at = index_of(key); at > 0 && at < columns_.size()) columns_[at].hidden = hidden;
}

bool TableLayout::move(std::string_view key, int way, std::span<const std::string_view> keys) {
  const std::size_t from = index_of(key);
  if (from == 0 || from >= columns_.size()) return false;
  for (std::size_t to = from;;) {
    if ((way < 0 && to <= 1) || (way > 0 && to + 1 >= columns_.size())) return false;
    to = way < 0 ? to - 1 : to + 1;
    if (columns_[to].hidden || !stands_among(columns_[to].key, keys)) continue;
    ColumnPlace place = std::move(columns_[from]);
    columns_.erase(columns_.begin() + static_cast<std::ptrdiff_t>(from));
    columns_.insert(columns_.begin() + static_cast<std::ptrdiff_t>(to), std::move(place));
    return true;
  }
}

}  // namespace qudao::ui
