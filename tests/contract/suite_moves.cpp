#include <algorithm>

#include "tests/contract/world.hpp"

namespace qudao::contract {
namespace {

ports::NoProgress no_progress;
constexpr Instant kNow{1'795'000'000'000};  // 2026-11-18 in Shanghai

// A world in which batches are applied one after another.
struct Field {
    World world = make_world(60);
    PersonId admin = world.person("qudao_admin");

    Customer now(const Customer& customer) {
        return *must(reading(*world.database)->customers().find(customer.code, world.everything()));
    }
    Move move(std::size_t customer, std::string_view to, std::string note = "") {
        const Customer state = now(world.customers[customer]);
        return {state.id.value, state.version, state.place, world.unit(to), std::move(note)};
    }
    Result<ports::Batch> try_apply(const std::vector<Move>& list, ports::Batch batch, bool commit = true) {
        const ports::Moves moves = moves_of(list);
        const auto work = writing(*world.database);
        auto applied = work->moves().apply(std::move(batch), moves, handovers_of(moves), no_progress);
        if (applied && commit) must_do(work->commit());
        return applied;
    }
    ports::Batch apply(const std::vector<Move>& list, Instant at = kNow) {
        return must(try_apply(list, batch_by(admin, at, static_cast<std::int64_t>(list.size()))));
    }
    std::optional<ports::Batch> batch(BatchId id, PersonId actor, const Scope& view) {
        return must(reading(*world.database)->moves().batch(id, actor, view));
    }
};

TEST_CASE("a key is claimed once and its outcome stays", "[moves][outcomes]") {
    const World world = make_world(12);
    const ports::Outcome claim{world.person("qudao_admin"), "key-0123456789_-AZ", "digest-of-request", ""};
    ports::Outcome settled = claim;
    settled.body = "{\"批次\": 7, \"note\": \"it's \\\\ fine\"}";
    {
        const auto work = writing(*world.database);
        CHECK_FALSE(must(work->moves().claim(claim)).has_value());
        must_do(work->moves().settle(settled));
    }
    CHECK_FALSE(must(reading(*world.database)->moves().outcome(claim.person, claim.key)).has_value());
    {
        const auto work = writing(*world.database);
        CHECK_FALSE(must(work->moves().claim(claim)).has_value());
        must_do(work->moves().settle(settled));
        must_do(work->commit());
    }
    ports::Outcome other = claim;
    other.request_digest = "something else";
    const auto work = writing(*world.database);
    for (const ports::Outcome& again : {claim, other}) {
        const auto earlier = must(work->moves().claim(again));
        REQUIRE(earlier);
        CHECK(earlier->person == claim.person);
        CHECK(earlier->key == claim.key);
        CHECK(earlier->request_digest == "digest-of-request");
        CHECK(earlier->body == settled.body);
    }
    CHECK(must(work->moves().outcome(claim.person, claim.key))->body == settled.body);
}

TEST_CASE("keys belong to a person and are compared byte for byte", "[moves][outcomes]") {
    const World world = make_world(12);
    const ports::Outcome claim{world.person("qudao_admin"), "key-of-somebody-1", "d", "done"};
    const auto work = writing(*world.database);
    REQUIRE_FALSE(must(work->moves().claim(claim)).has_value());
    must_do(work->moves().settle(claim));
    ports::Outcome other = claim;
    other.person = world.person("nn_public");
    CHECK_FALSE(must(work->moves().claim(other)).has_value());
    other = claim;
    other.key = "KEY-OF-SOMEBODY-1";
    CHECK_FALSE(must(work->moves().claim(other)).has_value());
    CHECK_FALSE(must(work->moves().outcome(claim.person, "key-of-somebody-2")).has_value());
    ports::Outcome unclaimed = claim;
    unclaimed.key = "never-claimed-0001";
    CHECK(code_of_error(work->moves().settle(unclaimed)) == "outcome.not_claimed");
}

TEST_CASE("a batch moves its customers, and nobody else", "[moves][apply]") {
    Field field;
    const std::vector<Move> list = {field.move(0, "450110GZ0101", "搬迁"), field.move(1, "450103SK0101"), field.move(10, "450103GZW0")};
    const ports::Batch batch = field.apply(list);
    CHECK(batch.id.value > 0);
    CHECK(batch.at == kNow);
    for (std::size_t i = 0; i < field.world.customers.size(); ++i) {
        Customer expected = field.world.customers[i];
        for (const Move& move : list)
            if (move.customer == expected.id.value) {
                expected.place = move.to;
                ++expected.version;
            }
        CHECK(same(field.now(expected), expected));
    }
    const auto stored = field.batch(batch.id, field.admin, Scope());
    REQUIRE(stored);
    CHECK(same(*stored, batch));
    CHECK(stored->file_name == "十一月划分.xlsx");
}

TEST_CASE("a batch without rows is a batch", "[moves][apply]") {
    Field field;
    const ports::Batch batch = field.apply({});
    CHECK(field.batch(batch.id, field.admin, Scope()).has_value());
    CHECK(must(reading(*field.world.database)->moves().rows(batch.id, field.world.everything())).moves.size() == 0);
}

TEST_CASE("what is stale is applied not at all", "[moves][apply]") {
    Field field;
    const auto stale = [&](Move wrong) {
        const auto result = field.try_apply({field.move(0, "450110GZ0101"), wrong, field.move(2, "450110GZ0101")}, batch_by(field.admin, kNow, 3));
        return code_of_error(result);
    };
    Move wrong = field.move(1, "450110GZ0101");
    ++wrong.version;
    CHECK(stale(wrong) == "moves.stale");
    wrong = field.move(1, "450110GZ0101");
    --wrong.version;
    CHECK(stale(wrong) == "moves.stale");
    wrong = field.move(1, "450110GZ0101");
    wrong.from = field.world.unit("450103SKW0");
    CHECK(stale(wrong) == "moves.stale");
    wrong = field.move(1, "450110GZ0101");
    wrong.customer = 987'654;
    CHECK(stale(wrong) == "moves.stale");
    wrong = field.move(0, "450103SK0101");
    CHECK(stale(wrong) == "moves.stale");  // the same customer twice
    for (const Customer& customer : field.world.customers) CHECK(same(field.now(customer), customer));
    CHECK_FALSE(field.batch({1}, field.admin, field.world.everything()).has_value());
    const auto page = must(reading(*field.world.database)->queries().run({.source = query::Source::adjustment, .filters = {}, .order = {}, .group_by = {}, .measures = {}, .start_at = {}},
                                                                         {field.admin, field.world.org, field.world.everything()}, std::nullopt));
    CHECK(page.rows.empty());
}

TEST_CASE("an applied batch that is not committed never was", "[moves][apply]") {
    Field field;
    const auto lost = must(field.try_apply({field.move(0, "450110GZ0101"), field.move(1, "450110GZ0101")}, batch_by(field.admin, kNow, 2), false));
    for (const Customer& customer : field.world.customers) CHECK(same(field.now(customer), customer));
    CHECK_FALSE(field.batch(lost.id, field.admin, field.world.everything()).has_value());
    CHECK(must(reading(*field.world.database)->moves().rows(lost.id, field.world.everything())).moves.size() == 0);
    const ports::Batch kept = field.apply({field.move(0, "450110GZ0101")});
    CHECK(field.batch(kept.id, field.admin, Scope()).has_value());
}

TEST_CASE("cancelled work is given up at each of its reports", "[moves][apply]") {
    Field field;
    for (int report = 1; report <= 2; ++report) {
        const ports::Moves moves = moves_of({field.move(0, "450110GZ0101"), field.move(1, "450110GZ0101")});
        const auto work = writing(*field.world.database);
        StopAt stop(report);
        CHECK(code_of_error(work->moves().apply(batch_by(field.admin, kNow, 2), moves, handovers_of(moves), stop)) == "work.cancelled");
    }
    for (const Customer& customer : field.world.customers) CHECK(same(field.now(customer), customer));
}

TEST_CASE("the instants of batches strictly increase", "[moves][apply]") {
    Field field;
    const auto at = [&](std::size_t customer, std::int64_t at_ms) { return field.apply({field.move(customer, "450110GZ0101")}, Instant{at_ms}).at.epoch_ms; };
    CHECK(at(0, kNow.epoch_ms) == kNow.epoch_ms);
    CHECK(at(1, kNow.epoch_ms) == kNow.epoch_ms + 1);
    CHECK(at(2, kNow.epoch_ms - 10'000) == kNow.epoch_ms + 2);
    CHECK(at(4, kNow.epoch_ms + 500) == kNow.epoch_ms + 500);
    CHECK(at(6, kNow.epoch_ms + 500) == kNow.epoch_ms + 501);
}

TEST_CASE("a batch is seen by its author and by who may see one of its ends", "[moves][visibility][leaks]") {
    Field field;
    const World& world = field.world;
    // From 青秀 public to 武鸣 public, and nothing else.
    const ports::Batch batch = field.apply({field.move(0, "450110GZ0101"), field.move(1, "450110GZ0101")});
    const PersonId stranger = world.person("nn_query");
    const UnitIndex from = world.org.find(world.customers[0].place);
    const UnitIndex to = world.org.find("450110GZ0101");
    int seen = 0;
    for (const auto& [shape, scope] : scopes_of_every_shape(world)) {
        INFO(shape);
        const bool expected = scope.covers(from) || scope.covers(to);
        CHECK(field.batch(batch.id, stranger, scope).has_value() == expected);
        CHECK(field.batch(batch.id, field.admin, scope).has_value());
        seen += expected ? 1 : 0;
    }
    CHECK(seen > 2);
    CHECK_FALSE(field.batch({batch.id.value + 1}, field.admin, world.everything()).has_value());
    CHECK_FALSE(field.batch({0}, field.admin, world.everything()).has_value());
    CHECK_FALSE(field.batch({-1}, field.admin, world.everything()).has_value());
}

TEST_CASE("the rows of a batch come in their order with the versions it left", "[moves][undo]") {
    Field field;
    std::vector<Move> list;
    for (const std::size_t customer : {4u, 0u, 11u, 2u}) list.push_back(field.move(customer, "450110GZ0101", awkward_texts()[customer]));
    ports::Moves moves = moves_of(list);
    moves.row_number = {90, 7, 100'001, 30};
    ports::Batch batch = batch_by(field.admin, kNow, 4);
    {
        const auto work = writing(*field.world.database);
        batch = must(work->moves().apply(batch, moves, {}, no_progress));
        must_do(work->commit());
    }
    field.apply({field.move(0, "450103GZ0101")});  // later changes do not show
    const ports::BatchRows rows = must(reading(*field.world.database)->moves().rows(batch.id, field.world.everything()));
    REQUIRE(rows.moves.size() == 4);
    const std::vector<std::size_t> order = {1, 3, 0, 2};
    for (std::size_t i = 0; i < 4; ++i) {
        const Move& move = list[order[i]];
        CHECK(rows.moves.row_number[i] == moves.row_number[order[i]]);
        CHECK(rows.moves.customer[i] == move.customer);
        CHECK(rows.moves.version[i] == move.version + 1);
        CHECK(rows.moves.from[i] == move.from.value);
        CHECK(rows.moves.to[i] == move.to.value);
        CHECK(rows.moves.note[i] == move.note);
        CHECK(rows.customer_code[i] == field.world.customers[static_cast<std::size_t>(move.customer) - 1].code);
    }
    CHECK(must(reading(*field.world.database)->moves().rows({987'654}, field.world.everything())).moves.size() == 0);
}

TEST_CASE("of a batch's rows those are told that have an end in view", "[moves][undo][leaks]") {
    Field field;
    const World& world = field.world;
    // One row of 南宁, one of elsewhere, one from there to 南宁.
    const auto one_of = [&](bool nanning, std::size_t after) {
        for (std::size_t i = after; i < world.customers.size(); ++i)
            if (world.org.unit(world.org.find(world.customers[i].place)).code.starts_with("4501") == nanning) return i;
        FAIL("nobody is there");
        return std::size_t{0};
    };
    const std::size_t away = one_of(false, 0);
    const std::size_t home = one_of(true, 0);
    const UnitId far = world.customers[one_of(false, away + 1)].place;
    const std::vector<Move> list = {field.move(home, "450110GZ0101"), field.move(away, world.org.unit(world.org.find(far)).code),
                                    field.move(one_of(false, away + 1), "450103GZ0201")};
    const ports::Batch batch = field.apply(list);
    std::size_t partly = 0;
    for (const auto& [shape, scope] : scopes_of_every_shape(world)) {
        INFO(shape);
        const auto covers = [&, &view = scope](UnitId unit) { return view.covers(world.org.find(unit)); };
        std::vector<std::int64_t> expected;
        for (const Move& move : list)
            if (covers(move.from) || covers(move.to)) expected.push_back(move.customer);
        const auto work = reading(*world.database);
        const ports::BatchRows rows = must(work->moves().rows(batch.id, scope));
        CHECK(rows.moves.customer == expected);
        CHECK(rows.customer_code.size() == expected.size());
        // To others than its author it is no larger than what they see of it.
        const auto told = field.batch(batch.id, world.person("nn_query"), scope);
        REQUIRE(told.has_value() == !expected.empty());
        CHECK((!told || (told->moved == static_cast<std::int64_t>(expected.size()) && told->rows == told->moved)));
        CHECK(field.batch(batch.id, field.admin, scope)->moved == 3);
        partly += !expected.empty() && expected.size() < list.size() ? 1u : 0u;
    }
    CHECK(partly > 2);
    ports::Batch undo = batch_by(field.admin, kNow, 1);
    undo.kind = ports::BatchKind::undo;
    undo.undo_of = batch.id;
    const UnitId there = field.now(world.customers[away]).place;
    const ports::Batch undone = must(field.try_apply({{world.customers[away].id.value, field.now(world.customers[away]).version, there, world.customers[away].place, ""}}, undo));
    for (const auto& [shape, scope] : scopes_of_every_shape(world)) {
        INFO(shape);
        const bool seen = scope.covers(world.org.find(there)) || scope.covers(world.org.find(world.customers[away].place));
        CHECK(must(reading(*world.database)->moves().undos_of(batch.id, world.person("nn_query"), scope)).size() == (seen ? 1u : 0u));
    }
    CHECK(undone.undo_of == batch.id);
}

TEST_CASE("undos are found by what they undo", "[moves][undo]") {
    Field field;
    const ports::Batch first = field.apply({field.move(0, "450110GZ0101")});
    CHECK(must(reading(*field.world.database)->moves().undos_of(first.id, field.admin, field.world.everything())).empty());
    std::vector<std::int64_t> expected;
    for (int round = 0; round < 2; ++round) {
        ports::Batch undo = batch_by(field.admin, kNow, 1);
        undo.kind = ports::BatchKind::undo;
        undo.undo_of = first.id;
        undo.kept = round;
        undo.window_opened_on = kNoDate;
        const std::string_view home = round == 0 ? "450103GZ0201" : "450110GZ0101";
        const ports::Batch stored = must(field.try_apply({field.move(0, home)}, undo));
        expected.push_back(stored.id.value);
        const auto found = field.batch(stored.id, field.admin, Scope());
        REQUIRE(found);
        CHECK(same(*found, stored));
        CHECK(found->kind == ports::BatchKind::undo);
        CHECK(found->undo_of == first.id);
        CHECK_FALSE(found->window_opened_on);
    }
    std::vector<std::int64_t> got;
    for (const ports::Batch& undo : must(reading(*field.world.database)->moves().undos_of(first.id, field.admin, field.world.everything()))) got.push_back(undo.id.value);
    std::sort(got.begin(), got.end());
    CHECK(got == expected);
}

TEST_CASE("the place of a customer at any instant", "[moves][as-of]") {
    Field field;
    const World& world = field.world;
    const UnitId home = world.customers[0].place;
    const auto at = [&](std::size_t customer, std::int64_t at_ms) {
        return must(reading(*world.database)->moves().place_at(world.customers[customer].id, Instant{at_ms}));
    };
    CHECK(at(0, kNow.epoch_ms) == home);
    const std::int64_t first = field.apply({field.move(0, "450110GZ0101"), field.move(1, "450103SK0101")}).at.epoch_ms;
    const std::int64_t second = field.apply({field.move(0, "450103TBQ01")}, Instant{first + 1000}).at.epoch_ms;
    const std::int64_t third = field.apply({field.move(0, "450103GZW0")}, Instant{first + 2000}).at.epoch_ms;
    CHECK(at(0, first - 1) == home);
    CHECK(at(0, first) == world.unit("450110GZ0101"));
    CHECK(at(0, second - 1) == world.unit("450110GZ0101"));
    CHECK(at(0, second) == world.unit("450103TBQ01"));
    CHECK(at(0, third - 1) == world.unit("450103TBQ01"));
    CHECK(at(0, third) == world.unit("450103GZW0"));
    CHECK(at(0, third + 1'000'000'000) == world.unit("450103GZW0"));
    CHECK(at(1, second) == world.unit("450103SK0101"));
    CHECK(at(3, second) == world.customers[3].place);
    const std::int64_t installed_ms = start_of_day(world.customers[0].installed_on).epoch_ms;
    CHECK(at(0, installed_ms) == home);
    CHECK_FALSE(at(0, installed_ms - 1).has_value());
    CHECK_FALSE(must(reading(*world.database)->moves().place_at({987'654}, kNow)).has_value());
}

TEST_CASE("a batch larger than one statement", "[moves][apply]") {
    World world = make_world(1200);
    const UnitId target = world.unit("450103GZ0201");
    std::vector<Move> list;
    for (const Customer& customer : world.customers)
        if (!(customer.place == target)) list.push_back({customer.id.value, customer.version, customer.place, target, "第" + std::to_string(customer.id.value) + "行"});
    REQUIRE(list.size() > 1100);
    const ports::Moves moves = moves_of(list);
    ports::Batch batch;
    {
        const auto work = writing(*world.database);
        batch = must(work->moves().apply(batch_by(world.person("qudao_admin"), kNow, static_cast<std::int64_t>(list.size())), moves, handovers_of(moves), no_progress));
        must_do(work->commit());
    }
    const auto work = reading(*world.database);
    const ports::BatchRows rows = must(work->moves().rows(batch.id, world.everything()));
    REQUIRE(rows.moves.size() == list.size());
    for (std::size_t i = 0; i < list.size(); ++i) CHECK(rows.moves.note[i] == list[i].note);
    for (const Move& move : list) {
        const Customer& before = world.customers[static_cast<std::size_t>(move.customer) - 1];
        const auto after = must(work->customers().find(before.code, world.everything()));
        CHECK((after->place == target && after->version == before.version + 1));
    }
}

}  // namespace
}  // namespace qudao::contract
