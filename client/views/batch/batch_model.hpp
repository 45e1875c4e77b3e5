// One batch: who, when, from which file, how many; what went to which unit; its rows; and its undo, which has a plan, a
// confirmation and a progress of its own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "client/views/common/address.hpp"
#include "client/views/common/asked_for.hpp"
#include "client/views/common/paged_list.hpp"
#include "client/views/common/world.hpp"
#include "shared/dto/move_dto.hpp"

namespace qudao::client::batch {

struct Undo {
    bool open = false;                     // the dialog
    Remote<dto::PlanDto> plan;             // its refused rows come part by part
    bool more_loading = false;
    std::optional<Error> more_error;
    std::optional<dto::JobDto> under_way;  // asked for, not ended
    std::optional<Error> error;
    bool uncertain = false;                // the network failed: it may have been done
};

struct Model {
    std::int64_t id = 0;
    bool fresh = false;                    // just committed by this person: say so
    Remote<dto::BatchDto> batch;
    PagedList units{ListId::batch_units, query::Source::handover};
    PagedList rows{ListId::batch_rows, query::Source::adjustment};
    Undo undo;
};

struct Opened { Address address; };
struct BatchCame {
    std::int64_t id = 0;
    Result<dto::BatchDto> batch;
};
struct UndoPressed {};
struct UndoPlanCame {
    std::int64_t id = 0;
    Result<dto::PlanDto> plan;
    std::int64_t after = 0;
};
struct MoreKeptWanted {};
struct UndoClosed {};
struct UndoConfirmed {};
struct UndoProgressed {
    std::int64_t id = 0;
    dto::JobDto job;
};
struct UndoEnded {
    std::int64_t id = 0;
    Result<dto::BatchDto> batch;
};
struct UnitPressed { std::int64_t unit = 0; };
struct BatchPressed { std::int64_t batch = 0; };
struct LogPressed {};
struct MoreRowsWanted {};
struct Retried {};
using Event = std::variant<Opened, BatchCame, UndoPressed, UndoPlanCame, MoreKeptWanted, UndoClosed, UndoConfirmed, UndoProgressed, UndoEnded, UnitPressed,
                           BatchPressed, LogPressed, MoreRowsWanted, Retried, ListShaped, ListArrived>;

Effects reduce(Model& model, const Event& event, const World& world);

// What is asked for (asked_for.hpp), and what asks for it again.
inline void look(const Model& model, AskedFor& asked) {
    asked(model.batch);
    asked(model.units);
    asked(model.rows);
    asked.by_hand(model.undo.plan);
    asked.doing(model.undo.more_loading);
    if (model.undo.more_error) asked.missing(*model.undo.more_error);
    asked.doing(model.undo.under_way.has_value());
}
inline std::optional<Event> again(const Model&) { return Retried{}; }
Address address_of(const Model& model);

// Rows of an undo's plan by what becomes of them.
struct UndoCounts {
    std::int64_t back = 0;    // go back to where they came from
    std::int64_t there = 0;   // are there already
    std::int64_t kept = 0;    // changed since, or no longer allowed: stay where they are
};
UndoCounts counts_of(const dto::PlanDto& plan);
// Whether rows that stay are known by their number alone.
bool has_more_kept(const dto::PlanDto& plan);

}  // namespace qudao::client::batch
