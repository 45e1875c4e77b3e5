// Feeds, cabinets, number ranges and policies, over either transport: in the sandbox as on the server.
#include "tests/use_cases/page.hpp"

#include "client/views/cabinets/cabinets_preview.hpp"
#include "shared/dto/policy_dto.hpp"

namespace qudao::test {
namespace {

std::string feed_text(std::string_view kind, std::string_view day, std::string_view source, std::string_view columns, const std::vector<std::string>& lines) {
    std::string text = "#qudao-feed|" + std::string(kind) + "|1|" + std::string(day) + "|UTF-8|" + std::string(source) + "\n" + std::string(columns) + "\n";
    for (const std::string& line : lines) text += line + "\n";
    return text + "#end|" + std::to_string(lines.size()) + "\n";
}
std::string subscribers(const std::vector<std::string>& lines, std::string_view day = "2026-11-18") {
    return feed_text("subscribers", day, "billing", "access_number|name|address|status|contract|billing_area|installed_on|cabinet", lines);
}

struct Feeds {
    std::unique_ptr<Server> server = new_server(300);
    Page admin{*server};
    Organisation org;

    explicit Feeds(const std::string& login = "qudao_admin") {
        REQUIRE(admin.log_in(login));
        org = admin.organisation();
    }
    client::FeedClient& client() { return admin.feeds(); }
    std::int64_t unit(std::string_view code) const {
        for (UnitIndex at = 0; at < org.size(); ++at)
            if (org.unit(at).code == code) return org.unit(at).id.value;
        FAIL("no unit " << code);
        return 0;
    }
    Result<dto::FeedRunDto> import(const std::string& kind, const std::string& text) {
        client::FeedClient::Upload upload;
        upload.request = {kind, "test.txt", static_cast<std::int64_t>(text.size())};
        upload.read = [text](std::int64_t from, std::int64_t length, std::function<void(Result<std::string>)> read) {
            read(text.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(length)));
        };
        sent = 0;
        upload.on_sent = [this](std::int64_t bytes) { sent = bytes; };
        return admin.wait<dto::FeedRunDto>([&](const auto& ticket, auto reply) { client().import_file(ticket, std::move(upload), reply); });
    }
    dto::FeedRunDto imported(const std::string& kind, const std::string& text) {
        const auto run = import(kind, text);
        INFO((run ? std::string() : run.error().code));
        REQUIRE(run);
        CHECK(sent == static_cast<std::int64_t>(text.size()));
        return *run;
    }
    Result<dto::CabinetDto> save_cabinet(const std::string& code, std::int64_t serves, std::int32_t version) {
        return admin.wait<dto::CabinetDto>([&](const auto& ticket, auto reply) { client().save_cabinet(ticket, code, {"测试箱", serves, version}, reply); });
    }
    dto::PartitionFactsDto facts(std::string_view number, std::string_view cabinet) {
        const auto found = admin.wait<dto::PartitionFactsDto>([&](const auto& ticket, auto reply) { client().facts(ticket, number, {}, cabinet, reply); });
        REQUIRE(found);
        return *found;
    }
    template <class Dto>
    Result<Dto> by_name(const std::string& use_case, const std::string& body = {}) {
        return admin.wait<Dto>([&](const client::Ticket& ticket, client::ApiClient::Reply<Dto> reply) {
            admin.api().forward(ticket, {use_case, {}, {}, body}, [reply](Result<api::Response> response) {
                if (!response) return reply(response.error());
                if (response->status != 200) return reply(client::error_of(*response));
                reply(dto::from_json<Dto>(response->body));
            });
        });
    }

    std::int64_t sent = 0;
};

}  // namespace

