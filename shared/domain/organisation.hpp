// The organisation: two trees over the same units (rows E1-E4). By area: province, local network, branch, department,
// district team, community. By channel: province, channel, the local network's channel, then the same departments,
// teams and communities. Units are addressed by a dense index, in the order of the area tree; each tree gives every
// unit a preorder interval, so that "below" is a comparison of two numbers, here and in SQL.
//
// Units are no secret inside the company: everybody sees the whole tree; what is guarded is customers (see rights.hpp).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "shared/base/id.hpp"
#include "shared/base/result.hpp"
#include "shared/domain/channel.hpp"

namespace qudao {

enum class UnitKind : std::uint8_t {
    province,         // 省公司
    local_network,    // 本地网
    branch,           // 中心/分局
    channel,          // 渠道 (channel tree only)
    network_channel,  // 本地网渠道 (channel tree only)
    department,       // 部门
    team,             // 片
    community,        // 社区
    contracted_area,  // 统包区
    pool,             // 未分配社区
};
std::string_view code_of(UnitKind kind);
std::optional<UnitKind> unit_kind_of(std::string_view code);

// A place is where a customer can be: a community, a contracted area or an unassigned pool.
constexpr bool is_place(UnitKind kind) {
    return kind == UnitKind::community || kind == UnitKind::contracted_area || kind == UnitKind::pool;
}

enum class Tree : std::uint8_t { area, channel };
inline constexpr std::size_t kTrees = 2;
std::string_view code_of(Tree tree);
std::optional<Tree> tree_of(std::string_view code);

// Dense index of a unit in one Organisation. Never stored: it changes when the tree does (see Basis).
using UnitIndex = std::uint32_t;
inline constexpr UnitIndex kNoUnit = 0xFFFFFFFFu;

// A unit as it is stored. A parent of 0 in a tree means that the unit is not part of that tree (or is its root).
struct UnitRecord {
    UnitId id{};
    std::string code{};
    std::string name{};
    UnitKind kind = UnitKind::community;
    ChannelId channel{};        // 0 above the channels
    UnitId area_parent{};
    UnitId channel_parent{};
    std::string billing_area{};  // pools and branches: the billing area's code (计费区域), else empty
    std::int32_t sort_order = 0;  // among siblings, then by code
    bool active = true;
};

// Preorder interval [first, last] of a unit and all below it in one tree; last < first: not in that tree.
struct Interval {
    std::int32_t first = 0;
    std::int32_t last = -1;
    bool contains(std::int32_t position) const { return first <= position && position <= last; }
    bool empty() const { return last < first; }
    friend bool operator==(Interval, Interval) = default;
};

class Organisation {
public:
    // Checks and indexes. Errors (a broken organisation is refused whole): organisation.duplicate_id, .duplicate_code,
    // .unknown_parent, .cycle, .unknown_channel, .no_root, .several_roots, .place_without_channel, .too_many_channels;
    // each with `unit`, the code of the first offender.
    static Result<Organisation> build(std::vector<Channel> channels, std::vector<UnitRecord> units);

    std::size_t size() const { return units_.size(); }
    const UnitRecord& unit(UnitIndex index) const { return units_[index]; }
    const std::vector<UnitRecord>& units() const { return units_; }
    const std::vector<UnitIndex>& places() const { return places_; }  // ascending
    const std::vector<Channel>& channels() const { return channels_; }
    ChannelIndex channel_of(UnitIndex index) const { return channel_[index]; }
    UnitIndex root() const { return 0; }

    UnitIndex find(std::string_view code) const;  // kNoUnit if there is none
    UnitIndex find(UnitId id) const;
    ChannelIndex find_channel(std::string_view code) const;
    ChannelIndex find_channel(ChannelId id) const;

    UnitIndex parent(Tree tree, UnitIndex index) const { return parent_[index_of(tree)][index]; }
    Interval interval(Tree tree, UnitIndex index) const { return interval_[index_of(tree)][index]; }
    std::int32_t position(Tree tree, UnitIndex index) const { return interval_[index_of(tree)][index].first; }
    bool in_tree(Tree tree, UnitIndex index) const { return !interval(tree, index).empty(); }
    // Units in preorder of a tree: children follow their parent, siblings by sort order, then code.
    const std::vector<UnitIndex>& preorder(Tree tree) const { return preorder_[index_of(tree)]; }
    std::vector<UnitIndex> children(Tree tree, UnitIndex index) const;
    int depth(Tree tree, UnitIndex index) const;
    // "广西区电信有限公司 / 南宁市电信分公司 / …" down to and with the unit.
    std::string path(Tree tree, UnitIndex index, std::string_view separator = " / ") const;

private:
    static constexpr std::size_t index_of(Tree tree) { return static_cast<std::size_t>(tree); }
    Status index_channels();
    Status index_units();
    Status index_tree(Tree tree);

    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::vector<Channel> channels_;
    std::vector<UnitRecord> units_;  // area preorder first, then what is in the channel tree alone
    std::vector<ChannelIndex> channel_;
    std::vector<UnitIndex> places_;
    std::vector<UnitIndex> parent_[kTrees];
    std::vector<Interval> interval_[kTrees];
    std::vector<UnitIndex> preorder_[kTrees];
    std::unordered_map<std::string, UnitIndex, TextHash, std::equal_to<>> by_code_;
    std::unordered_map<std::int64_t, UnitIndex> by_id_;
};

}  // namespace qudao
