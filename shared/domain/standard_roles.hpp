// The seventeen roles (section F) that every database begins with: what each may do, as its name says. They are data from
// then on, changed on screen; nothing asks for a role by its code but the ones who fill databases.
#pragma once

#include <vector>

#include "shared/domain/rights.hpp"

namespace qudao {

inline constexpr std::size_t kStandardRoles = 17;
// In the order of section F; the ids are the numbers there, 1..17.
const std::vector<Role>& standard_roles();

}  // namespace qudao
