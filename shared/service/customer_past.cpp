// What becomes of customers after a round: locks that are lifted, hand-overs received, and where each one was when.
#include "shared/base/text.hpp"
#include "shared/service/audit.hpp"
#include "shared/service/round_parts.hpp"

namespace qudao::service {

using ports::Locking;

Status lift_lock(const Services& services, const LiftOrder& order) {
    const std::string reason = normalize_text(order.reason);
    if (reason.empty() || count_code_points(reason) > kMaxNoteCharacters) return Error::of("lock.reason");
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_TRY(actor, load_actor_for_share(services, *work, order.person));
    QUDAO_CHECK(needs(actor.rights.may(Action::lift_lock), Action::lift_lock));
    // Lifted is the lock for one window: the round of it, held before its customers as the close does, is there to be closed,
    // and what is still in a pool then is locked again.
    const Period period = period_at(actor.day, actor.settings.window);
    QUDAO_TRY(round, work->rounds().load(period, Locking::until_commit));
    QUDAO_CHECK(work->rounds().save(round));
    ports::NoProgress quiet;
    StringColumn codes;
    codes.push_back(order.customer_code);
    QUDAO_TRY(held, work->customers().states(codes, actor.organisation(), actor.rights.scope(Action::lift_lock), Locking::until_commit, quiet));
    if (held.size() == 0) return Error::of("customer.unknown").with("code", order.customer_code);
    if (!is_locked(held.locked_until[0], actor.day)) return Error::of("lock.none").with("code", order.customer_code);
    const CustomerId customer{held.id[0]};
    QUDAO_CHECK(work->customers().set_lock(customer, kNoDate));
    QUDAO_CHECK(work->rounds().add_lock_event({actor.now, customer, actor.person.id, period, held.locked_until[0], kNoDate, reason}));
    const auto entry = record(*work, actor, {"lock.lift", customer.value, order.customer_code, {{"locked_until", format_date(held.locked_until[0])}}, {{"reason", reason}}});
    if (!entry) return entry.error();
    return work->commit();
}

Result<std::int64_t> confirm_handovers(const Services& services, PersonId person, const std::vector<ReceivedHandover>& received) {
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_TRY(actor, load_actor(services, *work, person));
    std::int64_t confirmed = 0;
    for (const ReceivedHandover& one : received) {
        const UnitIndex unit = actor.organisation().find(one.unit);
        QUDAO_CHECK(needs(unit != kNoUnit && actor.rights.scope(Action::confirm_handover).covers(unit), Action::confirm_handover));
        QUDAO_TRY(undos, work->moves().undos_of(one.batch, person, actor.rights.scope(Action::confirm_handover)));
        if (!undos.empty()) return Error::of("handover.undone").with("batch", one.batch.value).with("undone_by", undos.front().id.value);
        QUDAO_TRY(fresh, work->rounds().confirm_handover(one.batch, one.unit, person, actor.now));
        confirmed += fresh ? 1 : 0;
    }
    QUDAO_CHECK(work->commit());
    return confirmed;
}

Result<CustomerHistory> customer_history(const Actor& actor, ports::UnitOfWork& work, std::string_view code, Date on) {
    QUDAO_TRY(found, work.customers().find(code, actor.rights.scope(Action::view_customer)));
    if (!found) return Error::of("customer.unknown").with("code", code);
    CustomerHistory history;
    history.customer = std::move(*found);
    history.on = on;
    if (on) {
        // Of a day to come nobody knows it. Moves bear the clock's time, also where a demonstration has a day of its own.
        const Date today = std::max(actor.day, date_in_shanghai(actor.now));
        if (today < on) return Error::of("history.future").with("on", format_date(on)).with("today", format_date(today));
        const Instant end_of_day{start_of_day(add_days(on, 1)).epoch_ms - 1};
        QUDAO_TRY(place, work.moves().place_at(history.customer.id, end_of_day));
        history.place_then = place;
    }
    QUDAO_TRY(changes, work.rounds().place_changes(history.customer.id));
    QUDAO_TRY(locks, work.rounds().lock_events(history.customer.id));
    std::vector<PersonId> ids;
    for (const ports::PlaceChange& change : changes) ids.push_back(change.person);
    for (const ports::LockEvent& lock : locks) ids.push_back(lock.person);
    list_persons(ids);
    QUDAO_TRY(persons, work.people().persons(ids));
    history.changes = std::move(changes);
    history.locks = std::move(locks);
    history.persons = std::move(persons);
    return history;
}

}  // namespace qudao::service
