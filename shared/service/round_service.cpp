#include "shared/service/round_service.hpp"

#include <algorithm>
#include <map>

#include "shared/base/text.hpp"
#include "shared/service/round_parts.hpp"

namespace qudao::service {
namespace {

using ports::Locking;

// Whether a right covers every place there is, or every place of a channel.
bool covers_places(const Actor& actor, Action right, ChannelIndex channel = kNoChannel) {
    const Organisation& org = actor.organisation();
    const Scope& scope = actor.rights.scope(right);
    bool any = false;
    for (UnitIndex unit = 0; unit < org.size(); ++unit) {
        if (!is_place(org.unit(unit).kind) || (channel != kNoChannel && org.channel_of(unit) != channel)) continue;
        if (!scope.covers(unit)) return false;
        any = true;
    }
    return any;
}

std::vector<ChannelId> department_channels(const Organisation& org) {
    std::vector<ChannelId> channels;
    for (const std::string_view code : kRoundDepartments)
        if (const ChannelIndex index = org.find_channel(code); index != kNoChannel) channels.push_back(org.channels()[index].id);
    return channels;
}

Result<ChannelIndex> department_of(const Organisation& org, ChannelId channel) {
    for (const ChannelId known : department_channels(org))
        if (known == channel) return org.find_channel(channel);
    return Error::of("round.unknown_department").with("department", channel.value);
}

Status check_period(Period period) {
    const int month = period.yyyymm % 100;
    const bool good = period.yyyymm >= 200001 && period.yyyymm <= 999909 && month >= 1 && month <= 12;
    return good ? done() : Status(Error::of("round.period").with("period", period.yyyymm));
}

RoundFacts facts_of(const ports::Round& round, const std::vector<ports::RoundDepartment>& departments, const ports::RoundCounts& counts) {
    RoundFacts facts;
    facts.period = round.period;
    facts.phase = round.phase;
    facts.customers = round.customers;
    for (const ports::RoundDepartment& department : departments) facts.departments.push_back(department.state);
    facts.open_conflicts = counts.open_conflicts;
    facts.unplaced = counts.unplaced;
    return facts;
}

const ports::RoundDepartment* find(const std::vector<ports::RoundDepartment>& departments, ChannelId channel) {
    for (const ports::RoundDepartment& department : departments)
        if (department.channel == channel) return &department;
    return nullptr;
}

// A round inside the transaction that is to change it.
struct Held {
    Actor actor;
    ports::Round round;
    std::vector<ports::RoundDepartment> departments;
    ports::RoundCounts counts;
    RoundFacts facts;

