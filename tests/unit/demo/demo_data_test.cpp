#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "shared/base/digest.hpp"
#include "shared/base/text.hpp"
#include "shared/demo/customers.hpp"
#include "shared/demo/fill.hpp"
#include "shared/domain/customer_code.hpp"
#include "shared/domain/standard_roles.hpp"
#include "shared/domain/window.hpp"
#include "shared/memory/database.hpp"
#include "shared/memory/plain_secrets.hpp"

namespace qudao::demo {
namespace {

struct Data {
    explicit Data(std::int64_t customers, std::uint64_t seed = Options{}.seed)
        : options{seed, customers}, records(organisation(options)), org(Organisation::build(records.channels, records.units).value()),
          people(staff(options, records)), maker(options, records) {}
    Options options;
    ports::OrganisationRecords records;
    Organisation org;
    Staff people;
    CustomerMaker maker;
    const UnitRecord& place_of(const Customer& customer) const { return org.unit(org.find(customer.place)); }
};

std::string digest_of(const Data& data) {
    Digest digest;
    for (const UnitRecord& unit : data.records.units)
        digest.add(unit.id.value).add(unit.code).add(unit.name).add(static_cast<std::int64_t>(unit.kind)).add(unit.channel.value).add(unit.area_parent.value)
            .add(unit.channel_parent.value).add(unit.billing_area).add(unit.sort_order).add(std::int64_t{unit.active});
    for (const Person& person : data.people.persons) digest.add(person.id.value).add(person.login).add(person.name);
    for (const Grant& grant : data.people.grants) digest.add(grant.person.value).add(grant.role.value).add(grant.unit.value).add(std::int64_t{grant.channels});
    for (std::int64_t number = 0; number < std::min<std::int64_t>(data.maker.size(), 5000); ++number) {
        const Customer c = data.maker.make(number);
        digest.add(c.id.value).add(c.code).add(c.name).add(c.contract).add(c.address).add(c.place.value).add(c.statistical.value).add(c.installed_on.days)
            .add(c.revenue_fen.value_or(-1)).add(c.version).add(c.locked_until.days);
    }
    return digest.hex();
}

// The same natively and in WASM. A change of the data changes these on purpose, and only then.
TEST_CASE("one seed and size, the same bytes on every platform") {
    CHECK(digest_of(Data(12)) == "ec3a4a50b41e1c2ce9510543a2a3d977");
    CHECK(digest_of(Data(20'000)) == "c8a0d165360fd1c0b1a1f0cfe42dc7a6");
    CHECK(digest_of(Data(20'000, 7)) == "b24405d1c69599e6fd936117d7165106");
    CHECK(digest_of(Data(1'000'000)) == "2c63a6bd2bdb78213f513a6197654f55");
}

TEST_CASE("sizes have bounds") {
    CHECK(check({1, 12}).ok());
    CHECK(check({1, 2'000'000}).ok());
    CHECK(check({1, 11}).error().code == "demo.size");
    CHECK(check({1, 2'000'001}).error().param("most") == "2000000");
}

TEST_CASE("the organisation holds together and grows with the size") {
    std::size_t before = 0;
    for (const std::int64_t customers : {12, 500, 20'000, 100'000, 1'000'000}) {
        const Data data(customers);
        CHECK(data.records.units.size() > before);
        before = data.records.units.size();
        CHECK(data.org.find("450103GZ0201") != kNoUnit);
        CHECK(data.org.path(Tree::area, data.org.find("450103GZ0201")) ==
              "广西区电信有限公司 / 南宁市电信分公司 / 南宁市青秀中心 / 青秀区公众客户部 / 城东二片 / 城东二片1社区");
        CHECK(data.org.path(Tree::channel, data.org.find("450103GZ0201")) ==
              "广西区电信有限公司 / 公众客户渠道 / 南宁市公众客户渠道 / 青秀区公众客户部 / 城东二片 / 城东二片1社区");
        std::map<std::pair<std::int64_t, std::string>, int> pools;
        std::set<std::string> billing_areas;
        bool retired = false;
        for (const UnitRecord& unit : data.records.units) {
            if (unit.kind == UnitKind::pool) ++pools[{unit.channel.value, unit.billing_area}];
            if (unit.kind == UnitKind::branch) billing_areas.insert(unit.billing_area);
            retired = retired || !unit.active;
            CHECK(std::any_of(unit.code.begin(), unit.code.end(), [](char c) { return c >= 'A' && c <= 'Z'; }));  // no number to a spreadsheet
            CHECK(is_valid_utf8(unit.name));
            if (is_place(unit.kind)) CHECK((unit.area_parent == unit.channel_parent && unit.channel));
        }
        CHECK(pools.size() == billing_areas.size() * 5);  // one per channel and billing area
        for (const auto& [key, count] : pools) CHECK(count == 1);
        if (customers >= 20'000) CHECK(retired);
    }
    CHECK(before > 6'000);
    CHECK(before < 8'000);
    CHECK(Data(12).records.units.size() < 100);
}

TEST_CASE("all fourteen networks and Nanning's districts are there at full size") {
    const Data data(1'000'000);
    std::int64_t networks = 0;
    for (const UnitRecord& unit : data.records.units) networks += unit.kind == UnitKind::local_network ? 1 : 0;
    CHECK(networks == 14);
    for (const char* code : {"GX450102", "GX450103", "GX450105", "GX450107", "GX450108", "GX450109", "GX450110", "GX450123", "GX450124", "GX450125", "GX450126", "GX450181"})
        CHECK(data.org.find(code) != kNoUnit);
    CHECK(data.org.unit(data.org.find("GX450110")).name == "南宁市武鸣中心");
}

TEST_CASE("everybody has a login, and each kind of account is there") {
    for (const std::int64_t customers : {12, 20'000}) {
        const Data data(customers);
        std::set<std::string> logins;
        for (const Person& person : data.people.persons) CHECK(logins.insert(person.login).second);
        CHECK(check_grants(data.org, roles(), data.people.grants).ok());
        std::set<std::string> kinds;
        for (const Account& account : data.people.accounts) {
            CHECK(logins.count(account.login) == 1);
            kinds.insert(account.role);
        }
        CHECK(kinds.size() == kStandardRoles);
        for (const char* login : {"qudao_admin", "nn_public", "nn_query", "cm_qx01", "sysadmin"}) CHECK(logins.count(login) == 1);
        // Everywhere somebody answers: each community and contracted area has one manager who sees just that.
        std::map<std::int64_t, int> managers;
        for (const Grant& grant : data.people.grants)
            if (grant.role == RoleId{17}) ++managers[grant.unit.value];
        for (const UnitRecord& unit : data.records.units)
            if (unit.kind == UnitKind::community || unit.kind == UnitKind::contracted_area) CHECK(managers[unit.id.value] == 1);
    }
}

TEST_CASE("the province's administrator may do everything to everybody, a manager sees one community") {
    const Data data(12);
    const auto rights = [&](std::string_view login) {
        const auto it = std::find_if(data.people.persons.begin(), data.people.persons.end(), [&](const Person& p) { return p.login == login; });
        return Rights(data.org, roles(), data.people.grants, it->id);
    };
    const Rights admin = rights("qudao_admin");
    for (UnitIndex unit = 0; unit < data.org.size(); ++unit)
        if (is_place(data.org.unit(unit).kind))
            for (const Action action : {Action::view_customer, Action::move_customer, Action::cross_channel, Action::undo_anytime}) CHECK(admin.scope(action).covers(unit));
    const Rights manager = rights("cm_qx01");
    int seen = 0;
    for (UnitIndex unit = 0; unit < data.org.size(); ++unit) seen += manager.scope(Action::view_customer).covers(unit) ? 1 : 0;
    CHECK(seen == 1);
    CHECK_FALSE(manager.may(Action::move_customer));
    CHECK_FALSE(rights("sysadmin").may(Action::move_customer));
    CHECK_FALSE(rights("nn_channel").may(Action::cross_channel));
}

TEST_CASE("customers are believable, and all kinds of them are there") {
    const Data data(20'000);
    std::set<std::string> codes;
    std::int64_t pooled = 0;
    std::int64_t locked = 0;
    std::int64_t was_locked = 0;
    std::int64_t unbilled = 0;
    std::int64_t other_class = 0;
    std::int64_t rare = 0;
    std::vector<Fen> revenue;
    for (std::int64_t number = 0; number < data.maker.size(); ++number) {
        const Customer c = data.maker.make(number);
        INFO(c.code);
        CHECK(c.id.value == number + 1);
        CHECK(c.code == data.maker.code_of(number));
        CHECK(read_customer_code(c.code).state == CodeState::good);
        CHECK(codes.insert(c.code).second);
        CHECK(c.contract.size() == 12);
        CHECK(!c.name.empty());
        CHECK(is_valid_utf8(c.name + c.address));
        const UnitRecord& place = data.place_of(c);
        CHECK((is_place(place.kind) && place.active));
        CHECK(c.installed_on < demo_day());
        pooled += place.kind == UnitKind::pool ? 1 : 0;
        locked += is_locked(c.locked_until, demo_day()) ? 1 : 0;
        was_locked += c.locked_until && !is_locked(c.locked_until, demo_day()) ? 1 : 0;
        unbilled += c.revenue_fen ? 0 : 1;
        other_class += place.channel == c.statistical ? 0 : 1;
        rare += c.name.find("𠮷") != std::string::npos || c.name.find("㐂") != std::string::npos ? 1 : 0;
        if (c.revenue_fen) revenue.push_back(*c.revenue_fen);
        if (period_of(c.installed_on) == Period{202611}) CHECK_FALSE(c.revenue_fen.has_value());  // no bill of October yet
    }
    CHECK(pooled > 800);
    CHECK(locked > 100);
    CHECK(was_locked > 100);
    CHECK(unbilled > 500);
    CHECK(other_class > 500);
    CHECK(rare > 10);
    for (std::int64_t number = 0; number < 1000; ++number) CHECK(codes.count(data.maker.free_code(number)) == 0);
    // Long-tailed: the upper tenth brings more than half.
    std::sort(revenue.begin(), revenue.end());
    Fen upper = 0;
    Fen all = 0;
    for (std::size_t i = 0; i < revenue.size(); ++i) {
        all += revenue[i];
        if (i >= revenue.size() * 9 / 10) upper += revenue[i];
    }
    CHECK(upper * 2 > all);
}

TEST_CASE("codes stay unique over two million") {
    const Data data(2'000'000);
    std::set<std::string> codes;
    for (std::int64_t number = 0; number < data.maker.size(); number += 97) CHECK(codes.insert(data.maker.code_of(number)).second);
}

TEST_CASE("the smallest demonstration has some of everything, with rare characters first") {
    const Data data(12);
    std::set<UnitKind> kinds;
    std::set<std::int64_t> channels;
    for (std::int64_t number = 0; number < 12; ++number) {
        const UnitRecord& place = data.place_of(data.maker.make(number));
        kinds.insert(place.kind);
        channels.insert(place.channel.value);
    }
    CHECK(kinds == std::set<UnitKind>{UnitKind::community, UnitKind::contracted_area, UnitKind::pool});
    CHECK(channels.size() == 5);
    CHECK(data.maker.make(0).name.find("𠮷") != std::string::npos);
    CHECK(data.maker.make(1).name.find("㐂") != std::string::npos);
    CHECK(data.place_of(data.maker.make(0)).code == "450103GZ0201");
    CHECK(data.maker.make(0).code == Data(20'000).maker.make(0).code);
}

TEST_CASE("a database is filled whole or not at all") {
    memory::PlainSecrets secrets(1);
    ports::NoProgress progress;
    memory::Database database;
    REQUIRE(fill(database, secrets, {1, 500}, progress).ok());
    {
        auto work = database.begin(ports::Access::read).value();
        CHECK(work->customers().count().value() == 500);
        const ports::Settings settings = work->settings().load().value();
        CHECK(settings.demonstration);
        CHECK(settings.demo_date == demo_day());
        CHECK(settings.revenue_period == kRevenuePeriod);
        CHECK(window_on(settings.demo_date, settings.window).open);
        const auto account = work->people().credentials("qudao_admin").value();
        REQUIRE(account.has_value());
        CHECK(secrets.verify_password(account->password_hash, kPassword).value());
    }
    CHECK(fill(database, secrets, {1, 500}, progress).error().code == "demo.not_empty");
    memory::Database refused;
    CHECK(fill(refused, secrets, {1, 5}, progress).error().code == "demo.size");

    struct Stop final : ports::Progress {
        bool report(std::string_view, std::int64_t done, std::int64_t) override { return done < 5000; }
    } stop;
    memory::Database cancelled;
    CHECK(fill(cancelled, secrets, {1, 12'000}, stop).error().code == "work.cancelled");
    auto work = cancelled.begin(ports::Access::read).value();
    CHECK(work->customers().count().value() == 0);
    CHECK(work->organisation().load().value().units.empty());
    CHECK_FALSE(work->settings().load().value().demonstration);
}

}  // namespace
}  // namespace qudao::demo
