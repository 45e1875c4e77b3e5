// What a memory::Database holds, and the undo log of the one who writes. Inside shared/memory only.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "shared/base/string_column.hpp"
#include "shared/ports/database.hpp"

namespace qudao::memory {

inline constexpr std::uint32_t kNone = 0xFFFFFFFFu;

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
template <class T>
using TextMap = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

// Customers by columns; rows are only added, and taken off the end by a rollback.
struct CustomerTable {
    std::vector<std::int64_t> id;
    StringColumn code;
    StringColumn name;
    StringColumn name_key;
    StringColumn initials;
    StringColumn contract;
    StringColumn address;
    std::vector<std::int64_t> place;
    std::vector<std::int64_t> statistical;
    std::vector<Date> installed_on;
    std::vector<Fen> revenue_fen;
    std::vector<std::uint8_t> has_revenue;
    std::vector<std::int32_t> version;
    std::vector<Date> locked_until;
    std::vector<std::int32_t> new_in;
    std::vector<std::uint32_t> last_adjustment;  // row of AdjustmentTable, or kNone
    std::unordered_map<std::int64_t, std::uint32_t> by_id;
    TextMap<std::uint32_t> by_code;
    std::int64_t last_id = 0;

    std::uint32_t size() const { return static_cast<std::uint32_t>(id.size()); }
    std::uint32_t find(std::string_view customer_code) const;
    std::uint32_t find(CustomerId customer) const;
    void push_back(const Customer& customer);
    void truncate(std::uint32_t rows);
    Customer at(std::uint32_t row) const;
};

// The log. The adjustments of a batch lie together; those of a customer are linked backwards.
struct AdjustmentTable {
    std::vector<std::uint32_t> batch;     // row of State::batches
    std::vector<std::uint32_t> customer;  // row of CustomerTable
    std::vector<std::uint32_t> row_number;
    std::vector<std::int64_t> from;
    std::vector<std::int64_t> to;
    std::vector<std::int32_t> version;    // of the customer, as the adjustment left it
    std::vector<std::uint32_t> previous;  // of the same customer, or kNone
    StringColumn note;

    std::uint32_t size() const { return static_cast<std::uint32_t>(batch.size()); }
    void truncate(std::uint32_t rows);
};

struct StoredBatch {
    ports::Batch batch;
    std::uint32_t first_adjustment = 0;
    std::uint32_t end_adjustment = 0;
};

struct StoredHandover {
    std::uint32_t batch = 0;  // row of State::batches
    ports::Handover handover;
    PersonId confirmed_by{};
    Instant confirmed_at{};
};

// Gathered customers and marks lie sorted by period and customer (a row of CustomerTable; rows follow ids).
struct StoredRoundCustomer {
    std::int32_t period = 0;
    std::uint32_t customer = 0;
    std::int32_t claims = 0;
    std::optional<std::int64_t> decided{};
    std::int64_t target = 0;
};
struct StoredRoundMark {
    std::int32_t period = 0;
    std::uint32_t customer = 0;
    std::int64_t channel = 0;
    std::int64_t unit = 0;
    bool claimed = false;
    std::string note{};
};

struct StoredPerson {
    Person person;
    std::string password_hash;
};

struct StoredView {
    PersonId person;
    SavedView view;
};

struct StoredJob {
    ports::Job job;
    std::int32_t losses = 0;
    bool cancelled = false;
};

struct FeedTables;  // feed_store.hpp

struct State {
    State();
    ~State();
    ports::Settings settings;
    ports::OrganisationRecords organisation;
    std::vector<Role> roles;
    std::vector<Grant> grants;
    std::vector<StoredPerson> persons;
    std::vector<MenuPlace> menu;
    std::vector<StoredView> views;  // by id
    std::int64_t last_view = 0;
    std::vector<ports::AuditEntry> audit;
    std::vector<ports::ApiKey> keys;
    TextMap<ports::Session> sessions;
    TextMap<ports::SessionStore::Failures> failures;
    CustomerTable customers;
    TextMap<std::int64_t> contracts;  // to the customer
    std::unique_ptr<FeedTables> feeds;
    AdjustmentTable adjustments;
    std::vector<StoredBatch> batches;  // the id of a batch is its row + 1
    std::vector<StoredHandover> handovers;
    std::map<std::pair<std::int64_t, std::string>, ports::Outcome> outcomes;
    std::vector<StoredJob> jobs;  // by id
    std::int64_t last_job = 0;
    std::map<std::int32_t, ports::Round> rounds;
    std::map<std::pair<std::int32_t, std::int64_t>, ports::RoundDepartment> round_departments;
    std::vector<StoredRoundCustomer> round_customers;
    std::vector<StoredRoundMark> round_marks;
    std::vector<ports::RoundEvent> round_events;
    std::vector<ports::LockEvent> lock_events;  // the id of one is its row + 1
    bool being_written = false;
    std::shared_ptr<const Organisation> indexed;  // of `organisation`; null: to be built

    // Scopes are over dense indexes of the organisation as it is stored.
    const Organisation& index();
    bool covers(const Scope& scope, std::int64_t unit) { return scope.covers(index().find(UnitId{unit})); }
    const StoredRoundCustomer* find_gathered(std::int32_t period, std::uint32_t customer) const;
    bool covers_an_end(const Scope& scope, std::uint32_t adjustment) { return covers(scope, adjustments.from[adjustment]) || covers(scope, adjustments.to[adjustment]); }
    bool covers_any_end(const Scope& scope, const StoredBatch& batch);
    // With the numbers that this actor is told (query::Source::batch).
    ports::Batch as_seen(const StoredBatch& batch, PersonId actor, const Scope& view);
};

// One unit of work: what it did, as steps that take it back, newest last.
class Transaction {
public:
    Transaction(State& database_state, ports::Access access);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    State& state;
    void on_rollback(std::function<void()> step);
    void commit();

    std::unordered_set<std::string> claimed;  // outcome keys, "person/key"
    bool feeds_copied = false;                // see tables_to_change()

private:
    bool writes_;
    bool ended_ = false;
    std::vector<std::function<void()>> steps_;
};

// The tables of feeds, to be put back as they are now by a rollback.
FeedTables& tables_to_change(Transaction& transaction);

// Assigns, remembering what was there.
template <class T>
void change(Transaction& transaction, T& field, T value) {
    transaction.on_rollback([&field, before = field] { field = before; });
    field = std::move(value);
}

}  // namespace qudao::memory
