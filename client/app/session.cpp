// Starting, logging in and out, and what everything else is read with: session, organisation, totals.
#include "client/api/http_transport.hpp"
#include "client/app/app.hpp"
#include "client/engine/worker_link.hpp"
#include "client/platform/address.hpp"
#include "client/platform/storage.hpp"
#include "shared/domain/totals.hpp"

namespace qudao::client {
namespace {

login::Persona persona_of(const engine::SandboxAccount& account) {
    return {account.login, account.password, account.name, account.role, account.unit};
}

}  // namespace

std::unique_ptr<Transport> App::make_transport() {
    if (!model_.world.sandbox) return std::make_unique<HttpTransport>();
    engine::SandboxStart sandbox;
    if (const std::int64_t customers = number_in(platform::query_parameter("customers")); customers > 0) sandbox.customers = std::min<std::int64_t>(customers, sandbox.customers);
    return std::make_unique<engine::EngineTransport>(engine::worker_links(), sandbox, [this](Result<engine::SandboxReady> ready) {
        completions().push([this, ready = std::move(ready)] {
            if (!ready) return apply(login::Event(login::PersonasCame{ready.error()}));
            std::vector<login::Persona> personas;
            for (const engine::SandboxAccount& account : ready->accounts) personas.push_back(persona_of(account));
            apply(login::Event(login::PersonasCame{std::move(personas)}));
        });
    });
}

void App::start() {
    if (model_.world.sandbox) {
        model_.stage = Stage::login;
        model_.login.personas.start();
    } else {
        ask_session();
    }
    settle_state();
}

void App::ask_session() {
    model_.stage = Stage::starting;
    api_->session(session_lane_.renew(), [this](Result<dto::SessionDto> session) {
        if (session) return enter(std::move(*session));
        model_.stage = Stage::login;
        if (session.error().code != "session.none") apply(login::Event(login::Refused{session.error()}));
    });
}

void App::enter(dto::SessionDto session) {
    const bool other = !last_login_.empty() && last_login_ != session.login;
    if (other) {
        workbench_->close();
        forget_person(model_);
        ui_ = AppUi{};
    }
    const bool again = model_.login.session_ended && !other;  // goes on where one was
    last_login_ = session.login;
    const bool must_change = session.must_change_password;
    take_session(model_.world, std::move(session));
    model_.stage = must_change ? Stage::password : Stage::inside;
    apply(login::Event(login::Accepted{}));
    if (must_change) return;
    fetch_organisation();
    fetch_totals();
    perform({CountHandovers{}, shell::ask_views()});
    check_version();
    if (again) return perform(ask_again(model_, [](const Error& error) { return error.code == "session.none"; }));
    const std::string address = std::exchange(model_.address, std::string());
    perform(open_address(model_, address));
    find_work();
    find_forms();
}

void App::session_ended() {
    if (model_.stage != Stage::inside && model_.stage != Stage::password) return;
    model_.stage = Stage::login;
    apply(login::Event(login::SessionEnded{}));
}

// The business date or the rights may be others now, and even the person: looking as another began or ended in another tab.
void App::session_changed(dto::SessionDto session) {
    if (session.login != last_login_) return looking(std::move(session));
    const std::int64_t basis_before = model_.world.session.basis.number;
    const std::string day_before = model_.world.session.day;
    take_session(model_.world, std::move(session));
    if (model_.world.session.basis.number != basis_before) fetch_organisation();
    if (model_.world.session.basis.number == basis_before && model_.world.session.day == day_before) return;
    apply(workbench::Event(workbench::WorldChanged{}));
    apply(customers::Event(customers::CustomersMoved{}));
    apply(round::Event(round::WorldChanged{}));
}

void App::fetch_organisation() {
    model_.organisation_failed = false;
    api_->organisation(organisation_lane_.renew(), [this](Result<OrganisationReply> reply) {
        if (reply) organisation_came(std::move(*reply));
        else organisation_failed(reply.error());
    });
}

void App::organisation_came(OrganisationReply reply) {
    auto built = Organisation::build(std::move(reply.records.channels), std::move(reply.records.units));
    if (!built) return organisation_failed(built.error());
    model_.world.organisation = std::make_shared<const Organisation>(std::move(*built));
    for (auto& totals : model_.world.totals) totals.clear();
    fetch_totals();
    apply(workbench::Event(workbench::OrganisationCame{}));
    apply(customers::Event(customers::OrganisationCame{}));
    apply(handovers::Event(handovers::OrganisationCame{}));
    apply(round::Event(round::WorldChanged{}));
    apply(cabinets::Event(cabinets::OrganisationCame{}));
    apply(organisation::Event(organisation::OrganisationCame{}));
}

void App::organisation_failed(const Error& error) {
    model_.organisation_failed = true;
    ui_.toasts.push(ui::Tone::bad, sentence_of(model_.world.language(), error));
}

void App::fetch_totals() {
    if (!model_.world.organisation || !model_.world.may(Action::view_customer)) return;
    api_->unit_totals(totals_lane_.renew(), [this](Result<dto::UnitTotalsDto> totals) {
        // Counts beside the units are a help; without them the tree is as good.
        if (!totals || !model_.world.organisation) return;
        const Organisation& org = *model_.world.organisation;
        const std::vector<UnitTotal> places = dto::place_totals(*totals, org);
        for (const Tree tree : {Tree::area, Tree::channel}) model_.world.totals[static_cast<std::size_t>(tree)] = roll_up(org, tree, places);
        model_.world.totals_as_of = totals->as_of;
    });
}

}  // namespace qudao::client
