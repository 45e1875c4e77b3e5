#include "client/app/app_model.hpp"

namespace qudao::client {
namespace {

using shell::Screen;

// What the model of a screen says its address is.
std::string address_of(const AppModel& model, Screen screen) {
    switch (screen) {
        case Screen::customers: return to_text(customers::address_of(model.customers));
        case Screen::workbench: return to_text(workbench::address_of(model.workbench));
        case Screen::batches: return to_text(batches::address_of(model.batches));
        case Screen::batch: return to_text(batch::address_of(model.batch));
        case Screen::log: return to_text(log::address_of(model.log));
        case Screen::handovers: return to_text(handovers::address_of(model.handovers));
        case Screen::round: return to_text(round::address_of(model.round));
        case Screen::feeds: return to_text(feeds::address_of(model.feeds));
        case Screen::cabinets: return to_text(cabinets::address_of(model.cabinets));
        case Screen::customer: return to_text(customer::address_of(model.customer));
        case Screen::people: return to_text(people::address_of(model.people));
        case Screen::organisation: return to_text(organisation::address_of(model.organisation));
        case Screen::audit: return to_text(audit::address_of(model.audit));
        case Screen::roles:
        case Screen::menus:
        case Screen::policies:
        case Screen::api_keys: return "/" + std::string(shell::path_of(screen));
    }
    return {};
}

struct Reducer {
    AppModel& model;
    Effects operator()(const login::Event& event) const { return login::reduce(model.login, event, model.world); }
    Effects operator()(const shell::Event& event) const { return shell::reduce(model.shell, event, model.world); }
    Effects operator()(const customers::Event& event) const { return customers::reduce(model.customers, event, model.world); }
    Effects operator()(const workbench::Event& event) const { return workbench::reduce(model.workbench, event, model.world); }
    Effects operator()(const batches::Event& event) const { return batches::reduce(model.batches, event, model.world); }
    Effects operator()(const batch::Event& event) const { return batch::reduce(model.batch, event, model.world); }
    Effects operator()(const log::Event& event) const { return log::reduce(model.log, event, model.world); }
    Effects operator()(const handovers::Event& event) const { return handovers::reduce(model.handovers, event, model.world); }
    Effects operator()(const round::Event& event) const { return round::reduce(model.round, event, model.world); }
    Effects operator()(const feeds::Event& event) const { return feeds::reduce(model.feeds, event, model.world); }
    Effects operator()(const cabinets::Event& event) const { return cabinets::reduce(model.cabinets, event, model.world); }
    Effects operator()(const customer::Event& event) const { return customer::reduce(model.customer, event, model.world); }
    Effects operator()(const people::Event& event) const { return people::reduce(model.people, event, model.world); }
    Effects operator()(const roles::Event& event) const { return roles::reduce(model.roles, event, model.world); }
    Effects operator()(const organisation::Event& event) const { return organisation::reduce(model.organisation, event, model.world); }
    Effects operator()(const menus::Event& event) const { return menus::reduce(model.menus, event, model.world); }
    Effects operator()(const policies::Event& event) const { return policies::reduce(model.policies, event, model.world); }
    Effects operator()(const audit::Event& event) const { return audit::reduce(model.audit, event, model.world); }
    Effects operator()(const api_keys::Event& event) const { return api_keys::reduce(model.api_keys, event, model.world); }
};

Effects open_screen(AppModel& model, Screen screen, const Address& address) {
    switch (screen) {
        case Screen::customers: return reduce(model, customers::Event(customers::Opened{address}));
        case Screen::workbench: return reduce(model, workbench::Event(workbench::Opened{address}));
        case Screen::batches: return reduce(model, batches::Event(batches::Opened{address}));
        case Screen::batch: return reduce(model, batch::Event(batch::Opened{address}));
        case Screen::log: return reduce(model, log::Event(log::Opened{address}));
        case Screen::handovers: return reduce(model, handovers::Event(handovers::Opened{address}));
        case Screen::round: return reduce(model, round::Event(round::Opened{address}));
        case Screen::feeds: return reduce(model, feeds::Event(feeds::Opened{address}));
        case Screen::cabinets: return reduce(model, cabinets::Event(cabinets::Opened{address}));
        case Screen::customer: return reduce(model, customer::Event(customer::Opened{address}));
        case Screen::people: return reduce(model, people::Event(people::Opened{address}));
        case Screen::roles: return reduce(model, roles::Event(roles::Opened{}));
        case Screen::organisation: return reduce(model, organisation::Event(organisation::Opened{address}));
        case Screen::menus: return reduce(model, menus::Event(menus::Opened{}));
        case Screen::policies: return reduce(model, policies::Event(policies::Opened{}));
        case Screen::audit: return reduce(model, audit::Event(audit::Opened{address}));
        case Screen::api_keys: return reduce(model, api_keys::Event(api_keys::Opened{}));
    }
    return {};
}

bool loading(const PagedList& list) { return list.state == RemoteState::loading || list.more_loading; }

bool administering(const AppModel& model) {
    return model.people.list_state == RemoteState::loading || model.people.roles.loading() || model.people.person.loading() || model.people.saving ||
           model.roles.roles.loading() || model.roles.saving || model.organisation.saving || model.organisation.plan.loading() ||
           model.organisation.uses.loading() || model.organisation.changes.loading() || model.menus.menu.loading() || model.menus.saving ||
           model.policies.policies.loading() || model.policies.effect.loading() || model.policies.saving ||
           model.audit.state == RemoteState::loading || model.audit.undoing || model.api_keys.keys.loading() || model.api_keys.saving;
}

}  // namespace

Effects reduce(AppModel& model, const AppEvent& event) { return std::visit(Reducer{model}, event); }

Effects open_address(AppModel& model, std::string_view text) {
    const Address address = parse_address(text);
    const Screen screen = shell::screen_of(address.segment(0));
    const bool same = screen == model.screen && !model.address.empty() && to_text(address) == model.address;
    // The customer list keeps its place while other screens are looked at.
    const bool kept = screen == Screen::customers && model.screen != screen && model.customers_visited && to_text(address) == address_of(model, screen);
    model.screen = screen;
    model.address = address.path.empty() ? "/customers" : to_text(address);
    model.customers_visited = model.customers_visited || screen == Screen::customers;
    if (same || kept) return {};
    return open_screen(model, screen, address);
}

std::string address_to_open(const AppModel& model, std::string_view path) {
    const Screen screen = shell::screen_of(path);
    if (screen == model.screen || screen == Screen::batch || screen == Screen::customer) return "/" + std::string(path);
    return address_of(model, screen);
}

bool shows(const AppModel& model, std::string_view text) {
    const Screen screen = shell::screen_of(parse_address(text).segment(0));
    return screen == model.screen && address_of(model, screen) == text;
}

Effects list_arrived(AppModel& model, const ListArrived& arrived) {
    switch (arrived.list) {
        case ListId::customers:
        case ListId::customer_sums: return reduce(model, customers::Event(arrived));
        case ListId::batches: return reduce(model, batches::Event(arrived));
        case ListId::batch_rows:
        case ListId::batch_units: return reduce(model, batch::Event(arrived));
        case ListId::log:
        case ListId::log_locks:
        case ListId::log_persons: return reduce(model, log::Event(arrived));
        case ListId::handovers: return reduce(model, handovers::Event(arrived));
        case ListId::handovers_waiting: {
            if (!arrived.page || arrived.page->rows.empty() || arrived.page->rows.front().empty()) return {};
            const auto* count = std::get_if<std::int64_t>(&arrived.page->rows.front().front());
            return reduce(model, shell::Event(shell::HandoversCounted{count == nullptr ? 0 : *count}));
        }
        case ListId::arrear_conflicts: return reduce(model, feeds::Event(arrived));
        case ListId::round_progress:
        case ListId::round_conflicts:
        case ListId::round_claims:
        case ListId::round_locks: return reduce(model, round::Event(arrived));
        case ListId::palette: return reduce(model, shell::Event(arrived));
    }
    return {};
}

Effects api_replied(AppModel& model, Asker asker, ApiReplied replied) {
    switch (asker) {
        case Asker::people: return reduce(model, people::Event(std::move(replied)));
        case Asker::roles: return reduce(model, roles::Event(std::move(replied)));
        case Asker::organisation: return reduce(model, organisation::Event(std::move(replied)));
        case Asker::menus: return reduce(model, menus::Event(std::move(replied)));
        case Asker::policies: return reduce(model, policies::Event(std::move(replied)));
        case Asker::audit: return reduce(model, audit::Event(std::move(replied)));
        case Asker::api_keys: return reduce(model, api_keys::Event(std::move(replied)));
        case Asker::shell: return reduce(model, shell::Event(shell::ViewsCame{std::move(replied)}));
    }
    return {};
}

namespace {

template <class Event>
void retry(AppModel& model, bool failed, Event event, Effects& effects) {
    if (!failed) return;
    for (Effect& effect : reduce(model, AppEvent(std::in_place_type<Event>, std::move(event)))) effects.push_back(std::move(effect));
}

bool failed_by(const PagedList& list, Passing passing) {
    return (list.state == RemoteState::failed && passing(list.error)) || (list.more_error && passing(*list.more_error));
}

// The screens beside the moves: each has one thing without which it is empty.
void ask_others_again(AppModel& model, Passing passing, Effects& effects) {
    const auto remote = [&](const auto& one) { return one.failed() && passing(one.error); };
    const auto state = [&](RemoteState one, const Error& error) { return one == RemoteState::failed && passing(error); };
    const round::Model& round = model.round;
    const bool lists = failed_by(round.placed, passing) || failed_by(round.conflicts, passing) || failed_by(round.claims, passing) || failed_by(round.locks, passing);
    retry(model, remote(round.rounds) || remote(round.round) || lists, round::Event(round::Retried{}), effects);
    retry(model, remote(model.feeds.feeds), feeds::Event(feeds::Refreshed{}), effects);
    const cabinets::Model& cabinets = model.cabinets;
    const bool of_cabinets = remote(cabinets.cabinets) || remote(cabinets.ranges) || remote(cabinets.proposals);
    retry(model, of_cabinets, cabinets::Event(cabinets::TabPressed{cabinets.tab}), effects);
    retry(model, remote(model.customer.page), customer::Event(customer::Retried{}), effects);
    retry(model, state(model.people.list_state, model.people.list_error), people::Event(people::Retried{}), effects);
    retry(model, remote(model.roles.roles), roles::Event(roles::Retried{}), effects);
    retry(model, remote(model.menus.menu), menus::Event(menus::Retried{}), effects);
    retry(model, state(model.audit.state, model.audit.error), audit::Event(audit::Retried{}), effects);
    retry(model, remote(model.api_keys.keys), api_keys::Event(api_keys::Retried{}), effects);
}

}  // namespace

Effects ask_again(AppModel& model, Passing passing) {
    Effects effects;
    ask_others_again(model, passing, effects);
    const auto list = [&](const PagedList& one) { return failed_by(one, passing); };
    retry(model, list(model.customers.list), customers::Event(customers::Retried{}), effects);
    retry(model, list(model.batches.list), batches::Event(batches::Retried{}), effects);
    retry(model, list(model.log.list), log::Event(log::Retried{}), effects);
    retry(model, list(model.handovers.list), handovers::Event(handovers::Retried{}), effects);
    const batch::Model& batch = model.batch;
    retry(model, (batch.batch.failed() && passing(batch.batch.error)) || list(batch.units) || list(batch.rows), batch::Event(batch::Retried{}), effects);
    const workbench::Model& bench = model.workbench;
    // A commit is never sent again unasked.
    retry(model, bench.trouble && bench.trouble->during != "commit" && passing(bench.trouble->error), workbench::Event(workbench::RetryPressed{}), effects);
    retry(model, bench.sight.failed() && passing(bench.sight.error), workbench::Event(workbench::SightRetried{}), effects);
    return effects;
}

void forget_person(AppModel& model) {
    AppModel fresh;
    fresh.world.words = model.world.words;
    fresh.world.sandbox = model.world.sandbox;
    fresh.line = model.line;
    fresh.newer_page = model.newer_page;
    fresh.stage = model.stage;
    fresh.shell.look = model.shell.look;
    fresh.address = model.address;
    fresh.login = std::move(model.login);
    model = std::move(fresh);
}

bool at_work(const AppModel& model) {
    if (model.stage == Stage::starting) return true;
    if (model.stage == Stage::password) return model.shell.password_saving;
    if (model.stage == Stage::login) return model.login.asking || model.login.personas.loading();
    const bool organisation = !model.world.organisation && !model.organisation_failed;
    const workbench::Model& bench = model.workbench;
    const bool moving = bench.stage == workbench::Stage::reading || bench.planning || bench.committing || bench.sight.loading() || bench.rows.loading;
    const batch::Undo& undo = model.batch.undo;
    return organisation || moving || model.shell.leaving || model.shell.date_saving || model.shell.exporting || model.customers.sums.loading() ||
           loading(model.customers.list) || loading(model.batches.list) || loading(model.log.list) || loading(model.log.locks) || loading(model.feeds.conflicts) || loading(model.handovers.list) ||
           model.shell.password_saving || administering(model) || model.feeds.feeds.loading() || model.feeds.upload || model.cabinets.cabinets.loading() || model.cabinets.facts.loading() || model.customer.page.loading() ||
           model.round.rounds.loading() || model.round.round.loading() || model.round.acting || model.round.marks.under_way ||
           model.round.stage_plan.loading() || model.round.stage_under_way || loading(model.round.placed) || loading(model.round.conflicts) ||
           loading(model.round.locks) || model.handovers.confirming || model.log.history.found.loading() || model.batch.batch.loading() || loading(model.batch.units) || loading(model.batch.rows) || undo.plan.loading() || undo.under_way;
}

}  // namespace qudao::client
