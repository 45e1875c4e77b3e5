#include "shared/demo/fill.hpp"

#include <algorithm>

#include "shared/demo/customers.hpp"
#include "shared/demo/feeds.hpp"
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
    const SubscriberMaker lines(options, records);
    std::vector<Customer> chunk;
    std::vector<ports::Subscriber> subscribers;
    std::vector<ports::PartitionTrace> traces;
    std::vector<bool> pool(records.units.size() + 1, false);
    for (const UnitRecord& unit : records.units) pool[static_cast<std::size_t>(unit.id.value)] = unit.kind == UnitKind::pool;
    for (std::int64_t number = 0; number < maker.size();) {
        if (!progress.report("customers", number, maker.size())) return Error::of("work.cancelled");
        chunk.clear();
        const std::int64_t end = std::min(number + kChunk, maker.size());
        subscribers.clear();
        traces.clear();
        for (; number < end; ++number) {
            chunk.push_back(maker.make(number));
            const Customer& customer = chunk.back();
            for (ports::Subscriber& one : lines.make(number, customer)) subscribers.push_back(std::move(one));
            if (pool[static_cast<std::size_t>(customer.place.value)]) traces.push_back(lines.trace(customer, lines.make(number, customer).front()));
        }
        QUDAO_CHECK(work.customers().add(chunk));
        QUDAO_CHECK(work.feeds().save_subscribers(subscribers));
        QUDAO_CHECK(work.feeds().add_traces(traces));
    }
    progress.report("customers", maker.size(), maker.size());
    return done();
}

Status fill_partition(ports::UnitOfWork& work, const ports::OrganisationRecords& records) {
    QUDAO_CHECK(work.partition().add(cabinets(records)));
    for (const NumberRange& range : number_ranges(records)) QUDAO_CHECK(work.partition().save(range));
    return work.partition().add_area_codes(area_codes(records));
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
    QUDAO_CHECK(fill_partition(*work, records));
    QUDAO_CHECK(fill_people(*work, secrets, options, records));
    QUDAO_CHECK(fill_customers(*work, options, records, progress));
    QUDAO_CHECK(work->settings().bump_units());
    QUDAO_CHECK(work->settings().bump_rights());
    return work->commit();
}

}  // namespace qudao::demo
