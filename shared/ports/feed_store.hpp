// Feeds as they are kept: runs, staged rows, rejected lines, and what they are merged into. Each call is a step of a
// transaction; the service says what belongs into one, so that a program killed anywhere leaves a run that another takes
// over (see service/feed_service.hpp). Which row is new and where it belongs is decided above, not here.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/date.hpp"
#include "shared/domain/customer.hpp"
#include "shared/domain/partition.hpp"
#include "shared/domain/rights.hpp"
#include "shared/feed/rows.hpp"

namespace qudao {
using FeedRunId = Id<struct FeedRunTag>;
using ProposalId = Id<struct ProposalTag>;
}  // namespace qudao

namespace qudao::ports {

enum class FeedState : std::uint8_t {
    received,  // an upload whose parts arrive
    loading,   // lines are staged
    merging,   // all lines are staged; merged up to merged_to
    done,
    refused,   // nothing of it was applied; error says why
    failed,    // cut off while loading; nothing of it was applied
};
inline constexpr std::array<std::string_view, 6> kFeedStates = {"received", "loading", "merging", "done", "refused", "failed"};
inline std::string_view code_of(FeedState state) { return kFeedStates[static_cast<std::size_t>(state)]; }
inline std::optional<FeedState> feed_state_of(std::string_view code) {
    for (std::size_t i = 0; i < kFeedStates.size(); ++i)
        if (kFeedStates[i] == code) return static_cast<FeedState>(i);
    return std::nullopt;
}
constexpr bool is_under_way(FeedState state) { return state == FeedState::loading || state == FeedState::merging; }

struct FeedCounts {
    std::int64_t read = 0;
    std::int64_t fresh = 0;
    std::int64_t changed = 0;
    std::int64_t unchanged = 0;
    std::int64_t rejected = 0;
    std::int64_t customers = 0;      // new ones
    std::int64_t pooled = 0;         // new customers that wait in a pool
    std::int64_t disagreements = 0;  // of cabinet and number range
    std::int64_t raised = 0;         // proposals of subscribers and lines, conflicts of arrears
    std::int64_t unknown = 0;        // lines, charges, arrears, orders: rows whose number no subscriber has
    friend bool operator==(const FeedCounts&, const FeedCounts&) = default;
};

struct FeedRun {
    FeedRunId id;
    feed::Head head;
    std::string checksum;
    std::string file_name;
    PersonId person;  // 0: the command line, the watched folder
    FeedState state = FeedState::loading;
    std::int32_t attempt = 1;
    Instant started_at;
    Instant seen_at;
    Instant finished_at;
    std::int64_t bytes = 0;
    std::int64_t lines = 0;
    std::string merged_to;
    std::string error_code;
    std::string error_detail;  // "name=value name=value"
    FeedCounts counts;
};

// A subscriber as stored.
struct Subscriber {
    SubscriberId id;
    std::string access_number;
    CustomerId customer;
    std::string name;
    std::string address;
    std::string status;  // code, see feed::statuses()
    std::string contract;
    std::string billing_area;
    Date installed_on;
    std::string cabinet;  // as its feed says; empty: ask the line
    Date as_of;
    friend bool operator==(const Subscriber&, const Subscriber&) = default;
};

// Staged subscribers beside what is known of them, by columns, in the order of their numbers.
struct SubscriberMerge {
    feed::Rows rows{feed::Kind::subscribers};
    std::vector<std::int64_t> subscriber;         // 0: a new one
    std::vector<std::int64_t> customer;           // of the stored one
    StringColumn contract_before;
    StringColumn cabinet_before;                  // as its feed said, of the stored one
    std::vector<std::int64_t> place;              // of that customer, where the feed names another cabinet than before; else 0
    std::vector<std::uint8_t> same;               // stored as staged
    std::vector<std::int64_t> contract_customer;  // whose contract it is; 0: nobody's
    StringColumn line_cabinet;                    // as the line system says, or empty
    std::size_t size() const { return subscriber.size(); }
};

// The evidence of one decision, kept for good.
struct PartitionTrace {
    SubscriberId subscriber;
    CustomerId customer;
    FeedRunId run;
    Date decided_on;
    std::string access_number;
    std::string contract;
    std::string cabinet;
    std::string billing_area;
    Precedence precedence = Precedence::cabinet_first;
    PartitionRule rule = PartitionRule::fallback_pool;
    Finding cabinet_finding = Finding::not_given;
    Finding range_finding = Finding::not_given;
    Finding area_finding = Finding::not_given;
    UnitId cabinet_place;
    UnitId range_place;
    UnitId pool;
    std::string range_first;
    std::string range_last;
    std::string made_by;  // contract_shared: the number that placed the customer
    UnitId place;         // 0: the customer's own
    bool disagreement = false;
    friend bool operator==(const PartitionTrace&, const PartitionTrace&) = default;
};

struct TraceCount {
    Finding cabinet = Finding::not_given;
    Finding range = Finding::not_given;
    Finding area = Finding::not_given;
    UnitId cabinet_place;
    UnitId range_place;
    UnitId pool;
    std::int64_t decisions = 0;
};

struct StagedLine {
    std::string access_number;
    std::string cabinet;
    std::string cabinet_before;  // empty: none known
    Date since_before;
    CustomerId customer;         // 0: no such subscriber
    UnitId place;                // of the customer
};

struct CabinetProposal {
    ProposalId id;
    std::string access_number;
    CustomerId customer;
    FeedRunId run;
    Date raised_on;
    std::string old_cabinet;
    std::string new_cabinet;
    UnitId from;
    UnitId to;
    Date closed_on;
    PersonId closed_by;
};

// With its customer; `from` is where that is now.
struct OpenProposal {
    CabinetProposal proposal;
    std::string customer_code;
    std::string customer_name;
};

struct OrderInProgress {
    std::string order_no;
    std::string access_number;
    std::string service;
    std::string stage;
    Date accepted_on;
};

struct Arrear {
    std::string access_number;
    Fen amount_fen = 0;
    Period since;
    std::string source;
    std::optional<Fen> other_amount_fen;  // a conflict: what the other source says
};

class FeedStore {
public:
    virtual ~FeedStore() = default;

