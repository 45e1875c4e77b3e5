#include "shared/service/move_service.hpp"

#include <charconv>

#include "shared/base/digest.hpp"

namespace qudao::service {
namespace {

const Scope& view_of(const Actor& actor) { return actor.rights.scope(Action::view_customer); }

Result<PlannedMove> plan(const Actor& actor, const PlanContext& context, MoveRows rows, ports::UnitOfWork& work, ports::Locking locking,
                         ports::Progress& progress) {
    if (rows.size() > kMaxRows) return Error::of("moves.too_many_rows").with("limit", static_cast<std::int64_t>(kMaxRows));
    PlannedMove planned;
    QUDAO_TRY(customers, work.customers().states(rows.customer_code, actor.organisation(), view_of(actor), locking, progress));
    planned.customers = std::move(customers);
    planned.rows = std::move(rows);
    const auto total = static_cast<std::int64_t>(planned.rows.size());
    if (!progress.report("planning", 0, total)) return Error::of("work.cancelled");
    const CodeIndex index(planned.customers.code);
    planned.plan = plan_moves(planned.rows, planned.customers, index, context);
    planned.digest = digest_of(planned.plan, planned.rows, planned.customers, context);
    return planned;
}

// The rows that move somebody, as the store takes them, and how many each receiving unit gets.
struct Application {
    ports::Moves moves;
    std::vector<ports::Handover> handovers;
};
Application application_of(const PlannedMove& planned, const Organisation& org) {
    Application application;
    ports::Moves& moves = application.moves;
    const MovePlan& plan = planned.plan;
    for (std::size_t row = 0; row < planned.rows.size(); ++row) {
        if (plan.verdict[row] != Verdict::moved) continue;
        const std::uint32_t customer = plan.customer[row];
        moves.row_number.push_back(planned.rows.row_number[row]);
        moves.customer.push_back(planned.customers.id[customer]);
        moves.version.push_back(planned.customers.version[customer]);
        moves.from.push_back(org.unit(planned.customers.place[customer]).id.value);
        moves.to.push_back(org.unit(plan.target[planned.rows.target[row]]).id.value);
        moves.note.push_back(planned.rows.note[row]);
    }
    for (UnitIndex unit = 0; unit < org.size(); ++unit)
        if (plan.arriving[unit].customers != 0) application.handovers.push_back({org.unit(unit).id, plan.arriving[unit].customers});
    return application;
}

ports::Batch batch_of(const Actor& actor, const PlannedMove& planned, ports::BatchKind kind) {
    ports::Batch batch;
    batch.kind = kind;
    batch.person = actor.person.id;
    batch.at = actor.now;
    batch.day = actor.day;
    batch.window_opened_on = planned.plan.window.opened_on;
    batch.rows = static_cast<std::int64_t>(planned.rows.size());
    batch.moved = planned.plan.count(Verdict::moved);
    batch.unchanged = planned.plan.count(Verdict::unchanged);
    batch.kept = kind == ports::BatchKind::undo ? planned.plan.count(Verdict::refused) : 0;
    batch.digest = planned.digest;
    return batch;
}

// What a stale preview is told: the counts as they are now. A digest alone does not say what it was made of; whoever kept
// the preview finds what changed by asking for it again, as the workbench does.
Error stale(const PlannedMove& planned) {
    return Error::of("moves.stale")
        .with("moved", planned.plan.count(Verdict::moved))
        .with("unchanged", planned.plan.count(Verdict::unchanged))
        .with("refused", planned.plan.count(Verdict::refused));
}

std::string request_digest(const CommitOrder& order) {
    Digest digest;
    digest.add("commit").add(order.digest).add(order.file_name).add(static_cast<std::int64_t>(order.rows.size()));
    for (std::size_t row = 0; row < order.rows.size(); ++row) {
        digest.add(std::int64_t{order.rows.row_number[row]}).add(order.rows.customer_code[row]);
        digest.add(order.rows.target_code[order.rows.target[row]]).add(order.rows.note[row]);
    }
    return digest.hex();
}

std::string request_digest(const UndoOrder& order) { return Digest().add("undo").add(order.batch.value).add(order.digest).hex(); }

BatchId batch_in(const ports::Outcome& outcome) {
    BatchId id;
    std::from_chars(outcome.body.data(), outcome.body.data() + outcome.body.size(), id.value);
    return id;
}

Status key_is_free(const Services& services, const ports::Outcome& asked) {
    QUDAO_TRY(work, services.database.begin(ports::Access::read));
    QUDAO_TRY(earlier, work->moves().outcome(asked.person, asked.key));
    return earlier && !earlier->body.empty() && earlier->request_digest != asked.request_digest ? Status(Error::of("moves.key_used")) : done();
}

// What the first request under this key did, when there was one.
Result<std::optional<ports::Batch>> done_before(ports::UnitOfWork& work, const ports::Outcome& claim, const Actor& actor) {
    QUDAO_TRY(earlier, work.moves().claim(claim));
    if (!earlier) return std::optional<ports::Batch>();
    if (earlier->request_digest != claim.request_digest) return Error::of("moves.key_used");
    return work.moves().batch(batch_in(*earlier), actor.person.id, view_of(actor));
}

using Applied = std::function<Status(ports::UnitOfWork&, const Actor&, const ports::Batch&)>;

Result<ports::Batch> apply_and_settle(ports::UnitOfWork& work, const Actor& actor, ports::Batch batch, const PlannedMove& planned,
                                      ports::Outcome claim, ports::Progress& progress, const Applied& applied = {}) {
    const Application application = application_of(planned, actor.organisation());
    QUDAO_TRY(stored, work.moves().apply(std::move(batch), application.moves, application.handovers, progress));
    if (applied) QUDAO_CHECK(applied(work, actor, stored));
    claim.body = std::to_string(stored.id.value);
    QUDAO_CHECK(work.moves().settle(claim));
    if (!progress.report("committing", 0, 1)) return Error::of("work.cancelled");
    QUDAO_CHECK(work.commit());
    return stored;
}

Status needs(const Actor& actor, Action right) {
    return actor.rights.may(right) ? done() : Status(Error::of("rights.missing").with("right", code_of(right)));
}

// A batch reversed: each row back to where it came from, provided that nothing happened to it since.
MoveRows reversed(const ports::BatchRows& rows, const Organisation& org) {
    MoveRowsBuilder builder;
    for (std::size_t i = 0; i < rows.moves.size(); ++i) {
        const UnitIndex home = org.find(UnitId{rows.moves.from[i]});
        builder.add(rows.moves.row_number[i], rows.customer_code[i], home == kNoUnit ? "" : org.unit(home).code, rows.moves.note[i]);
    }
    MoveRows back = std::move(builder).finish();
    back.expected_version = rows.moves.version;
    return back;
}

Result<PlannedUndo> plan_undo(const Actor& actor, ports::UnitOfWork& work, BatchId id, ports::Locking locking, ports::Progress& progress,
                              PlanContext& context) {
    QUDAO_TRY(found, work.moves().batch(id, actor.person.id, view_of(actor)));
    if (!found) return Error::of("moves.unknown_batch").with("batch", id.value);
    PlannedUndo undo;
    undo.batch = std::move(*found);
    const WindowState window = window_on(actor.day, actor.settings.window);
    const bool same_window = window.open && undo.batch.window_opened_on == window.opened_on;
    undo.time_allows = same_window || actor.rights.may(Action::undo_anytime);
    context.time_allows = undo.time_allows;
    context.undo_window = undo.batch.window_opened_on;
    // Of others' rows not even a code: they stay where they are, and are not counted.
    QUDAO_TRY(rows, work.moves().rows(id, view_of(actor)));
    QUDAO_TRY(planned, plan(actor, context, reversed(rows, actor.organisation()), work, locking, progress));
    undo.move = std::move(planned);
    return undo;
}

// A deadlock takes back the whole of one of the two transactions: nothing of it is done, so it is simply tried again.
constexpr int kTries = 4;
template <class Try>
Result<ports::Batch> again_while_busy(const Try& attempt) {
    for (int tries = 1;; ++tries) {
        Result<ports::Batch> result = attempt();
        if (result || result.error().code != "database.busy" || tries == kTries) return result;
    }
}

Result<ports::Batch> commit_once(const Services& services, const CommitOrder& order, ports::Outcome claim, ports::Progress& progress) {
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_TRY(actor, load_actor_for_share(services, *work, order.person));
    QUDAO_CHECK(needs(actor, Action::move_customer));
    QUDAO_TRY(earlier, done_before(*work, claim, actor));
    if (earlier) return std::move(*earlier);
    MoveRows rows = order.rows;
    if (order.prepare) QUDAO_CHECK(order.prepare(*work, actor, rows));
    QUDAO_TRY(planned, plan(actor, plan_context(actor), std::move(rows), *work, ports::Locking::until_commit, progress));
    if (planned.digest != order.digest) return stale(planned);
    if (planned.plan.count(Verdict::refused) != 0) return Error::of("moves.refused_rows").with("count", planned.plan.count(Verdict::refused));
    if (planned.plan.count(Verdict::moved) == 0) return Error::of("moves.nothing");
    ports::Batch batch = batch_of(actor, planned, ports::BatchKind::move);
    batch.file_name = order.file_name;
    return apply_and_settle(*work, actor, std::move(batch), planned, std::move(claim), progress, order.applied);
}

// A round whose stage 1 is undone is handed over again: stage 1 can be redone, or the hand-over taken back (row D5). The
// round is held before its customers, as stage 1 and the close do.
Result<std::optional<ports::Round>> staged_round(ports::UnitOfWork& work, BatchId batch) {
    QUDAO_TRY(period, work.rounds().of_stage_1(batch));
    if (!period) return std::optional<ports::Round>();
    QUDAO_TRY(round, work.rounds().load(*period, ports::Locking::until_commit));
    if (round.phase != RoundPhase::placing || !(round.stage_1_batch == batch)) return std::optional<ports::Round>();
    return std::optional(round);
}
Status hand_over_again(ports::UnitOfWork& work, const Actor& actor, ports::Round round, std::int64_t customers) {
    round.phase = RoundPhase::handed_over;
    round.stage_1_batch = {};
    QUDAO_CHECK(work.rounds().save(round));
    return work.rounds().add_event({round.period, actor.now, actor.person.id, RoundAct::undo_stage_1, {}, customers, {}});
}

Result<ports::Batch> undo_once(const Services& services, const UndoOrder& order, ports::Outcome claim, ports::Progress& progress) {
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_TRY(actor, load_actor_for_share(services, *work, order.person));
    QUDAO_CHECK(needs(actor, Action::move_customer));
    QUDAO_TRY(earlier, done_before(*work, claim, actor));
    if (earlier) return std::move(*earlier);
    QUDAO_TRY(staged, staged_round(*work, order.batch));
    PlanContext context = plan_context(actor);
    QUDAO_TRY(planned, plan_undo(actor, *work, order.batch, ports::Locking::until_commit, progress, context));
    if (planned.move.digest != order.digest) return stale(planned.move);
    if (planned.move.plan.count(Verdict::moved) == 0) return Error::of("moves.nothing");
    ports::Batch batch = batch_of(actor, planned.move, ports::BatchKind::undo);
    batch.undo_of = order.batch;
    batch.file_name = planned.batch.file_name;
    const Applied applied = [&staged](ports::UnitOfWork& in, const Actor& by, const ports::Batch& undone) {
        return staged ? hand_over_again(in, by, *staged, undone.moved) : done();
    };
    return apply_and_settle(*work, actor, std::move(batch), planned.move, std::move(claim), progress, applied);
}

}  // namespace

PlanContext plan_context(const Actor& actor) {
    return {actor.organisation(), actor.rights, actor.settings.window, actor.day, actor.settings.basis, std::nullopt};
}

Result<PlannedMove> preview(const Actor& actor, ports::UnitOfWork& work, MoveRows rows, ports::Progress& progress) {
    return plan(actor, plan_context(actor), std::move(rows), work, ports::Locking::none, progress);
}

Result<ports::Batch> commit(const Services& services, const CommitOrder& order, ports::Progress& progress) {
    const ports::Outcome claim{order.person, order.key, request_digest(order), {}};
    return again_while_busy([&] { return commit_once(services, order, claim, progress); });
}

Status check_key(const Services& services, const CommitOrder& order) {
    return key_is_free(services, {order.person, order.key, request_digest(order), {}});
}

Status check_key(const Services& services, const UndoOrder& order) {
    return key_is_free(services, {order.person, order.key, request_digest(order), {}});
}

Result<PlannedUndo> preview_undo(const Actor& actor, ports::UnitOfWork& work, BatchId batch, ports::Progress& progress) {
    PlanContext context = plan_context(actor);
    return plan_undo(actor, work, batch, ports::Locking::none, progress, context);
}

Result<ports::Batch> undo(const Services& services, const UndoOrder& order, ports::Progress& progress) {
    const ports::Outcome claim{order.person, order.key, request_digest(order), {}};
    return again_while_busy([&] { return undo_once(services, order, claim, progress); });
}

Result<std::optional<ports::Batch>> outcome(const Actor& actor, ports::UnitOfWork& work, std::string_view key) {
    QUDAO_TRY(stored, work.moves().outcome(actor.person.id, key));
    if (!stored || stored->body.empty()) return std::optional<ports::Batch>();
    return work.moves().batch(batch_in(*stored), actor.person.id, view_of(actor));
}

Result<BatchPage> batch_page(const Actor& actor, ports::UnitOfWork& work, BatchId id) {
    QUDAO_TRY(found, work.moves().batch(id, actor.person.id, view_of(actor)));
    if (!found) return Error::of("moves.unknown_batch").with("batch", id.value);
    QUDAO_TRY(persons, work.people().persons({found->person}));
    QUDAO_TRY(undos, work.moves().undos_of(id, actor.person.id, view_of(actor)));
    return BatchPage{std::move(*found), persons.empty() ? std::string() : persons.front().name, std::move(undos)};
}

}  // namespace qudao::service
