#include "server/sql/unit_of_work.hpp"

#include "server/sql/feed_store.hpp"
#include "server/sql/stores.hpp"

namespace qudao::sql {
namespace {

class UnitOfWork final : public ports::UnitOfWork {
public:
    explicit UnitOfWork(Pool::Lease lease) : lease_(std::move(lease)) {}
    ports::SettingsStore& settings() override { return settings_; }
    ports::OrganisationStore& organisation() override { return organisation_; }
    ports::PeopleStore& people() override { return people_; }
    ports::SessionStore& sessions() override { return sessions_; }
    ports::CustomerStore& customers() override { return customers_; }
    ports::MoveStore& moves() override { return moves_; }
    ports::QueryStore& queries() override { return queries_; }
    ports::JobStore& jobs() override { return jobs_; }
    ports::RoundStore& rounds() override { return rounds_; }
    ports::PartitionStore& partition() override { return partition_; }
    ports::FeedStore& feeds() override { return feeds_; }
    ports::AuditStore& audit() override { return audit_; }
    ports::KeyStore& keys() override { return keys_; }
    Status commit() override {
        return guarded(*lease_, [&]() -> Status {
            lease_->commit();
            return done();
        });
    }

private:
    Pool::Lease lease_;  // gives back, rolled back, at the end
    SettingsStore settings_{*lease_};
    OrganisationStore organisation_{*lease_};
    PeopleStore people_{*lease_};
    SessionStore sessions_{*lease_};
    CustomerStore customers_{*lease_};
    MoveStore moves_{*lease_};
    QueryStore queries_{*lease_};
    JobStore jobs_{*lease_};
    RoundStore rounds_{*lease_};
    PartitionStore partition_{*lease_};
    FeedStore feeds_{*lease_};
    AuditStore audit_{*lease_};
    KeyStore keys_{*lease_};
};

}  // namespace

std::unique_ptr<ports::UnitOfWork> make_unit_of_work(Pool::Lease lease) { return std::make_unique<UnitOfWork>(std::move(lease)); }

}  // namespace qudao::sql
