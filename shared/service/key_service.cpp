#include "shared/service/key_service.hpp"

#include <algorithm>
#include <map>

#include "shared/base/text.hpp"

namespace qudao::service {
namespace {

constexpr std::int64_t kLongestName = 80;
constexpr std::size_t kHintLength = 6;
constexpr std::string_view kTokenPrefix = "qk_";  // so that secret scanners know one
constexpr std::int64_t kTouchEveryMs = 3'600'000;
constexpr std::int32_t kMostIdentities = 100;

Result<Actor> administrator(const Services& services, ports::UnitOfWork& work, PersonId person) {
    QUDAO_TRY(actor, load_actor_for_change(services, work, person));
    if (!actor.rights.may(Action::manage_keys)) return Error::of("rights.missing").with("right", code_of(Action::manage_keys));
    return std::move(actor);
}

Status check_key(const Actor& actor, const NewKey& key) {
    const std::int64_t length = count_code_points(key.name);
    if (!is_valid_utf8(key.name) || length < 1 || length > kLongestName || normalize_text(key.name) != key.name) return Error::of("keys.name");
    if (actor.organisation().find(key.unit) == kNoUnit) return Error::of("keys.unknown_unit");
    if (key.channels == 0) return Error::of("keys.channels");
    const Date today = date_in_shanghai(actor.now);
    if (!key.expires_on || key.expires_on < today || add_days(today, kLongestKeyDays) < key.expires_on)
        return Error::of("keys.expiry").with("most_days", std::int64_t{kLongestKeyDays});
    return done();
}

Scope scope_of(const Organisation& org, const ports::ApiKey& key) {
    const UnitIndex unit = org.find(key.unit);
    if (unit == kNoUnit) return {};
    const Tree tree = org.in_tree(Tree::area, unit) ? Tree::area : Tree::channel;
    return Scope(org, {{tree, org.interval(tree, unit), key.channels}});
}

query::QuerySpec spec_of(const IdentityQuestion& question, std::optional<CustomerId> customer) {
    query::QuerySpec spec;
    spec.source = query::Source::customer;
    spec.limit = kMostIdentities;
    spec.order = {{"code", false}};
    if (!question.code.empty()) spec.filters.push_back({"code", query::Op::equal, {question.code}, Tree::area});
    if (customer) spec.filters.push_back({"id", query::Op::equal, {customer->value}, Tree::area});
    return spec;
}

// As people read it: the mask is the program's own.
dto::Json channels_json(const Organisation& org, ChannelMask mask) {
    if (mask == kAllChannels) return "all";
    dto::Json codes = dto::Json::array();
    for (std::size_t i = 0; i < org.channels().size(); ++i)
        if ((mask & channel_bit(static_cast<ChannelIndex>(i))) != 0) codes.push_back(org.channels()[i].code);
    return codes;
}

std::string channel_code(const Organisation& org, ChannelId id) {
    const ChannelIndex index = org.find_channel(id);
    return index == kNoChannel ? std::string() : org.channels()[index].code;
}

}  // namespace

Result<AddedKey> add_key(const Services& services, PersonId actor_id, const NewKey& wanted) {
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_TRY(actor, administrator(services, *work, actor_id));
    QUDAO_CHECK(check_key(actor, wanted));
    AddedKey added;
    added.token = std::string(kTokenPrefix) + services.secrets.random_token();
    ports::ApiKey key;
    key.name = wanted.name;
    key.token_hash = services.secrets.token_hash(added.token);
    key.hint = added.token.substr(kTokenPrefix.size(), kHintLength);
    key.unit = wanted.unit;
    key.channels = wanted.channels;
    key.expires_on = wanted.expires_on;
    key.created_by = actor_id;
    key.created_at = actor.now;
    QUDAO_TRY(id, work->keys().add(key));
    added.key = id;
    const Organisation& org = actor.organisation();
    const dto::Json after{{"unit", org.unit(org.find(key.unit)).name}, {"channels", channels_json(org, key.channels)}, {"expires_on", format_date(key.expires_on)}, {"hint", key.hint}};
    auto entry = record(*work, actor, {"key.add", id.value, key.name, dto::Json::object(), after});
    if (!entry) return std::move(entry).error();
    QUDAO_CHECK(work->commit());
    return added;
}

Status revoke_key(const Services& services, PersonId actor_id, ApiKeyId id) {
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_TRY(actor, administrator(services, *work, actor_id));
    QUDAO_TRY(all, work->keys().all());
    const auto key = std::find_if(all.begin(), all.end(), [&](const ports::ApiKey& one) { return one.id == id; });
    QUDAO_CHECK(work->keys().revoke(id, actor.now));
    auto entry = record(*work, actor, {"key.revoke", id.value, key == all.end() ? std::string() : key->name, {{"revoked", false}}, {{"revoked", true}}});
    if (!entry) return std::move(entry).error();
    return work->commit();
}

Result<std::vector<KeyLine>> keys(ports::UnitOfWork& work) {
    QUDAO_TRY(all, work.keys().all());
    std::vector<PersonId> ids;
    for (const ports::ApiKey& key : all) ids.push_back(key.created_by);
    QUDAO_TRY(persons, work.people().persons(ids));
    std::map<std::int64_t, std::string> names;
    for (const Person& person : persons) names[person.id.value] = person.name;
    std::vector<KeyLine> lines;
    for (ports::ApiKey& key : all) {
        const std::int64_t by = key.created_by.value;
        lines.push_back({std::move(key), names[by]});
    }
    return lines;
}

Result<ports::ApiKey> admit_key(const Services& services, std::string_view token) {
    if (token.substr(0, kTokenPrefix.size()) != kTokenPrefix) return Error::of("key.none");
    const Instant now = services.clock.now();
    // Looked up by its hash: how long that takes says nothing of the key.
    const std::string hash = services.secrets.token_hash(token);
    std::optional<ports::ApiKey> key;
    {
        QUDAO_TRY(work, services.database.begin(ports::Access::read));
        QUDAO_TRY(found, work->keys().find(hash));
        if (!found || found->revoked_at.epoch_ms != 0 || found->expires_on < date_in_shanghai(now)) return Error::of("key.none");
        key = std::move(found);
    }
    if (now.epoch_ms - key->used_at.epoch_ms > kTouchEveryMs) {
        QUDAO_TRY(work, services.database.begin(ports::Access::write));
        QUDAO_CHECK(work->keys().touch(key->id, now));
        QUDAO_CHECK(work->commit());
    }
    return std::move(*key);
}

Result<std::vector<Identity>> identities(const Services& services, const ports::ApiKey& key, const IdentityQuestion& question) {
    if (question.code.empty() && question.contract.empty()) return Error::of("request.invalid").at("code", "missing");
    QUDAO_TRY(work, services.database.begin(ports::Access::read));
    QUDAO_TRY(reference, load_reference(services, *work));
    const Organisation& org = reference->organisation;
    const Scope scope = scope_of(org, key);
    // A customer has several contracts; whichever is asked for leads to it.
    std::optional<CustomerId> holder;
    if (!question.contract.empty()) {
        QUDAO_TRY(found, work->partition().customer_of_contract(question.contract, scope));
        if (!found) return std::vector<Identity>();
        holder = found;
    }
    const query::QuerySpec spec = spec_of(question, holder);
    QUDAO_CHECK(query::check(spec));
    QUDAO_TRY(page, work->queries().run(spec, {PersonId{}, org, scope}, std::nullopt));
    const auto code_column = static_cast<std::size_t>(std::find(page.columns.begin(), page.columns.end(), "code") - page.columns.begin());
    std::vector<Identity> out;
    for (const auto& row : page.rows) {
        QUDAO_TRY(customer, work->customers().find(std::get<std::string>(row[code_column]), scope));
        if (!customer) continue;
        const UnitIndex place = org.find(customer->place);
        Identity identity{std::move(*customer), org.unit(place), {}, {}};
        identity.channel = channel_code(org, identity.place.channel);
        identity.statistical = channel_code(org, identity.customer.statistical);
        out.push_back(std::move(identity));
    }
    return out;
}

}  // namespace qudao::service
