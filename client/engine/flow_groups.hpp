// Flows, few enough to be looked at as a picture: the largest units of each side by themselves, all others together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "shared/dto/move_dto.hpp"

namespace qudao::engine {

// Stands for all units of a side that are not told by themselves; no unit has this id.
inline constexpr std::int64_t kOtherUnits = 0;

// At most `most` (2 or more) units a side, kOtherUnits among them when there are more: those that most customers leave, or
// come to. Every customer and every fen of `flows` is in the result, which can be grouped further. Largest first.
std::vector<dto::FlowDto> grouped(std::span<const dto::FlowDto> flows, std::size_t most);

}  // namespace qudao::engine
