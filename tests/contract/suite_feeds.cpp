// Imports of feeds over every store: what each kind leaves behind, and the same file twice.
#include "tests/contract/feeds_world.hpp"

namespace qudao::contract {

TEST_CASE("feeds: subscribers of customers out of view are not found", "[leaks]") {
    Feeds feeds;
    const auto outcome = feeds.import(Kind::subscribers, subscribers_file(morning(feeds)));
    REQUIRE(outcome.ok());
    const auto work = reading(*feeds.world.database);
    std::size_t found = 0;
    for (const auto& [name, scope] : scopes_of_every_shape(feeds.world)) {
        INFO("scope: " << name);
        const auto in_view = [&, &view = scope](UnitId place) { return view.covers(feeds.world.org.find(place)); };
        std::vector<ports::ServedSubscriber> served = must(work->partition().on_cabinet("T-GJ001", scope, "", 100));
        const auto more = must(work->partition().in_range("07710000000", "07719999999", scope, "", 100));
        served.insert(served.end(), more.begin(), more.end());
        for (const ports::ServedSubscriber& one : served) CHECK(in_view(one.place));
        found += served.size();
        for (const char* number : {"07711000001", "07715550001", "07711000003", "13300000001"}) {
            const auto all = must(work->partition().subscriber(number, feeds.world.everything()));
            const auto seen = must(work->partition().subscriber(number, scope));
            REQUIRE(all.has_value());
            CHECK(seen.has_value() == in_view(all->place));
            const auto customer = must(work->partition().customer_of_contract(all->contract, scope));
            CHECK(customer.has_value() == in_view(all->place));
        }
    }
    CHECK(found > 0);
}

TEST_CASE("feeds: proposals for customers out of view are not found", "[leaks]") {
    Feeds feeds;
    must(feeds.import(Kind::subscribers, subscribers_file(morning(feeds))));
    must(feeds.import(Kind::lines, file("lines", "2026-11-18", "97", "access_number|cabinet", {"07711000003|T-GJ001", "13300000001|T-GJ001"})));
    const auto work = reading(*feeds.world.database);
    const auto all = must(work->feeds().open_proposals(feeds.world.everything(), ProposalId{}, 10));
    REQUIRE_FALSE(all.empty());
    for (const auto& [name, scope] : scopes_of_every_shape(feeds.world)) {
        INFO("scope: " << name);
        std::vector<ProposalId> expected;
        for (const ports::OpenProposal& one : all)
            if (scope.covers(feeds.world.org.find(one.proposal.from))) expected.push_back(one.proposal.id);
        std::vector<ProposalId> seen;
        for (const ports::OpenProposal& one : must(work->feeds().open_proposals(scope, ProposalId{}, 10))) {
            seen.push_back(one.proposal.id);
            CHECK(must(work->customers().find(one.customer_code, scope))->name == one.customer_name);
        }
        CHECK(seen == expected);
    }
}

TEST_CASE("feeds: new subscribers join or make customers, placed, with their trace") {
    Feeds feeds;
    const std::size_t known_before = feeds.subscribers(feeds.world.customers[0].id).size();
    const FeedOutcome outcome = must(feeds.import(Kind::subscribers, subscribers_file(morning(feeds))));
    const ports::FeedCounts& counts = outcome.run.counts;
    CHECK(outcome.run.state == FeedState::done);
    CHECK(counts.read == 7);
    CHECK(counts.fresh == 5);
    CHECK(counts.rejected == 2);
    CHECK(counts.customers == 3);
    CHECK(counts.pooled == 1);
    CHECK(counts.disagreements == 1);
    const auto rejected = must(reading(*feeds.world.database)->feeds().rejected(outcome.run.id, 0, 10));
    REQUIRE(rejected.size() == 2);
    CHECK(rejected[0].line == 8);
    CHECK(rejected[0].reason == "missing");
    CHECK(rejected[1].line == 9);
    CHECK(rejected[1].reason == "repeated");

    // C2: the customer of a known contract keeps its place.
    const Customer& known = feeds.world.customers[0];
    CHECK(feeds.subscribers(known.id).size() == known_before + 1);
    REQUIRE(feeds.traces(known.id).size() == 1);
    CHECK(must(reading(*feeds.world.database)->customers().find(known.code, feeds.world.everything()))->place == known.place);
    CHECK(feeds.traces(known.id)[0].rule == PartitionRule::contract_known);
    // C4, C5: the cabinet wins over the range, and the disagreement is kept.
    const auto by_cabinet = feeds.customer_of("470000000001");
    REQUIRE(by_cabinet);
    CHECK(by_cabinet->place == feeds.world.unit("450103GZ0201"));
    CHECK(by_cabinet->name == "李四");
    CHECK(by_cabinet->installed_on == make_date(2026, 11, 17));
    CHECK(by_cabinet->code.substr(0, 4) == "0771");
    CHECK_FALSE(by_cabinet->revenue_fen);
    const auto trace = feeds.traces(by_cabinet->id);
    REQUIRE(trace.size() == 1);
    CHECK(trace[0].rule == PartitionRule::cabinet);
    CHECK(trace[0].disagreement);
    CHECK(trace[0].range_first == "07715550000");
    CHECK(trace[0].range_place == feeds.world.unit("450103GZ0101"));
    // Two of one contract: the smaller number places the customer.
    const auto shared = feeds.customer_of("470000000002");
    REQUIRE(shared);
    CHECK(shared->place == feeds.world.unit("450103GZ0101"));
    CHECK(feeds.subscribers(shared->id).size() == 2);
    // C6.
    const auto pooled = feeds.customer_of("470000000003");
    REQUIRE(pooled);
    CHECK(pooled->place == feeds.world.unit("450103GZW0"));
    CHECK(pooled->code.substr(0, 4) == "0771");
    CHECK(pooled->installed_on == make_date(2026, 11, 18));
    CHECK(feeds.traces(pooled->id)[0].rule == PartitionRule::billing_area_pool);
}

TEST_CASE("feeds: every trace decides again to what was done") {
    Feeds feeds;
    const auto all_traces = [&] {
        std::size_t count = 0;
        for (std::int64_t id = 1; id <= 40; ++id) count += feeds.traces(CustomerId{id}).size();
        return count;
    };
    const std::size_t before = all_traces();
    must(feeds.import(Kind::subscribers, subscribers_file(morning(feeds))));
    auto work = reading(*feeds.world.database);
    const Organisation& org = feeds.world.org;
    std::size_t seen = 0;
    for (std::int64_t id = 1; id <= must(work->customers().last_id()); ++id) {
        for (const ports::PartitionTrace& trace : must(work->feeds().traces_of(CustomerId{id}, 100))) {
            Evidence evidence;
            evidence.precedence = trace.precedence;
            evidence.contract_known = trace.rule == PartitionRule::contract_known;
            evidence.contract_shared = !trace.made_by.empty();
            evidence.cabinet = trace.cabinet_finding;
            evidence.range = trace.range_finding;
            evidence.area = trace.area_finding;
            evidence.cabinet_place = org.find(trace.cabinet_place);
            evidence.range_place = org.find(trace.range_place);
            evidence.pool = org.find(trace.pool);
            const Decision decision = decide(evidence);
            CHECK(decision.rule == trace.rule);
            CHECK(decision.place == org.find(trace.place));
            CHECK(decision.disagreement == trace.disagreement);
            ++seen;
        }
    }
    CHECK(seen == before + 5);
}

TEST_CASE("feeds: decisions are counted by what decided them, since a day; another precedence is what they are then decided by") {
    Feeds feeds;
    const auto counted = [&](Date since) {
        std::int64_t all = 0, of_both = 0;
        for (const ports::TraceCount& one : must(reading(*feeds.world.database)->feeds().trace_counts(since))) {
            all += one.decisions;
            if (one.cabinet_place == feeds.world.unit("450103GZ0201") && one.range_place == feeds.world.unit("450103GZ0101")) {
                for (const Finding finding : {one.cabinet, one.range, one.area}) CHECK(finding == Finding::found);
                CHECK(one.pool == feeds.world.unit("450103GZW0"));
                of_both += one.decisions;
            }
        }
        return std::pair(all, of_both);
    };
    const Date day = make_date(2026, 11, 18);
    const auto before = counted(day);
    must(feeds.import(Kind::subscribers, subscribers_file(morning(feeds))));
    CHECK(counted(day) == std::pair(before.first + 3, before.second + 1));  // three made a customer, the others joined one
    CHECK(counted(add_days(day, 1)).second == 0);

    const PartitionPolicy policy{Precedence::range_first, feeds.world.unit("450103GZW0")};
    {
        auto work = writing(*feeds.world.database);
        must_do(work->partition().save_policy(policy));
        must_do(work->settings().bump_units());
        must_do(work->commit());
    }
    CHECK(must(reading(*feeds.world.database)->partition().policy()) == policy);
    must(feeds.import(Kind::subscribers, subscribers_file({"07715550007|李七|民族大道7号|在用|470000000077|450103|2026-11-17|T-GJ001"}, "2026-11-19")));
    CHECK(feeds.customer_of("470000000077")->place == feeds.world.unit("450103GZ0101"));
}

TEST_CASE("feeds: the same file twice changes nothing; a changed one changes what it says; an older one is refused") {
    Feeds feeds;
    const std::string text = subscribers_file(morning(feeds));
    const FeedOutcome first = must(feeds.import(Kind::subscribers, text));
    const std::string before = picture(feeds);
    const FeedOutcome again = must(feeds.import(Kind::subscribers, text));
    CHECK(again.repeated);
    CHECK(again.run.id == first.run.id);
    CHECK(picture(feeds) == before);

    std::vector<std::string> next = morning(feeds);
    next.resize(4);
    next[1] = "07715550001|李四|搬了家|欠费单停|470000000001|450103|2026-11-17|T-GJ002";
    const FeedOutcome changed = must(feeds.import(Kind::subscribers, subscribers_file(next, "2026-11-19")));
    CHECK(changed.run.counts.changed == 1);
    CHECK(changed.run.counts.unchanged == 3);
    CHECK(changed.run.counts.fresh == 0);
    const auto customer = feeds.customer_of("470000000001");
    CHECK(customer->place == feeds.world.unit("450103GZ0201"));  // another cabinet moves nobody
    CHECK(feeds.subscribers(customer->id)[0].status == "arrears_one_way");
    CHECK(feeds.traces(customer->id).size() == 1);

    CHECK(code_of_error(feeds.import(Kind::subscribers, subscribers_file(next, "2026-11-17"))) == "feed.older");
    const auto runs = must(reading(*feeds.world.database)->feeds().list(Kind::subscribers, FeedRunId{}, 10));
    REQUIRE(runs.size() == 3);
    CHECK(runs[0].state == FeedState::refused);
    CHECK(runs[0].error_code == "feed.older");
    CHECK(runs[0].error_detail == "newest=2026-11-19");
}

TEST_CASE("feeds: a day or period to come is refused, whatever the kind; the right file after it is not shut out") {
    Feeds feeds;
    const auto head_only = [](std::string_view kind, std::string_view day, std::string_view source, std::string_view columns) { return file(kind, day, source, columns, {}); };
    constexpr std::string_view kSubscribers = "access_number|name|address|status|contract|billing_area|installed_on|cabinet";
    const std::vector<std::pair<Kind, std::string>> ahead = {
        {Kind::subscribers, head_only("subscribers", "2026-11-20", "billing", kSubscribers)},
        {Kind::subscribers, head_only("subscribers", "2099-01-01", "billing", kSubscribers)},
        {Kind::lines, head_only("lines", "2026-11-20", "97", "access_number|cabinet")},
        {Kind::charges, head_only("charges", "202612", "analysis", "access_number|fee_item|amount")},
        {Kind::arrears, head_only("arrears", "2026-11-20", "accounts", "access_number|amount|since")},
        {Kind::orders, head_only("orders", "2027-11-18", "10000", "order_no|access_number|service|stage|accepted_on")}};
    for (const auto& [kind, text] : ahead) {
        INFO(text);
        CHECK(code_of_error(feeds.import(kind, text)) == "feed.future");
        const auto runs = must(reading(*feeds.world.database)->feeds().list(kind, FeedRunId{}, 1));
        REQUIRE(runs.size() == 1);
        CHECK(runs[0].state == FeedState::refused);
    }
    CHECK(must(reading(*feeds.world.database)->feeds().list(Kind::charges, FeedRunId{}, 1))[0].error_detail == "found=202612 today=2026-11-18");
    CHECK(must(feeds.import(Kind::subscribers, subscribers_file(morning(feeds)))).run.state == FeedState::done);
    CHECK(must(feeds.import(Kind::subscribers, subscribers_file(morning(feeds), "2026-11-19"))).run.state == FeedState::done);  // written before midnight
    CHECK(must(feeds.import(Kind::charges, file("charges", "202611", "analysis", "access_number|fee_item|amount", {}))).run.state == FeedState::done);
}

TEST_CASE("feeds: the same file again is a repetition only while what it brought holds") {
    Feeds feeds;
    must(feeds.import(Kind::subscribers, subscribers_file(morning(feeds))));
    const auto charges = [&](std::string_view amount) {
        return must(feeds.import(Kind::charges, file("charges", "202611", "analysis", "access_number|fee_item|amount", {"07715550001|local|" + std::string(amount)})));
    };
    const auto revenue = [&] { return feeds.customer_of("470000000001")->revenue_fen; };
    charges("10.00");
    charges("20.00");
    CHECK(revenue() == 2000);
    const FeedOutcome back = charges("10.00");
    CHECK_FALSE(back.repeated);
    CHECK(back.run.counts.changed == 1);
    CHECK(revenue() == 1000);
    CHECK(charges("10.00").repeated);

    const auto owed = [&](std::string_view day, std::string_view amount) {
        return feeds.import(Kind::arrears, file("arrears", day, "accounts", "access_number|amount|since", {"07715550001|" + std::string(amount) + "|202610"}));
    };
    must(owed("2026-11-17", "1.00"));
    must(owed("2026-11-17", "2.00"));
    CHECK_FALSE(must(owed("2026-11-17", "1.00")).repeated);
    CHECK(must(reading(*feeds.world.database)->feeds().arrears_of(feeds.customer_of("470000000001")->id, 10))[0].amount_fen == 100);
    must(owed("2026-11-18", "3.00"));
    CHECK(code_of_error(owed("2026-11-17", "1.00")) == "feed.older");  // it is not what holds any more, and is not said to be

    const auto named = [&](std::string_view name) {
        return must(feeds.import(Kind::subscribers, subscribers_file({"07715550001|" + std::string(name) + "|民族大道2号|在用|470000000001|450103|2026-11-17|T-GJ001"}, "2026-11-19")));
    };
    const auto name = [&] { return feeds.subscribers(feeds.customer_of("470000000001")->id)[0].name; };
    named("甲");
    named("乙");
    CHECK_FALSE(named("甲").repeated);
    CHECK(name() == "甲");
    CHECK(named("甲").repeated);
}

TEST_CASE("feeds: another contract of a known subscriber is asked anew") {
    Feeds feeds;
    must(feeds.import(Kind::subscribers, subscribers_file(morning(feeds))));
    const auto before = feeds.customer_of("470000000003");
    const FeedOutcome outcome = must(feeds.import(
        Kind::subscribers, subscribers_file({"13300000001|赵六|民族大道4号|停机保号|470000000001|450103||"}, "2026-11-19")));
    CHECK(outcome.run.counts.changed == 1);
    CHECK(outcome.run.counts.customers == 0);
    const auto joined = feeds.customer_of("470000000001");
    CHECK(feeds.subscribers(joined->id).size() == 2);
    CHECK(feeds.subscribers(before->id).empty());
}

TEST_CASE("feeds: who comes late belongs to the round that is still to be closed; the stock of the first file to none") {
    Feeds feeds;
    const auto line = [](int i, std::string_view installed) {
        return "0771100010" + std::to_string(i) + "|某某|某路|在用|47000000010" + std::to_string(i) + "|450103|" + std::string(installed) + "|";
    };
    const auto new_in = [&](int i) { return feeds.customer_of("47000000010" + std::to_string(i))->new_in.yyyymm; };
    must(feeds.import(Kind::subscribers, subscribers_file({line(1, "2015-03-01"), line(2, "2026-10-31"), line(3, "2026-11-17"), line(4, "")})));
    CHECK(new_in(1) == 0);
    CHECK(new_in(2) == 202610);
    CHECK(new_in(3) == 202611);
    CHECK(new_in(4) == 202611);
    must(feeds.import(Kind::subscribers, subscribers_file({line(5, "2015-03-01"), line(6, "2026-10-31")}, "2026-11-19")));
    CHECK(new_in(5) == 202610);
    CHECK(new_in(6) == 202610);
    feeds.set_day(2026, 12, 4);  // 202610 is over
    must(feeds.import(Kind::subscribers, subscribers_file({line(7, "2026-10-31")}, "2026-11-30")));
    CHECK(new_in(7) == 202611);
}

TEST_CASE("feeds: what is wrong with the whole file changes nothing and is written down") {
    Feeds feeds;
    const std::string before = picture(feeds);
    std::string half = subscribers_file(morning(feeds));
    half.resize(half.size() / 2);
    CHECK(code_of_error(feeds.import(Kind::subscribers, half)) == "feed.truncated");
    CHECK(code_of_error(feeds.import(Kind::lines, subscribers_file(morning(feeds)))) == "feed.kind");
    std::vector<std::string> wrong(300, "x|y|z|w|v|||");
    CHECK(code_of_error(feeds.import(Kind::subscribers, subscribers_file(wrong))) == "feed.too_many_rejected");
    CHECK(picture(feeds) == before);
    const auto runs = must(reading(*feeds.world.database)->feeds().list(std::nullopt, FeedRunId{}, 10));
    REQUIRE(runs.size() == 3);
    for (const ports::FeedRun& run : runs) CHECK(run.state == FeedState::refused);
    CHECK(must(reading(*feeds.world.database)->feeds().rejected(runs[0].id, 0, 1000)).size() == 300);
    CHECK(must(feeds.import(Kind::subscribers, subscribers_file(morning(feeds)))).run.state == FeedState::done);
}

TEST_CASE("feeds: a changed cabinet of a line proposes and never moves; its history stays") {
    Feeds feeds;
    must(feeds.import(Kind::subscribers, subscribers_file(morning(feeds))));
    const auto lines = [&](std::string_view day, const std::vector<std::string>& rows) { return file("lines", day, "97", "access_number|cabinet", rows); };
    const FeedOutcome first = must(feeds.import(Kind::lines, lines("2026-11-18", {"07715550001|T-GJ001", "13300000001|T-GJ001", "07711000003|T-GJ001", "099|T-GJ001"})));
    CHECK(first.run.counts.fresh == 4);
    CHECK(first.run.counts.unknown == 1);
    CHECK(first.run.counts.raised == 1);  // the one that waits in a pool
    feeds.set_day(2026, 11, 25);
    const FeedOutcome second = must(feeds.import(Kind::lines, lines("2026-11-25", {"07715550001|T-GJ002", "13300000001|T-GJ001", "07711000003|T-GJ001"})));
    CHECK(second.run.counts.changed == 1);
    CHECK(second.run.counts.unchanged == 2);
    CHECK(second.run.counts.raised == 1);
    const auto customer = feeds.customer_of("470000000001");
    CHECK(customer->place == feeds.world.unit("450103GZ0201"));
    auto work = writing(*feeds.world.database);
    const auto proposals = must(work->feeds().open_proposals(feeds.world.everything(), ProposalId{}, 10));
    REQUIRE(proposals.size() == 2);
    CHECK(proposals[1].proposal.old_cabinet == "T-GJ001");
    CHECK(proposals[1].proposal.new_cabinet == "T-GJ002");
    CHECK(proposals[1].proposal.customer == customer->id);
    CHECK(proposals[1].proposal.to == feeds.world.unit("450103GZ0101"));
    must_do(work->feeds().close_proposal(proposals[0].proposal.id, make_date(2026, 11, 25), PersonId{1}));
    CHECK(must(work->feeds().open_proposals(feeds.world.everything(), ProposalId{}, 10)).size() == 1);
    CHECK(code_of_error(work->feeds().close_proposal(proposals[0].proposal.id, make_date(2026, 11, 25), PersonId{1})) == "feed.unknown_proposal");
    CHECK(must(work->feeds().cabinet_of("07715550001")) == "T-GJ002");
}

TEST_CASE("feeds: a changed cabinet of a subscriber proposes as one of a line does, once, also to one that waits in a pool") {
    Feeds feeds;
    must(feeds.import(Kind::subscribers, subscribers_file(morning(feeds))));
    std::vector<std::string> next = {"07715550001|李四|民族大道2号|在用|470000000001|450103|2026-11-17|T-GJ002",  // placed by T-GJ001
                                     "07711000003|王五|民族大道3号|在用|470000000002|450103|2026-11-17|T-GJ002",  // its customer is there already
                                     "13300000001|赵六|民族大道4号|停机保号|470000000003|450103||T-GJ001"};       // none was known; waits in the pool
    const FeedOutcome outcome = must(feeds.import(Kind::subscribers, subscribers_file(next, "2026-11-19")));
    CHECK(outcome.run.counts.changed == 3);
    CHECK(outcome.run.counts.raised == 2);
    const auto open = [&] { return must(reading(*feeds.world.database)->feeds().open_proposals(feeds.world.everything(), ProposalId{}, 10)); };
    auto proposals = open();
    REQUIRE(proposals.size() == 2);
    CHECK(proposals[0].proposal.access_number == "07715550001");
    CHECK(proposals[0].proposal.old_cabinet == "T-GJ001");
    CHECK(proposals[0].proposal.new_cabinet == "T-GJ002");
    CHECK(proposals[0].proposal.from == feeds.world.unit("450103GZ0201"));
    CHECK(proposals[0].proposal.to == feeds.world.unit("450103GZ0101"));
    CHECK(proposals[0].proposal.run == outcome.run.id);
    CHECK(proposals[1].proposal.access_number == "13300000001");
    CHECK(proposals[1].proposal.old_cabinet.empty());
    CHECK(proposals[1].proposal.from == feeds.world.unit("450103GZW0"));
    CHECK(feeds.customer_of("470000000001")->place == feeds.world.unit("450103GZ0201"));  // nobody is moved
    // The line system says the same a little later: it is not proposed twice.
    CHECK(must(feeds.import(Kind::lines, file("lines", "2026-11-19", "97", "access_number|cabinet", {"13300000001|T-GJ001", "07715550001|T-GJ002"}))).run.counts.raised == 0);
    CHECK(open().size() == 2);
    // A cabinet that the subscribers' feed takes away gives way to the line's, which is the same here.
    next[0] = "07715550001|李四|民族大道2号|在用|470000000001|450103|2026-11-17|";
    CHECK(must(feeds.import(Kind::subscribers, subscribers_file(next, "2026-11-19"))).run.counts.raised == 0);
}

TEST_CASE("feeds: charges replace their period, never double, and the customers' revenue follows") {
    Feeds feeds;
    must(feeds.import(Kind::subscribers, subscribers_file(morning(feeds))));
    const auto charges = [&](std::string_view period, const std::vector<std::string>& rows) {
        return file("charges", period, "analysis", "access_number|fee_item|amount", rows);
    };
    const FeedOutcome first = must(feeds.import(Kind::charges, charges("202611", {"07711000002|local|10.50", "07711000003|local|2", "07711000002|monthly|30.00",
                                                                                  "07711000002|local|9.99", "99999|local|5.00"})));
    CHECK(first.run.counts.fresh == 4);
    CHECK(first.run.counts.rejected == 1);
    CHECK(first.run.counts.unknown == 1);  // 99999 is nobody's: counted, and told
    CHECK(must(reading(*feeds.world.database)->feeds().find(first.run.id))->counts == first.run.counts);
    CHECK(feeds.customer_of("470000000002")->revenue_fen == 4250);
    CHECK_FALSE(feeds.customer_of("470000000001")->revenue_fen);
    CHECK(must(reading(*feeds.world.database)->settings().load()).revenue_period.yyyymm == 202611);
    const FeedOutcome second = must(feeds.import(Kind::charges, charges("202611", {"07711000002|local|10.50", "07715550001|local|7.00", "07711000002|monthly|31.00"})));
    CHECK(second.run.counts.unchanged == 1);
    CHECK(second.run.counts.changed == 1);
    CHECK(second.run.counts.fresh == 1);
    CHECK(feeds.customer_of("470000000002")->revenue_fen == 4150);
    CHECK(feeds.customer_of("470000000001")->revenue_fen == 700);
    must(feeds.import(Kind::charges, charges("202610", {"07711000002|local|1.00"})));  // an earlier month is not the one shown
    CHECK(feeds.customer_of("470000000002")->revenue_fen == 4150);
    CHECK(must(reading(*feeds.world.database)->settings().load()).revenue_period.yyyymm == 202611);
}

TEST_CASE("feeds: arrears of two sources, accounts first, conflicts listed; orders in progress") {
    Feeds feeds;
    must(feeds.import(Kind::subscribers, subscribers_file(morning(feeds))));
    const auto arrears = [&](std::string_view source, const std::vector<std::string>& rows) {
        return file("arrears", "2026-11-18", source, "access_number|amount|since", rows);
    };
    must(feeds.import(Kind::arrears, arrears("billing", {"07715550001|20.00|202609", "07711000002|5.00|202610"})));
    const FeedOutcome outcome = must(feeds.import(Kind::arrears, arrears("accounts", {"07715550001|25.00|202608", "07711000003|1.00|202610"})));
    CHECK(outcome.run.counts.raised == 1);
    CHECK(outcome.run.counts.unknown == 0);
    const auto customer = feeds.customer_of("470000000001");
    auto work = reading(*feeds.world.database);
    const auto owed = must(work->feeds().arrears_of(customer->id, 10));
    REQUIRE(owed.size() == 1);
    CHECK(owed[0].amount_fen == 2500);
    CHECK(owed[0].since.yyyymm == 202608);
    CHECK(owed[0].source == "accounts");
    CHECK(owed[0].other_amount_fen == 2000);
    CHECK(must(work->feeds().arrear_conflicts("", 10)).size() == 1);
    query::QuerySpec spec;
    spec.source = query::Source::arrear_conflict;
    const query::Page page = must(work->queries().run(spec, {PersonId{1}, feeds.world.org, feeds.world.everything()}, std::nullopt));
    REQUIRE(page.rows.size() == 1);
    CHECK(page.rows[0] == std::vector<query::Value>{std::string("07715550001"), customer->id.value, customer->code, customer->name, customer->place.value,
                                                    std::int64_t{202608}, std::int64_t{2500}, std::int64_t{2000}});
    CHECK(must(work->feeds().arrears_of(feeds.customer_of("470000000002")->id, 10)).size() == 2);
    work.reset();
    const auto orders = [&](std::string_view day, const std::vector<std::string>& rows) {
        return file("orders", day, "10000", "order_no|access_number|service|stage|accepted_on", rows);
    };
    CHECK(must(feeds.import(Kind::orders, orders("2026-11-18", {"A1|07715550001|移机|派单|2026-11-16", "A2|07711000002|装机|外线施工|2026-11-15", "07715550001|99|装|派|2026-11-15"})))
              .run.counts.unknown == 1);
    must(feeds.import(Kind::orders, orders("2026-11-19", {"A1|07715550001|移机|外线施工|2026-11-16"})));
    work = reading(*feeds.world.database);
    REQUIRE(must(work->feeds().orders_of(customer->id, 10)).size() == 1);
    CHECK(must(work->feeds().orders_of(customer->id, 10))[0].stage == "外线施工");
    CHECK(must(work->feeds().orders_of(feeds.customer_of("470000000002")->id, 10)).empty());
}

}  // namespace qudao::contract