    // --- runs
    // Nobody else begins or takes over a run of the kind before this transaction ends.
    virtual Status hold(feed::Kind kind) = 0;
    virtual Result<FeedRunId> add(const FeedRun& run) = 0;
    // Where attempt is as given: feed.taken_over.
    virtual Status save(const FeedRun& run) = 0;
    virtual Status take_over(FeedRun& run) = 0;  // bumps the attempt; feed.taken_over
    virtual Result<std::optional<FeedRun>> find(FeedRunId id) = 0;
    virtual Result<std::vector<FeedRun>> under_way(feed::Kind kind) = 0;
    virtual Result<std::vector<FeedRun>> waiting() = 0;  // uploads whose parts arrive, by id
    // Done before: the same kind, source, day or period, and checksum.
    virtual Result<std::optional<FeedRun>> done_before(const feed::Head& head, std::string_view checksum) = 0;
    virtual Result<std::optional<FeedRun>> newest_done(feed::Kind kind, std::string_view source) = 0;  // by day or period
    // Newest first, those below `before` (0: all); all kinds without one.
    virtual Result<std::vector<FeedRun>> list(std::optional<feed::Kind> kind, FeedRunId before, std::size_t limit) = 0;

    virtual Status reject(FeedRunId run, const std::vector<feed::Rejected>& lines) = 0;
    virtual Status drop_rejected(FeedRunId run) = 0;
    virtual Result<std::vector<feed::Rejected>> rejected(FeedRunId run, std::int64_t after_line, std::size_t limit) = 0;
    // Bytes of an upload; the same number again replaces.
    virtual Status add_part(FeedRunId run, std::int32_t number, std::string_view bytes) = 0;
    virtual Result<std::optional<std::string>> part(FeedRunId run, std::int32_t number) = 0;
    virtual Status drop_parts(FeedRunId run) = 0;

    // --- staged rows
    // Lines whose key the run has staged before are left out: their line numbers.
    virtual Result<std::vector<std::int64_t>> stage(FeedRunId run, const feed::Rows& rows) = 0;
    // Takes away some of a run's staged rows; false: none are left.
    virtual Result<bool> unstage(FeedRunId run, feed::Kind kind) = 0;

    // --- subscribers
    virtual Result<SubscriberMerge> staged_subscribers(FeedRunId run, std::string_view after, std::size_t limit) = 0;
    virtual Status save_subscribers(const std::vector<Subscriber>& subscribers) = 0;  // with their ids: new or changed
    virtual Result<std::int64_t> last_subscriber() = 0;  // highest id
    virtual Status add_traces(const std::vector<PartitionTrace>& traces) = 0;
    virtual Result<std::vector<Subscriber>> subscribers_of(CustomerId customer, std::size_t limit) = 0;
    // Decisions since a day that placed a new customer, counted by all that decided them.
    virtual Result<std::vector<TraceCount>> trace_counts(Date since) = 0;
    virtual Result<std::vector<PartitionTrace>> traces_of(CustomerId customer, std::size_t limit) = 0;  // oldest first

    // --- lines
    virtual Result<std::vector<StagedLine>> staged_lines(FeedRunId run, std::string_view after, std::size_t limit) = 0;
    // Sets the cabinets, from `day` on, and adds to the history.
    virtual Status save_lines(const std::vector<StagedLine>& lines, Date day) = 0;
    // But for those of which an open one says the same already (number and target): how many were added.
    virtual Result<std::int64_t> add_proposals(const std::vector<CabinetProposal>& proposals) = 0;
    // Open ones whose customer is still elsewhere and in view, oldest first, after an id.
    virtual Result<std::vector<OpenProposal>> open_proposals(const Scope& view, ProposalId after, std::size_t limit) = 0;
    virtual Status close_proposal(ProposalId id, Date day, PersonId by) = 0;  // feed.unknown_proposal
    virtual Result<std::string> cabinet_of(std::string_view access_number) = 0;  // empty: none known

    // --- kinds that a file replaces as a whole
    virtual Result<std::optional<FeedRunId>> current(const feed::Head& head) = 0;
    // Rows of the run that the earlier one has not, or has with other values, or has alike.
    virtual Result<FeedCounts> compare(feed::Kind kind, FeedRunId run, std::optional<FeedRunId> earlier) = 0;
    virtual Result<std::int64_t> unknown_numbers(feed::Kind kind, FeedRunId run) = 0;  // rows whose number no subscriber has
    virtual Status make_current(const feed::Head& head, FeedRunId run) = 0;
    // Both sources merged anew: conflicts.
    virtual Result<std::int64_t> merge_arrears(std::optional<FeedRunId> billing, std::optional<FeedRunId> accounts) = 0;
    virtual Result<std::vector<Arrear>> arrear_conflicts(std::string_view after, std::size_t limit) = 0;
    // Customer::revenue_fen of customers after `after`, some at a time, from the charges of the period; the last done, 0: all.
    virtual Result<std::int64_t> sum_revenue(FeedRunId charges, CustomerId after, std::size_t limit) = 0;
    virtual Result<std::vector<OrderInProgress>> orders_of(CustomerId customer, std::size_t limit) = 0;
    virtual Result<std::vector<Arrear>> arrears_of(CustomerId customer, std::size_t limit) = 0;
};

}  // namespace qudao::ports
