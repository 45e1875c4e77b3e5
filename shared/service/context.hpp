// What every use case needs: the ports, and who is asking.
#pragma once

#include <memory>
#include <string>

#include "shared/domain/customer.hpp"
#include "shared/domain/rights.hpp"
#include "shared/ports/clock.hpp"
#include "shared/ports/database.hpp"
#include "shared/ports/jobs.hpp"
#include "shared/ports/reference_cache.hpp"
#include "shared/ports/secrets.hpp"

namespace qudao::service {

using ports::Reference;
using ports::ReferenceCache;

struct Services {
    ports::Database& database;
    ports::Clock& clock;
    ports::Secrets& secrets;
    ports::Jobs& jobs;
    ReferenceCache& references;
};

// Who asks, and what holds while they do.
struct Actor {
    Person person;
    std::shared_ptr<const Reference> reference;
    Rights rights;
    ports::Settings settings;
    Date day;      // business date
    Instant now;
    const Organisation& organisation() const { return reference->organisation; }
};

// The reference of the settings' basis, read anew when the basis has changed.
Result<std::shared_ptr<const Reference>> load_reference(const Services& services, ports::UnitOfWork& work);
// Whether the person holds the right anywhere; cheaper than all of their rights.
bool holds(const Reference& reference, PersonId person, Action right);
// Over the whole province, for all channels.
bool holds_everywhere(const Reference& reference, PersonId person, Action right);

// Reads settings, and the reference anew when the basis has changed.
Result<Actor> load_actor(const Services& services, ports::UnitOfWork& work, PersonId person);
// The same inside a commit, holding the basis for sharing.
Result<Actor> load_actor_for_share(const Services& services, ports::UnitOfWork& work, PersonId person);
// The same for whoever changes units, rights, policies or people: alone in doing so until the transaction ends.
Result<Actor> load_actor_for_change(const Services& services, ports::UnitOfWork& work, PersonId person);
// The settings' demo date in a demonstration, else the clock's in Shanghai.
Date business_date(const ports::Settings& settings, Instant now);

}  // namespace qudao::service
