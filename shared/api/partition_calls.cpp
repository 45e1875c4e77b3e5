#include "shared/api/partition_calls.hpp"

#include <algorithm>
#include <charconv>

#include "shared/dto/customer_page_dto.hpp"
#include "shared/dto/partition_dto.hpp"
#include "shared/service/partition_service.hpp"

namespace qudao::api {
namespace {

constexpr std::size_t kCabinetsPerPage = 200;

Result<std::int64_t> number_parameter(const Call& call, std::string_view name) {
    const std::string_view text = call.query_parameter(name);
    std::int64_t value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    if (!text.empty() && (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size() || value < 0)) return Error::of("request.invalid").at(name, "type");
    return value;
}

// Runs `write(actor, work)` in a transaction that nobody changes units or rights under, and replies with its result.
template <class Write>
Response write_as_actor(Call& call, Write write) {
    const auto result = [&]() -> decltype(write(std::declval<const service::Actor&>(), std::declval<ports::UnitOfWork&>())) {
        QUDAO_TRY(work, call.services.database.begin(ports::Access::write));
        QUDAO_TRY(actor, service::load_actor_for_share(call.services, *work, call.person()));
        QUDAO_TRY(value, write(actor, *work));
        QUDAO_CHECK(work->commit());
        return std::move(value);
    }();
    return result ? reply(*result, call.use_case.success_status) : problem(result.error());
}

dto::ServedSubscribersDto to_dto(const service::ServedPage& page) {
    dto::ServedSubscribersDto dto;
    for (const ports::ServedSubscriber& one : page.subscribers) dto.subscribers.push_back(dto::to_dto(one));
    dto.next = page.next;
    dto.precedence = code_of(page.policy.precedence);
    dto.fallback_pool = page.policy.fallback_pool.value;
    for (const NumberRange& range : page.ranges) dto.ranges.push_back(dto::to_dto(range));
    return dto;
}

}  // namespace

Response cabinets_list(Call& call) {
    return read_as_actor(call, [&](const service::Actor&, ports::UnitOfWork& work) -> Result<dto::CabinetsDto> {
        QUDAO_TRY(cabinets, work.partition().find_cabinets(call.query_parameter("text"), call.query_parameter("after"), kCabinetsPerPage));
        dto::CabinetsDto dto;
        for (const Cabinet& cabinet : cabinets) dto.cabinets.push_back(dto::to_dto(cabinet));
        if (cabinets.size() == kCabinetsPerPage) dto.next = cabinets.back().code;
        return dto;
    });
}

Response cabinets_save(Call& call) {
    auto body = dto::from_json<dto::CabinetRequest>(call.request.body);
    if (!body) return problem(body.error());
    return write_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::CabinetDto> {
        Cabinet cabinet{CabinetId{}, std::string(call.path_parameter("cabinet")), body->name, UnitId{body->unit}, body->version};
        QUDAO_TRY(saved, service::save_cabinet(actor, work, std::move(cabinet)));
        return dto::to_dto(saved);
    });
}

Response cabinets_subscribers(Call& call) {
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::ServedSubscribersDto> {
        QUDAO_TRY(page, service::on_cabinet(actor, work, call.path_parameter("cabinet"), call.query_parameter("after")));
        return to_dto(page);
    });
}

Response ranges_list(Call& call) {
    return read_as_actor(call, [&](const service::Actor&, ports::UnitOfWork& work) -> Result<dto::NumberRangesDto> {
        QUDAO_TRY(page, service::find_ranges(work, call.query_parameter("text"), call.query_parameter("after")));
        dto::NumberRangesDto dto;
        for (const NumberRange& range : page.ranges) dto.ranges.push_back(dto::to_dto(range));
        dto.next = page.next;
        return dto;
    });
}

Response ranges_save(Call& call) {
    auto body = dto::from_json<dto::NumberRangeDto>(call.request.body);
    if (!body) return problem(body.error());
    return write_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::NumberRangeDto> {
        QUDAO_TRY(saved, service::save_range(actor, work, {RangeId{body->id}, body->first, body->last, UnitId{body->unit}, body->version}));
        return dto::to_dto(saved);
    });
}

