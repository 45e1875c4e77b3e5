// Lists: a QuerySpec as JSON, and a page of rows.
#pragma once

#include "shared/base/id.hpp"
#include "shared/dto/codec.hpp"
#include "shared/query/query_spec.hpp"

namespace qudao::dto {

struct FilterDto {
    std::string field;
    std::string op;
    std::vector<Scalar> values;
    std::optional<std::string> tree;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("field", self.field, text(1, 64));
        v("op", self.op, text(1, 32));
        v("values", self.values, items(query::kMaxFilterValues));
        v("tree", self.tree, one_of("area|channel"));
    }
};

struct OrderDto {
    std::string field;
    bool descending = false;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("field", self.field, text(1, 64));
        v("descending", self.descending);
    }
};

struct MeasureDto {
    std::string kind;
    std::string field;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("kind", self.kind, one_of("count|sum|known"));
        v("field", self.field, text(0, 64));
    }
};

struct ListRequest {
    std::vector<FilterDto> filters;
    std::vector<OrderDto> order;
    std::optional<std::vector<std::string>> group_by;
    std::optional<std::vector<MeasureDto>> measures;
    std::int32_t limit = 100;
    std::optional<Scalar> start_at;
    std::optional<std::string> cursor;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("filters", self.filters, items(query::kMaxFilters));
        v("order", self.order, items(8));
        v("group_by", self.group_by, items(8, 64));
        v("measures", self.measures, items(8));
        v("limit", self.limit, number(1, query::kMaxPageRows));
        v("start_at", self.start_at);
        v("cursor", self.cursor, text(1, 4096));
    }
};

struct PersonNameDto {
    std::int64_t id = 0;
    std::string name;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("id", self.id);
        v("name", self.name);
    }
};

struct ListPage {
    std::vector<std::string> columns;
    std::vector<std::vector<Scalar>> rows;
    std::optional<std::string> next;
    std::optional<std::vector<PersonNameDto>> persons;  // those named in the rows, where there are any
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("columns", self.columns);
        v("rows", self.rows);
        v("next", self.next);
        v("persons", self.persons);
    }
};
// The distinct ids in the page's columns "person" and "confirmed_by"; empty when it has none.
std::vector<PersonId> persons_in(const ListPage& page);

// request.invalid for an unknown operator; the catalogue is checked by query::check.
Result<query::QuerySpec> to_spec(query::Source source, const ListRequest& request);
ListRequest to_request(const query::QuerySpec& spec);
ListPage to_page(query::Page page);

}  // namespace qudao::dto
