// A small organisation and a person in it, for tests of views.
#pragma once

#include <vector>

#include "client/views/common/effects.hpp"
#include "client/views/common/world.hpp"

namespace qudao::client::test {

// Ids of the units below.
inline constexpr std::int64_t kProvince = 1, kNanning = 2, kQingxiu = 3, kDepartment = 4, kTeam = 5, kCommunity = 6, kOther = 7, kPool = 8,
                              kPublicChannel = 9, kNanningPublic = 10, kRetired = 11;

// 广西 / 南宁 / 青秀 / 公众客户部 / 城东二片 / two communities, a pool, a retired community; by channel 广西 / 公众 / 南宁公众 / the same.
World world(ActionMask actions = ~ActionMask{0});

// The one effect of that type; asserts that there is exactly one.
template <class T>
T only(const Effects& effects) {
    const T* found = nullptr;
    int count = 0;
    for (const Effect& effect : effects) {
        if (const T* one = std::get_if<T>(&effect)) {
            found = one;
            ++count;
        }
    }
    if (count != 1) throw std::runtime_error("expected one effect of the type, there are " + std::to_string(count));
    return *found;
}
template <class T>
int count_of(const Effects& effects) {
    int count = 0;
    for (const Effect& effect : effects) count += std::holds_alternative<T>(effect) ? 1 : 0;
    return count;
}

}  // namespace qudao::client::test
