#include "shared/api/audit_calls.hpp"

#include "shared/api/channel_codes.hpp"
#include "shared/dto/audit_dto.hpp"
#include "shared/service/audit.hpp"
#include "shared/service/key_service.hpp"
#include "shared/service/unit_service.hpp"

namespace qudao::api {
namespace {

Result<ports::AuditFilter> filter_of(dto::AuditRequest&& body) {
    ports::AuditFilter filter;
    filter.kind_prefix = std::move(body.kind);
    filter.subject_id = body.subject;
    filter.person = PersonId{body.person};
    filter.text = std::move(body.search);
    filter.before = AuditId{body.before};
    filter.limit = body.limit;
    if (!body.from.empty()) {
        QUDAO_TRY(from, parse_date(body.from));
        filter.from = start_of_day(from);
    }
    if (!body.until.empty()) {
        QUDAO_TRY(until, parse_date(body.until));
        filter.until = start_of_day(add_days(until, 1));
    }
    return filter;
}

dto::Json object_of(const std::string& text) {
    auto json = dto::parse_json(text.empty() ? "{}" : text);
    return json ? std::move(*json) : dto::Json::object();
}

dto::AuditEntryDto entry_dto(service::AuditLine& line) {
    ports::AuditEntry& entry = line.entry;
    const bool can_undo = service::undoable(entry);
    return {entry.id.value,    format_instant(entry.at),  entry.person.value,         std::move(line.person_name), std::move(entry.kind), entry.subject_id,
            std::move(entry.subject), object_of(entry.before), object_of(entry.after), entry.undone_by.value,       can_undo};
}

dto::AuditPageDto page_dto(service::AuditPage page) {
    dto::AuditPageDto dto;
    for (service::AuditLine& line : page.lines) dto.entries.push_back(entry_dto(line));
    dto.next = page.next.value;
    return dto;
}

std::string time_text(Instant at) { return at.epoch_ms == 0 ? std::string() : format_instant(at); }

}  // namespace

Response audit_list(Call& call) {
    auto body = dto::from_json<dto::AuditRequest>(call.request.body);
    if (!body) return problem(body.error());
    const auto filter = filter_of(std::move(*body));
    if (!filter) return problem(filter.error());
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::AuditPageDto> {
        QUDAO_TRY(page, service::audit_page(actor, work, *filter));
        return page_dto(std::move(page));
    });
}

Response units_changes(Call& call) {
    const auto unit = call.path_id("unit");
    if (!unit) return problem(unit.error());
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::AuditPageDto> {
        QUDAO_TRY(page, service::unit_changes(actor, work, UnitId{*unit}));
        return page_dto(std::move(page));
    });
}

Response keys_show(Call& call) {
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::KeysDto> {
        QUDAO_TRY(lines, service::keys(work));
        const Date today = date_in_shanghai(actor.now);
        dto::KeysDto dto;
        for (service::KeyLine& line : lines) {
            const ports::ApiKey& key = line.key;
            const char* state = key.revoked_at.epoch_ms != 0 ? "revoked" : key.expires_on < today ? "expired" : "good";
            dto.keys.push_back({key.id.value, key.name, key.hint, key.unit.value, channel_codes(actor.organisation(), key.channels),
                                format_date(key.expires_on), state, std::move(line.created_by), time_text(key.created_at), time_text(key.used_at)});
        }
        return dto;
    });
}

Response keys_add(Call& call) {
    auto body = dto::from_json<dto::KeyAddRequest>(call.request.body);
    if (!body) return problem(body.error());
    const auto expires = parse_date(body->expires_on);
    if (!expires) return problem(expires.error());
    service::NewKey key{std::move(body->name), UnitId{body->unit}, kAllChannels, *expires};
    {
        auto work = call.services.database.begin(ports::Access::read);
        if (!work) return problem(work.error());
        const auto reference = service::load_reference(call.services, **work);
        if (!reference) return problem(reference.error());
        const auto channels = channel_mask((*reference)->organisation, body->channels, "channels");
        if (!channels) return problem(channels.error());
        key.channels = *channels;
    }
    const auto added = service::add_key(call.services, call.person(), key);
    return added ? reply(dto::KeyAddedDto{added->key.value, added->token}, call.use_case.success_status) : problem(added.error());
}

Response keys_revoke(Call& call) {
    const auto key = call.path_id("key");
    if (!key) return problem(key.error());
    const Status revoked = service::revoke_key(call.services, call.person(), ApiKeyId{*key});
    return revoked ? keys_show(call) : problem(revoked.error());
}

Response identity_show(Call& call) {
    const auto found = service::identities(call.services, *call.key, {std::string(call.query_parameter("code")), std::string(call.query_parameter("contract"))});
    if (!found) return problem(found.error());
    dto::IdentitiesDto dto;
    for (const service::Identity& one : *found) {
        const Customer& customer = one.customer;
        dto.customers.push_back({customer.code, customer.name, customer.contract, customer.address, one.channel, one.place.code, one.place.name, one.statistical,
                                 format_date(customer.installed_on), customer.version});
    }
    return reply(dto);
}

}  // namespace qudao::api
