#include "shared/demo/sample_moves.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "shared/base/digest.hpp"
#include "shared/demo/fill.hpp"
#include "shared/memory/database.hpp"
#include "shared/memory/plain_secrets.hpp"

namespace qudao::demo {
namespace {

struct Planned {
    std::vector<SampleMove> moves;
    MovePlan plan;
};

class Planner {
public:
    explicit Planner(const Options& options) : options_(options) {
        memory::PlainSecrets secrets(1);
        REQUIRE(fill(database_, secrets, options, progress_).ok());
        const auto records = organisation(options);
        org_ = Organisation::build(records.channels, records.units).value();
        staff_ = staff(options, records);
    }
    Planned plan(const SampleOptions& sample) {
        Planned planned;
        planned.moves = sample_moves(options_, sample);
        const MoveRows rows = rows_of(planned.moves);
        PersonId person;
        for (const Person& p : staff_.persons)
            if (p.login == sample.actor) person = p.id;
        const Rights rights(org_, roles(), staff_.grants, person);
        auto work = database_.begin(ports::Access::read).value();
        const auto customers = work->customers().states(rows.customer_code, org_, rights.scope(Action::view_customer), ports::Locking::none, progress_).value();
        const CodeIndex index(customers.code);
        planned.plan = plan_moves(rows, customers, index, {org_, rights, WindowPolicy{}, demo_day(), Basis{}, std::nullopt});
        return planned;
    }

private:
    Options options_;
    memory::Database database_;
    ports::NoProgress progress_;
    Organisation org_;
    Staff staff_;
};

TEST_CASE("clean samples move every row, for every actor who can") {
    Planner planner({Options{}.seed, 20'000});
    for (const char* actor : {"qudao_admin", "nn_public", "nn_channel", "lz_public"}) {
        const Planned planned = planner.plan({.rows = 600, .kind = SampleKind::clean, .actor = actor});
        INFO(actor);
        CHECK(planned.moves.size() == 600);
        CHECK(planned.plan.count(Verdict::moved) == 600);
        std::set<std::string> codes;
        for (const SampleMove& move : planned.moves) CHECK(codes.insert(move.customer_code).second);
    }
    CHECK(planner.plan({.rows = 100, .kind = SampleKind::clean, .actor = "nn_query"}).moves.empty());
}

TEST_CASE("a mixed sample is mostly moved, with some of each mistake") {
    Planner planner({Options{}.seed, 20'000});
    const Planned planned = planner.plan({.rows = 5000});
    CHECK(planned.plan.count(Verdict::moved) > 4500);
    CHECK(planned.plan.count(Verdict::refused) > 80);
    CHECK(planned.plan.count(Verdict::unchanged) > 50);
}

TEST_CASE("every reason that a day inside the window knows comes up") {
    Planner planner({Options{}.seed, 20'000});
    std::map<Reason, std::int64_t> met;
    for (const char* actor : {"qudao_admin", "nn_public", "nn_channel"}) {
        const Planned planned = planner.plan({.rows = 2000, .kind = SampleKind::every_reason, .actor = actor});
        for (std::size_t reason = 0; reason < kReasons; ++reason) met[static_cast<Reason>(reason)] += planned.plan.by_reason[reason];
    }
    for (std::size_t i = 0; i < kReasons; ++i) {
        const auto reason = static_cast<Reason>(i);
        INFO(code_of(reason));
        if (reason == Reason::changed_since || reason == Reason::window_closed || reason == Reason::undo_window_past) CHECK(met[reason] == 0);  // an undo's, and another day's
        else CHECK(met[reason] >= 10);
    }
}

TEST_CASE("samples are the same on every platform") {
    Digest digest;
    for (const SampleKind kind : {SampleKind::clean, SampleKind::mixed, SampleKind::every_reason})
        digest.add(csv_of(sample_moves({Options{}.seed, 20'000}, {.rows = 1000, .kind = kind, .actor = "nn_channel"})));
    CHECK(digest.hex() == "ca4c24180be8dcdd7bb16b47edee0efd");
    CHECK(csv_of(sample_moves({}, {.seed = 1})) != csv_of(sample_moves({}, {.seed = 2})));
}

TEST_CASE("more rows than customers: no more than there are") {
    CHECK(sample_moves({Options{}.seed, 12}, {.rows = 1000, .kind = SampleKind::clean}).size() <= 12);
    CHECK(sample_moves({Options{}.seed, 12}, {.rows = 1000, .kind = SampleKind::every_reason}).size() > 3);
}

TEST_CASE("the file has the template's header and a line a row") {
    const std::string csv = csv_of({{"0771123456789", "450103GZ0201", "搬迁"}, {"", "", ""}});
    CHECK(csv == "\xEF\xBB\xBF客户编码,目标单位编码,备注\r\n0771123456789,450103GZ0201,搬迁\r\n,,\r\n");
}

}  // namespace
}  // namespace qudao::demo
