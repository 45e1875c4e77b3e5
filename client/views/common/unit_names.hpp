// Names of units that stand beside each other in a table or a chart. Every district has its 城东一片1社区: one that is not
// alone in its name is told with the nearest unit above it that tells it apart. Names and paths themselves: world.hpp.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "client/views/common/list_rows.hpp"
#include "client/views/common/world.hpp"

namespace qudao::client {

class UnitNames {
public:
    struct Name {
        std::string above = {};   // empty when the name does alone
        std::string name = {};
        [[nodiscard]] std::string whole() const { return above.empty() ? name : above + " / " + name; }
    };
    UnitNames() = default;
    // In any order, as often as they come; 0 is no unit.
    UnitNames(const World& world, std::vector<std::int64_t> units);

    // "#12" for one that was not among them; "" for 0.
    [[nodiscard]] Name of(std::int64_t unit) const;
    [[nodiscard]] std::string whole(std::int64_t unit) const { return of(unit).whole(); }

private:
    std::vector<std::int64_t> units_;   // ascending
    std::vector<Name> names_;           // theirs
};

// Of the units in one column of a list; made when rows have come, not each frame.
class ListUnitNames {
public:
    // `shown` as in PagedList.
    const UnitNames& of(const World& world, const ListRows& rows, std::uint32_t shown, std::string_view column);

private:
    UnitNames names_;
    std::shared_ptr<const Organisation> organisation_;
    std::uint32_t shown_ = 0;
    std::int64_t rows_ = 0;
};

}  // namespace qudao::client
