// Bulk moves as they are kept: batches, the append-only log of adjustments (which is also the history of places: the end
// of one is the start of the next), hand-over lists, and outcomes under their idempotency keys.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/date.hpp"
#include "shared/base/id.hpp"
#include "shared/base/string_column.hpp"
#include "shared/domain/rights.hpp"
#include "shared/ports/progress.hpp"

namespace qudao::ports {

enum class BatchKind : std::uint8_t { move, undo };

struct Batch {
    BatchId id;
    BatchKind kind = BatchKind::move;
    PersonId person;
    Instant at;              // strictly increasing over batches; the valid-from of its adjustments
    Date day;                // the business date it was made on
    Date window_opened_on;   // the window it was made in; kNoDate: outside any (undo_anytime)
    BatchId undo_of;         // undo: the batch reversed
    std::string file_name;   // of the workbook, as the person had it
    std::int64_t rows = 0;   // named in the request
    std::int64_t moved = 0;
    std::int64_t unchanged = 0;
    std::int64_t kept = 0;   // undo: left where they are, having changed since
    std::string digest;
};

// The rows of a batch that move somebody, by columns. Ids are the store's.
struct Moves {
    std::vector<std::uint32_t> row_number;
    std::vector<std::int64_t> customer;
    std::vector<std::int32_t> version;  // before; after it is one more
    std::vector<std::int64_t> from;     // unit ids
    std::vector<std::int64_t> to;
    StringColumn note;
    std::size_t size() const { return customer.size(); }
};

// What undoing needs to know of a batch's rows.
struct BatchRows {
    Moves moves;                 // version: the one the batch left
    StringColumn customer_code;
};

struct Handover {
    UnitId unit;
    std::int64_t customers = 0;
};

struct Outcome {
    PersonId person;
    std::string key;             // chosen by the client, 16..64 characters of [A-Za-z0-9_-]
    std::string request_digest;  // of what was asked: the same key with something else is a mistake
    std::string body;            // what was answered, as JSON
};

class MoveStore {
public:
    virtual ~MoveStore() = default;
    // Takes the key for this transaction. None: it is ours, until a rollback. An outcome: it was done before, as settled
    // (its digest may differ from the one given: the caller looks). Another transaction that holds the key is waited for.
    virtual Result<std::optional<Outcome>> claim(const Outcome& outcome) = 0;
    virtual Status settle(const Outcome& outcome) = 0;  // stores the body under the key claimed in this transaction
    virtual Result<std::optional<Outcome>> outcome(PersonId person, std::string_view key) = 0;

    // Applies wholly: customers updated where id, version and place are as given (moves.stale if any is not: the caller
    // rolls back), adjustments and hand-overs written, the batch stored. `batch.at` becomes the first instant at or after
    // the one given that is later than every batch before. A customer named twice is stale the second time. Reports
    // "staging" and "writing"; work.cancelled when Progress says so, the caller rolls back.
    virtual Result<Batch> apply(Batch batch, const Moves& moves, const std::vector<Handover>& handovers, Progress& progress) = 0;

    // As query::Source::batch, its numbers, too.
    virtual Result<std::optional<Batch>> batch(BatchId id, PersonId actor, const Scope& view) = 0;
    virtual Result<BatchRows> rows(BatchId id, const Scope& view) = 0;  // those with an end in view, ordered by row number
    virtual Result<std::vector<Batch>> undos_of(BatchId id, PersonId actor, const Scope& view) = 0;  // those that batch() tells
    // Place of a customer at an instant, from the log (row D15): where the last adjustment at or before it led, else where
    // the first one after it came from, else where the customer is now. None for an unknown customer, and before the day
    // it was installed on began in Shanghai.
    virtual Result<std::optional<UnitId>> place_at(CustomerId customer, Instant at) = 0;
};

}  // namespace qudao::ports
