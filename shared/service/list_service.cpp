#include "shared/service/list_service.hpp"

namespace qudao::service {
namespace {

ports::Viewer viewer_of(const Actor& actor) {
    return {actor.person.id, actor.organisation(), actor.rights.scope(Action::view_customer)};
}

std::int64_t number_of(const query::Value& value) {
    const auto* number = std::get_if<std::int64_t>(&value);
    return number == nullptr ? 0 : *number;
}

}  // namespace

Result<query::Page> list(const Actor& actor, ports::UnitOfWork& work, const query::QuerySpec& spec, const std::optional<query::Cursor>& cursor) {
    QUDAO_CHECK(query::check(spec, cursor));
    return work.queries().run(spec, viewer_of(actor), cursor);
}

Result<CustomerColumns> states(const Actor& actor, ports::UnitOfWork& work, const StringColumn& codes) {
    ports::NoProgress quiet;
    return work.customers().states(codes, actor.organisation(), actor.rights.scope(Action::view_customer), ports::Locking::none, quiet);
}

Result<std::vector<UnitTotal>> unit_totals(const Actor& actor, ports::UnitOfWork& work) {
    query::QuerySpec spec;
    spec.source = query::Source::customer;
    spec.group_by = {"place"};
    spec.measures = {{query::MeasureKind::count, ""}, {query::MeasureKind::known, "revenue"}, {query::MeasureKind::sum, "revenue"}};
    QUDAO_TRY(page, list(actor, work, spec, std::nullopt));
    std::vector<UnitTotal> totals(actor.organisation().size());
    for (const auto& row : page.rows) {
        const UnitIndex unit = actor.organisation().find(UnitId{number_of(row[0])});
        if (unit != kNoUnit) totals[unit] = {number_of(row[1]), number_of(row[2]), number_of(row[3])};
    }
    return totals;
}

}  // namespace qudao::service