TEST_CASE("a feed is sent, imported, and its customers say why they are where they are", "[feeds]") {
    Feeds f;
    REQUIRE(f.save_cabinet("T-CASE-1", f.unit(kHome), 0));
    const std::string text = subscribers({"07718880001|新户甲|民族大道1号|在用|479800000001|450103|2026-11-17|T-CASE-1", "07718880002|新户乙||在用|479800000001|450103||",
                                          "07718880003|新户丙|民族大道3号|在用|479800000003|450103||", "07718880004|坏日期|民族大道4号|在用|479800000004|450103|昨天|"});
    const dto::FeedRunDto run = f.imported("subscribers", text);
    CHECK(run.state == "done");
    CHECK(run.read == 4);
    CHECK(run.fresh == 2);
    CHECK(run.rejected == 2);
    const auto rejected = f.admin.wait<std::string>([&](const auto& ticket, auto reply) { f.client().rejected(ticket, run.id, reply); });
    REQUIRE(rejected);
    CHECK(rejected->find("4|missing|address|") == 0);
    CHECK(rejected->find("\n6|date|installed_on|") != std::string::npos);

    dto::ListRequest request;
    request.limit = 10;
    request.filters = {{"name", "contains", {std::string("新户")}, std::nullopt}};
    const auto found = f.admin.list(query::Source::customer, request);
    REQUIRE(found);
    REQUIRE(found->rows.size() == 2);
    for (std::size_t row = 0; row < 2; ++row) {
        const std::string code = value_text(*found, row, "code");
        const auto page = f.admin.wait<dto::CustomerPageDto>([&](const auto& ticket, auto reply) { f.client().customer(ticket, code, reply); });
        REQUIRE(page);
        REQUIRE(page->traces.size() == 1);
        const bool by_cabinet = page->name == "新户甲";
        CHECK(page->place == f.unit(by_cabinet ? kHome : std::string_view("450103GZW0")));
        CHECK(page->traces[0].rule == (by_cabinet ? "cabinet" : "billing_area_pool"));
    }
    CHECK(f.imported("subscribers", text).error == "feed.repeated");
    CHECK(f.import("subscribers", "no feed at all").error().code == "feed.no_head");
    const auto feeds = f.admin.wait<dto::FeedsDto>([&](const auto& ticket, auto reply) { f.client().feeds(ticket, 0, reply); });
    REQUIRE(feeds);
    CHECK(feeds->runs.size() >= 3);
    CHECK(std::any_of(feeds->feeds.begin(), feeds->feeds.end(), [](const dto::FeedDto& one) { return one.kind == "subscribers" && one.last && one.days_late == 0; }));
}

TEST_CASE("arrears that two sources state differently, and a changed cabinet that proposes", "[feeds]") {
    Feeds f;
    REQUIRE(f.save_cabinet("T-CASE-1", f.unit(kHome), 0));
    (void)f.imported("subscribers", subscribers({"07718880001|欠费户|民族大道1号|在用|479800000001|450103||"}));
    const auto arrears = [](std::string_view source, const std::string& line) { return feed_text("arrears", "2026-11-18", source, "access_number|amount|since", {line}); };
    (void)f.imported("arrears", arrears("billing", "07718880001|5|202610"));
    CHECK(f.imported("arrears", arrears("accounts", "07718880001|6|202609")).raised == 1);
    dto::ListRequest request;
    request.limit = 10;
    request.filters = {{"access_number", "equal", {std::string("07718880001")}, std::nullopt}};
    const auto differ = f.admin.list(query::Source::arrear_conflict, request);
    REQUIRE(differ);
    REQUIRE(differ->rows.size() == 1);
    CHECK(value_number(*differ, 0, "amount") == 600);
    CHECK(value_number(*differ, 0, "other_amount") == 500);

    const auto proposals = [&] {
        auto all = f.admin.wait<dto::ProposalsDto>([&](const auto& ticket, auto reply) { f.client().proposals(ticket, 0, reply); });
        REQUIRE(all);
        std::erase_if(all->proposals, [](const dto::ProposalDto& one) { return one.access_number != "07718880001"; });
        return all->proposals;
    };
    CHECK(f.imported("lines", feed_text("lines", "2026-11-18", "97", "access_number|cabinet", {"07718880001|T-CASE-1"})).raised == 1);
    REQUIRE(proposals().size() == 1);
    CHECK(proposals()[0].to == f.unit(kHome));
    const std::int64_t proposal = proposals()[0].id;
    const auto close = [&] { return f.admin.wait<dto::NothingDto>([&](const auto& ticket, auto reply) { f.client().close_proposal(ticket, proposal, reply); }); };
    REQUIRE(close());
    CHECK(close().error().code == "feed.unknown_proposal");
    CHECK(proposals().empty());
}

