// What the store contract cannot see of the compiler: that values never become text, that no field is forgotten, and
// which route a list takes.
#include "server/sql/query_compiler.hpp"

#include <catch2/catch.hpp>

#include "server/sql/query_fields.hpp"
#include "shared/demo/demo.hpp"

using namespace qudao;
using query::Op;
using query::QuerySpec;
using query::Source;

namespace {

constexpr std::array kSources = {Source::customer, Source::adjustment,     Source::batch,      Source::handover,
                                 Source::round_customer, Source::round_mark, Source::lock};

const Organisation& organisation() {
    static const Organisation org = [] {
        ports::OrganisationRecords records = demo::organisation({20261118, 100'000});
        return Organisation::build(std::move(records.channels), std::move(records.units)).value();
    }();
    return org;
}

Scope everything() {
    return Scope(organisation(), {{Tree::area, organisation().interval(Tree::area, organisation().root()), kAllChannels}});
}

UnitIndex first_of(UnitKind kind) {
    UnitIndex unit = 0;
    while (organisation().unit(unit).kind != kind) ++unit;
    return unit;
}

std::optional<sql::Compiled> compiled(const QuerySpec& spec, const Scope& view, const std::optional<query::Cursor>& cursor = std::nullopt) {
    REQUIRE(query::check(spec, cursor).ok());
    return sql::compile(spec, {PersonId{7}, organisation(), view}, cursor, sql::Dialect::mariadb);
}

QuerySpec under(UnitIndex unit, std::vector<query::Order> order) {
    QuerySpec spec;
    spec.filters = {{"place", Op::under, {organisation().unit(unit).id.value}, Tree::area}};
    spec.order = std::move(order);
    return spec;
}

}  // namespace

TEST_CASE("every field of the catalogue has a column, and a unit field a unit") {
    for (const Source source : kSources)
        for (const query::Field& field : query::fields_of(source)) {
            CAPTURE(field.name);
            const sql::Expression* expression = sql::find_expression(source, field.name);
            REQUIRE(expression != nullptr);
            CHECK((field.type == query::FieldType::unit) == !expression->unit.empty());
        }
    CHECK(sql::find_expression(Source::customer, "password_hash") == nullptr);
}

TEST_CASE("a department's list is read in the order of its key, page after page") {
    QuerySpec spec;
    spec.source = Source::round_mark;
    spec.filters = {{"period", Op::equal, {std::int64_t{202610}}, Tree::area}};
    const auto statement = compiled(spec, everything());
    REQUIRE(statement);
    CHECK(statement->sql.text.find("from round_mark m force index (primary) straight_join customer c") != std::string::npos);
}

TEST_CASE("values are named binds, whatever is in them") {
    const std::string evil = "'; drop table customer; -- %_!\\\"`:v0";
    QuerySpec spec;
    spec.filters = {{"name", Op::contains, {evil}, Tree::area}, {"code", Op::prefix, {evil}, Tree::area}, {"code", Op::any_of, {evil, evil}, Tree::area},
                    {"revenue", Op::less, {std::int64_t{987654321}}, Tree::area}};
    spec.order = {{"name_key", false}};
    const Scope view = everything();
    const auto statement = compiled(spec, view, query::Cursor{{evil, std::int64_t{987654321}}});
    REQUIRE(statement);
    CHECK(statement->sql.text.find('\'') == std::string::npos);
    CHECK(statement->sql.text.find("drop") == std::string::npos);
    CHECK(statement->sql.text.find("987654321") == std::string::npos);
    // Names are distinct, and each is in the text once.
    for (std::size_t i = 0; i < statement->sql.binds.size(); ++i) {
        const std::string name = statement->sql.binds[i].name;
        CHECK(name == "v" + std::to_string(i));
        std::size_t times = 0;
        for (std::size_t at = statement->sql.text.find(':' + name); at != std::string::npos; at = statement->sql.text.find(':' + name, at + 1)) {
            const char after = at + name.size() + 1 < statement->sql.text.size() ? statement->sql.text[at + name.size() + 1] : ' ';
            if (after < '0' || after > '9') ++times;
        }
        CHECK(times == 1);
    }
}

TEST_CASE("an empty scope looks at nothing") {
    const Scope nothing;
    CHECK_FALSE(compiled({}, nothing));
    QuerySpec count;
    count.measures = {{query::MeasureKind::count, ""}};
    const auto statement = compiled(count, nothing);
    REQUIRE(statement);  // the row that says 0
    CHECK(statement->sql.text.find("1 = 0") != std::string::npos);
    for (const Source source : {Source::adjustment, Source::handover}) {
        QuerySpec spec;
        spec.source = source;
        CHECK(compiled(spec, nothing)->sql.text.find("1 = 0") != std::string::npos);
    }
}

TEST_CASE("a scope over every place is no condition; one over all but a place is") {
    CHECK(compiled({}, everything())->sql.text.find("area_first") == std::string::npos);
    std::vector<ScopeTerm> terms;
    UnitIndex left_out = kNoUnit;
    for (const UnitIndex place : organisation().places()) {
        if (left_out == kNoUnit) left_out = place;
        else terms.push_back({Tree::area, {organisation().position(Tree::area, place), organisation().position(Tree::area, place)}, kAllChannels});
    }
    const Scope all_but_one(organisation(), terms);
    REQUIRE_FALSE(all_but_one.covers(left_out));
    CHECK(compiled({}, all_but_one)->sql.text.find("area_first") != std::string::npos);
}

TEST_CASE("few places are looked at place by place, many in the order wanted") {
    const Scope view = everything();
    const UnitIndex community = first_of(UnitKind::community);
    const UnitIndex province = organisation().root();
    CHECK(compiled(under(community, {{"name_key", false}}), view)->route == sql::Route::by_place);
    CHECK(compiled(under(province, {{"name_key", false}}), view)->route == sql::Route::by_order);
    CHECK(compiled(under(province, {{"code", false}}), view)->route == sql::Route::by_order);
    QuerySpec totals;
    totals.group_by = {"place"};
    totals.measures = {{query::MeasureKind::sum, "revenue"}};
    CHECK(compiled(totals, view)->route == sql::Route::by_place);
}

TEST_CASE("descending over a field without data, a page is two ranges of the index") {
    const Scope view = everything();
    QuerySpec spec;
    spec.order = {{"revenue", true}};
    CHECK(compiled(spec, view)->sql.text.find("union all") == std::string::npos);
    CHECK(compiled(spec, view, query::Cursor{{std::int64_t{500}, std::int64_t{3}}})->sql.text.find("union all") != std::string::npos);
    CHECK(compiled(spec, view, query::Cursor{{query::Value{}, std::int64_t{3}}})->sql.text.find("union all") == std::string::npos);
}
