// One database with the services over it. Everything it does is told as text, so that two sides can be compared.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "shared/memory/fixed_clock.hpp"
#include "shared/memory/inline_jobs.hpp"
#include "shared/memory/plain_reference_cache.hpp"
#include "shared/memory/plain_secrets.hpp"
#include "shared/service/list_service.hpp"
#include "shared/service/move_service.hpp"
#include "shared/service/session_service.hpp"

namespace qudao::simulation {

std::string tell(const Error& error);
std::string tell(const ports::Batch& batch);
template <class T>
std::string tell(const Result<T>& result) {
    if (!result) return tell(result.error());
    if constexpr (std::is_same_v<T, Done>) return "done";
    else return tell(*result);
}

// The whole content, as the widest scope lists it.
struct Content {
    std::vector<std::vector<query::Value>> customers;
    std::vector<std::vector<query::Value>> adjustments;
    std::vector<std::vector<query::Value>> batches;
    std::vector<std::vector<query::Value>> handovers;
    friend bool operator==(const Content&, const Content&) = default;
};

class Side {
public:
    explicit Side(std::unique_ptr<ports::Database> database);

    // The plan told row by row; `digest` and `refused` (one byte a row) are what it found.
    struct Preview {
        std::string told;
        std::string digest;
        std::vector<std::uint8_t> refused;
        std::int64_t moved = 0;
    };
    Preview preview(PersonId person, const MoveRows& rows);
    Preview preview_undo(PersonId person, BatchId batch);
    Result<ports::Batch> commit(const service::CommitOrder& order, ports::Progress& progress);
    Result<ports::Batch> undo(const service::UndoOrder& order, ports::Progress& progress);
    std::string outcome(PersonId person, std::string_view key);
    std::string batch_page(PersonId person, BatchId batch);
    std::string list(PersonId person, const query::QuerySpec& spec);
    std::string totals(PersonId person);

    std::string set_lock(CustomerId customer, Date until);
    std::string set_unit_active(UnitId unit, bool active);
    std::string set_window(const WindowPolicy& policy);
    std::string set_demo_date(PersonId person, Date day);
    std::string set_person_active(PersonId person, bool active);
    std::string grant(const Grant& grant);
    std::optional<UnitId> place_at(CustomerId customer, Instant at);
    Content content();

    memory::FixedClock clock;

private:
    template <class Change>
    std::string write(Change change);
    std::vector<std::vector<query::Value>> everything(query::Source source);

    std::unique_ptr<ports::Database> database_;
    memory::PlainSecrets secrets_{1};
    memory::InlineJobs jobs_;
    memory::PlainReferenceCache references_;
    service::Services services_;
};

}  // namespace qudao::simulation