// The preview is what the import then does: of a range whose numbers are on a cabinet as well, and of a cabinet whose
// numbers lie in a range, under either precedence.
TEST_CASE("the preview of a cabinet and of a range is what the partition does", "[feeds]") {
    Feeds f;
    const std::int64_t home = f.unit(kHome);
    const std::int64_t other = f.unit("450103GZ0202");
    const auto cabinet = f.save_cabinet("T-CASE-6", home, 0);
    REQUIRE(cabinet);
    const dto::NumberRangeDto range{0, "07718886000", "07718886099", home, 0};
    REQUIRE(f.admin.wait<dto::NumberRangeDto>([&](const auto& ticket, auto reply) { f.client().save_range(ticket, range, reply); }));
    std::vector<std::string> lines;
    for (int i = 0; i < 5; ++i)
        lines.push_back("0771888600" + std::to_string(i) + "|划分户" + std::to_string(i) + "|民族大道1号|在用|47980000060" + std::to_string(i) + "|450103||" + (i < 3 ? "T-CASE-6" : ""));
    (void)f.imported("subscribers", subscribers(lines));
    using ServedReply = client::ApiClient::Reply<dto::ServedSubscribersDto>;
    const auto in_range = f.admin.wait<dto::ServedSubscribersDto>(
        [&](const client::Ticket& ticket, ServedReply reply) { f.client().in_range(ticket, range.first, range.last, {}, reply); });
    REQUIRE(in_range);
    REQUIRE(in_range->ranges.size() == 1);
    client::cabinets::Served served;
    append(served, *in_range);
    client::cabinets::Change change;
    change.range = client::cabinets::from_dto(in_range->ranges[0]);
    change.range->unit = {other};
    change.before = home;
    CHECK(preview_of(f.org, served, change).movable == 2);   // three have their cabinet
    served.policy.precedence = Precedence::range_first;
    CHECK(preview_of(f.org, served, change).movable == 5);

    // The same as a policy of the server: the cabinet is changed, and its numbers lie in the range.
    Page system(*f.server);
    REQUIRE(system.log_in("sysadmin"));
    const auto by = [&](const std::string& name, const std::string& body) {
        return system.wait<dto::PoliciesDto>([&](const client::Ticket& ticket, client::ApiClient::Reply<dto::PoliciesDto> reply) {
            system.api().forward(ticket, {name, {}, {}, body}, [reply](Result<api::Response> response) {
                if (!response || response->status != 200) return reply(response ? client::error_of(*response) : response.error());
                reply(dto::from_json<dto::PoliciesDto>(response->body));
            });
        });
    };
    auto policies = by("policies.show", {});
    REQUIRE(policies);
    policies->precedence = "range_first";
    REQUIRE(by("policies.change", dto::to_json(*policies)));
    const auto on_cabinet = f.admin.wait<dto::ServedSubscribersDto>(
        [&](const client::Ticket& ticket, ServedReply reply) { f.client().on_cabinet(ticket, "T-CASE-6", {}, reply); });
    REQUIRE(on_cabinet);
    CHECK(on_cabinet->precedence == "range_first");
    CHECK(on_cabinet->subscribers[0].cabinet_unit == home);
    client::cabinets::Served three;
    append(three, *on_cabinet);
    client::cabinets::Change move;
    move.cabinet = client::cabinets::from_dto(*cabinet);
    move.cabinet->unit = {other};
    move.before = home;
    CHECK(preview_of(f.org, three, move).movable == 0);
    REQUIRE(f.save_cabinet("T-CASE-6", other, cabinet->version));
    (void)f.imported("subscribers", subscribers({"07718886050|划分户五十|民族大道1号|在用|479800000650|450103||T-CASE-6"}, "2026-11-19"));
    dto::ListRequest request;
    request.limit = 10;
    request.filters = {{"contract", "equal", {std::string("479800000650")}, std::nullopt}};
    const auto placed = f.admin.list(query::Source::customer, request);
    REQUIRE(placed);
    REQUIRE(placed->rows.size() == 1);
    CHECK(value_number(*placed, 0, "place") == home);
}

