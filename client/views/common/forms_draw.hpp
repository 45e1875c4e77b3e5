#pragma once

#include <cstdint>

#include "client/views/common/world.hpp"

namespace qudao::client {

// Says that a form begins with what was not saved, and how old that is; true: it is to be given up. 0: says nothing.
bool draw_restored(std::int64_t changed_unix_ms, const World& world);

}  // namespace qudao::client
