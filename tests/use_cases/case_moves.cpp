// A bulk move from preview to undo, as the calls alone do it.
#include "tests/use_cases/page.hpp"

#include <algorithm>

namespace qudao::test {
namespace {

std::string code_at(const Organisation& org, UnitIndex unit) { return org.unit(unit).code; }

// Places beside the home: of its team, of another team of its channel, and of another channel of its network.
struct Places {
    std::string home{kHome};
    std::string sibling;
    std::string other_channel;
    std::string department;
    std::int64_t home_id = 0;
    std::int64_t sibling_id = 0;

    explicit Places(const Organisation& org) {
        const UnitIndex at = org.find(kHome);
        home_id = org.unit(at).id.value;
        const UnitIndex team = org.parent(Tree::area, at);
        for (const UnitIndex unit : org.children(Tree::area, team))
            if (unit != at && org.unit(unit).kind == UnitKind::community && org.unit(unit).active && sibling.empty()) {
                sibling = code_at(org, unit);
                sibling_id = org.unit(unit).id.value;
            }
        department = code_at(org, org.parent(Tree::area, team));
        const UnitIndex branch = org.parent(Tree::area, org.parent(Tree::area, team));
        const Interval below = org.interval(Tree::area, branch);
        for (UnitIndex unit = 0; unit < org.size(); ++unit)
            if (below.contains(org.position(Tree::area, unit)) && org.unit(unit).kind == UnitKind::community && org.unit(unit).active &&
                org.channel_of(unit) != org.channel_of(at) && other_channel.empty())
                other_channel = code_at(org, unit);
        REQUIRE(!sibling.empty());
        REQUIRE(!other_channel.empty());
    }
};

// Customers of the home that nothing holds back.
std::vector<std::string> free_codes(Page& page, const Places& places, std::size_t count) {
    std::vector<std::string> free;
    const auto states = page.states(page.codes_in(places.home_id, 200));
    REQUIRE(states);
    for (std::size_t i = 0; i < states->id.size() && free.size() < count; ++i)
        if (states->locked_until[i].empty()) free.emplace_back(states->code[i]);
    REQUIRE(free.size() == count);
    return free;
}

std::vector<Move> all_to(const std::vector<std::string>& codes, const std::string& target) {
    std::vector<Move> moves;
    for (const std::string& code : codes) moves.push_back({code, target, "调整"});
    return moves;
}

std::int64_t place_of(Page& page, const std::string& code) {
    const auto states = page.states({code});
    REQUIRE(states);
    REQUIRE(states->place.size() == 1);
    return states->place[0];
}

dto::ListPage log_of(Page& page, std::int64_t batch) {
    dto::ListRequest request;
    request.filters = {{"batch", "equal", {batch}, std::nullopt}};
    request.order = {{"row", false}};
    const auto log = page.list(query::Source::adjustment, request);
    REQUIRE(log);
    return *log;
}

struct Desk {
    std::unique_ptr<Server> server = new_server(2000);
    Page page{*server};
    Organisation org;
    Places places;
    explicit Desk(const std::string& login = "qudao_admin") : org(organisation_as(login)), places(org) {}

private:
    Organisation organisation_as(const std::string& login) {
        REQUIRE(page.log_in(login));
        return page.organisation();
    }
};

dto::BatchDto move_some(Desk& desk, const std::vector<Move>& moves) {
    const auto plan = desk.page.preview(rows_of(moves));
    REQUIRE(plan);
    REQUIRE(plan->can_commit);
    auto batch = desk.page.commit(new_key(), plan->digest, rows_of(moves));
    REQUIRE(batch);
    return std::move(*batch);
}

}  // namespace

TEST_CASE("a preview says of each row what would become of it", "[moves]") {
    Desk desk;
    const auto codes = free_codes(desk.page, desk.places, 4);
    const auto plan = desk.page.preview(rows_of({{codes[0], desk.places.sibling, ""},
                                                 {codes[1], desk.places.home, ""},
                                                 {codes[0], desk.places.sibling, "again"},
                                                 {"", desk.places.sibling, ""},
                                                 {"7.71E+11", desk.places.sibling, ""},
                                                 {codes[2], "", ""},
                                                 {"0771999999999", desk.places.sibling, ""},
                                                 {codes[2], "NO-SUCH-UNIT", ""},
                                                 {codes[3], desk.places.department, ""}}));
    REQUIRE(plan);
    CHECK(plan->rows == 9);
    CHECK_FALSE(plan->can_commit);
    CHECK(count_of(plan->verdicts, "moved") == 1);
    CHECK(count_of(plan->verdicts, "unchanged") == 1);
    CHECK(count_of(plan->verdicts, "refused") == 7);
    for (const char* reason : {"repeated", "customer_code_missing", "customer_code_bad", "target_missing", "customer_not_visible", "unit_unknown", "unit_not_place"}) {
        INFO(reason);
        CHECK(count_of(plan->reasons, reason) == 1);
    }
    REQUIRE(plan->refused.size() == 7);
    CHECK(plan->refused[0].row == 4);
    CHECK(plan->refused[0].reason == "repeated");
    CHECK(plan->refused[0].detail == "2");
    REQUIRE(plan->flows.size() == 1);
    CHECK(plan->flows[0].from == desk.places.home_id);
    CHECK(plan->flows[0].to == desk.places.sibling_id);
    CHECK(plan->flows[0].customers == 1);
}

TEST_CASE("a commit moves wholly, writes the log and the hand-over, and answers the same to the same key", "[moves]") {
    Desk desk;
    auto codes = free_codes(desk.page, desk.places, 5);
    std::reverse(codes.begin(), codes.end());  // the file's order is not the one of codes
    const auto moves = all_to(codes, desk.places.sibling);
    const auto before = desk.page.states(codes);
    const auto plan = desk.page.preview(rows_of(moves));
    REQUIRE(plan);
    const std::string key = new_key();
    const auto batch = desk.page.commit(key, plan->digest, rows_of(moves));
    REQUIRE(batch);
    CHECK(batch->kind == "move");
    CHECK(batch->moved == 5);
    CHECK(batch->rows == 5);
    CHECK(batch->file_name == "移动.xlsx");
    CHECK(batch->digest == plan->digest);
    const auto after = desk.page.states(codes);
    REQUIRE(after);
    for (std::size_t i = 0; i < 5; ++i) {
        CHECK(after->place[i] == desk.places.sibling_id);
        CHECK(after->version[i] == before->version[i] + 1);
    }

    const auto same = desk.page.commit(key, plan->digest, rows_of(moves));
    REQUIRE(same);
    CHECK(same->id == batch->id);
    auto other = moves;
    other.pop_back();
    CHECK(desk.page.commit(key, plan->digest, rows_of(other)).error().code == "moves.key_used");

    const dto::ListPage log = log_of(desk.page, batch->id);
    REQUIRE(log.rows.size() == 5);
    for (std::size_t row = 0; row < 5; ++row) {
        CHECK(value_text(log, row, "code") == codes[row]);
        CHECK(value_number(log, row, "from") == desk.places.home_id);
        CHECK(value_number(log, row, "to") == desk.places.sibling_id);
        CHECK(value_text(log, row, "note") == "调整");
    }

    dto::ListRequest of_batch;
    of_batch.filters = {{"batch", "equal", {batch->id}, std::nullopt}};
    const auto handovers = desk.page.list(query::Source::handover, of_batch);
    REQUIRE(handovers);
    REQUIRE(handovers->rows.size() == 1);
    CHECK(value_number(*handovers, 0, "unit") == desk.places.sibling_id);
    CHECK(value_number(*handovers, 0, "customers") == 5);

    const auto shown = desk.page.wait<dto::BatchDto>([&](const auto& ticket, auto reply) { desk.page.api().batch(ticket, BatchId{batch->id}, reply); });
    REQUIRE(shown);
    CHECK(shown->moved == 5);
    CHECK(!shown->person_name.empty());
    const auto batches = desk.page.list(query::Source::batch, {});
    REQUIRE(batches);
    CHECK(batches->rows.size() == 1);
}

TEST_CASE("a commit is refused while a row is, when nothing would move, and under a broken key", "[moves]") {
    Desk desk;
    const auto codes = free_codes(desk.page, desk.places, 2);
    const auto try_commit = [&](const std::vector<Move>& moves, const std::string& key) {
        const auto plan = desk.page.preview(rows_of(moves));
        REQUIRE(plan);
        return desk.page.commit(key, plan->digest, rows_of(moves));
    };
    const auto refused = try_commit({{codes[0], desk.places.sibling, ""}, {codes[1], "NO-SUCH-UNIT", ""}}, new_key());
    REQUIRE(!refused);
    CHECK(refused.error().code == "moves.refused_rows");
    CHECK(refused.error().param("count") == "1");
    CHECK(try_commit({{codes[0], desk.places.home, ""}}, new_key()).error().code == "moves.nothing");
    CHECK(try_commit({{codes[0], desk.places.sibling, ""}}, "short").error().code == "request.invalid");
    CHECK(try_commit({{codes[0], desk.places.sibling, ""}}, "not/a/key/but/long/enough").error().code == "request.invalid");
    CHECK(desk.page.commit(new_key(), std::string(32, '0'), rows_of({{codes[0], desk.places.sibling, ""}})).error().code == "moves.stale");
    CHECK(place_of(desk.page, codes[0]) == desk.places.home_id);
    CHECK(desk.page.list(query::Source::batch, {})->rows.empty());
}

TEST_CASE("refused rows come part by part, to the last", "[moves]") {
    Desk desk;
    std::vector<Move> moves;
    const auto size = static_cast<std::int64_t>(dto::kRefusedRowsShown) + 3;
    for (std::int64_t i = 0; i < size; ++i) moves.push_back({std::to_string(9'990'000'000'000 + i), desk.places.sibling, ""});
    const auto first = desk.page.preview(rows_of(moves));
    REQUIRE(first);
    CHECK(count_of(first->verdicts, "refused") == size);
    CHECK(first->refused.size() == dto::kRefusedRowsShown);
    const auto rest = desk.page.preview(rows_of(moves), static_cast<std::int64_t>(dto::kRefusedRowsShown));
    REQUIRE(rest);
    CHECK(rest->digest == first->digest);
    REQUIRE(rest->refused.size() == 3);
    CHECK(rest->refused.front().row == first->refused.back().row + 1);
    CHECK(desk.page.preview(rows_of(moves), -1).error().code == "request.invalid");
}

TEST_CASE("rows go by their numbers: each once, and what was previewed", "[moves]") {
    Desk desk;
    const auto codes = free_codes(desk.page, desk.places, 2);
    dto::MoveRowsDto rows = rows_of(all_to(codes, desk.places.sibling));
    const auto plan = desk.page.preview(rows);
    REQUIRE(plan);
    dto::MoveRowsDto same = rows;
    same.row_number = {777, 777};
    const auto twice = desk.page.preview(same);
    REQUIRE(!twice);
    CHECK(twice.error().code == "request.invalid");
    CHECK(twice.error().fields.at(0).code == "repeated");
    dto::MoveRowsDto others = rows;
    others.row_number = {776, 777};
    CHECK(desk.page.commit(new_key(), plan->digest, others).error().code == "moves.stale");
    const std::string key = new_key();
    REQUIRE(desk.page.commit(key, plan->digest, rows));
    CHECK(desk.page.commit(key, plan->digest, others).error().code == "moves.key_used");
}

TEST_CASE("what has changed since the preview refuses the commit as stale", "[moves][stale]") {
    Desk desk;
    const auto codes = free_codes(desk.page, desk.places, 3);
    const auto moves = all_to(codes, desk.places.sibling);
    const auto plan = desk.page.preview(rows_of(moves));
    REQUIRE(plan);

    Page other(*desk.server);
    REQUIRE(other.log_in("nn_channel"));
    const std::vector<Move> theirs{{codes[1], desk.places.sibling, "先到"}};
    const auto their_plan = other.preview(rows_of(theirs));
    REQUIRE(their_plan);
    REQUIRE(other.commit(new_key(), their_plan->digest, rows_of(theirs)));

    const auto stale = desk.page.commit(new_key(), plan->digest, rows_of(moves));
    REQUIRE(!stale);
    CHECK(stale.error().code == "moves.stale");
    CHECK(stale.error().param("moved") == "2");
    CHECK(stale.error().param("unchanged") == "1");
    CHECK(place_of(desk.page, codes[0]) == desk.places.home_id);

    const auto again = desk.page.preview(rows_of(moves));
    REQUIRE(again);
    CHECK(again->digest != plan->digest);
    const auto batch = desk.page.commit(new_key(), again->digest, rows_of(moves));
    REQUIRE(batch);
    CHECK(batch->moved == 2);
    CHECK(batch->unchanged == 1);
}

TEST_CASE("an undo puts back exactly, keeps what has changed since, and can be undone itself", "[moves][undo]") {
    Desk desk;
    const auto codes = free_codes(desk.page, desk.places, 4);
    const auto batch = move_some(desk, all_to(codes, desk.places.sibling));
    // One of them moves on.
    move_some(desk, {{codes[3], desk.places.other_channel, ""}});

    const auto plan = desk.page.preview_undo(batch.id);
    REQUIRE(plan);
    CHECK(plan->can_commit);
    CHECK(count_of(plan->verdicts, "moved") == 3);
    CHECK(count_of(plan->reasons, "changed_since") == 1);
    CHECK(desk.page.undo(batch.id, new_key(), std::string(32, '0')).error().code == "moves.stale");
    const std::string key = new_key();
    const auto undone = desk.page.undo(batch.id, key, plan->digest);
    REQUIRE(undone);
    CHECK(undone->kind == "undo");
    CHECK(undone->undo_of == std::optional<std::int64_t>(batch.id));
    CHECK(undone->moved == 3);
    CHECK(undone->kept == 1);
    for (std::size_t i = 0; i < 3; ++i) CHECK(place_of(desk.page, codes[i]) == desk.places.home_id);
    CHECK(place_of(desk.page, codes[3]) != desk.places.home_id);
    CHECK(desk.page.undo(batch.id, key, plan->digest)->id == undone->id);

    const auto shown = desk.page.wait<dto::BatchDto>([&](const auto& ticket, auto reply) { desk.page.api().batch(ticket, BatchId{batch.id}, reply); });
    REQUIRE(shown);
    CHECK(shown->undone_by == std::vector<std::int64_t>{undone->id});

    const auto redo = desk.page.preview_undo(undone->id);
    REQUIRE(redo);
    REQUIRE(desk.page.undo(undone->id, new_key(), redo->digest));
    for (std::size_t i = 0; i < 3; ++i) CHECK(place_of(desk.page, codes[i]) == desk.places.sibling_id);
    // Nothing is left to undo of the first undo.
    CHECK(count_of(desk.page.preview_undo(undone->id)->verdicts, "moved") == 0);
}

TEST_CASE("outside the window nothing moves, and only some may undo", "[moves][window]") {
    Desk desk("nn_channel");
    const auto codes = free_codes(desk.page, desk.places, 2);
    const auto batch = move_some(desk, all_to(codes, desk.places.sibling));

    Page clock(*desk.server);
    REQUIRE(clock.log_in("sysadmin"));
    const auto set_day = [&](int year, unsigned month, unsigned day) {
        REQUIRE(clock.wait<dto::SessionDto>(
            [&](const auto& ticket, auto reply) { clock.api().set_demo_date(ticket, make_date(year, month, day), reply); }));
    };
    set_day(2026, 12, 4);
    const auto plan = desk.page.preview(rows_of({{codes[0], desk.places.home, ""}}));
    REQUIRE(plan);
    CHECK_FALSE(plan->window.open);
    CHECK(count_of(plan->reasons, "window_closed") == 1);
    CHECK(plan->refused.at(0).detail == "2026-12-09");

    const auto may_not = desk.page.preview_undo(batch.id);
    REQUIRE(may_not);
    CHECK_FALSE(may_not->can_commit);
    CHECK(count_of(may_not->reasons, "undo_window_past") == 2);
    CHECK(may_not->refused.at(0).detail == "2026-11-09/2026-12-03");
    // The next window is another one.
    set_day(2026, 12, 9);
    const auto still_not = desk.page.preview_undo(batch.id);
    REQUIRE(still_not);
    CHECK(count_of(still_not->reasons, "undo_window_past") == 2);
    const auto second = desk.page.preview_undo(batch.id, 1);
    REQUIRE(second);
    REQUIRE(second->refused.size() == 1);
    CHECK(second->refused.at(0).customer_code == still_not->refused.at(1).customer_code);
    CHECK(still_not->refused.at(1).detail == "2026-11-09/2026-12-03");

    Page admin(*desk.server);
    REQUIRE(admin.log_in("qudao_admin"));
    const auto may = admin.preview_undo(batch.id);
    REQUIRE(may);
    CHECK(may->can_commit);
    REQUIRE(admin.undo(batch.id, new_key(), may->digest));
    CHECK(place_of(admin, codes[0]) == desk.places.home_id);
}

TEST_CASE("who may move what", "[moves][rights]") {
    Desk desk;
    const auto codes = free_codes(desk.page, desk.places, 3);
    const auto reason_for = [&](const std::string& login, const std::string& target) {
        Page page(*desk.server);
        REQUIRE(page.log_in(login));
        const auto plan = page.preview(rows_of({{codes[0], target, ""}}));
        if (!plan) return plan.error().code;
        return plan->reasons.empty() ? std::string(plan->verdicts.at(0).code) : plan->reasons[0].code;
    };
    CHECK(reason_for("qudao_admin", desk.places.sibling) == "moved");
    CHECK(reason_for("qudao_admin", desk.places.other_channel) == "moved");
    CHECK(reason_for("nn_channel", desk.places.sibling) == "moved");
    CHECK(reason_for("nn_channel", desk.places.other_channel) == "cross_channel");
    CHECK(reason_for("nn_public", desk.places.sibling) == "moved");
    CHECK(reason_for("nn_public", desk.places.other_channel) == "target_out_of_scope");
    for (const char* login : {"tl_qx02", "cm_qx01", "nn_query", "sysadmin"}) {
        INFO(login);
        CHECK(reason_for(login, desk.places.sibling) == "rights.missing");
    }
    // The same of a commit: the right is asked for before anything else.
    Page manager(*desk.server);
    REQUIRE(manager.log_in("cm_qx01"));
    CHECK(manager.commit(new_key(), std::string(32, '0'), rows_of({{codes[0], desk.places.sibling, ""}})).error().code == "rights.missing");
}

TEST_CASE("batches, log and hand-overs are seen by those whose customers they touch", "[moves][rights]") {
    Desk desk;
    const auto codes = free_codes(desk.page, desk.places, 2);
    const auto batch = move_some(desk, all_to(codes, desk.places.sibling));
    const auto batches_of = [&](const std::string& login) {
        Page page(*desk.server);
        REQUIRE(page.log_in(login));
        const auto list = page.list(query::Source::batch, {});
        REQUIRE(list);
        const auto shown = page.wait<dto::BatchDto>([&](const auto& ticket, auto reply) { page.api().batch(ticket, BatchId{batch.id}, reply); });
        CHECK(shown.ok() == (list->rows.size() == 1));
        CHECK(log_of(page, batch.id).rows.size() == (list->rows.empty() ? 0 : 2));
        return list->rows.size();
    };
    CHECK(batches_of("nn_query") == 1);
    CHECK(batches_of("tl_qx02") == 1);
    CHECK(batches_of("cm_qx01") == 1);  // they left this community
    Page elsewhere(*desk.server);
    REQUIRE(elsewhere.log_in("lz_public"));
    CHECK(elsewhere.list(query::Source::batch, {})->rows.empty());
    CHECK(elsewhere.preview_undo(batch.id).error().code == "moves.unknown_batch");
    const auto job = elsewhere.wait<dto::JobDto>([&](const auto& ticket, auto reply) { elsewhere.api().job(ticket, "scenario-of-somebody-else", reply); });
    CHECK(job.error().code == "job.unknown");
}

TEST_CASE("who gains and who loses sight of customers", "[moves][sight]") {
    Desk desk;
    const auto codes = free_codes(desk.page, desk.places, 3);
    const auto plan = desk.page.preview(rows_of(all_to(codes, desk.places.sibling)));
    REQUIRE(plan);
    const auto sight = desk.page.wait<dto::SightDto>([&](const auto& ticket, auto reply) { desk.page.api().sight(ticket, {plan->flows}, reply); });
    REQUIRE(sight);
    std::int64_t gains = 0;
    std::int64_t loses = 0;
    for (const dto::SightChangeDto& change : sight->changes) {
        gains += change.gains;
        loses += change.loses;
        if (change.login == "cm_qx01") CHECK(change.loses == 3);
    }
    CHECK(loses == 3);
    CHECK(gains == 3);
    CHECK(sight->persons == 2);
}

}  // namespace qudao::test
