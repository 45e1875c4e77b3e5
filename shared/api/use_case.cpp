#include "shared/api/use_case.hpp"

#include <array>

#include "shared/api/list_calls.hpp"
#include "shared/api/move_calls.hpp"
#include "shared/api/session_calls.hpp"
#include "shared/api/use_case_parts.hpp"
#include "shared/dto/list_dto.hpp"
#include "shared/dto/move_dto.hpp"
#include "shared/dto/organisation_dto.hpp"
#include "shared/dto/session_dto.hpp"
#include "shared/dto/view_dto.hpp"

namespace qudao::api {
namespace {

constexpr std::array<std::string_view, 1> kAfter = {"after"};

std::vector<UseCase> daily_use_cases() {
    using namespace dto;
    return {
        open_to_all(get("health.show", "/api/v1/health", "Whether the server is up", health, schema_of<HealthDto>)),
        open_to_all(get("openapi.show", "/api/v1/openapi.json", "This document", openapi, schema_of<Json>)),
        setting_cookie(open_to_all(post("session.open", "/api/v1/session", "Log in", session_open, schema_of<LogInRequest>, schema_of<SessionDto>))),
        before_password_change(get("session.show", "/api/v1/session", "Who is logged in, with rights, business date and window", session_show,
                                   schema_of<SessionDto>)),
        setting_cookie(ending_seeing_as(before_password_change(with(get("session.close", "/api/v1/session", "Log out", session_close, nullptr), Method::del, 204)))),
        setting_cookie(ending_seeing_as(before_password_change(
            with(get("session.close_all", "/api/v1/sessions", "Log out everywhere", sessions_close, nullptr), Method::del, 204)))),
        before_password_change(with(post("session.password", "/api/v1/session/password", "Change the own password", password_change,
                                         schema_of<PasswordRequest>, schema_of<SessionDto>),
                                    Method::put)),
        needing(Action::see_as, with(post("session.see_as", "/api/v1/session/see-as", "Look with another's rights, read-only", see_as_open,
                                          schema_of<SeeAsRequest>, schema_of<SessionDto>),
                                     Method::put)),
        ending_seeing_as(with(get("session.see_own", "/api/v1/session/see-as", "Look with the own rights again", see_as_close, schema_of<SessionDto>),
                              Method::del)),
        get("views.show", "/api/v1/session/views", "The own saved views", views_show, schema_of<SavedViewsDto>),
        with(post("views.save", "/api/v1/session/views", "Save a view, instead of one of the same name", views_save, schema_of<SaveViewRequest>,
                  schema_of<SavedViewsDto>),
             Method::put),
        with(get("views.forget", "/api/v1/session/views/{view}", "Forget a saved view", views_forget, schema_of<SavedViewsDto>), Method::del),
        needing(Action::set_demo_date, with(post("demo_date.set", "/api/v1/demo-date", "Set the business date of a demonstration database",
                                                 demo_date_set, schema_of<DemoDateRequest>, schema_of<SessionDto>),
                                            Method::put)),
        asking(kAfter, get("organisation.show", "/api/v1/organisation", "Channels and units, in parts", organisation_show, schema_of<OrganisationDto>)),
        needing(Action::view_customer, get("unit_totals.show", "/api/v1/unit-totals", "Customers and revenue of every place in view",
                                           unit_totals_show, schema_of<UnitTotalsDto>)),
        reading(needing(Action::view_customer, post("customers.list", "/api/v1/customers/list", "A page of customers", customers_list,
                                            schema_of<ListRequest>, schema_of<ListPage>))),
        reading(needing(Action::view_customer, post("customers.states", "/api/v1/customers/states", "The state of named customers",
                                            customers_states, schema_of<StatesRequest>, schema_of<StatesDto>, kMb))),
        reading(needing(Action::view_customer, post("adjustments.list", "/api/v1/adjustments/list", "A page of the adjustment log",
                                            adjustments_list, schema_of<ListRequest>, schema_of<ListPage>))),
        reading(needing(Action::move_customer, post("moves.preview", "/api/v1/moves/preview", "What a bulk move would do", moves_preview,
                                            schema_of<PreviewRequest>, schema_of<PlanDto>, kRowsBody))),
        reading(needing(Action::move_customer, post("moves.sight", "/api/v1/moves/sight", "Who would gain or lose sight of customers",
                                            moves_sight, schema_of<SightRequest>, schema_of<SightDto>, 4 * kMb))),
        needing(Action::move_customer, post("moves.commit", "/api/v1/moves", "Commit a bulk move that was previewed", moves_commit,
                                            schema_of<CommitRequest>, schema_of<JobDto>, kRowsBody), 202),
        get("jobs.show", "/api/v1/jobs/{key}", "How far a commit or undo is, and what it did", jobs_show, schema_of<JobDto>),
        reading(needing(Action::view_customer, post("batches.list", "/api/v1/batches/list", "A page of batches", batches_list,
                                            schema_of<ListRequest>, schema_of<ListPage>))),
        needing(Action::view_customer, get("batches.show", "/api/v1/batches/{batch}", "One batch", batches_show, schema_of<BatchDto>)),
        needing(Action::move_customer, asking(kAfter, get("batches.undo_preview", "/api/v1/batches/{batch}/undo-plan",
                                                          "What undoing a batch would do; of the rows that stay, those after so many",
                                                          batches_undo_preview, schema_of<PlanDto>))),
        needing(Action::move_customer, post("batches.undo", "/api/v1/batches/{batch}/undo", "Undo a batch as previewed", batches_undo,
                                            schema_of<UndoRequest>, schema_of<JobDto>), 202),
        reading(needing(Action::view_customer, post("handovers.list", "/api/v1/handovers/list", "What is new to each receiving unit",
                                            handovers_list, schema_of<ListRequest>, schema_of<ListPage>))),
    };
}

const std::vector<UseCase>& table() {
    static const std::vector<UseCase> all = [] {
        std::vector<UseCase> whole = daily_use_cases();
        for (auto* part : {round_use_cases, feed_use_cases, administration_use_cases}) {
            const std::vector<UseCase> more = part();
            whole.insert(whole.end(), more.begin(), more.end());
        }
        return whole;
    }();
    return all;
}

}  // namespace

std::span<const UseCase> use_cases() { return table(); }

const UseCase* find_use_case(std::string_view name) {
    for (const UseCase& use_case : use_cases())
        if (use_case.name == name) return &use_case;
    return nullptr;
}

}  // namespace qudao::api
