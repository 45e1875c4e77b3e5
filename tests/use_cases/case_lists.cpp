// The organisation, lists, states and totals, each within what the person may see.
#include "tests/use_cases/page.hpp"

#include <map>
#include <set>

namespace qudao::test {
namespace {

dto::ListRequest all(std::int32_t limit = 1000) {
    dto::ListRequest request;
    request.limit = limit;
    return request;
}

// Every page of a list, one after the other.
std::vector<std::vector<dto::Scalar>> read_all(Page& page, query::Source source, dto::ListRequest request, std::vector<std::string>* columns = nullptr) {
    std::vector<std::vector<dto::Scalar>> rows;
    for (int pages = 0; pages < 10'000; ++pages) {
        const auto part = page.list(source, request);
        REQUIRE(part);
        if (columns != nullptr) *columns = part->columns;
        rows.insert(rows.end(), part->rows.begin(), part->rows.end());
        if (!part->next) return rows;
        request.cursor = part->next;
    }
    return rows;
}

std::int64_t counted(Page& page) {
    dto::ListRequest request = all();
    request.measures = std::vector<dto::MeasureDto>{{"count", ""}};
    const auto total = page.list(query::Source::customer, request);
    REQUIRE(total);
    return value_number(*total, 0, "count");
}

}  // namespace

TEST_CASE("the organisation comes in parts and fits together", "[organisation]") {
    const auto server = new_server(2000);
    Page page(*server);
    REQUIRE(page.log_in("cm_qx01"));
    const Organisation org = page.organisation();
    CHECK(org.channels().size() == 5);
    const UnitIndex home = org.find(kHome);
    REQUIRE(home != kNoUnit);
    CHECK(org.unit(home).name == "城东二片1社区");
    CHECK(org.path(Tree::area, home) == "广西区电信有限公司 / 南宁市电信分公司 / 南宁市青秀中心 / 青秀区公众客户部 / 城东二片 / 城东二片1社区");
    CHECK(org.in_tree(Tree::channel, home));
    // The parts themselves: ordered by id, each after the one before.
    const api::Response part = page.raw(api::Method::get, "/api/v1/organisation?after=" + std::to_string(org.size() - 3));
    const auto json = dto::parse_json(part.body);
    REQUIRE(json);
    CHECK(json->at("id").size() == 3);
}

TEST_CASE("customers by page, in the order asked for, none twice and none left out", "[lists]") {
    const auto server = new_server(2000);
    Page page(*server);
    REQUIRE(page.log_in("qudao_admin"));
    for (const char* field : {"code", "name_key", "revenue", "installed_on"}) {
        for (const bool descending : {false, true}) {
            dto::ListRequest request = all(300);
            request.order = {{field, descending}};
            std::vector<std::string> columns;
            const auto rows = read_all(page, query::Source::customer, request, &columns);
            CHECK(rows.size() == 2000);
            std::set<std::int64_t> ids;
            const auto shown = std::find(columns.begin(), columns.end(), field);
            for (std::size_t i = 0; i < rows.size(); ++i) {
                ids.insert(std::get<std::int64_t>(rows[i][0]));
                if (i == 0 || shown == columns.end()) continue;
                const auto at = static_cast<std::size_t>(shown - columns.begin());
                const int order = query::compare_values(rows[i - 1][at], rows[i][at]);
                if (descending ? order < 0 : order > 0) FAIL("out of order at " << i << " by " << field);
            }
            CHECK(ids.size() == 2000);
        }
    }
}

TEST_CASE("a list can be jumped into and narrowed", "[lists]") {
    const auto server = new_server(2000);
    Page page(*server);
    REQUIRE(page.log_in("qudao_admin"));
    dto::ListRequest request = all(10);
    request.order = {{"code", false}};
    request.start_at = dto::Scalar(std::string("0772"));
    const auto jumped = page.list(query::Source::customer, request);
    REQUIRE(jumped);
    REQUIRE(jumped->rows.size() == 10);
    CHECK(value_text(*jumped, 0, "code").substr(0, 4) >= "0772");

    const Organisation org = page.organisation();
    const std::int64_t branch = org.unit(org.parent(Tree::area, org.parent(Tree::area, org.parent(Tree::area, org.find(kHome))))).id.value;
    dto::ListRequest under = all();
    under.filters = {{"place", "under", {branch}, "area"}, {"revenue", "greater_equal", {std::int64_t{10'000}}, std::nullopt}};
    const auto narrowed = page.list(query::Source::customer, under);
    REQUIRE(narrowed);
    REQUIRE(!narrowed->rows.empty());
    for (std::size_t row = 0; row < narrowed->rows.size(); ++row) {
        CHECK(value_number(*narrowed, row, "revenue") >= 10'000);
        const UnitIndex place = org.find(UnitId{value_number(*narrowed, row, "place")});
        CHECK(org.interval(Tree::area, org.find(UnitId{branch})).contains(org.position(Tree::area, place)));
    }
}

TEST_CASE("a list that cannot be is refused by name", "[lists]") {
    const auto server = new_server(200);
    Page page(*server);
    REQUIRE(page.log_in("qudao_admin"));
    const auto refused = [&](dto::ListRequest request) { return page.list(query::Source::customer, request).error(); };
    dto::ListRequest request = all();
    request.filters = {{"nonsense", "equal", {std::int64_t{1}}, std::nullopt}};
    CHECK(refused(request).code == "query.unknown_field");
    CHECK(refused(request).param("field") == "nonsense");
    request.filters = {{"name", "about", {std::string("x")}, std::nullopt}};
    CHECK(refused(request).code == "request.invalid");
    request.filters = {{"revenue", "equal", {std::string("x")}, std::nullopt}};
    CHECK(refused(request).code == "query.value_type");
    request = all();
    request.order = {{"address", false}};
    CHECK(refused(request).code == "query.not_sortable");
    request = all();
    request.cursor = "bm8";
    CHECK(refused(request).code == "query.cursor");
}

TEST_CASE("everybody sees the own scope and nothing of others'", "[lists][rights]") {
    const auto server = new_server(2000);
    Page admin(*server);
    REQUIRE(admin.log_in("qudao_admin"));
    CHECK(counted(admin) == 2000);
    const Organisation org = admin.organisation();
    std::map<std::string, std::set<std::string>> seen;
    for (const char* login : {"qudao_admin", "nn_public", "nn_channel", "tl_qx02", "cm_qx01", "nn_query", "sysadmin"}) {
        Page page(*server);
        REQUIRE(page.log_in(login));
        std::vector<std::string> columns;
        for (const auto& row : read_all(page, query::Source::customer, all(), &columns)) seen[login].insert(std::get<std::string>(row[1]));
        CHECK(counted(page) == static_cast<std::int64_t>(seen[login].size()));
        INFO(login);
        CHECK(!seen[login].empty());
    }
    CHECK(seen["qudao_admin"].size() == 2000);
    CHECK(seen["nn_query"].size() < 2000);
    CHECK(seen["nn_public"] == seen["nn_query"]);  // the administrator of one channel also queries the network
    CHECK(seen["nn_channel"] == seen["nn_query"]);
    CHECK(seen["tl_qx02"].size() < seen["nn_query"].size());
    CHECK(seen["cm_qx01"].size() < seen["tl_qx02"].size());
    for (const std::string& code : seen["cm_qx01"]) CHECK(seen["tl_qx02"].count(code) == 1);

    // By state as well: one outside and one that does not exist look alike.
    Page manager(*server);
    REQUIRE(manager.log_in("cm_qx01"));
    std::string outside;
    for (const std::string& code : seen["qudao_admin"])
        if (seen["cm_qx01"].count(code) == 0) outside = code;
    const auto states = manager.states({*seen["cm_qx01"].begin(), outside, "0771999999999"});
    REQUIRE(states);
    REQUIRE(states->code.size() == 1);
    CHECK(states->code[0] == *seen["cm_qx01"].begin());
}

TEST_CASE("the state of named customers", "[states]") {
    const auto server = new_server(2000);
    Page page(*server);
    const auto session = page.log_in("qudao_admin");
    REQUIRE(session);
    const Organisation org = page.organisation();
    const auto codes = page.codes_in(org.unit(org.find(kHome)).id.value, 3);
    REQUIRE(codes.size() == 3);
    const auto states = page.states({codes[0], codes[1], codes[0]});
    REQUIRE(states);
    CHECK(states->id.size() == 2);
    CHECK(states->basis.number == session->basis.number);
    for (const std::int64_t place : states->place) CHECK(place == org.unit(org.find(kHome)).id.value);
    const auto too_many = page.states(std::vector<std::string>(5001, codes[0]));
    CHECK(too_many.error().code == "request.invalid");
    CHECK(too_many.error().fields.at(0).code == "too_many");
    CHECK(page.states({})->id.empty());
}

TEST_CASE("totals of units are the sums of the list", "[totals]") {
    const auto server = new_server(2000);
    for (const char* login : {"qudao_admin", "tl_qx02"}) {
        Page page(*server);
        REQUIRE(page.log_in(login));
        const auto totals = page.wait<dto::UnitTotalsDto>([&](const auto& ticket, auto reply) { page.api().unit_totals(ticket, reply); });
        REQUIRE(totals);
        std::map<std::int64_t, std::array<std::int64_t, 3>> sums;
        std::vector<std::string> columns;
        for (const auto& row : read_all(page, query::Source::customer, all(), &columns)) {
            const auto place = static_cast<std::size_t>(std::find(columns.begin(), columns.end(), "place") - columns.begin());
            const auto revenue = static_cast<std::size_t>(std::find(columns.begin(), columns.end(), "revenue") - columns.begin());
            auto& sum = sums[std::get<std::int64_t>(row[place])];
            ++sum[0];
            if (const auto* fen = std::get_if<std::int64_t>(&row[revenue])) {
                ++sum[1];
                sum[2] += *fen;
            }
        }
        REQUIRE(totals->unit.size() == sums.size());
        for (std::size_t i = 0; i < totals->unit.size(); ++i) {
            const std::array<std::int64_t, 3> told{totals->customers[i], totals->with_revenue[i], totals->revenue_fen[i]};
            CHECK(told == sums[totals->unit[i]]);
        }
    }
}

}  // namespace qudao::test
