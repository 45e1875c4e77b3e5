// Cabinets, number ranges and the policy that the partition of new subscribers goes by.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/domain/partition.hpp"
#include "shared/domain/rights.hpp"

namespace qudao::ports {

// A subscriber and its customer, for what-if questions; and what its cabinet serves by now.
struct ServedSubscriber {
    SubscriberId id;
    std::string access_number;
    std::string contract;
    std::string cabinet;
    CabinetId cabinet_id;   // 0: nobody has entered it
    UnitId cabinet_unit;    // 0: it serves none
    std::string billing_area;
    CustomerId customer;
    std::string customer_code;
    std::string customer_name;
    UnitId place;
    Date locked_until;
};

class PartitionStore {
public:
    virtual ~PartitionStore() = default;
    virtual Result<PartitionPolicy> policy() = 0;
    virtual Status save_policy(const PartitionPolicy& policy) = 0;  // the caller bumps the basis
    virtual Result<std::vector<Cabinet>> cabinets() = 0;      // all, ordered by code
    virtual Result<std::vector<NumberRange>> ranges() = 0;    // all, ordered by id
    // A page of cabinets by code: those whose code or name contains `text`, after a code.
    virtual Result<std::vector<Cabinet>> find_cabinets(std::string_view text, std::string_view after, std::size_t limit) = 0;
    virtual Result<std::optional<Cabinet>> cabinet(std::string_view code) = 0;
    // With id 0 a new one (cabinet.code_taken); else where the version is as given (cabinet.stale), which it bumps.
    virtual Status save(const Cabinet& cabinet) = 0;
    virtual Status save(const NumberRange& range) = 0;        // range.stale
    virtual Status remove(RangeId range, std::int32_t version) = 0;  // range.stale
    virtual Status add(const std::vector<Cabinet>& cabinets) = 0;
    // Billing area to area code.
    virtual Result<std::vector<std::pair<std::string, std::string>>> area_codes() = 0;
    virtual Status add_area_codes(const std::vector<std::pair<std::string, std::string>>& codes) = 0;
    // Subscribers on a cabinet (by their feed, else by their line), or with a number in a range; by number, after one. Only
    // those whose customer is at a place of the view.
    virtual Result<std::vector<ServedSubscriber>> on_cabinet(std::string_view code, const Scope& view, std::string_view after, std::size_t limit) = 0;
    virtual Result<std::vector<ServedSubscriber>> in_range(std::string_view first, std::string_view last, const Scope& view, std::string_view after,
                                                           std::size_t limit) = 0;
    virtual Result<std::optional<ServedSubscriber>> subscriber(std::string_view access_number, const Scope& view) = 0;
    virtual Result<std::optional<CustomerId>> customer_of_contract(std::string_view contract, const Scope& view) = 0;
};

}  // namespace qudao::ports
