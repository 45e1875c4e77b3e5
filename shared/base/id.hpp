// A type for each kind of database id, so that one is never passed for another. 0 = none.
#pragma once

#include <cstdint>

namespace qudao {

template <class Tag>
struct Id {
    std::int64_t value = 0;
    explicit operator bool() const { return value != 0; }
    friend bool operator==(Id, Id) = default;
    friend bool operator<(Id a, Id b) { return a.value < b.value; }
};

using UnitId = Id<struct UnitTag>;
using ChannelId = Id<struct ChannelTag>;
using CustomerId = Id<struct CustomerTag>;
using PersonId = Id<struct PersonTag>;
using RoleId = Id<struct RoleTag>;
using BatchId = Id<struct BatchTag>;

}  // namespace qudao
