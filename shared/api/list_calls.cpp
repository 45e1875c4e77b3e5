#include "shared/api/list_calls.hpp"


#include "shared/api/round_calls.hpp"
#include "shared/dto/list_dto.hpp"
#include "shared/dto/move_dto.hpp"
#include "shared/dto/organisation_dto.hpp"
#include "shared/service/list_service.hpp"

namespace qudao::api {
namespace {

// A list that says who did something says their names as well: whoever may see the row may know who it was.
Status name_persons(dto::ListPage& page, ports::UnitOfWork& work) {
    const std::vector<PersonId> ids = dto::persons_in(page);
    if (ids.empty()) return done();
    QUDAO_TRY(persons, work.people().persons(ids));
    page.persons.emplace();
    for (Person& person : persons) page.persons->push_back({person.id.value, std::move(person.name)});
    return done();
}

Response list_of(Call& call, query::Source source) {
    auto body = dto::from_json<dto::ListRequest>(call.request.body);
    if (!body) return problem(body.error());
    auto spec = dto::to_spec(source, *body);
    if (!spec) return problem(spec.error());
    std::optional<query::Cursor> cursor;
    if (body->cursor) {
        auto decoded = query::decode_cursor(*body->cursor);
        if (!decoded) return problem(decoded.error());
        cursor = std::move(*decoded);
    }
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::ListPage> {
        QUDAO_TRY(page, service::list(actor, work, *spec, cursor));
        dto::ListPage dto = dto::to_page(std::move(page));
        QUDAO_CHECK(name_persons(dto, work));
        return dto;
    });
}

}  // namespace

Response organisation_show(Call& call) {
    const auto after = call.query_number("after");
    if (!after) return problem(after.error());
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork&) {
        return Result<dto::OrganisationDto>(dto::organisation_part(actor.organisation(), actor.settings.basis, *after));
    });
}

Response unit_totals_show(Call& call) {
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::UnitTotalsDto> {
        QUDAO_TRY(totals, service::unit_totals(actor, work));
        dto::UnitTotalsDto dto;
        const Basis& basis = actor.settings.basis;
        dto.basis = {basis.number, basis.rights_version, basis.policy_version};
        dto.as_of = format_instant(actor.now);
        dto.revenue_period = actor.settings.revenue_period.yyyymm;
        for (UnitIndex unit = 0; unit < totals.size(); ++unit) {
            if (totals[unit].customers == 0) continue;
            dto.unit.push_back(actor.organisation().unit(unit).id.value);
            dto.customers.push_back(totals[unit].customers);
            dto.with_revenue.push_back(totals[unit].with_revenue);
            dto.revenue_fen.push_back(totals[unit].revenue_fen);
        }
        return dto;
    });
}

Response customers_list(Call& call) { return list_of(call, query::Source::customer); }
Response adjustments_list(Call& call) { return list_of(call, query::Source::adjustment); }
Response batches_list(Call& call) { return list_of(call, query::Source::batch); }
Response handovers_list(Call& call) { return list_of(call, query::Source::handover); }
Response round_customers_list(Call& call) { return list_of(call, query::Source::round_customer); }
Response round_marks_list(Call& call) { return list_of(call, query::Source::round_mark); }
Response arrear_conflicts_list(Call& call) { return list_of(call, query::Source::arrear_conflict); }
Response locks_list(Call& call) { return list_of(call, query::Source::lock); }

Response customers_states(Call& call) {
    auto body = dto::from_json<dto::StatesRequest>(call.request.body);
    if (!body) return problem(body.error());
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::StatesDto> {
        QUDAO_TRY(customers, service::states(actor, work, body->codes));
        return dto::to_dto(customers, actor.organisation(), actor.settings.basis);
    });
}

}  // namespace qudao::api
