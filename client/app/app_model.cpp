#include "client/app/app_model.hpp"

#include "client/views/common/menu_words.hpp"

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
        case Screen::roles: return to_text(roles::address_of(model.roles));
        case Screen::menus:
        case Screen::policies:
        case Screen::api_keys: return "/" + std::string(shell::path_of(screen));
    }
    return {};
}

// Whose event it is. With it the lists of all views are one list: AppEvent.
login::Model& model_of(AppModel& model, const login::Event*) { return model.login; }
shell::Model& model_of(AppModel& model, const shell::Event*) { return model.shell; }
customers::Model& model_of(AppModel& model, const customers::Event*) { return model.customers; }
workbench::Model& model_of(AppModel& model, const workbench::Event*) { return model.workbench; }
batches::Model& model_of(AppModel& model, const batches::Event*) { return model.batches; }
batch::Model& model_of(AppModel& model, const batch::Event*) { return model.batch; }
log::Model& model_of(AppModel& model, const log::Event*) { return model.log; }
handovers::Model& model_of(AppModel& model, const handovers::Event*) { return model.handovers; }
round::Model& model_of(AppModel& model, const round::Event*) { return model.round; }
feeds::Model& model_of(AppModel& model, const feeds::Event*) { return model.feeds; }
cabinets::Model& model_of(AppModel& model, const cabinets::Event*) { return model.cabinets; }
customer::Model& model_of(AppModel& model, const customer::Event*) { return model.customer; }
history::Model& model_of(AppModel& model, const history::Event*) { return model.history; }
people::Model& model_of(AppModel& model, const people::Event*) { return model.people; }
roles::Model& model_of(AppModel& model, const roles::Event*) { return model.roles; }
organisation::Model& model_of(AppModel& model, const organisation::Event*) { return model.organisation; }
menus::Model& model_of(AppModel& model, const menus::Event*) { return model.menus; }
policies::Model& model_of(AppModel& model, const policies::Event*) { return model.policies; }
audit::Model& model_of(AppModel& model, const audit::Event*) { return model.audit; }
api_keys::Model& model_of(AppModel& model, const api_keys::Event*) { return model.api_keys; }

// Calls `visit(view's model, null pointer to its event)` for every view.
template <class Visit, class... Event>
void each_view(AppModel& model, const std::variant<Event...>*, Visit visit) {
    (visit(model_of(model, static_cast<const Event*>(nullptr)), static_cast<const Event*>(nullptr)), ...);
}
template <class Visit>
void each_view(AppModel& model, Visit visit) {
    each_view(model, static_cast<const AppEvent*>(nullptr), visit);
}

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
        case Screen::roles: return reduce(model, roles::Event(roles::Opened{address}));
        case Screen::organisation: return reduce(model, organisation::Event(organisation::Opened{address}));
        case Screen::menus: return reduce(model, menus::Event(menus::Opened{}));
        case Screen::policies: return reduce(model, policies::Event(policies::Opened{}));
        case Screen::audit: return reduce(model, audit::Event(audit::Opened{address}));
        case Screen::api_keys: return reduce(model, api_keys::Event(api_keys::Opened{}));
    }
    return {};
}

}  // namespace

Effects reduce(AppModel& model, const AppEvent& event) {
    return std::visit([&]<class Event>(const Event& one) { return reduce(model_of(model, &one), one, model.world); }, event);
}

Effects open_address(AppModel& model, std::string_view text) {
    const Address address = parse_address(text);
    // A screen that there is not is said, and the address does not go on naming it.
    if (!address.segment(0).empty() && !shell::is_screen(address.segment(0))) {
        Effects effects = open_address(model, "/customers");
        effects.push_back(Navigate{"/customers", true});
        effects.push_back(Notify{NoticeTone::warn, std::string(model.world.words(Text::shell_no_screen))});
        return effects;
    }
    const Screen screen = shell::screen_of(address.segment(0));
    const bool same = screen == model.screen && !model.address.empty() && to_text(address) == model.address;
    // The customer list keeps its place while other screens are looked at.
    const bool kept = screen == Screen::customers && model.screen != screen && model.customers_visited && to_text(address) == address_of(model, screen);
    model.screen = screen;
    model.address = address.path.empty() ? "/customers" : to_text(address);
    model.customers_visited = model.customers_visited || screen == Screen::customers;
    if (!same) model.history.code.clear();   // a dialog of the screen that was left
    if (same || kept) return {};
    return open_screen(model, screen, address);
}

