#include <set>

#include "tests/contract/query_world.hpp"

namespace qudao::contract {
namespace {

using query::Field;
using query::FieldType;
using query::Filter;
using query::Op;
using query::QuerySpec;
using query::Source;
using query::Value;

constexpr Source kSources[] = {Source::customer, Source::adjustment, Source::batch, Source::handover};
constexpr Op kOps[] = {Op::equal,         Op::not_equal, Op::less,     Op::less_equal, Op::greater,  Op::greater_equal,
                       Op::prefix,        Op::contains,  Op::any_of,   Op::has_no_data, Op::has_data, Op::under};

std::set<Value> values_of(const Model& model, Source source, const Field& field) {
    std::set<Value> values;
    for (const ModelRow& row : model.rows(source)) values.insert(row.values[field_index(source, field.name)]);
    values.erase(Value());
    return values;
}

// A handful spread over what there is, and something beyond either end.
std::vector<Value> probes(const Model& model, Source source, const Field& field) {
    const std::set<Value> all = values_of(model, source, field);
    std::vector<Value> out;
    std::size_t at = 0;
    for (const Value& value : all)
        if (at++ % (all.size() / 6 + 1) == 0) out.push_back(value);
    if (field.type == FieldType::text) {
        out.insert(out.end(), {Value(""), Value("%"), Value("_"), Value("\\"), Value("南宁"), Value("'"), Value("a"), Value("\U00020BB7")});
    } else {
        out.insert(out.end(), {Value(INT64_MIN), Value(std::int64_t{-1}), Value(std::int64_t{0}), Value(INT64_MAX)});
    }
    return out;
}

TEST_CASE("every field under every operation it takes", "[queries]") {
    QueryWorld q;
    int run = 0;
    for (const Source source : kSources) {
        for (const Field& field : query::fields_of(source)) {
            for (const Op op : kOps) {
                for (const Value& probe : probes(q.model, source, field)) {
                    QuerySpec spec = list_of(source);
                    spec.limit = query::kMaxPageRows;
                    Filter filter{std::string(field.name), op, {probe}, Tree::area};
                    if (op == Op::has_data || op == Op::has_no_data) filter.values.clear();
                    spec.filters = {filter};
                    if (!query::check(spec)) break;  // not for this field; unit tests say which are
                    q.check_same(spec, q.persons[0], q.scopes[1].second);
                    ++run;
                    if (filter.values.empty()) break;
                }
            }
        }
    }
    CHECK(run > 1000);
    CHECK(q.rows_seen > 10'000);
}

TEST_CASE("units below a unit, in both trees", "[queries]") {
    QueryWorld q;
    for (const Tree tree : {Tree::area, Tree::channel})
        for (UnitIndex unit = 0; unit < q.world.org.size(); unit += 3) {
            QuerySpec spec = list_of(Source::customer);
            spec.limit = query::kMaxPageRows;
            spec.filters = {{"place", Op::under, {Value(q.world.org.unit(unit).id.value)}, tree}};
            q.check_same(spec, q.persons[0], q.scopes[1].second);
            spec.source = Source::adjustment;
            spec.filters[0].field = "to";
            q.check_same(spec, q.persons[0], q.scopes[1].second);
        }
    QuerySpec spec = list_of(Source::customer);
    spec.filters = {{"place", Op::under, {Value(std::int64_t{987'654})}, Tree::area}};
    q.check_same(spec, q.persons[0], q.scopes[1].second);
}

TEST_CASE("any of many values", "[queries]") {
    QueryWorld q;
    QuerySpec spec = list_of(Source::customer);
    spec.limit = query::kMaxPageRows;
    Filter ids{"id", Op::any_of, {}, Tree::area};
    for (std::int64_t id = -300; id < 700; ++id) ids.values.emplace_back(id);
    REQUIRE(ids.values.size() == query::kMaxFilterValues);
    Filter codes{"code", Op::any_of, {}, Tree::area};
    for (const Customer& customer : q.model.customers())
        if (customer.id.value % 2 == 0) codes.values.emplace_back(customer.code);
    for (const std::string& text : awkward_texts()) codes.values.emplace_back(text);
    spec.filters = {ids};
    q.check_same(spec, q.persons[0], q.scopes[1].second);
    spec.filters = {ids, codes};
    q.check_same(spec, q.persons[0], q.scopes[1].second);
}

TEST_CASE("every order, both ways, paged", "[queries]") {
    QueryWorld q;
    for (const Source source : kSources) {
        std::vector<std::string> sortable{""};  // none: by the key
        for (const Field& field : query::fields_of(source))
            if (field.sortable) sortable.emplace_back(field.name);
        for (const std::string& first : sortable)
            for (const std::string& second : sortable)
                for (const int directions : {0, 1, 2, 3}) {
                    if (first == second || (first.empty() && directions != 0)) continue;
                    QuerySpec spec = list_of(source);
                    if (!first.empty()) spec.order.push_back({first, (directions & 1) != 0});
                    if (!first.empty() && !second.empty()) spec.order.push_back({second, (directions & 2) != 0});
                    for (const int limit : {7, 100, query::kMaxPageRows}) {
                        spec.limit = limit;
                        q.check_same(spec, q.persons[1], q.scopes[1].second);
                    }
                }
    }
}

TEST_CASE("pages of one row", "[queries]") {
    QueryWorld q;
    for (const Source source : kSources) {
        QuerySpec spec = list_of(source);
        spec.limit = 1;
        if (source == Source::customer) spec.order = {{"revenue", false}};
        q.check_same(spec, q.persons[0], q.scopes[4].second);
        if (source == Source::customer) spec.order = {{"revenue", true}, {"name_key", false}};
        q.check_same(spec, q.persons[0], q.scopes[4].second);
    }
}

TEST_CASE("a jump to a value, both ways", "[queries]") {
    QueryWorld q;
    for (const Source source : kSources)
        for (const Field& field : query::fields_of(source)) {
            if (!field.sortable) continue;
            std::vector<Value> targets = probes(q.model, source, field);
            if (field.nullable) targets.emplace_back();
            for (const Value& target : targets)
                for (const bool descending : {false, true}) {
                    QuerySpec spec = list_of(source);
                    spec.order = {{std::string(field.name), descending}};
                    spec.start_at = target;
                    spec.limit = 60;
                    q.check_same(spec, q.persons[0], q.scopes[1].second);
                }
        }
}

TEST_CASE("no list shows more than the scope", "[queries]") {
    QueryWorld q;
    for (const Source source : kSources)
        for (const auto& [shape, scope] : q.scopes)
            for (const PersonId person : q.persons) {
                INFO(shape);
                QuerySpec spec = list_of(source);
                spec.limit = 50;
                q.check_same(spec, person, scope);
                spec.measures = {{query::MeasureKind::count, ""}};
                q.check_same(spec, person, scope);
            }
}

TEST_CASE("groups and measures", "[queries]") {
    QueryWorld q;
    using query::MeasureKind;
    for (const Source source : kSources)
        for (const Field& group : query::fields_of(source)) {
            if (!group.groupable) continue;
            for (const Field& measured : query::fields_of(source)) {
                QuerySpec spec = list_of(source);
                spec.group_by = {std::string(group.name)};
                spec.measures = {{MeasureKind::count, ""}, {MeasureKind::known, std::string(measured.name)}};
                if (measured.type == FieldType::integer || measured.type == FieldType::money)
                    spec.measures.push_back({MeasureKind::sum, std::string(measured.name)});
                q.check_same(spec, q.persons[0], q.scopes[9].second);
            }
        }
    QuerySpec spec = list_of(Source::customer);
    spec.group_by = {"channel", "statistical", "place"};
    q.check_same(spec, q.persons[0], q.scopes[1].second);
    spec.group_by.clear();
    spec.measures = {{MeasureKind::sum, "revenue"}, {MeasureKind::known, "revenue"}, {MeasureKind::count, ""}};
    q.check_same(spec, q.persons[0], q.scopes[1].second);
    q.check_same(spec, q.persons[0], Scope());  // one row of nothing
}

TEST_CASE("a page goes on where it ended though rows came and went", "[queries]") {
    QueryWorld q;
    QuerySpec spec = list_of(Source::customer);
    spec.order = {{"code", false}};
    spec.limit = 20;
    const ports::Viewer viewer{q.persons[0], q.world.org, q.scopes[1].second};
    const query::Page first = must(reading(*q.world.database)->queries().run(spec, viewer, std::nullopt));
    REQUIRE(first.next);
    Customer before = q.world.customers[0];
    before.id = {};
    before.code = "0000000000001";
    {
        const auto work = writing(*q.world.database);
        must_do(work->customers().add({before}));
        must_do(work->commit());
    }
    const query::Page second = must(reading(*q.world.database)->queries().run(spec, viewer, first.next));
    const auto all = q.model.list(spec, q.persons[0], q.scopes[1].second);  // without the newcomer
    REQUIRE(second.rows.size() == 20);
    for (std::size_t i = 0; i < 20; ++i) CHECK(second.rows[i] == all[20 + i]);
}

}  // namespace
}  // namespace qudao::contract
