// A database that is busy (a deadlock, a lock waited for too long) has undone the whole transaction: the services try again.
#include <catch2/catch.hpp>

#include "shared/demo/fill.hpp"
#include "shared/memory/database.hpp"
#include "shared/memory/fixed_clock.hpp"
#include "shared/memory/inline_jobs.hpp"
#include "shared/memory/plain_reference_cache.hpp"
#include "shared/memory/plain_secrets.hpp"
#include "shared/service/list_service.hpp"
#include "shared/service/move_service.hpp"

using namespace qudao;

namespace {

// The next `busy` transactions that write are refused.
class BusyDatabase final : public ports::Database {
public:
    Result<std::unique_ptr<ports::UnitOfWork>> begin(ports::Access access) override {
        if (access == ports::Access::write && busy-- > 0) return Error::of("database.busy");
        return inner.begin(access);
    }
    memory::Database inner;
    int busy = 0;
};

struct World {
    BusyDatabase database;
    memory::FixedClock clock{Instant{1'795'000'000'000}};
    memory::PlainSecrets secrets{1};
    memory::InlineJobs jobs;
    memory::PlainReferenceCache references;
    ports::NoProgress quiet;
    PersonId admin;
    service::Services services{database, clock, secrets, jobs, references};

    World() {
        REQUIRE(demo::fill(database, secrets, {1, 100}, quiet).ok());
        auto work = std::move(*database.begin(ports::Access::read));
        admin = (*work->people().credentials("qudao_admin"))->person.id;
    }

    // One customer to another community of its channel.
    service::CommitOrder order(const std::string& key) {
        auto work = std::move(*database.begin(ports::Access::read));
        const service::Actor actor = *service::load_actor(services, *work, admin);
        const Organisation& org = actor.organisation();
        query::QuerySpec spec;
        spec.filters = {{"locked_until", query::Op::has_no_data, {}, Tree::area}};
        const query::Page page = *service::list(actor, *work, spec, std::nullopt);
        const auto column = [&](std::string_view name) {
            return static_cast<std::size_t>(std::find(page.columns.begin(), page.columns.end(), name) - page.columns.begin());
        };
        const UnitIndex home = org.find(UnitId{std::get<std::int64_t>(page.rows.front()[column("place")])});
        UnitIndex other = 0;
        while (other == home || !org.unit(other).active || org.unit(other).kind != UnitKind::community || org.channel_of(other) != org.channel_of(home)) ++other;
        MoveRowsBuilder builder;
        builder.add(2, std::get<std::string>(page.rows.front()[column("code")]), org.unit(other).code, "");
        MoveRows rows = std::move(builder).finish();
        const std::string digest = service::preview(actor, *work, rows, quiet)->digest;
        return {admin, key, digest, "moves.xlsx", std::move(rows)};
    }
};

}  // namespace

TEST_CASE("a commit and an undo that met a deadlock are tried again") {
    World world;
    const service::CommitOrder order = world.order("key-of-a-commit-1");
    world.database.busy = 3;
    const auto batch = service::commit(world.services, order, world.quiet);
    REQUIRE(batch.ok());
    CHECK(batch->moved == 1);
    std::string digest;
    {
        auto work = std::move(*world.database.begin(ports::Access::read));
        digest = service::preview_undo(*service::load_actor(world.services, *work, world.admin), *work, batch->id, world.quiet)->move.digest;
    }
    world.database.busy = 3;
    const auto undone = service::undo(world.services, {world.admin, "key-of-an-undo-1", digest, batch->id}, world.quiet);
    REQUIRE(undone.ok());
    CHECK(undone->moved == 1);
}

TEST_CASE("a database that stays busy is said to be, and the key is still free") {
    World world;
    const service::CommitOrder order = world.order("key-of-a-commit-2");
    world.database.busy = 1000;
    const auto refused = service::commit(world.services, order, world.quiet);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == "database.busy");
    world.database.busy = 0;
    CHECK(service::commit(world.services, order, world.quiet).ok());
}
