// Where new subscribers belong (rows C1-C7): one pure function over columns. The contract is tested first; a known one
// leads to its customer, whose place and lock stay as they are. An unknown one makes a new customer, placed by cabinet and
// number range as the policy of precedence says, else in the public unassigned pool of its billing area. It is total: with
// a PlaceMap there is always a place. Not here: who may change cabinets and ranges, and what is stored.
//
// Every row leaves its Evidence, all that decided it: decide(evidence) again gives the same result, which is how the
// customer's page explains it, and how a test holds the trace to the truth.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/string_column.hpp"
#include "shared/domain/organisation.hpp"
#include "shared/domain/snapshot.hpp"

namespace qudao {

using CabinetId = Id<struct CabinetTag>;
using RangeId = Id<struct RangeTag>;
using SubscriberId = Id<struct SubscriberTag>;

// A street cross-connect cabinet (交接箱). `unit` is the community or contracted area it serves, 0 while it serves none.
struct Cabinet {
    CabinetId id;
    std::string code;
    std::string name;
    UnitId unit;
    std::int32_t version = 1;
    friend bool operator==(const Cabinet&, const Cabinet&) = default;
};

// A number range (号码段): from `first` to `last`, both included, of one length, digits alone.
struct NumberRange {
    RangeId id;
    std::string first;
    std::string last;
    UnitId unit;
    std::int32_t version = 1;
    friend bool operator==(const NumberRange&, const NumberRange&) = default;
};

inline constexpr std::size_t kMostRangeDigits = 17;
// partition.range_digits, .range_lengths, .range_order; each with `first` and `last`.
Status check_range(std::string_view first, std::string_view last);
// Whether two ranges, each of them sound, share a number.
bool overlap(const NumberRange& a, const NumberRange& b);

// What wins when cabinet and number range lead to different places (C4). Data: see schema.
enum class Precedence : std::uint8_t {
    cabinet_first,  // a mapped cabinet, else a mapped range; the default reading
    range_first,
    both_match,     // only where both lead to one place
};
std::string_view code_of(Precedence precedence);
std::optional<Precedence> precedence_of(std::string_view code);

struct PartitionPolicy {
    Precedence precedence = Precedence::cabinet_first;
    UnitId fallback_pool;  // for a billing area without a pool; 0: the first public pool there is
    friend bool operator==(const PartitionPolicy&, const PartitionPolicy&) = default;
};

// policy.fallback_pool: it is no public pool in use.
Status check_partition_policy(const PartitionPolicy& policy, const Organisation& org);

// What came of looking something up.
enum class Finding : std::uint8_t {
    not_given,  // the subscriber names none
    unknown,    // nobody has entered it
    unmapped,   // entered, but serves no unit
    closed,     // serves a unit that is no longer active, or is no place for customers
    found,
};
std::string_view code_of(Finding finding);
std::optional<Finding> finding_of(std::string_view code);

// Which rule decided.
enum class PartitionRule : std::uint8_t {
    contract_known,     // C2: joined the customer of its contract
    contract_shared,    // C2 among the new ones: another subscriber of the contract made the customer and placed it
    cabinet,            // C5
    number_range,       // C5
    cabinet_and_range,  // C5, both led to the same place
    billing_area_pool,  // C6
    fallback_pool,      // C6, of a billing area that has no public pool
};
std::string_view code_of(PartitionRule rule);
std::optional<PartitionRule> partition_rule_of(std::string_view code);

// All that decides one row. Places are dense indexes here; whoever stores them stores ids.
struct Evidence {
    Precedence precedence = Precedence::cabinet_first;
    bool contract_known = false;
    bool contract_shared = false;
    Finding cabinet = Finding::not_given;
    Finding range = Finding::not_given;
    Finding area = Finding::not_given;   // found or not; a billing area has one public pool
    UnitIndex cabinet_place = kNoUnit;   // where found
    UnitIndex range_place = kNoUnit;
    UnitIndex pool = kNoUnit;            // of the area, else the fallback
    friend bool operator==(const Evidence&, const Evidence&) = default;
};
struct Decision {
    PartitionRule rule = PartitionRule::fallback_pool;
    UnitIndex place = kNoUnit;  // kNoUnit: the customer's own, which stays
    bool disagreement = false;  // cabinet and range lead to different places: recorded (C4)
    friend bool operator==(const Decision&, const Decision&) = default;
};
Decision decide(const Evidence& evidence);

// Cabinets, number ranges and pools, ready to be looked up. The organisation must outlive it.
class PlaceMap {
public:
    static constexpr std::uint32_t kNone = CodeIndex::kNone;
    // Errors: partition.no_pool (there is no active public pool at all), partition.range_* and partition.range_overlap
    // {first, last, other_first, other_last}, partition.cabinet_repeated {code}, partition.unknown_unit {unit}.
    static Result<PlaceMap> build(const Organisation& org, std::vector<Cabinet> cabinets, std::vector<NumberRange> ranges,
                                  const PartitionPolicy& policy);

