// Cabinets, number ranges and pools made ready to be looked up.
#include <algorithm>
#include <numeric>

#include "shared/domain/partition.hpp"

namespace qudao {
namespace {

constexpr std::uint64_t kLengthStep = 1'000'000'000'000'000'000u;  // above every number of 17 digits

// Length and digits as one number, so that numbers of one length lie together in their order; none for what is not all
// digits or too long.
std::optional<std::uint64_t> number_key(std::string_view text) {
    if (text.empty() || text.size() > kMostRangeDigits) return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return value + text.size() * kLengthStep;
}

Error range_error(std::string_view code, std::string_view first, std::string_view last) {
    return Error::of(code).with("first", first).with("last", last);
}

}  // namespace

Status check_range(std::string_view first, std::string_view last) {
    const auto from = number_key(first);
    const auto to = number_key(last);
    if (!from || !to) return range_error("partition.range_digits", first, last);
    if (first.size() != last.size()) return range_error("partition.range_lengths", first, last);
    if (*from > *to) return range_error("partition.range_order", first, last);
    return done();
}

bool overlap(const NumberRange& a, const NumberRange& b) {
    return a.first.size() == b.first.size() && a.first <= b.last && b.first <= a.last;
}

Result<PlaceMap> PlaceMap::build(const Organisation& org, std::vector<Cabinet> cabinets, std::vector<NumberRange> ranges,
                                 const PartitionPolicy& policy) {
    PlaceMap map;
    map.org_ = &org;
    map.policy_ = policy;
    auto codes = std::make_shared<StringColumn>();
    for (const Cabinet& cabinet : cabinets) {
        codes->push_back(cabinet.code);
        QUDAO_TRY(served, map.served(cabinet.unit));
        map.served_by_cabinet_.push_back(served);
    }
    map.cabinets_ = std::make_shared<const std::vector<Cabinet>>(std::move(cabinets));
    map.cabinet_codes_ = codes;
    map.cabinet_index_ = std::make_shared<const CodeIndex>(*codes);
    for (std::uint32_t row = 0; row < codes->size(); ++row)
        if (map.cabinet_index_->find((*codes)[row]) != row) return Error::of("partition.cabinet_repeated").with("code", (*codes)[row]);
    map.ranges_ = std::make_shared<std::vector<NumberRange>>(std::move(ranges));
    QUDAO_CHECK(map.index_ranges());
    QUDAO_CHECK(map.index_pools());
    return map;
}

Result<PlaceMap::Served> PlaceMap::served(UnitId unit) const {
    if (!unit) return Served{Finding::unmapped, kNoUnit};
    const UnitIndex place = org_->find(unit);
    if (place == kNoUnit) return Error::of("partition.unknown_unit").with("unit", unit.value);
    const UnitRecord& record = org_->unit(place);
    const bool open = record.active && (record.kind == UnitKind::community || record.kind == UnitKind::contracted_area);
    return open ? Served{Finding::found, place} : Served{Finding::closed, place};
}

Status PlaceMap::index_ranges() {
    std::vector<NumberRange>& ranges = *ranges_;
    for (const NumberRange& range : ranges) QUDAO_CHECK(check_range(range.first, range.last));
    std::sort(ranges.begin(), ranges.end(), [](const NumberRange& a, const NumberRange& b) {
        return a.first.size() != b.first.size() ? a.first.size() < b.first.size() : a.first < b.first;
    });
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        const NumberRange& range = ranges[i];
        if (i != 0 && overlap(ranges[i - 1], range))
            return range_error("partition.range_overlap", range.first, range.last).with("other_first", ranges[i - 1].first).with("other_last", ranges[i - 1].last);
        QUDAO_TRY(served, this->served(range.unit));
        served_by_range_.push_back(served);
        spans_.push_back({*number_key(range.first), *number_key(range.last)});
    }
    return done();
}

Status PlaceMap::index_pools() {
    area_codes_ = std::make_shared<StringColumn>();
    const ChannelIndex open_to_all = org_->find_channel("public");
    for (const UnitIndex unit : org_->preorder(Tree::area)) {
        const UnitRecord& record = org_->unit(unit);
        if (record.kind != UnitKind::pool || !record.active || org_->channel_of(unit) != open_to_all) continue;
        if (fallback_ == kNoUnit || record.id == policy_.fallback_pool) fallback_ = unit;
        if (record.billing_area.empty()) continue;
        // A billing area has one pool; of several the first in the tree's order.
        area_codes_->push_back(record.billing_area);
        area_pools_.push_back(unit);
    }
    if (fallback_ == kNoUnit) return Error::of("partition.no_pool");
    area_index_ = std::make_shared<const CodeIndex>(*area_codes_);
    return done();
}

std::uint32_t PlaceMap::find_range(std::string_view access_number) const {
    const auto key = number_key(access_number);
    if (!key) return kNone;
    const auto after = std::upper_bound(spans_.begin(), spans_.end(), *key, [](std::uint64_t value, const Span& span) { return value < span.first; });
    if (after == spans_.begin() || (after - 1)->last < *key) return kNone;
    return static_cast<std::uint32_t>(after - 1 - spans_.begin());
}

UnitIndex PlaceMap::pool_of(std::string_view billing_area) const {
    const std::uint32_t row = area_index_->find(billing_area);
    return row == kNone ? kNoUnit : area_pools_[row];
}

void PlaceMap::find_pools(const StringColumn& billing_areas, std::vector<UnitIndex>& pools) const {
    area_index_->find_all(billing_areas, pools);
    for (UnitIndex& pool : pools) pool = pool == kNone ? kNoUnit : area_pools_[pool];
}

}  // namespace qudao