    Status check(RoundAct act, std::optional<DepartmentState> department = std::nullopt) const {
        return check_act(facts, act, department, actor.day, actor.settings.window);
    }
};

Result<Held> hold(const Services& services, ports::UnitOfWork& work, PersonId person, Period period) {
    QUDAO_CHECK(check_period(period));
    QUDAO_TRY(actor, load_actor_for_share(services, work, person));
    QUDAO_TRY(round, work.rounds().load(period, Locking::until_commit));
    const Scope whole = Scope::of_everything(actor.organisation());
    QUDAO_TRY(departments, work.rounds().departments(period, whole));
    QUDAO_TRY(counts, work.rounds().counts(period, whole));
    Held held{std::move(actor), round, std::move(departments), counts, {}};
    held.facts = facts_of(held.round, held.departments, held.counts);
    return held;
}

ports::RoundEvent event_of(const Held& held, RoundAct act, ChannelId channel, std::int64_t customers, std::string note = {}) {
    return {held.round.period, held.actor.now, held.actor.person.id, act, channel, customers, std::move(note)};
}

// Again: who came since is added to the list, and what departments said stays. Where somebody was added, the lists that are
// out lack them and are to be given again.
Status gather(ports::UnitOfWork& work, Held& held) {
    QUDAO_CHECK(held.check(RoundAct::gather));
    QUDAO_TRY(customers, work.rounds().gather(held.round.period));
    const bool complete = held.round.phase == RoundPhase::given && customers == held.round.customers;
    held.round.customers = customers;
    if (!complete) held.round.phase = RoundPhase::gathered;
    return work.rounds().add_event(event_of(held, RoundAct::gather, {}, customers));
}

// What a department gets: every gathered customer, with its own pool for that place. Where its channel has none in that
// network, the customer cannot become its own and is not on its list.
std::vector<ports::RoundMark> marks_for(const Organisation& org, const PoolFinder& pools, const ports::RoundCustomers& customers, ChannelIndex channel) {
    std::map<std::int64_t, UnitIndex> pool_of;
    std::vector<ports::RoundMark> marks;
    for (std::size_t i = 0; i < customers.size(); ++i) {
        const auto [it, fresh] = pool_of.try_emplace(customers.place[i], kNoUnit);
        if (fresh) {
            const UnitIndex place = org.find(UnitId{customers.place[i]});
            if (place != kNoUnit) it->second = pools.pool_for(place, channel);
        }
        if (it->second != kNoUnit) marks.push_back({CustomerId{customers.id[i]}, org.unit(it->second).id, false, {}});
    }
    return marks;
}

// What the department said already about customers that are still on its list is kept.
Status keep_marks(ports::UnitOfWork& work, Period period, ChannelId channel, std::vector<ports::RoundMark>& marks) {
    QUDAO_TRY(said, work.rounds().marks(period, channel));
    std::map<CustomerId, const ports::RoundMark*> of_customer;
    for (const ports::RoundMark& mark : said) of_customer.emplace(mark.customer, &mark);
    for (ports::RoundMark& mark : marks) {
        const auto found = of_customer.find(mark.customer);
        if (found == of_customer.end()) continue;
        mark.claimed = found->second->claimed;
        mark.note = found->second->note;
    }
    return done();
}

// To the department named; to none: the first time, and after gathering again, to all, else to those that wait for a list.
bool waits_for_list(const Held& held, ChannelId channel, ChannelId only) {
    if (only && held.round.phase != RoundPhase::gathered) return channel == only;
    const ports::RoundDepartment* before = find(held.departments, channel);
    if (held.round.phase == RoundPhase::gathered) return before == nullptr || before->state != DepartmentState::confirmed;
    return before == nullptr || before->state == DepartmentState::returned;
}

Status give(ports::UnitOfWork& work, Held& held, ChannelId only) {
    QUDAO_CHECK(held.check(RoundAct::give));
    const Organisation& org = held.actor.organisation();
    if (only)
        if (const auto known = department_of(org, only); !known) return known.error();
    const PoolFinder pools(org);
    QUDAO_TRY(customers, work.rounds().gathered(held.round.period));
    bool any = false;
    for (const ChannelId channel : department_channels(org)) {
        if (!waits_for_list(held, channel, only)) continue;
        any = true;
        const ports::RoundDepartment* before = find(held.departments, channel);
        QUDAO_CHECK(held.check(RoundAct::give, before == nullptr ? std::nullopt : std::optional(before->state)));
        auto marks = marks_for(org, pools, customers, org.find_channel(channel));
        QUDAO_CHECK(keep_marks(work, held.round.period, channel, marks));
        QUDAO_CHECK(work.rounds().give(held.round.period, channel, marks));
        QUDAO_CHECK(work.rounds().save_department(held.round.period, {channel, DepartmentState::pending, held.actor.person.id, held.actor.now, {}}));
        QUDAO_CHECK(work.rounds().add_event(event_of(held, RoundAct::give, channel, static_cast<std::int64_t>(marks.size()))));
    }
    if (!any) return Error::of("round.given_already");
    held.round.phase = RoundPhase::given;
    return work.rounds().count_claims(held.round.period);
}

Status hand_over(ports::UnitOfWork& work, Held& held) {
    QUDAO_CHECK(held.check(RoundAct::hand_over));
    QUDAO_CHECK(work.rounds().set_targets(held.round.period));
    held.round.phase = RoundPhase::handed_over;
    QUDAO_TRY(counts, work.rounds().counts(held.round.period, Scope::of_everything(held.actor.organisation())));
    return work.rounds().add_event(event_of(held, RoundAct::hand_over, {}, counts.to_move));
}

Status take_back(ports::UnitOfWork& work, Held& held) {
    QUDAO_CHECK(held.check(RoundAct::take_back));
    QUDAO_CHECK(work.rounds().clear_targets(held.round.period));
    held.round.phase = RoundPhase::given;
    return work.rounds().add_event(event_of(held, RoundAct::take_back, {}, held.counts.to_move));
}

// When nobody is to move, stage 1 is over at once. Else it is a bulk move: commit_stage_1.
Status skip_stage_1(ports::UnitOfWork& work, Held& held) {
    QUDAO_CHECK(held.check(RoundAct::stage_1));
    if (held.counts.to_move != 0) return Error::of("round.to_move").with("count", held.counts.to_move);
    held.round.phase = RoundPhase::placing;
    return work.rounds().add_event(event_of(held, RoundAct::stage_1, {}, 0));
}

Status answer(ports::UnitOfWork& work, Held& held, RoundAct act, ChannelId channel, const std::string& note) {
    const ports::RoundDepartment* found = find(held.departments, channel);
    if (found == nullptr) return Error::of("round.step").with("act", code_of(act)).with("phase", code_of(held.round.phase));
    QUDAO_CHECK(held.check(act, found->state));
    ports::RoundDepartment department = *found;
    department.state = act == RoundAct::confirm ? DepartmentState::confirmed : act == RoundAct::reopen ? DepartmentState::pending : DepartmentState::returned;
    department.person = held.actor.person.id;
    department.at = held.actor.now;
    department.note = note;
    QUDAO_CHECK(work.rounds().save_department(held.round.period, department));
    return work.rounds().add_event(event_of(held, act, channel, department.claims, note));
}

Status may_act(const Actor& actor, const RoundOrder& order) {
    const bool runs = covers_places(actor, Action::run_round);
    if (order.act == RoundAct::gather || order.act == RoundAct::give || order.act == RoundAct::hand_over || order.act == RoundAct::take_back || order.act == RoundAct::stage_1)
        return needs(runs, Action::run_round);
    QUDAO_TRY(channel, department_of(actor.organisation(), order.department));
    if (order.act == RoundAct::reopen && runs) return done();
    return needs(covers_places(actor, Action::confirm_round, channel), Action::confirm_round);
}

Status perform(ports::UnitOfWork& work, Held& held, const RoundOrder& order, const std::string& note) {
    switch (order.act) {
        case RoundAct::gather: return gather(work, held);
        case RoundAct::give: return give(work, held, order.department);
        case RoundAct::hand_over: return hand_over(work, held);
        case RoundAct::take_back: return take_back(work, held);
        case RoundAct::stage_1: return skip_stage_1(work, held);
        case RoundAct::confirm:
        case RoundAct::send_back:
        case RoundAct::reopen: return answer(work, held, order.act, order.department, note);
        default: return Error::of("request.invalid").at("act", "choice");
    }
}

// Which acts the person may do now: the page offers no others.
std::vector<RoundAct> acts_of(const Actor& actor, const RoundPage& page, const RoundFacts& facts) {
    std::vector<RoundAct> acts;
    const auto possible = [&](RoundAct act, std::optional<DepartmentState> state = std::nullopt) {
        return check_act(facts, act, state, actor.day, actor.settings.window).ok();
    };
    if (covers_places(actor, Action::run_round)) {
        for (const RoundAct act : {RoundAct::gather, RoundAct::give, RoundAct::decide, RoundAct::hand_over, RoundAct::take_back})
            if (possible(act)) acts.push_back(act);
        if (actor.rights.may(Action::cross_channel) && possible(RoundAct::stage_1)) acts.push_back(RoundAct::stage_1);
    }
    const auto any = [&](RoundAct act) {
        return std::any_of(page.own_departments.begin(), page.own_departments.end(), [&](ChannelId channel) {
            const ports::RoundDepartment* department = find(page.departments, channel);
            return facts.phase >= RoundPhase::given && department != nullptr && possible(act, department->state);
        });
    };
    for (const RoundAct act : {RoundAct::mark, RoundAct::confirm, RoundAct::send_back, RoundAct::reopen})
        if (any(act)) acts.push_back(act);
    return acts;
}

// Rows of stage 1, numbered as a workbook's would be.
Result<MoveRows> stage_1_rows(ports::UnitOfWork& work, const Organisation& org, Period period) {
    QUDAO_TRY(targets, work.rounds().targets(period));
    MoveRowsBuilder builder;
    const std::size_t count = std::min(targets.unit.size(), kMaxRows);  // the rest at the next time
    for (std::size_t i = 0; i < count; ++i) {
        const UnitIndex unit = org.find(UnitId{targets.unit[i]});
        builder.add(static_cast<std::uint32_t>(i + 2), targets.customer_code[i], unit == kNoUnit ? "" : org.unit(unit).code, {});
    }
    return std::move(builder).finish();
}

Status may_stage_1(const Actor& actor) {
    QUDAO_CHECK(needs(covers_places(actor, Action::run_round), Action::run_round));
    return needs(actor.rights.may(Action::cross_channel), Action::cross_channel);
}

CommitOrder commit_order(const StageOrder& order) { return {order.person, order.key, order.digest, std::to_string(order.period.yyyymm), {}}; }

Result<std::vector<Period>> due_to_close(const Services& services) {
    QUDAO_TRY(work, services.database.begin(ports::Access::read));
    QUDAO_TRY(settings, work->settings().load());
    const Date day = business_date(settings, services.clock.now());
    return work->rounds().unclosed(last_closed_period(day, settings.window));
}

}  // namespace

Result<RoundPage> round_page(const Actor& actor, ports::UnitOfWork& work, Period period) {
    QUDAO_CHECK(check_period(period));
    const WindowPolicy& policy = actor.settings.window;
    QUDAO_TRY(round, work.rounds().load(period, Locking::none));
    // How far it is holds for all; figures are of what this person sees.
    const Scope& view = actor.rights.scope(Action::view_customer);
    QUDAO_TRY(stored, work.rounds().departments(period, view));
    QUDAO_TRY(counts, work.rounds().counts(period, Scope::of_everything(actor.organisation())));
    QUDAO_TRY(events, work.rounds().events(period));
    RoundPage page;
    page.round = round;
    page.window = window_of(period, policy);
    page.open = page.window.opens_on <= actor.day && actor.day <= page.window.closes_on;
    if (page.open) page.countdown = countdown(window_on(actor.day, policy), actor.day);
    const RoundFacts facts = facts_of(page.round, stored, counts);
    page.counts = counts;
    if (!view.whole()) {
        QUDAO_TRY(seen, work.rounds().counts(period, view));
        page.counts = seen;
        page.round.locked = seen.locked;
    }
    page.steps = steps_of(facts);
    std::vector<PersonId> ids;
    for (const ChannelId channel : department_channels(actor.organisation())) {
        const ports::RoundDepartment* known = find(stored, channel);
        ports::RoundDepartment none;
        none.channel = channel;
        page.departments.push_back(known != nullptr ? *known : none);
        ids.push_back(page.departments.back().person);
        if (covers_places(actor, Action::confirm_round, actor.organisation().find_channel(channel))) page.own_departments.push_back(channel);
    }
    for (const ports::RoundEvent& event : events) ids.push_back(event.person);
    page.events = std::move(events);
    for (ports::RoundEvent& event : page.events) {
        const auto& own = page.own_departments;
        event.counted = view.whole() || std::find(own.begin(), own.end(), event.channel) != own.end();
    }
    list_persons(ids);
    QUDAO_TRY(persons, work.people().persons(ids));
    page.persons = std::move(persons);
    page.acts = acts_of(actor, page, facts);
    return page;
}

Result<RoundsPage> rounds(const Actor& actor, ports::UnitOfWork& work) {
    QUDAO_TRY(all, work.rounds().all());
    return RoundsPage{period_at(actor.day, actor.settings.window), std::move(all)};
}

Status act(const Services& services, const RoundOrder& order) {
    const std::string note = normalize_text(order.note);
    if (count_code_points(note) > kMaxNoteCharacters || (order.act == RoundAct::send_back && note.empty())) return Error::of("round.note");
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_TRY(held, hold(services, *work, order.person, order.period));
    QUDAO_CHECK(may_act(held.actor, order));
    QUDAO_CHECK(perform(*work, held, order, note));
    QUDAO_CHECK(work->rounds().save(held.round));
    return work->commit();
}

Result<MarkPlan> take_marks(const Services& services, const MarkOrder& order) {
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_TRY(held, hold(services, *work, order.person, order.period));
    QUDAO_TRY(channel, department_of(held.actor.organisation(), order.department));
    QUDAO_CHECK(needs(covers_places(held.actor, Action::confirm_round, channel), Action::confirm_round));
    const ports::RoundDepartment* department = find(held.departments, order.department);
    QUDAO_CHECK(held.check(RoundAct::mark, department == nullptr ? std::nullopt : std::optional(department->state)));
    QUDAO_TRY(given, work->rounds().given(order.period, order.department));
    const CodeIndex index(given.code);
    MarkPlan plan = check_marks(order.rows, index);
    if (plan.refused != 0) return plan;
    plan.not_named = static_cast<std::int64_t>(given.size() - order.rows.size());
    std::vector<ports::RoundMark> marks;
    for (std::size_t row = 0; row < order.rows.size(); ++row)
        marks.push_back({CustomerId{given.id[plan.customer[row]]}, {}, plan.taken[row] != 0, std::string(order.rows.note[row])});
    QUDAO_CHECK(work->rounds().mark(order.period, order.department, marks));
    QUDAO_CHECK(work->rounds().count_claims(order.period));
    QUDAO_CHECK(work->rounds().add_event(event_of(held, RoundAct::mark, order.department, plan.claims)));
    QUDAO_CHECK(work->commit());
    return plan;
}

Status decide(const Services& services, PersonId person, Period period, const std::vector<Decision>& decisions) {
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_TRY(held, hold(services, *work, person, period));
    QUDAO_CHECK(needs(covers_places(held.actor, Action::run_round), Action::run_round));
    QUDAO_CHECK(held.check(RoundAct::decide));
    std::map<ChannelId, std::int64_t> decided;
    for (const Decision& decision : decisions) {
        QUDAO_TRY(good, work->rounds().decide(period, decision.customer, decision.department));
        if (!good) return Error::of("round.no_conflict").with("customer", decision.customer.value);
        ++decided[decision.department];
    }
    for (const auto& [channel, customers] : decided) QUDAO_CHECK(work->rounds().add_event(event_of(held, RoundAct::decide, channel, customers)));
    return work->commit();
}

Result<PlannedMove> preview_stage_1(const Actor& actor, ports::UnitOfWork& work, Period period, ports::Progress& progress) {
    QUDAO_CHECK(check_period(period));
    QUDAO_CHECK(may_stage_1(actor));
    QUDAO_TRY(rows, stage_1_rows(work, actor.organisation(), period));
    return preview(actor, work, std::move(rows), progress);
}

Status check_key(const Services& services, const StageOrder& order) {
    {
        QUDAO_TRY(work, services.database.begin(ports::Access::read));
        QUDAO_TRY(actor, load_actor(services, *work, order.person));
        QUDAO_CHECK(may_stage_1(actor));
    }
    return check_key(services, commit_order(order));
}

Result<ports::Batch> commit_stage_1(const Services& services, const StageOrder& order, ports::Progress& progress) {
    CommitOrder commit_it = commit_order(order);
    commit_it.prepare = [period = order.period](ports::UnitOfWork& work, const Actor& actor, MoveRows& rows) -> Status {
        QUDAO_CHECK(may_stage_1(actor));
        QUDAO_TRY(round, work.rounds().load(period, Locking::until_commit));
        RoundFacts facts;
        facts.period = period;
        facts.phase = round.phase;
        QUDAO_CHECK(check_act(facts, RoundAct::stage_1, std::nullopt, actor.day, actor.settings.window));
        QUDAO_TRY(wanted, stage_1_rows(work, actor.organisation(), period));
        rows = std::move(wanted);
        return done();
    };
    commit_it.applied = [period = order.period](ports::UnitOfWork& work, const Actor& actor, const ports::Batch& batch) -> Status {
        QUDAO_TRY(round, work.rounds().load(period, Locking::until_commit));
        round.phase = RoundPhase::placing;
        round.stage_1_batch = batch.id;
        QUDAO_CHECK(work.rounds().save(round));
        return work.rounds().add_event({period, actor.now, actor.person.id, RoundAct::stage_1, {}, batch.moved, {}});
    };
    return commit(services, commit_it, progress);
}

Result<std::vector<ports::Round>> close_due(const Services& services) {
    std::vector<ports::Round> closed;
    QUDAO_TRY(due, due_to_close(services));
    for (const Period period : due) {
        QUDAO_TRY(work, services.database.begin(ports::Access::write));
        QUDAO_TRY(settings, work->settings().load_for_share());
        QUDAO_TRY(round, work->rounds().load(period, Locking::until_commit));
        if (round.phase == RoundPhase::closed) continue;  // another server was faster
        const Instant now = services.clock.now();
        const Date until = lock_at_close(period, settings.window);
        // Made up so late that the year is over already: there is nothing left to lock.
        if (business_date(settings, now) < until) {
            QUDAO_TRY(locked, work->rounds().lock_unplaced(period, until, now));
            round.locked = locked;
        }
        round.phase = RoundPhase::closed;
        round.closed_at = now;
        QUDAO_CHECK(work->rounds().save(round));
        QUDAO_CHECK(work->rounds().add_event({period, now, {}, RoundAct::close, {}, round.locked, {}}));
        QUDAO_CHECK(work->commit());
        closed.push_back(round);
    }
    return closed;
}

// The job itself may be done twice: each period's transaction looks whether it is closed. One that failed is asked for anew
// in the next hour under another name.
void keep_closing(const Services& services) {
    constexpr std::int64_t kMsPerHour = 3'600'000;
    services.jobs.define("round.close", [services](const ports::JobTask&) -> Result<std::string> {
        QUDAO_TRY(closed, close_due(services));
        std::int64_t locked = 0;
        for (const ports::Round& round : closed) locked += round.locked;
        return "{\"rounds\":" + std::to_string(closed.size()) + ",\"locked\":" + std::to_string(locked) + "}";
    });
    services.jobs.every_minute([services] {
        const auto due = due_to_close(services);
        if (!due || due->empty()) return;
        const std::string name = "round.close-" + std::to_string(due->back().yyyymm) + "-" + std::to_string(services.clock.now().epoch_ms / kMsPerHour);
        (void)services.jobs.submit({{{}, name}, "round.close", "{}"});
    });
}

}  // namespace qudao::service
