#include "client/views/common/unit_names.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace qudao::client {
namespace {

// The names above a unit, the nearest first, without the province.
std::vector<std::string_view> names_above(const World& world, std::int64_t id) {
    std::vector<std::string_view> names;
    const UnitIndex unit = world.unit(id);
    if (unit == kNoUnit) return names;
    const Organisation& org = *world.organisation;
    const Tree tree = org.in_tree(Tree::area, unit) ? Tree::area : Tree::channel;
    for (UnitIndex at = org.parent(tree, unit); at != kNoUnit && at != org.root(); at = org.parent(tree, at)) names.push_back(org.unit(at).name);
    return names;
}

struct Namesake {
    std::int64_t unit = 0;
    UnitNames::Name* name = nullptr;
};

void tell_apart(const World& world, const std::vector<Namesake>& group) {
    std::vector<std::vector<std::string_view>> above;
    std::map<std::string_view, int> bearers;   // of the group: those below a unit of that name
    for (const Namesake& one : group) {
        above.push_back(names_above(world, one.unit));
        for (const std::string_view name : std::set<std::string_view>(above.back().begin(), above.back().end())) ++bearers[name];
    }
    std::map<std::string, std::vector<Namesake>> by_path;
    for (std::size_t i = 0; i < group.size(); ++i) {
        const auto own = std::find_if(above[i].begin(), above[i].end(), [&](std::string_view name) { return bearers[name] == 1; });
        if (own != above[i].end()) group[i].name->above = *own;
        else by_path[world.unit_above(group[i].unit)].push_back(group[i]);
    }
    // Each unit above is shared with one or another: the whole way, and where that is the same too, the code.
    for (const auto& [path, same] : by_path) {
        for (const Namesake& one : same) {
            one.name->above = path;
            if (same.size() > 1) one.name->name += " " + world.unit_code(one.unit);
        }
    }
}

}  // namespace

UnitNames::UnitNames(const World& world, std::vector<std::int64_t> units) : units_(std::move(units)) {
    std::sort(units_.begin(), units_.end());
    units_.erase(std::unique(units_.begin(), units_.end()), units_.end());
    names_.reserve(units_.size());
    for (const std::int64_t unit : units_) names_.push_back({{}, world.unit_name(unit)});
    std::map<std::string, std::vector<Namesake>> by_name;
    for (std::size_t i = 0; i < units_.size(); ++i) by_name[names_[i].name].push_back({units_[i], &names_[i]});
    for (const auto& [name, group] : by_name)
        if (group.size() > 1) tell_apart(world, group);
}

UnitNames::Name UnitNames::of(std::int64_t unit) const {
    const auto at = std::lower_bound(units_.begin(), units_.end(), unit);
    if (at != units_.end() && *at == unit) return names_[static_cast<std::size_t>(at - units_.begin())];
    return {{}, unit == 0 ? std::string() : "#" + std::to_string(unit)};
}

const UnitNames& ListUnitNames::of(const World& world, const ListRows& rows, std::uint32_t shown, std::string_view column) {
    if (organisation_ == world.organisation && shown_ == shown && rows_ == rows.size()) return names_;
    organisation_ = world.organisation;
    shown_ = shown;
    rows_ = rows.size();
    std::set<std::int64_t> units;
    const int at = rows.column(column);
    for (std::int64_t row = 0; row < rows.size(); ++row) units.insert(rows.number(row, at).value_or(0));
    names_ = UnitNames(world, {units.begin(), units.end()});
    return names_;
}

}  // namespace qudao::client
