#include "tests/simulation/side.hpp"

#include "tests/contract/world.hpp"

namespace qudao::simulation {
namespace {

using contract::must;
using contract::reading;
using contract::writing;

ports::NoProgress no_progress;

std::string lines_of(const query::Page& page) {
    std::string out;
    for (const auto& row : page.rows) {
        for (const query::Value& value : row) {
            if (const auto* number = std::get_if<std::int64_t>(&value)) out += std::to_string(*number);
            else if (const auto* text = std::get_if<std::string>(&value)) out += *text;
            out += '|';
        }
        out += '\n';
    }
    if (page.next) out += query::encode_cursor(*page.next);
    return out;
}

Side::Preview tell_plan(const service::PlannedMove& planned) {
    Side::Preview preview;
    preview.digest = planned.digest;
    preview.moved = planned.plan.count(Verdict::moved);
    preview.told = planned.digest + '\n';
    for (std::size_t row = 0; row < planned.rows.size(); ++row) {
        preview.told += std::to_string(planned.rows.row_number[row]) + ' ' + std::string(code_of(planned.plan.verdict[row])) + ' ' +
                        std::string(code_of(planned.plan.reason[row])) + ' ' + std::to_string(planned.plan.detail[row]) + '\n';
        preview.refused.push_back(planned.plan.verdict[row] == Verdict::refused ? 1 : 0);
    }
    return preview;
}

Side::Preview tell_error(const Error& error) {
    Side::Preview preview;
    preview.told = tell(error);
    return preview;
}

}  // namespace

std::string tell(const Error& error) {
    std::string out = "error " + error.code;
    for (const ErrorParam& param : error.params) out += ' ' + param.name + '=' + param.value;
    return out;
}

std::string tell(const ports::Batch& batch) {
    std::string out = batch.kind == ports::BatchKind::undo ? "undo " : "move ";
    for (const std::int64_t number : {batch.id.value, batch.person.value, batch.at.epoch_ms, batch.undo_of.value, batch.rows, batch.moved, batch.unchanged, batch.kept})
        out += std::to_string(number) + ' ';
    return out + format_date(batch.day) + ' ' + format_date(batch.window_opened_on) + ' ' + batch.file_name + ' ' + batch.digest;
}

Side::Side(std::unique_ptr<ports::Database> database)
    : database_(std::move(database)), services_{*database_, clock, secrets_, jobs_, references_} {}

Side::Preview Side::preview(PersonId person, const MoveRows& rows) {
    const auto work = reading(*database_);
    auto actor = service::load_actor(services_, *work, person);
    if (!actor) return tell_error(actor.error());
    auto planned = service::preview(*actor, *work, rows, no_progress);
    return planned ? tell_plan(*planned) : tell_error(planned.error());
}

Side::Preview Side::preview_undo(PersonId person, BatchId batch) {
    const auto work = reading(*database_);
    auto actor = service::load_actor(services_, *work, person);
    if (!actor) return tell_error(actor.error());
    auto planned = service::preview_undo(*actor, *work, batch, no_progress);
    return planned ? tell_plan(planned->move) : tell_error(planned.error());
}

Result<ports::Batch> Side::commit(const service::CommitOrder& order, ports::Progress& progress) {
    return service::commit(services_, order, progress);
}

Result<ports::Batch> Side::undo(const service::UndoOrder& order, ports::Progress& progress) { return service::undo(services_, order, progress); }

std::string Side::outcome(PersonId person, std::string_view key) {
    const auto work = reading(*database_);
    auto actor = service::load_actor(services_, *work, person);
    if (!actor) return tell(actor.error());
    auto found = service::outcome(*actor, *work, key);
    if (!found) return tell(found.error());
    return *found ? tell(**found) : "none";
}

std::string Side::batch_page(PersonId person, BatchId batch) {
    const auto work = reading(*database_);
    auto actor = service::load_actor(services_, *work, person);
    if (!actor) return tell(actor.error());
    auto page = service::batch_page(*actor, *work, batch);
    if (!page) return tell(page.error());
    std::string out = tell(page->batch) + ' ' + page->person_name;
    for (const ports::Batch& undo : page->undos) out += '\n' + tell(undo);
    return out;
}

std::string Side::list(PersonId person, const query::QuerySpec& spec) {
    const auto work = reading(*database_);
    auto actor = service::load_actor(services_, *work, person);
    if (!actor) return tell(actor.error());
    auto page = service::list(*actor, *work, spec, std::nullopt);
    return page ? lines_of(*page) : tell(page.error());
}

std::string Side::totals(PersonId person) {
    const auto work = reading(*database_);
    auto actor = service::load_actor(services_, *work, person);
    if (!actor) return tell(actor.error());
    auto totals = service::unit_totals(*actor, *work);
    if (!totals) return tell(totals.error());
    std::string out;
    for (const UnitTotal& total : *totals)
        out += std::to_string(total.customers) + ' ' + std::to_string(total.with_revenue) + ' ' + std::to_string(total.revenue_fen) + '\n';
    return out;
}

template <class Change>
std::string Side::write(Change change) {
    const auto work = writing(*database_);
    const Status status = change(*work);
    if (!status) return tell(status.error());
    return tell(work->commit());
}

std::string Side::set_lock(CustomerId customer, Date until) {
    return write([&](ports::UnitOfWork& work) { return work.customers().set_lock(customer, until); });
}
std::string Side::set_unit_active(UnitId unit, bool active) {
    return write([&](ports::UnitOfWork& work) -> Status {
        QUDAO_CHECK(work.organisation().set_active(unit, active));
        return work.settings().bump_units();
    });
}
std::string Side::set_window(const WindowPolicy& policy) {
    return write([&](ports::UnitOfWork& work) { return work.settings().save_window(policy); });
}
std::string Side::set_demo_date(PersonId person, Date day) { return tell(service::set_demo_date(services_, person, day)); }
std::string Side::set_person_active(PersonId person, bool active) {
    return write([&](ports::UnitOfWork& work) -> Status {
        QUDAO_CHECK(work.people().set_active(person, active));
        return work.settings().bump_rights();
    });
}
std::string Side::grant(const Grant& grant) {
    return write([&](ports::UnitOfWork& work) -> Status {
        QUDAO_CHECK(work.people().add_grants({grant}));
        return work.settings().bump_rights();
    });
}

std::optional<UnitId> Side::place_at(CustomerId customer, Instant at) { return must(reading(*database_)->moves().place_at(customer, at)); }

std::vector<std::vector<query::Value>> Side::everything(query::Source source) {
    const auto work = reading(*database_);
    const auto records = must(work->organisation().load());
    const Organisation org = must(Organisation::build(records.channels, records.units));
    const Scope all(org, {{Tree::area, org.interval(Tree::area, org.root()), kAllChannels}});
    query::QuerySpec spec;
    spec.source = source;
    spec.limit = query::kMaxPageRows;
    std::vector<std::vector<query::Value>> rows;
    std::optional<query::Cursor> cursor;
    do {
        query::Page page = must(work->queries().run(spec, {PersonId{1}, org, all}, cursor));
        for (auto& row : page.rows) rows.push_back(std::move(row));
        cursor = page.next;
    } while (cursor);
    return rows;
}

Content Side::content() {
    return {everything(query::Source::customer), everything(query::Source::adjustment), everything(query::Source::batch), everything(query::Source::handover)};
}

}  // namespace qudao::simulation
