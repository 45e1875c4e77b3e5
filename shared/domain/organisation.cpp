#include "shared/domain/organisation.hpp"

#include <algorithm>
#include <array>

namespace qudao {
namespace {

constexpr std::array<std::string_view, 10> kKindCodes = {"province",   "local_network", "branch",    "channel",         "network_channel",
                                                         "department", "team",          "community", "contracted_area", "pool"};

Error broken(std::string_view code, const UnitRecord& unit) { return Error::of(code).with("unit", unit.code); }

UnitId parent_id(const UnitRecord& unit, Tree tree) {
    return tree == Tree::area ? unit.area_parent : unit.channel_parent;
}

bool sibling_less(const UnitRecord& a, const UnitRecord& b) {
    return a.sort_order != b.sort_order ? a.sort_order < b.sort_order : a.code < b.code;
}

}  // namespace

std::string_view code_of(UnitKind kind) { return kKindCodes[static_cast<std::size_t>(kind)]; }

std::optional<UnitKind> unit_kind_of(std::string_view code) {
    for (std::size_t i = 0; i < kKindCodes.size(); ++i)
        if (kKindCodes[i] == code) return static_cast<UnitKind>(i);
    return std::nullopt;
}

std::string_view code_of(Tree tree) { return tree == Tree::area ? "area" : "channel"; }

std::optional<Tree> tree_of(std::string_view code) {
    if (code == "area") return Tree::area;
    return code == "channel" ? std::optional(Tree::channel) : std::nullopt;
}

Result<Organisation> Organisation::build(std::vector<Channel> channels, std::vector<UnitRecord> units) {
    Organisation org;
    org.channels_ = std::move(channels);
    org.units_ = std::move(units);
    QUDAO_CHECK(org.index_channels());
    // Twice: the first pass finds the preorder of the area tree, in which the units are then laid, so that a subtree is
    // a run of indexes; the second indexes them as they lie.
    QUDAO_CHECK(org.index_units());
    QUDAO_CHECK(org.index_tree(Tree::area));
    std::vector<UnitRecord> ordered;
    ordered.reserve(org.units_.size());
    std::vector<bool> laid(org.units_.size(), false);
    for (const UnitIndex index : org.preorder_[0]) {
        ordered.push_back(org.units_[index]);
        laid[index] = true;
    }
    for (std::size_t i = 0; i < laid.size(); ++i)
        if (!laid[i]) ordered.push_back(org.units_[i]);
    org.units_ = std::move(ordered);
    QUDAO_CHECK(org.index_units());
    QUDAO_CHECK(org.index_tree(Tree::area));
    QUDAO_CHECK(org.index_tree(Tree::channel));
    return org;
}

Status Organisation::index_channels() {
    if (channels_.size() > kMaxChannels) return Error::of("organisation.too_many_channels");
    return done();
}

Status Organisation::index_units() {
    by_code_.clear();
    by_id_.clear();
    channel_.assign(units_.size(), kNoChannel);
    places_.clear();
    for (UnitIndex i = 0; i < units_.size(); ++i) {
        const UnitRecord& unit = units_[i];
        if (!by_id_.emplace(unit.id.value, i).second) return broken("organisation.duplicate_id", unit);
        if (!by_code_.emplace(unit.code, i).second) return broken("organisation.duplicate_code", unit);
        if (is_place(unit.kind)) places_.push_back(i);
        if (unit.channel) {
            channel_[i] = find_channel(unit.channel);
            if (channel_[i] == kNoChannel) return broken("organisation.unknown_channel", unit);
        } else if (is_place(unit.kind)) {
            return broken("organisation.place_without_channel", unit);
        }
    }
    return done();
}

Status Organisation::index_tree(Tree tree) {
    const std::size_t t = index_of(tree);
    const std::size_t count = units_.size();
    parent_[t].assign(count, kNoUnit);
    interval_[t].assign(count, Interval{});
    preorder_[t].clear();
    std::vector<std::vector<UnitIndex>> below(count);
    UnitIndex root = kNoUnit;
    std::size_t members = 0;
    for (UnitIndex i = 0; i < count; ++i) {
        const UnitId up = parent_id(units_[i], tree);
        if (up) {
            parent_[t][i] = find(up);
            if (parent_[t][i] == kNoUnit) return broken("organisation.unknown_parent", units_[i]);
            below[parent_[t][i]].push_back(i);
            ++members;
        } else if (units_[i].kind == UnitKind::province) {
            if (root != kNoUnit) return broken("organisation.several_roots", units_[i]);
            root = i;
            ++members;
        }
    }
    if (root == kNoUnit) return Error::of("organisation.no_root");
    for (auto& siblings : below)
        std::sort(siblings.begin(), siblings.end(), [&](UnitIndex a, UnitIndex b) { return sibling_less(units_[a], units_[b]); });

    // Depth first without recursion; (unit, next child).
    std::vector<std::pair<UnitIndex, std::size_t>> stack{{root, 0}};
    preorder_[t].push_back(root);
    interval_[t][root].first = 0;
    while (!stack.empty()) {
        const UnitIndex here = stack.back().first;
        if (stack.back().second == below[here].size()) {
            interval_[t][here].last = static_cast<std::int32_t>(preorder_[t].size()) - 1;
            stack.pop_back();
            continue;
        }
        const UnitIndex child = below[here][stack.back().second++];
        interval_[t][child].first = static_cast<std::int32_t>(preorder_[t].size());
        preorder_[t].push_back(child);
        stack.emplace_back(child, 0);
    }
    if (preorder_[t].size() != members) {
        for (UnitIndex i = 0; i < count; ++i)
            if (parent_[t][i] != kNoUnit && interval_[t][i].empty()) return broken("organisation.cycle", units_[i]);
    }
    return done();
}

UnitIndex Organisation::find(std::string_view code) const {
    const auto it = by_code_.find(code);
    return it == by_code_.end() ? kNoUnit : it->second;
}

UnitIndex Organisation::find(UnitId id) const {
    const auto it = by_id_.find(id.value);
    return it == by_id_.end() ? kNoUnit : it->second;
}

ChannelIndex Organisation::find_channel(std::string_view code) const {
    for (std::size_t i = 0; i < channels_.size(); ++i)
        if (channels_[i].code == code) return static_cast<ChannelIndex>(i);
    return kNoChannel;
}

ChannelIndex Organisation::find_channel(ChannelId id) const {
    for (std::size_t i = 0; i < channels_.size(); ++i)
        if (channels_[i].id == id) return static_cast<ChannelIndex>(i);
    return kNoChannel;
}

std::vector<UnitIndex> Organisation::children(Tree tree, UnitIndex index) const {
    std::vector<UnitIndex> out;
    const Interval all = interval(tree, index);
    const auto& order = preorder(tree);
    for (std::int32_t at = all.first + 1; at <= all.last;) {
        const UnitIndex child = order[static_cast<std::size_t>(at)];
        out.push_back(child);
        at = interval(tree, child).last + 1;
    }
    return out;
}

int Organisation::depth(Tree tree, UnitIndex index) const {
    int levels = 0;
    for (UnitIndex up = parent(tree, index); up != kNoUnit; up = parent(tree, up)) ++levels;
    return levels;
}

std::string Organisation::path(Tree tree, UnitIndex index, std::string_view separator) const {
    std::vector<UnitIndex> chain;
    for (UnitIndex at = index; at != kNoUnit; at = parent(tree, at)) chain.push_back(at);
    std::string out;
    for (auto it = chain.rbegin(); it != chain.rend(); ++it) {
        if (!out.empty()) out += separator;
        out += units_[*it].name;
    }
    return out;
}

}  // namespace qudao
