#include "shared/service/context.hpp"

namespace qudao::service {
namespace {

Result<std::shared_ptr<const Reference>> reference_for(const Services& services, ports::UnitOfWork& work, const Basis& basis) {
    auto known = services.references.get();
    if (known && known->basis == basis) return known;
    QUDAO_TRY(records, work.organisation().load());
    QUDAO_TRY(organisation, Organisation::build(std::move(records.channels), std::move(records.units)));
    QUDAO_TRY(roles, work.people().roles());
    QUDAO_TRY(grants, work.people().grants());
    QUDAO_CHECK(check_grants(organisation, roles, grants));
    auto fresh = std::make_shared<Reference>(Reference{basis, std::move(organisation), std::move(roles), std::move(grants)});
    services.references.put(fresh);
    return std::shared_ptr<const Reference>(std::move(fresh));
}

Result<Actor> actor_with(const Services& services, ports::UnitOfWork& work, PersonId person, ports::Settings settings) {
    QUDAO_TRY(reference, reference_for(services, work, settings.basis));
    QUDAO_TRY(persons, work.people().persons({person}));
    if (persons.empty() || !persons.front().active) return Error::of("session.none");
    Actor actor;
    actor.person = std::move(persons.front());
    actor.rights = Rights(reference->organisation, reference->roles, reference->grants, person);
    actor.reference = std::move(reference);
    actor.now = services.clock.now();
    actor.day = business_date(settings, actor.now);
    actor.settings = std::move(settings);
    return actor;
}

}  // namespace

Result<std::shared_ptr<const Reference>> load_reference(const Services& services, ports::UnitOfWork& work) {
    QUDAO_TRY(settings, work.settings().load());
    return reference_for(services, work, settings.basis);
}

bool holds(const Reference& reference, PersonId person, Action right) {
    for (const Grant& grant : reference.grants) {
        if (!(grant.person == person)) continue;
        for (const Role& role : reference.roles)
            if (role.id == grant.role && (role.actions & action_bit(right)) != 0) return true;
    }
    return false;
}

bool holds_everywhere(const Reference& reference, PersonId person, Action right) {
    const UnitId root = reference.organisation.unit(reference.organisation.root()).id;
    ChannelMask channels = 0;
    for (const Grant& grant : reference.grants) {
        if (!(grant.person == person) || !(grant.unit == root)) continue;
        for (const Role& role : reference.roles)
            if (role.id == grant.role && (role.actions & action_bit(right)) != 0) channels |= grant.channels;
    }
    return channels == kAllChannels;
}

Date business_date(const ports::Settings& settings, Instant now) {
    return settings.demonstration && settings.demo_date ? settings.demo_date : date_in_shanghai(now);
}

Result<Actor> load_actor(const Services& services, ports::UnitOfWork& work, PersonId person) {
    QUDAO_TRY(settings, work.settings().load());
    return actor_with(services, work, person, std::move(settings));
}

Result<Actor> load_actor_for_share(const Services& services, ports::UnitOfWork& work, PersonId person) {
    QUDAO_TRY(settings, work.settings().load_for_share());
    return actor_with(services, work, person, std::move(settings));
}

Result<Actor> load_actor_for_change(const Services& services, ports::UnitOfWork& work, PersonId person) {
    QUDAO_TRY(settings, work.settings().load_for_change());
    return actor_with(services, work, person, std::move(settings));
}

}  // namespace qudao::service