    const Organisation& organisation() const { return *org_; }
    const PartitionPolicy& policy() const { return policy_; }
    const std::vector<Cabinet>& cabinets() const { return *cabinets_; }
    const std::vector<NumberRange>& ranges() const { return *ranges_; }  // by length, then first
    std::uint32_t find_cabinet(std::string_view code) const { return cabinet_index_->find(code); }
    std::uint32_t find_range(std::string_view access_number) const;
    // The active public pool of a billing area; kNoUnit when there is none.
    UnitIndex pool_of(std::string_view billing_area) const;
    UnitIndex fallback_pool() const { return fallback_; }

    struct Served {
        Finding finding = Finding::unknown;
        UnitIndex place = kNoUnit;
    };
    Served cabinet(std::uint32_t row) const { return row == kNone ? Served{} : served_by_cabinet_[row]; }
    Served range(std::uint32_t row) const { return row == kNone ? Served{} : served_by_range_[row]; }
    // Codes looked up at once, as CodeIndex::find_all: the answer is as long as the codes.
    void find_cabinets(const StringColumn& codes, std::vector<std::uint32_t>& rows) const { cabinet_index_->find_all(codes, rows); }
    void find_pools(const StringColumn& billing_areas, std::vector<UnitIndex>& pools) const;

private:
    struct Span {  // of one range: its length and digits as one number
        std::uint64_t first;
        std::uint64_t last;
    };
    Status index_ranges();
    Status index_pools();
    Result<Served> served(UnitId unit) const;

    const Organisation* org_ = nullptr;
    PartitionPolicy policy_;
    // Behind pointers: an index refers to its column, and the map may be moved.
    std::shared_ptr<const std::vector<Cabinet>> cabinets_;
    std::shared_ptr<std::vector<NumberRange>> ranges_;
    std::shared_ptr<const StringColumn> cabinet_codes_;
    std::shared_ptr<const CodeIndex> cabinet_index_;
    std::vector<Served> served_by_cabinet_;
    std::vector<Served> served_by_range_;
    std::vector<Span> spans_;
    std::shared_ptr<StringColumn> area_codes_;
    std::shared_ptr<const CodeIndex> area_index_;
    std::vector<UnitIndex> area_pools_;
    UnitIndex fallback_ = kNoUnit;
};

// New subscribers by columns. known_customer is a function of the contract: the customer it belongs to already, or 0.
// Access numbers are distinct. An empty cabinet or billing area is "not given"; an empty contract is nobody else's.
struct NewSubscribers {
    StringColumn access_number;
    StringColumn contract;
    StringColumn cabinet;
    StringColumn billing_area;
    std::vector<std::int64_t> known_customer;

    std::size_t size() const { return known_customer.size(); }
    void push_back(std::string_view number, std::string_view contract_number, std::string_view cabinet_code, std::string_view area,
                   std::int64_t customer) {
        access_number.push_back(number);
        contract.push_back(contract_number);
        cabinet.push_back(cabinet_code);
        billing_area.push_back(area);
        known_customer.push_back(customer);
    }
};

struct Partition {
    static constexpr std::uint32_t kNone = CodeIndex::kNone;
    std::vector<Evidence> evidence;
    std::vector<Decision> decision;
    std::vector<std::uint32_t> maker;          // the row that makes its customer: itself or another; kNone: contract known
    std::vector<std::uint32_t> cabinet_row;    // into PlaceMap::cabinets(), kNone
    std::vector<std::uint32_t> range_row;      // into PlaceMap::ranges(), kNone
    std::array<std::int64_t, 7> by_rule{};
    std::int64_t disagreements = 0;
    std::int64_t new_customers = 0;

    std::int64_t count(PartitionRule rule) const { return by_rule[static_cast<std::size_t>(rule)]; }
};

// O(rows). Of several new subscribers with one unknown contract the one with the smallest access number places the
// customer, so that the order of the rows decides nothing.
Partition partition(const NewSubscribers& rows, const PlaceMap& map);

}  // namespace qudao
