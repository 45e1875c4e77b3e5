// How grave a short notice is; drawn by the tone of that name.
#pragma once

#include <cstdint>

namespace qudao::client {

enum class NoticeTone : std::uint8_t { neutral, good, warn, bad };

}  // namespace qudao::client
