#include "shared/demo/fill.hpp"

#include <algorithm>

#include "shared/demo/customers.hpp"
#include "shared/ports/seed_roles.hpp"

namespace qudao::demo {
namespace {

constexpr std::int64_t kChunk = 5000;

Status fill_people(ports::UnitOfWork& work, ports::Secrets& secrets, const Options& options, const ports::OrganisationRecords& records) {
    // One hash for all: argon2id takes its time on purpose, and the password is printed anyway.
    QUDAO_TRY(hash, secrets.hash_password(kPassword));
    const Staff people = staff(options, records);
    auto seeded = ports::add_standard_roles(work.people());
    if (!seeded) return std::move(seeded).error();
    for (const Person& person : people.persons) {
        auto added = work.people().add_person(person, hash);
        if (!added) return std::move(added).error();
    }
    return work.people().add_grants(people.grants);
}

Status fill_customers(ports::UnitOfWork& work, const Options& options, const ports::OrganisationRecords& records, ports::Progress& progress) {
    const CustomerMaker maker(options, records);
    std::vector<Customer> chunk;
    for (std::int64_t number = 0; number < maker.size();) {
        if (!progress.report("customers", number, maker.size())) return Error::of("work.cancelled");
        chunk.clear();
        const std::int64_t end = std::min(number + kChunk, maker.size());
        for (; number < end; ++number) chunk.push_back(maker.make(number));
        QUDAO_CHECK(work.customers().add(chunk));
    }
    progress.report("customers", maker.size(), maker.size());
    return done();
}

}  // namespace

Status fill(ports::Database& database, ports::Secrets& secrets, const Options& options, ports::Progress& progress) {
    QUDAO_CHECK(check(options));
    QUDAO_TRY(work, database.begin(ports::Access::write));
    QUDAO_TRY(count, work->customers().count());
    QUDAO_TRY(units, work->organisation().load());
    if (count != 0 || !units.units.empty()) return Error::of("demo.not_empty");
    const ports::OrganisationRecords records = organisation(options);
    QUDAO_CHECK(work->settings().mark_demonstration(demo_day()));
    QUDAO_CHECK(work->settings().save_revenue_period(kRevenuePeriod));
    QUDAO_CHECK(work->organisation().add(records));
    QUDAO_CHECK(fill_people(*work, secrets, options, records));
    QUDAO_CHECK(fill_customers(*work, options, records, progress));
    QUDAO_CHECK(work->settings().bump_units());
    QUDAO_CHECK(work->settings().bump_rights());
    return work->commit();
}

}  // namespace qudao::demo
