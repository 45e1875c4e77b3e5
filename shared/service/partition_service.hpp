// Upkeep of cabinets and number ranges (row G5), what-if questions, proposals, and the page of one customer. Who may change
// what a cabinet serves holds manage_cabinets over the unit it served and over the one it will serve.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/service/context.hpp"

namespace qudao::service {

inline constexpr std::size_t kServedPerPage = 1000;
inline constexpr std::size_t kRangesPerPage = 500;
inline constexpr std::size_t kMostSubscribersShown = 500;

// cabinet.code, cabinet.unit (no place that can be served), rights.out_of_scope, cabinet.stale, cabinet.code_taken,
// cabinet.unknown.
Result<Cabinet> save_cabinet(const Actor& actor, ports::UnitOfWork& work, Cabinet cabinet);
// partition.range_*, partition.range_overlap {first, last, other_first, other_last}, cabinet.unit, rights.out_of_scope,
// range.stale.
Result<NumberRange> save_range(const Actor& actor, ports::UnitOfWork& work, NumberRange range);
Status remove_range(const Actor& actor, ports::UnitOfWork& work, RangeId id, std::int32_t version);

// Those that hold a number beginning with `text`, by their first number; `next`: the first number to go on after.
struct RangePage {
    std::vector<NumberRange> ranges;
    std::optional<std::string> next;
};
Result<RangePage> find_ranges(ports::UnitOfWork& work, std::string_view text, std::string_view after);

// Only those whose customer the actor may see; `next`: where to go on. With what the partition of them goes by besides
// their cabinets, so that whoever asks can say where a change would put them.
struct ServedPage {
    std::vector<ports::ServedSubscriber> subscribers;
    std::optional<std::string> next;
    PartitionPolicy policy;
    std::vector<NumberRange> ranges;  // that hold one of the numbers; of in_range: that share a number with the range
};
Result<ServedPage> on_cabinet(const Actor& actor, ports::UnitOfWork& work, std::string_view code, std::string_view after);
Result<ServedPage> in_range(const Actor& actor, ports::UnitOfWork& work, std::string_view first, std::string_view last, std::string_view after);

// All that decides where a subscriber would go. What the actor may not see is left out.
struct PartitionQuestion {
    std::string access_number;
    std::string contract;
    std::string cabinet;
};
struct PartitionFacts {
    PartitionPolicy policy;
    std::string cabinet_code;
    std::optional<Cabinet> cabinet;
    std::optional<NumberRange> range;
    bool contract_known = false;
    std::string customer_code;
    std::optional<ports::ServedSubscriber> subscriber;
};
Result<PartitionFacts> partition_facts(const Actor& actor, ports::UnitOfWork& work, const PartitionQuestion& question);

struct ProposalPage {
    std::vector<ports::OpenProposal> proposals;  // of customers in view
    std::optional<ProposalId> next;
};
Result<ProposalPage> open_proposals(const Actor& actor, ports::UnitOfWork& work, ProposalId after);
Status close_proposal(const Actor& actor, ports::UnitOfWork& work, ProposalId id);

struct CustomerPage {
    Customer customer;
    std::vector<ports::Subscriber> subscribers;
    bool more_subscribers = false;
    std::vector<ports::OrderInProgress> orders;
    std::vector<ports::Arrear> arrears;
    std::vector<ports::PartitionTrace> traces;
};
Result<CustomerPage> customer_page(const Actor& actor, ports::UnitOfWork& work, std::string_view code);  // customer.unknown

}  // namespace qudao::service
