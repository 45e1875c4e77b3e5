// A screen a person has saved under a name: its address and how its tables were arranged. Each person has their own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace qudao {

inline constexpr std::size_t kMostViews = 50;            // of one person
inline constexpr std::int64_t kLongestViewName = 40;     // characters
inline constexpr std::int64_t kLongestViewAddress = 4000;
inline constexpr std::int64_t kLongestViewLayouts = 20'000;

struct SavedView {
    std::int64_t id = 0;
    std::string name;
    std::string address;   // "/customers?unit=12": a path of this application
    std::string layouts;   // the client's own: client/widgets/table_desk.hpp
    friend bool operator==(const SavedView&, const SavedView&) = default;
};

}  // namespace qudao
