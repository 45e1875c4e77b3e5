// A column of texts laid end to end: one allocation for the bytes, one for the ends. At most 4 GiB of bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace qudao {

class StringColumn {
public:
    void reserve(std::size_t rows, std::size_t bytes) {
        ends_.reserve(rows);
        bytes_.reserve(bytes);
    }
    void push_back(std::string_view text) {
        bytes_.append(text);
        ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
    }
    std::string_view operator[](std::size_t row) const {
        const std::uint32_t begin = row == 0 ? 0 : ends_[row - 1];
        return std::string_view(bytes_).substr(begin, ends_[row] - begin);
    }
    std::size_t size() const { return ends_.size(); }
    bool empty() const { return ends_.empty(); }
    std::size_t byte_size() const { return bytes_.size(); }
    void clear() {
        bytes_.clear();
        ends_.clear();
    }
    // Keeps the first `rows`.
    void truncate(std::size_t rows) {
        if (rows >= ends_.size()) return;
        bytes_.resize(rows == 0 ? 0 : ends_[rows - 1]);
        ends_.resize(rows);
    }
    void shrink_to_fit() {
        bytes_.shrink_to_fit();
        ends_.shrink_to_fit();
    }
    friend bool operator==(const StringColumn&, const StringColumn&) = default;

private:
    std::string bytes_;
    std::vector<std::uint32_t> ends_;
};

}  // namespace qudao