std::string address_to_open(const AppModel& model, std::string_view path) {
    const Screen screen = shell::screen_of(path);
    if (screen == model.screen || screen == Screen::batch || screen == Screen::customer) return "/" + std::string(path);
    return address_of(model, screen);
}

std::string name_of_screen(const AppModel& model) {
    if (model.stage != Stage::inside) return {};
    const Words& words = model.world.words;
    const auto of_unit = [&](const UnitTree& units) { return units.selected == 0 ? std::string() : model.world.unit_name(units.selected) + " · "; };
    switch (model.screen) {
        case Screen::batch: return words(Text::batch_title, {{"batch", std::to_string(model.batch.id)}});
        case Screen::customer: return model.customer.code + " · " + std::string(words(Text::customer_open));
        case Screen::customers: return of_unit(model.customers.units) + std::string(words(Text::menu_customers));
        case Screen::organisation: return of_unit(model.organisation.units) + std::string(words(Text::menu_organisation));
        default: return std::string(words(item_words(shell::path_of(model.screen))));
    }
}

bool shows(const AppModel& model, std::string_view text) {
    const Screen screen = shell::screen_of(parse_address(text).segment(0));
    return screen == model.screen && address_of(model, screen) == text;
}

Effects list_arrived(AppModel& model, const ListArrived& arrived) {
    switch (arrived.list) {
        case ListId::customers:
        case ListId::customer_sums:
        case ListId::customer_places: return reduce(model, customers::Event(arrived));
        case ListId::batches: return reduce(model, batches::Event(arrived));
        case ListId::batch_rows:
        case ListId::batch_units: return reduce(model, batch::Event(arrived));
        case ListId::log:
        case ListId::log_locks:
        case ListId::log_lock_persons:
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
        case ListId::round_undecided:
        case ListId::round_undecided_count:
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

// What was said beside a form about it is no longer so: it can be saved again.
void forget_refusals(AppModel& model, Passing passing) {
    for (std::optional<Error>* error : {&model.people.error, &model.roles.error, &model.organisation.error, &model.menus.error, &model.policies.error, &model.audit.undo_error})
        if (*error && passing(**error)) error->reset();
}

}  // namespace

Effects ask_again(AppModel& model, Passing passing) {
    forget_refusals(model, passing);
    const auto& trouble = model.workbench.trouble;
    if (trouble && trouble->during == "commit" && passing(trouble->error)) (void)reduce(model, workbench::Event(workbench::TroublePassed{}));
    Effects effects;
    each_view(model, [&]<class Event>(auto& view, const Event*) {
        AskedFor asked{passing};
        look(view, asked);
        const std::optional<Event> event = asked.failed ? again(view) : std::nullopt;
        if (!event) return;
        for (Effect& effect : reduce(view, *event, model.world)) effects.push_back(std::move(effect));
    });
    return effects;
}

Effects forms_came(AppModel& model) {
    Effects effects = reduce(model, people::Event(FormsCame{}));
    const auto add = [&](Effects more) { effects.insert(effects.end(), more.begin(), more.end()); };
    add(reduce(model, roles::Event(FormsCame{})));
    add(reduce(model, policies::Event(FormsCame{})));
    add(reduce(model, menus::Event(FormsCame{})));
    add(reduce(model, organisation::Event(FormsCame{})));
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

bool at_work(AppModel& model) {
    if (model.stage == Stage::starting) return true;
    if (model.stage == Stage::password) return model.shell.password_saving;
    if (model.stage == Stage::login) return model.login.asking || model.login.personas.loading();
    AskedFor asked;
    asked.doing(!model.world.organisation && !model.organisation_failed);
    each_view(model, [&](const auto& view, const auto*) { look(view, asked); });
    return asked.busy;
}

}  // namespace qudao::client
