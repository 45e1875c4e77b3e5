#include "tests/contract/world.hpp"

#include <cstdlib>
#include <iostream>
#include <map>
#include <random>

#include "shared/demo/customers.hpp"
#include "shared/demo/fill.hpp"
#include "shared/memory/plain_secrets.hpp"

namespace qudao::contract {
namespace {

ScopeTerm term(const Organisation& org, Tree tree, std::string_view unit, ChannelMask channels = kAllChannels) {
    return {tree, org.interval(tree, org.find(unit)), channels};
}

std::string repeated(std::string_view text, int times) {
    std::string out;
    while (times-- > 0) out += text;
    return out;
}

}  // namespace

std::unique_ptr<ports::UnitOfWork> reading(ports::Database& database) { return must(database.begin(ports::Access::read)); }
std::unique_ptr<ports::UnitOfWork> writing(ports::Database& database) { return must(database.begin(ports::Access::write)); }

PersonId World::person(std::string_view login) const {
    for (const Person& person : staff.persons)
        if (person.login == login) return person.id;
    FAIL("no person " << login);
    return {};
}

Scope World::scope(std::string_view login, Action action) const { return Rights(org, roles, staff.grants, person(login)).scope(action); }

Scope World::everything() const { return Scope(org, {term(org, Tree::area, "GX45")}); }

const Customer& World::customer(std::string_view code) const {
    for (const Customer& customer : customers)
        if (customer.code == code) return customer;
    FAIL("no customer " << code);
    return customers.front();
}

World make_world(std::int64_t customers, bool filled) {
    World world;
    world.options.customers = customers;
    world.records = demo::organisation(world.options);
    world.org = must(Organisation::build(world.records.channels, world.records.units));
    world.roles = demo::roles();
    world.staff = demo::staff(world.options, world.records);
    const demo::CustomerMaker maker(world.options, world.records);
    for (std::int64_t number = 0; number < customers; ++number) world.customers.push_back(maker.make(number));
    world.database = backend().make();
    if (filled) {
        memory::PlainSecrets secrets(1);
        ports::NoProgress progress;
        must_do(demo::fill(*world.database, secrets, world.options, progress));
    }
    return world;
}

std::vector<std::pair<std::string, Scope>> scopes_of_every_shape(const World& world) {
    const Organisation& org = world.org;
    const auto scope = [&](std::vector<ScopeTerm> terms) { return Scope(org, std::move(terms)); };
    constexpr ChannelMask kPublic = 1u << 2;
    constexpr ChannelMask kCommercial = 1u << 1;
    return {
        {"nothing", Scope()},
        {"everything", world.everything()},
        {"one community", scope({term(org, Tree::area, "450103GZ0201")})},
        {"a branch", scope({term(org, Tree::area, "GX450103")})},
        {"a branch, two channels", scope({term(org, Tree::area, "GX450103", kPublic | kCommercial)})},
        {"the province, one channel", scope({term(org, Tree::area, "GX45", kPublic)})},
        {"a channel by its own tree", scope({term(org, Tree::channel, "GXGZ")})},
        {"a network's channel", scope({term(org, Tree::channel, "4501SK")})},
        {"a channel tree's unit, another channel's mask", scope({term(org, Tree::channel, "4501SK", kPublic)})},
        {"overlapping, of both trees", scope({term(org, Tree::area, "GX4502"), term(org, Tree::area, "GX450110", kPublic),
                                              term(org, Tree::channel, "GXDK"), term(org, Tree::area, "GX450271", kCommercial)})},
        {"no channel at all", scope({term(org, Tree::area, "GX45", 0)})},
    };
}

const std::vector<std::string>& awkward_texts() {
    static const std::vector<std::string> texts = {
        "韦𠮷 㐂", "O'Brien \"quoted\" `ticks`", "back\\slash %percent_ under*star?", ":colon :name ::twice", "trailing space ", " leading",
        "ÀÉîøü ß", "ａｂｃ１２３", "a\tb\nc\r\nd", "NULL", "0123", "--; drop table", "{json: [1]}", "👍🏽 emoji", "A", "a", "é", "e\u0301",
        std::string(250, 'x'), repeated("\U00020BB7", 40)};
    return texts;
}

bool same(const Customer& a, const Customer& b) {
    return a.id == b.id && a.code == b.code && a.name == b.name && a.contract == b.contract && a.address == b.address && a.place == b.place &&
           a.statistical == b.statistical && a.installed_on == b.installed_on && a.revenue_fen == b.revenue_fen && a.version == b.version &&
           a.locked_until == b.locked_until && a.new_in == b.new_in;
}

bool same(const ports::Batch& a, const ports::Batch& b) {
    return a.id == b.id && a.kind == b.kind && a.person == b.person && a.at == b.at && a.day == b.day &&
           a.window_opened_on == b.window_opened_on && a.undo_of == b.undo_of && a.file_name == b.file_name && a.rows == b.rows &&
           a.moved == b.moved && a.unchanged == b.unchanged && a.kept == b.kept && a.digest == b.digest;
}

ports::Moves moves_of(const std::vector<Move>& list) {
    ports::Moves moves;
    std::uint32_t row = 2;
    for (const Move& move : list) {
        moves.row_number.push_back(row++);
        moves.customer.push_back(move.customer);
        moves.version.push_back(move.version);
        moves.from.push_back(move.from.value);
        moves.to.push_back(move.to.value);
        moves.note.push_back(move.note);
    }
    return moves;
}

std::vector<ports::Handover> handovers_of(const ports::Moves& moves) {
    std::map<std::int64_t, std::int64_t> arriving;
    for (const std::int64_t unit : moves.to) ++arriving[unit];
    std::vector<ports::Handover> handovers;
    for (const auto& [unit, customers] : arriving) handovers.push_back({UnitId{unit}, customers});
    return handovers;
}

ports::Batch batch_by(PersonId person, Instant at, std::int64_t rows) {
    ports::Batch batch;
    batch.person = person;
    batch.at = at;
    batch.day = date_in_shanghai(at);
    batch.window_opened_on = make_date(2026, 11, 9);
    batch.file_name = "十一月划分.xlsx";
    batch.rows = rows;
    batch.moved = rows;
    batch.digest = std::string(32, 'd');
    return batch;
}

std::uint64_t test_seed() {
    static const std::uint64_t seed = [] {
        const char* given = std::getenv("QUDAO_TEST_SEED");
        const std::uint64_t chosen = given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
        std::cout << "QUDAO_TEST_SEED=" << chosen << std::endl;
        return chosen;
    }();
    return seed;
}

}  // namespace qudao::contract
