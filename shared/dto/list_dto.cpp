#include "shared/dto/list_dto.hpp"

#include <algorithm>

namespace qudao::dto {

Result<query::QuerySpec> to_spec(query::Source source, const ListRequest& request) {
    query::QuerySpec spec;
    spec.source = source;
    for (std::size_t i = 0; i < request.filters.size(); ++i) {
        const FilterDto& filter = request.filters[i];
        const auto op = query::op_of(filter.op);
        if (!op) return Error::of("request.invalid").at("filters[" + std::to_string(i) + "].op", "choice");
        spec.filters.push_back({filter.field, *op, filter.values, filter.tree == "channel" ? Tree::channel : Tree::area});
    }
    for (const OrderDto& order : request.order) spec.order.push_back({order.field, order.descending});
    if (request.group_by) spec.group_by = *request.group_by;
    if (request.measures)
        for (const MeasureDto& measure : *request.measures) spec.measures.push_back({*query::measure_kind_of(measure.kind), measure.field});
    spec.limit = request.limit;
    spec.start_at = request.start_at;
    return spec;
}

ListRequest to_request(const query::QuerySpec& spec) {
    ListRequest request;
    for (const query::Filter& filter : spec.filters) {
        FilterDto dto{filter.field, std::string(query::code_of(filter.op)), filter.values, std::nullopt};
        if (filter.op == query::Op::under) dto.tree = std::string(qudao::code_of(filter.tree));
        request.filters.push_back(std::move(dto));
    }
    for (const query::Order& order : spec.order) request.order.push_back({order.field, order.descending});
    if (!spec.group_by.empty()) request.group_by = spec.group_by;
    if (!spec.measures.empty()) {
        request.measures.emplace();
        for (const query::Measure& measure : spec.measures) request.measures->push_back({std::string(query::code_of(measure.kind)), measure.field});
    }
    request.limit = spec.limit;
    request.start_at = spec.start_at;
    return request;
}

ListPage to_page(query::Page page) {
    ListPage dto{std::move(page.columns), std::move(page.rows), std::nullopt, std::nullopt};
    if (page.next) dto.next = query::encode_cursor(*page.next);
    return dto;
}

std::vector<PersonId> persons_in(const ListPage& page) {
    std::vector<PersonId> ids;
    for (std::size_t column = 0; column < page.columns.size(); ++column) {
        if (page.columns[column] != "person" && page.columns[column] != "confirmed_by") continue;
        for (const auto& row : page.rows)
            if (const auto* id = std::get_if<std::int64_t>(&row[column])) ids.push_back({*id});
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

}  // namespace qudao::dto
