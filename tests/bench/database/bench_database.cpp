// bench_database sqlite PATH | mariadb HOST PORT USER NAME, each an empty database.
//
// A commit of 100,000 rows on 1,000,000 customers, and a customer page of 100 rows as service and JSON, each in turn with
// the plain client's same statements (plain_*.cpp) on the same database. Customers go to a neighbouring place by the one
// and back by the other, so that every commit moves all of them.
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string>

#include "server/sql/open.hpp"
#include "shared/demo/fill.hpp"
#include "shared/dto/list_dto.hpp"
#include "shared/memory/fixed_clock.hpp"
#include "shared/memory/inline_jobs.hpp"
#include "shared/memory/plain_reference_cache.hpp"
#include "shared/memory/plain_secrets.hpp"
#include "shared/service/list_service.hpp"
#include "shared/service/move_service.hpp"
#include "tests/bench/database/plain_client.hpp"
#include "tests/bench/measure.hpp"

namespace {

using namespace qudao;

constexpr std::int64_t kCustomers = 1'000'000;
constexpr std::size_t kRows = 100'000;
constexpr int kCommitPairs = 5;
constexpr int kPagePairs = 100;

template <class T>
T must(Result<T> result) {
    if (result) return std::move(*result);
    std::cerr << "bench_database: " << result.error().code << ' ' << result.error().detail << '\n';
    std::exit(1);
}

struct Bench {
    std::unique_ptr<sql::Database> database;
    memory::FixedClock clock{Instant{1'795'000'000'000}};
    memory::PlainSecrets secrets{1};
    memory::InlineJobs jobs;
    memory::PlainReferenceCache references;
    PersonId actor;
    std::vector<bench::PlainMove> moves;  // ordered by code, hence by customer
    MoveRows rows;
    int commits = 0;

    service::Services services() { return {*database, clock, secrets, jobs, references}; }

    void prepare(const std::string& url) {
        database = must(sql::open(url));
        must(database->migrate());
        ports::NoProgress quiet;
        must(demo::fill(*database, secrets, {20261118, kCustomers}, quiet));
        auto work = must(database->begin(ports::Access::read));
        actor = must(work->people().credentials("qudao_admin"))->person.id;
        const service::Actor who = must(service::load_actor(services(), *work, actor));
        choose(who, *work);
    }

    // Every tenth customer that can be moved, to a neighbouring place of the same channel.
    void choose(const service::Actor& who, ports::UnitOfWork& work) {
        const Organisation& org = who.organisation();
        std::vector<UnitIndex> neighbour(org.size(), kNoUnit);
        for (UnitIndex unit = 0; unit + 1 < org.size(); ++unit) {
            const bool both = is_place(org.unit(unit).kind) && is_place(org.unit(unit + 1).kind) && org.unit(unit).active && org.unit(unit + 1).active;
            if (both && org.channel_of(unit) == org.channel_of(unit + 1)) neighbour[unit] = unit + 1;
        }
        query::QuerySpec spec;
        spec.order = {{"code", false}};
        spec.limit = query::kMaxPageRows;
        spec.filters = {{"locked_until", query::Op::has_no_data, {}, Tree::area}};
        std::optional<query::Cursor> cursor;
        std::int64_t seen = 0;
        MoveRowsBuilder builder;
        do {
            query::Page page = must(service::list(who, work, spec, cursor));
            const auto column = [&](std::string_view name) {
                return static_cast<std::size_t>(std::find(page.columns.begin(), page.columns.end(), name) - page.columns.begin());
            };
            for (const auto& row : page.rows) {
                const UnitIndex place = org.find(UnitId{std::get<std::int64_t>(row[column("place")])});
                if (neighbour[place] == kNoUnit || ++seen % 5 != 0 || moves.size() == kRows) continue;
                const std::string& code = std::get<std::string>(row[column("code")]);
                moves.push_back({code, std::get<std::int64_t>(row[column("id")]), org.unit(place).id.value, org.unit(neighbour[place]).id.value});
                builder.add(static_cast<std::uint32_t>(moves.size() + 1), code, org.unit(neighbour[place]).code, "");
            }
            cursor = page.next;
        } while (cursor && moves.size() < kRows);
        if (moves.size() != kRows) must(Result<Done>(Error::of("too few customers to move")));
        rows = std::move(builder).finish();
        std::sort(moves.begin(), moves.end(), [](const auto& a, const auto& b) { return a.customer < b.customer; });
    }

    // The preview is made outside the time taken: what is compared is the commit.
    void commit() {
        ports::NoProgress quiet;
        service::CommitOrder order{actor, "bench-commit-" + std::to_string(100000 + ++commits), {}, "bench.xlsx", rows};
        {
            auto work = must(database->begin(ports::Access::read));
            const service::Actor who = must(service::load_actor(services(), *work, actor));
            order.digest = must(service::preview(who, *work, rows, quiet)).digest;
        }
        bench::print("commit", bench::time_ns([&] { must(service::commit(services(), order, quiet)); }));
    }
    void plain_commit(bench::PlainClient& client) {
        std::vector<bench::PlainMove> back = moves;
        for (bench::PlainMove& move : back) std::swap(move.from, move.to);
        const std::int64_t at = clock.now().epoch_ms + 1000 * commits + 500;
        bench::print("plain_commit", bench::time_ns([&] { client.commit(back, at); }));
        // The service's next batch must come after this one, as the clock of batches does not know of it.
        clock.advance(1'000'000);
    }

    std::size_t page(const std::string& after) {
        query::QuerySpec spec;
        spec.order = {{"code", false}};
        auto work = must(database->begin(ports::Access::read));
        const service::Actor who = must(service::load_actor(services(), *work, actor));
        return dto::to_json(dto::to_page(must(service::list(who, *work, spec, query::Cursor{{after}})))).size();
    }
};

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    const bool sqlite = arguments.size() == 2 && arguments[0] == "sqlite";
    if (!sqlite && !(arguments.size() == 5 && arguments[0] == "mariadb")) {
        std::cerr << "bench_database sqlite PATH | mariadb HOST PORT USER NAME\n";
        return 2;
    }
    Bench run;
    run.prepare(sqlite ? "sqlite://" + arguments[1] : "mysql://" + arguments[3] + "@" + arguments[1] + ":" + arguments[2] + "/" + arguments[4]);
    const auto client = sqlite ? bench::plain_sqlite(arguments[1])
                               : bench::plain_mariadb(arguments[1], static_cast<unsigned>(std::stoul(arguments[2])), arguments[3], arguments[4]);
    for (int i = 0; i < kPagePairs; ++i) {
        const std::string& after = run.moves[(static_cast<std::size_t>(i) * 7919) % kRows].code;
        // The first to come would pay for reading the rows: each has them before the clock runs.
        bench::keep(run.page(after));
        bench::keep(client->page(after));
        bench::print("page", bench::time_ns([&] { bench::keep(run.page(after)); }));
        bench::print("plain_page", bench::time_ns([&] { bench::keep(client->page(after)); }));
    }
    for (int i = 0; i < kCommitPairs; ++i) {
        run.commit();
        run.plain_commit(*client);
    }
    return 0;
}