Response ranges_remove(Call& call) {
    const auto id = call.path_id("range");
    if (!id) return problem(id.error());
    const auto version = number_parameter(call, "version");
    if (!version) return problem(version.error());
    return write_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::NothingDto> {
        QUDAO_CHECK(service::remove_range(actor, work, RangeId{*id}, static_cast<std::int32_t>(std::min<std::int64_t>(*version, INT32_MAX))));
        return dto::NothingDto{};
    });
}

Response ranges_subscribers(Call& call) {
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::ServedSubscribersDto> {
        QUDAO_TRY(page, service::in_range(actor, work, call.query_parameter("first"), call.query_parameter("last"), call.query_parameter("after")));
        return to_dto(page);
    });
}

Response partition_facts_show(Call& call) {
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::PartitionFactsDto> {
        const service::PartitionQuestion question{std::string(call.query_parameter("access_number")), std::string(call.query_parameter("contract")),
                                                  std::string(call.query_parameter("cabinet"))};
        QUDAO_TRY(facts, service::partition_facts(actor, work, question));
        dto::PartitionFactsDto dto;
        dto.precedence = code_of(facts.policy.precedence);
        dto.fallback_pool = facts.policy.fallback_pool.value;
        dto.cabinet_code = facts.cabinet_code;
        if (facts.cabinet) dto.cabinet = dto::to_dto(*facts.cabinet);
        if (facts.range) dto.range = dto::to_dto(*facts.range);
        dto.contract_known = facts.contract_known;
        dto.customer_code = facts.customer_code;
        if (facts.subscriber) dto.subscriber = dto::to_dto(*facts.subscriber);
        return dto;
    });
}

Response proposals_list(Call& call) {
    const auto after = number_parameter(call, "after");
    if (!after) return problem(after.error());
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::ProposalsDto> {
        QUDAO_TRY(page, service::open_proposals(actor, work, ProposalId{*after}));
        dto::ProposalsDto dto;
        for (const ports::OpenProposal& one : page.proposals) {
            const ports::CabinetProposal& proposal = one.proposal;
            dto.proposals.push_back({proposal.id.value, proposal.access_number, one.customer_code, one.customer_name, format_date(proposal.raised_on),
                                     proposal.old_cabinet, proposal.new_cabinet, proposal.from.value, proposal.to.value});
        }
        if (page.next) dto.next = page.next->value;
        return dto;
    });
}

Response proposals_close(Call& call) {
    const auto id = call.path_id("proposal");
    if (!id) return problem(id.error());
    auto body = dto::from_json<dto::NothingDto>(call.request.body);
    if (!body) return problem(body.error());
    return write_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::NothingDto> {
        QUDAO_CHECK(service::close_proposal(actor, work, ProposalId{*id}));
        return dto::NothingDto{};
    });
}

Response customers_show(Call& call) {
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::CustomerPageDto> {
        QUDAO_TRY(page, service::customer_page(actor, work, call.path_parameter("customer")));
        const Customer& customer = page.customer;
        dto::CustomerPageDto dto;
        dto.id = customer.id.value;
        dto.code = customer.code;
        dto.name = customer.name;
        dto.contract = customer.contract;
        dto.address = customer.address;
        dto.place = customer.place.value;
        dto.statistical = customer.statistical.value;
        dto.installed_on = format_date(customer.installed_on);
        dto.locked_until = format_date(customer.locked_until);
        dto.revenue_fen = customer.revenue_fen;
        dto.revenue_period = actor.settings.revenue_period.yyyymm;
        for (const auto& one : page.subscribers) dto.subscribers.push_back(dto::to_dto(one));
        for (const auto& one : page.orders) dto.orders.push_back(dto::to_dto(one));
        for (const auto& one : page.arrears) dto.arrears.push_back(dto::to_dto(one));
        for (const auto& one : page.traces) dto.traces.push_back(dto::to_dto(one));
        dto.more_subscribers = page.more_subscribers;
        return dto;
    });
}

}  // namespace qudao::api