TEST_CASE("number ranges are found by a number in them, by their first number", "[feeds]") {
    Feeds f;
    for (const char* first : {"07718887500", "07718887000"}) {
        const dto::NumberRangeDto range{0, first, std::string(first).replace(9, 2, "99"), f.unit(kHome), 0};
        REQUIRE(f.admin.wait<dto::NumberRangeDto>([&](const auto& ticket, auto reply) { f.client().save_range(ticket, range, reply); }));
    }
    const auto found = [&](std::string_view text, std::string_view after = {}) {
        auto page = f.admin.wait<dto::NumberRangesDto>([&](const auto& ticket, auto reply) { f.client().ranges(ticket, text, after, reply); });
        REQUIRE(page);
        std::vector<std::string> first;
        for (const dto::NumberRangeDto& one : page->ranges) first.push_back(one.first);
        return first;
    };
    using Firsts = std::vector<std::string>;
    CHECK(found("07718887555") == Firsts{"07718887500"});
    CHECK(found("077188870") == Firsts{"07718887000"});
    CHECK(found("0771888") == Firsts{"07718887000", "07718887500"});
    CHECK(found("0771888", "07718887000") == Firsts{"07718887500"});
    CHECK(found("077188875551").empty());
    const Firsts all = found("");
    CHECK(std::is_sorted(all.begin(), all.end()));
}

TEST_CASE("cabinets and ranges are changed under their version, and overlaps refused", "[feeds]") {
    Feeds f;
    const auto added = f.save_cabinet("T-CASE-2", 0, 0);
    REQUIRE(added);
    CHECK(f.save_cabinet("T-CASE-2", 0, 0).error().code == "cabinet.code_taken");
    const auto changed = f.save_cabinet("T-CASE-2", f.unit(kHome), added->version);
    REQUIRE(changed);
    CHECK(f.save_cabinet("T-CASE-2", 0, added->version).error().code == "cabinet.stale");
    CHECK(f.facts("07710000001", "T-CASE-2").cabinet->unit == f.unit(kHome));
    const auto save = [&](std::string first, std::string last) {
        return f.admin.wait<dto::NumberRangeDto>([&](const auto& ticket, auto reply) {
            f.client().save_range(ticket, {0, std::move(first), std::move(last), f.unit(kHome), 0}, reply);
        });
    };
    const auto range = save("07718880000", "07718889999");
    REQUIRE(range);
    CHECK(save("07718885000", "07718895000").error().code == "partition.range_overlap");
    CHECK(f.facts("07718880001", "").range->id == range->id);
    REQUIRE(f.admin.wait<dto::NothingDto>([&](const auto& ticket, auto reply) { f.client().remove_range(ticket, range->id, range->version, reply); }));
    CHECK_FALSE(f.facts("07718880001", "").range);
}

TEST_CASE("a policy is looked at, previewed and changed; feeds go by it", "[feeds]") {
    Feeds f("sysadmin");
    REQUIRE(f.save_cabinet("T-CASE-1", f.unit(kHome), 0));
    (void)f.imported("subscribers", subscribers({"07718880001|按箱户|民族大道1号|在用|479800000001|450103||T-CASE-1"}));
    auto policies = f.by_name<dto::PoliciesDto>("policies.show");
    REQUIRE(policies);
    CHECK(policies->precedence == "cabinet_first");
    policies->precedence = "both_match";
    const auto effect = f.by_name<dto::PolicyEffectDto>("policies.preview", dto::to_json(*policies));
    REQUIRE(effect);
    CHECK(effect->otherwise == 1);
    REQUIRE(effect->pairs.size() == 1);
    CHECK(effect->pairs[0].from == f.unit(kHome));
    REQUIRE(f.by_name<dto::PoliciesDto>("policies.change", dto::to_json(*policies)));
    CHECK(f.by_name<dto::PoliciesDto>("policies.change", dto::to_json(*policies)).error().code == "policy.stale");
    CHECK(f.facts("07718880002", "T-CASE-1").precedence == "both_match");
    (void)f.imported("subscribers", subscribers({"07718880002|按池户|民族大道2号|在用|479800000002|450103||T-CASE-1"}, "2026-11-19"));
    dto::ListRequest request;
    request.limit = 10;
    request.filters = {{"name", "contains", {std::string("按池户")}, std::nullopt}};
    const auto found = f.admin.list(query::Source::customer, request);
    REQUIRE(found);
    REQUIRE(found->rows.size() == 1);
    CHECK(value_number(*found, 0, "place") == f.unit("450103GZW0"));

    Page other{*f.server};
    REQUIRE(other.log_in("nn_sysadmin"));
    CHECK(other.raw(api::Method::get, "/api/v1/policies").status == 403);
}

}  // namespace qudao::test
