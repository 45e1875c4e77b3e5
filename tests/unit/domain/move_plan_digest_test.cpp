#include <catch2/catch.hpp>
#include <functional>

#include "tests/unit/domain/small_province.hpp"

namespace qudao {
namespace {

using test::Customers;
using test::kMove;
using test::Rows;

// Everything a digest is made of, to be changed one thing at a time.
struct Inputs {
    std::vector<Channel> channels = test::small_channels();
    std::vector<UnitRecord> units = test::small_units();
    Customers customers = Customers().add("c1", "C1", 1).add("c2", "C2", 2).add("c3", "C5", 3, make_date(2026, 1, 1)).add("bystander", "C1", 1);
    Rows rows;
    std::vector<std::uint8_t> dropped;
    WindowPolicy policy;
    Date day = make_date(2026, 11, 18);
    Basis basis{5, 6, 7};
    std::optional<bool> time_allows;
    std::uint32_t first_row = 2;

    Inputs() { rows.add("c1", "C2", Reason::none, "甲").add("c2", "C5").add("c3", "C1").add("nobody", "C1").add("c1", "nowhere"); }

    UnitRecord& unit(std::string_view code) {
        for (UnitRecord& record : units)
            if (record.code == code) return record;
        FAIL("no unit " << code);
        return units.front();
    }
    std::string digest() {
        const Organisation org = Organisation::build(channels, units).value();
        const std::vector<Role> roles = {{RoleId{1}, "r", "角色", kMove}};
        const Rights rights(org, roles, {{PersonId{1}, RoleId{1}, org.unit(org.root()).id, kAllChannels}}, PersonId{1});
        MoveRows move_rows = Rows(rows).done();
        for (std::uint32_t row = 0; row < move_rows.size(); ++row) move_rows.row_number[row] = first_row + row;
        const CodeIndex index(customers.columns.code);
        const PlanContext context{org, rights, policy, day, basis, time_allows};
        const MovePlan plan = plan_moves(move_rows, customers.columns, index, context, dropped);
        return digest_of(plan, move_rows, customers.columns, context);
    }
};

using Change = std::function<void(Inputs&)>;

TEST_CASE("the same inputs give the same digest") {
    const std::string digest = Inputs().digest();
    CHECK(digest.size() == 32);
    CHECK(Inputs().digest() == digest);
}

TEST_CASE("each thing that decides a verdict changes the digest") {
    const std::vector<std::pair<const char*, Change>> changes = {
        {"another row", [](Inputs& i) { i.rows.add("c9", "C1"); }},
        {"a note", [](Inputs& i) { i.rows = Rows(); i.rows.add("c1", "C2", Reason::none, "乙").add("c2", "C5").add("c3", "C1").add("nobody", "C1").add("c1", "nowhere"); }},
        {"a target", [](Inputs& i) { i.rows = Rows(); i.rows.add("c1", "C5", Reason::none, "甲").add("c2", "C5").add("c3", "C1").add("nobody", "C1").add("c1", "nowhere"); }},
        {"the order of rows", [](Inputs& i) { i.rows = Rows(); i.rows.add("c2", "C5").add("c1", "C2", Reason::none, "甲").add("c3", "C1").add("nobody", "C1").add("c1", "nowhere"); }},
        {"the rows' numbers", [](Inputs& i) { i.first_row = 3; }},
        {"an unknown code", [](Inputs& i) { i.rows = Rows(); i.rows.add("c1", "C2", Reason::none, "甲").add("c2", "C5").add("c3", "C1").add("somebody", "C1").add("c1", "nowhere"); }},
        {"an unknown unit", [](Inputs& i) { i.rows = Rows(); i.rows.add("c1", "C2", Reason::none, "甲").add("c2", "C5").add("c3", "C1").add("nobody", "C1").add("c1", "elsewhere"); }},
        {"a dropped row", [](Inputs& i) { i.dropped = {0, 0, 0, 1, 0}; }},
        {"a version", [](Inputs& i) { ++i.customers.columns.version[1]; }},
        {"a place", [](Inputs& i) { i.customers.columns.place[0] = test::at("C4"); }},
        {"a lock that holds", [](Inputs& i) { i.customers.columns.locked_until[0] = make_date(2030, 1, 1); }},
        {"a lock that is past", [](Inputs& i) { i.customers.columns.locked_until[2] = make_date(2026, 1, 2); }},
        {"an id", [](Inputs& i) { i.customers.columns.id[0] = 99; }},
        {"a customer gone out of sight", [](Inputs& i) { i.customers = Customers().add("c1", "C1", 1).add("c2", "C2", 2); }},
        {"a unit retired", [](Inputs& i) { i.unit("C2").active = false; }},
        {"a unit's kind", [](Inputs& i) { i.unit("C2").kind = UnitKind::contracted_area; }},
        {"a unit's channel", [](Inputs& i) { i.unit("C2").channel = {20}; }},
        {"a unit's id", [](Inputs& i) { i.unit("C2").id = {5555}; }},
        {"rights", [](Inputs& i) { ++i.basis.rights_version; }},
        {"policy", [](Inputs& i) { ++i.basis.policy_version; }},
        {"the window closes", [](Inputs& i) { i.day = make_date(2026, 12, 5); }},
        {"an undo's time", [](Inputs& i) { i.time_allows = false; }},
    };
    const std::string before = Inputs().digest();
    for (const auto& [name, change] : changes) {
        Inputs inputs;
        change(inputs);
        INFO(name);
        CHECK(inputs.digest() != before);
    }
}

TEST_CASE("what decides nothing changes nothing") {
    const std::vector<std::pair<const char*, Change>> changes = {
        {"revenue", [](Inputs& i) { i.customers.columns.revenue_fen[0] = 123'456; }},
        {"revenue unknown", [](Inputs& i) { i.customers.columns.has_revenue[0] = 0; }},
        {"a customer that is not named", [](Inputs& i) { ++i.customers.columns.version[3]; }},
        {"a unit that is not named", [](Inputs& i) { i.unit("C6").active = false; }},
        {"a unit's name", [](Inputs& i) { i.unit("C2").name = "改名社区"; }},
        {"another day of the same window", [](Inputs& i) { i.day = make_date(2026, 11, 30); }},
        {"the basis alone, as a unit elsewhere changed", [](Inputs& i) { ++i.basis.number; }},
        {"time that allows, said twice", [](Inputs& i) { i.time_allows = true; }},
    };
    const std::string before = Inputs().digest();
    for (const auto& [name, change] : changes) {
        Inputs inputs;
        change(inputs);
        INFO(name);
        CHECK(inputs.digest() == before);
    }
}

TEST_CASE("the order in which the customers were read does not matter") {
    Inputs inputs;
    const std::string before = inputs.digest();
    CustomerColumns turned;
    const CustomerColumns& columns = inputs.customers.columns;
    for (std::size_t i = columns.size(); i-- > 0;)
        turned.push_back(columns.code[i], columns.id[i], columns.version[i], columns.place[i], columns.locked_until[i], columns.has_revenue[i] != 0, columns.revenue_fen[i]);
    inputs.customers.columns = turned;
    CHECK(inputs.digest() == before);
}

}  // namespace
}  // namespace qudao
