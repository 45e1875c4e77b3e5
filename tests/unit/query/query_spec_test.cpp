#include "shared/query/query_spec.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>

namespace qudao::query {
namespace {

constexpr Source kSources[] = {Source::customer, Source::adjustment, Source::batch, Source::handover,
                               Source::round_customer, Source::round_mark, Source::lock, Source::arrear_conflict};

std::string result_of(const QuerySpec& spec, const std::optional<Cursor>& cursor = std::nullopt) {
    const Status status = check(spec, cursor);
    return status.ok() ? "ok" : status.error().code;
}
QuerySpec with_filter(Filter filter, Source source = Source::customer) {
    QuerySpec spec;
    spec.source = source;
    spec.filters.push_back(std::move(filter));
    return spec;
}
Value text(const char* value) { return Value(std::string(value)); }
Value number(std::int64_t value) { return Value(value); }

TEST_CASE("codes of enumerations lead back") {
    for (const Source source : kSources) CHECK(source_of(code_of(source)) == source);
    for (int op = 0; op < 12; ++op) CHECK(op_of(code_of(static_cast<Op>(op))) == static_cast<Op>(op));
    for (int kind = 0; kind < 3; ++kind) CHECK(measure_kind_of(code_of(static_cast<MeasureKind>(kind))) == static_cast<MeasureKind>(kind));
    CHECK_FALSE(source_of("customers").has_value());
    CHECK_FALSE(op_of("").has_value());
    CHECK_FALSE(measure_kind_of("avg").has_value());
    std::set<std::string_view> types;
    for (int type = 0; type < 8; ++type) types.insert(code_of(static_cast<FieldType>(type)));
    CHECK(types.size() == 8);
}

TEST_CASE("the catalogue holds together") {
    for (const Source source : kSources) {
        std::set<std::string_view> names;
        for (const Field& field : fields_of(source)) {
            CHECK(names.insert(field.name).second);
            CHECK(find_field(source, field.name) == &field);
            if (field.contains) CHECK(field.type == FieldType::text);
        }
        CHECK(find_field(source, "nothing") == nullptr);
        CHECK_FALSE(key_of(source).empty());
        for (const std::string_view key : key_of(source)) {
            const Field* field = find_field(source, key);
            REQUIRE(field != nullptr);
            CHECK_FALSE(field->nullable);
        }
    }
}

TEST_CASE("the sort key of names is not shown") {
    QuerySpec spec;
    const auto columns = columns_of(spec);
    CHECK(columns.size() == fields_of(Source::customer).size() - 2);
    CHECK(std::find(columns.begin(), columns.end(), "name_key") == columns.end());
    CHECK(columns.front() == "id");
}

TEST_CASE("what operation each type takes") {
    const std::map<FieldType, std::string> taken = {
        {FieldType::integer, "equal not_equal less less_equal greater greater_equal any_of"},
        {FieldType::money, "equal not_equal less less_equal greater greater_equal any_of"},
        {FieldType::date, "equal not_equal less less_equal greater greater_equal any_of"},
        {FieldType::instant, "equal not_equal less less_equal greater greater_equal any_of"},
        {FieldType::text, "equal not_equal less less_equal greater greater_equal prefix any_of"},
        {FieldType::unit, "equal not_equal any_of under"},
        {FieldType::channel, "equal not_equal any_of"},
        {FieldType::boolean, "equal not_equal any_of"},
    };
    for (const Source source : kSources)
        for (const Field& field : fields_of(source)) {
            std::string expected = taken.at(field.type);
            std::set<std::string> ops;
            for (std::size_t at = 0; at <= expected.size();) {
                const std::size_t end = std::min(expected.find(' ', at), expected.size());
                ops.insert(expected.substr(at, end - at));
                at = end + 1;
            }
            if (field.contains) ops.insert("contains");
            if (field.nullable) ops.insert({"has_data", "has_no_data"});
            for (int i = 0; i < 12; ++i) {
                const Op op = static_cast<Op>(i);
                Filter filter{std::string(field.name), op, {field.type == FieldType::text ? text("x") : number(1)}, Tree::area};
                if (op == Op::has_data || op == Op::has_no_data) filter.values.clear();
                INFO(code_of(source) << ' ' << field.name << ' ' << code_of(op));
                CHECK(result_of(with_filter(filter, source)) == (ops.count(std::string(code_of(op))) == 1 ? "ok" : "query.op"));
            }
        }
}

TEST_CASE("filters that make no sense are refused with their field") {
    CHECK(result_of(with_filter({"salary", Op::equal, {number(1)}, Tree::area})) == "query.unknown_field");
    CHECK(check(with_filter({"salary", Op::equal, {number(1)}, Tree::area})).error().param("field") == "salary");
    CHECK(result_of(with_filter({"id", Op::equal, {text("1")}, Tree::area})) == "query.value_type");
    CHECK(result_of(with_filter({"name", Op::equal, {number(1)}, Tree::area})) == "query.value_type");
    CHECK(result_of(with_filter({"revenue", Op::equal, {Value()}, Tree::area})) == "query.value_type");
    CHECK(result_of(with_filter({"name", Op::contains, {text("\xFF")}, Tree::area})) == "query.value_type");
    CHECK(result_of(with_filter({"name", Op::contains, {Value(std::string("a\0b", 3))}, Tree::area})) == "query.value_type");
    CHECK(result_of(with_filter({"name", Op::contains, {Value(std::string(1024, 'x'))}, Tree::area})) == "ok");
    CHECK(result_of(with_filter({"name", Op::contains, {Value(std::string(1025, 'x'))}, Tree::area})) == "query.value_type");
    CHECK(result_of(with_filter({"id", Op::equal, {}, Tree::area})) == "query.too_many_values");
    CHECK(result_of(with_filter({"id", Op::equal, {number(1), number(2)}, Tree::area})) == "query.too_many_values");
    CHECK(result_of(with_filter({"id", Op::any_of, {}, Tree::area})) == "query.too_many_values");
    CHECK(result_of(with_filter({"revenue", Op::has_data, {number(1)}, Tree::area})) == "query.too_many_values");
    Filter many{"id", Op::any_of, std::vector<Value>(1000, number(1)), Tree::area};
    CHECK(result_of(with_filter(many)) == "ok");
    many.values.push_back(number(1));
    CHECK(result_of(with_filter(many)) == "query.too_many_values");
    QuerySpec spec;
    spec.filters.assign(20, {"id", Op::equal, {number(1)}, Tree::area});
    CHECK(result_of(spec) == "ok");
    spec.filters.push_back(spec.filters.front());
    CHECK(result_of(spec) == "query.too_many_filters");
}

TEST_CASE("orders, limits, groups and measures are checked") {
    QuerySpec spec;
    spec.order = {{"name", false}};
    CHECK(result_of(spec) == "query.not_sortable");
    spec.order = {{"unknown", false}};
    CHECK(result_of(spec) == "query.unknown_field");
    spec.order = {{"code", false}, {"code", true}};
    CHECK(result_of(spec) == "query.repeated_field");
    spec.order.assign(9, {"code", false});
    CHECK(result_of(spec) == "query.too_many_fields");
    spec.order = {{"revenue", true}, {"name_key", false}, {"id", false}};
    CHECK(result_of(spec) == "ok");
    for (const auto& [limit, expected] : std::map<std::int32_t, std::string>{{-1, "query.limit"}, {0, "query.limit"}, {1, "ok"}, {1000, "ok"}, {1001, "query.limit"}}) {
        spec.limit = limit;
        CHECK(result_of(spec) == expected);
    }
    spec.limit = 10;
    spec.group_by = {"code"};
    CHECK(result_of(spec) == "query.not_groupable");
    spec.group_by = {"channel", "channel"};
    CHECK(result_of(spec) == "query.repeated_field");
    spec.group_by = {"nothing"};
    CHECK(result_of(spec) == "query.unknown_field");
    spec.group_by = {"channel"};
    spec.measures = {{MeasureKind::sum, "name"}};
    CHECK(result_of(spec) == "query.measure");
    spec.measures = {{MeasureKind::count, "id"}};
    CHECK(result_of(spec) == "query.measure");
    spec.measures = {{MeasureKind::sum, "nothing"}};
    CHECK(result_of(spec) == "query.unknown_field");
    spec.measures = {{MeasureKind::count, ""}, {MeasureKind::sum, "revenue"}, {MeasureKind::known, "locked_until"}};
    CHECK(result_of(spec) == "ok");
    CHECK(columns_of(spec) == std::vector<std::string>{"channel", "count", "sum:revenue", "known:locked_until"});
}

TEST_CASE("an order ends with the key, in the direction of the last field named, or with what is unique") {
    const auto shown = [](const QuerySpec& spec) {
        std::string out;
        for (const Order& order : total_order(spec)) out += order.field + (order.descending ? "- " : "+ ");
        return out;
    };
    QuerySpec spec;
    CHECK(shown(spec) == "id+ ");
    spec.order = {{"revenue", true}};
    CHECK(shown(spec) == "revenue- id- ");
    spec.order = {{"revenue", true}, {"code", false}};
    CHECK(shown(spec) == "revenue- code+ ");
    spec.order = {{"code", true}, {"revenue", false}};
    CHECK(shown(spec) == "code- ");
    spec.order = {{"id", true}, {"code", true}};
    CHECK(shown(spec) == "id- ");
    spec.source = Source::adjustment;
    spec.order = {{"at", true}};
    CHECK(shown(spec) == "at- customer- ");
    spec.source = Source::handover;
    spec.order.clear();
    CHECK(shown(spec) == "batch+ unit+ ");
}

TEST_CASE("a jump and a cursor must fit the order") {
    QuerySpec spec;
    spec.order = {{"revenue", false}};
    spec.start_at = Value();
    CHECK(result_of(spec) == "ok");  // revenue may have no data
    spec.start_at = text("x");
    CHECK(result_of(spec) == "query.value_type");
    spec.order = {{"code", false}};
    CHECK(result_of(spec) == "ok");
    spec.start_at = Value();
    CHECK(result_of(spec) == "query.value_type");
    spec.start_at.reset();
    CHECK(result_of(spec, Cursor{{text("0771")}}) == "ok");
    CHECK(result_of(spec, Cursor{{text("0771"), number(5)}}) == "query.cursor");
    spec.order = {{"name_key", false}};
    CHECK(result_of(spec, Cursor{{text("0771"), number(5)}}) == "ok");
    CHECK(result_of(spec, Cursor{{text("0771")}}) == "query.cursor");
    CHECK(result_of(spec, Cursor{{number(5), text("0771")}}) == "query.cursor");
    CHECK(result_of(spec, Cursor{{text("0771"), Value()}}) == "query.cursor");
    CHECK(result_of(spec, Cursor{}) == "query.cursor");
}

TEST_CASE("cursors travel as text") {
    const std::vector<Cursor> cursors = {{{}}, {{Value(), number(INT64_MIN), number(INT64_MAX), text(""), text("南宁𠮷\"\\")}}, {{number(0)}}};
    for (const Cursor& cursor : cursors) {
        const std::string encoded = encode_cursor(cursor);
        CHECK(encoded.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == std::string::npos);
        const auto decoded = decode_cursor(encoded);
        REQUIRE(decoded.ok());
        CHECK(decoded->after == cursor.after);
    }
    for (const std::string& bad : std::vector<std::string>{"", "=", "W10=", "W1", "!!!!", "bnVsbA", "eyJhIjoxfQ", "WzEuNV0", "W3RydWVd", "W1tdXQ", "WzE4NDQ2NzQ0MDczNzA5NTUxNjE1XQ",
                                                           std::string(9000, 'W'), std::string(8000, 'W')}) {
        INFO(bad.substr(0, 40));
        const auto decoded = decode_cursor(bad);
        REQUIRE_FALSE(decoded.ok());
        CHECK(decoded.error().code == "query.cursor");
    }
}

TEST_CASE("no data is lowest, then numbers, then texts by their bytes") {
    const std::vector<Value> sorted = {Value(), number(INT64_MIN), number(-1), number(0), number(7), text(""), text("A"), text("a"), text("a "), text("é"), text("南")};
    for (std::size_t i = 0; i < sorted.size(); ++i)
        for (std::size_t j = 0; j < sorted.size(); ++j) {
            const int order = compare_values(sorted[i], sorted[j]);
            CHECK((order < 0) == (i < j));
            CHECK((order == 0) == (i == j));
        }
}

}  // namespace
}  // namespace qudao::query
