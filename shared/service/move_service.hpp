// A bulk move from preview to undo (rows D9-D14).
//
// Commit holds the basis for sharing, reads the named customers with locks, plans again with the very function that made
// the preview, and only on an equal digest applies it, logs it, writes the hand-over lists and the outcome under the
// caller's key, all in one transaction. The same key again answers what the first did.
#pragma once

#include <functional>
#include <string>

#include "shared/domain/move_plan.hpp"
#include "shared/domain/sight.hpp"
#include "shared/service/context.hpp"

namespace qudao::service {

// A plan with what it was made from; addresses inside stay valid while it lives.
struct PlannedMove {
    MoveRows rows;
    CustomerColumns customers;
    MovePlan plan;
    std::string digest;
};

Result<PlannedMove> preview(const Actor& actor, ports::UnitOfWork& work, MoveRows rows, ports::Progress& progress);
PlanContext plan_context(const Actor& actor);

struct CommitOrder {
    PersonId person;
    std::string key;
    std::string digest;
    std::string file_name;
    MoveRows rows;
    // Of moves that are part of something larger, both inside the commit's own transaction: the rows are made there, and
    // what else is to be written down with them.
    std::function<Status(ports::UnitOfWork&, const Actor&, MoveRows&)> prepare{};
    std::function<Status(ports::UnitOfWork&, const Actor&, const ports::Batch&)> applied{};
};
// Errors: moves.stale {moved, unchanged, refused: as it would be now}, moves.refused_rows {count}, moves.nothing, moves.key_used (same key, other request),
// moves.too_many_rows, work.cancelled, rights.missing, database.*. Nothing is changed then.
// database.busy is tried again a few times first.
Result<ports::Batch> commit(const Services& services, const CommitOrder& order, ports::Progress& progress);

// moves.key_used when the key has done something else before: told at once, since asking for the key's outcome would answer
// what that was. commit() looks again inside its transaction.
Status check_key(const Services& services, const CommitOrder& order);

// Undo: the batch's rows reversed. Rows changed since are kept where they are and stand in the plan as refused with
// Reason::changed_since; those that can go back, go. Of a round's stage 1: the round is handed over again. moves.unknown_batch when there is none the actor can see.
struct PlannedUndo {
    ports::Batch batch;
    PlannedMove move;
    bool time_allows = false;  // the window it was made in is open still, or the actor has undo_anytime
};
Result<PlannedUndo> preview_undo(const Actor& actor, ports::UnitOfWork& work, BatchId batch, ports::Progress& progress);

struct UndoOrder {
    PersonId person;
    std::string key;
    std::string digest;
    BatchId batch;
};
Result<ports::Batch> undo(const Services& services, const UndoOrder& order, ports::Progress& progress);
Status check_key(const Services& services, const UndoOrder& order);

// The lasting outcome of a commit or undo asked for under a key: the batch it made; none when there is none (yet).
Result<std::optional<ports::Batch>> outcome(const Actor& actor, ports::UnitOfWork& work, std::string_view key);

struct BatchPage {
    ports::Batch batch;
    std::string person_name;
    std::vector<ports::Batch> undos;
};
Result<BatchPage> batch_page(const Actor& actor, ports::UnitOfWork& work, BatchId batch);

inline constexpr std::size_t kMaxRows = 200'000;

}  // namespace qudao::service
