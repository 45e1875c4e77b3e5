#include "shared/service/partition_service.hpp"

#include <algorithm>

#include "shared/base/text.hpp"
#include "shared/service/audit.hpp"

namespace qudao::service {
namespace {

constexpr std::size_t kMostCodeCharacters = 32;
constexpr std::size_t kProposalsPerPage = 200;

// A unit that somebody may make a cabinet or range serve: an active community or contracted area of the actor's scope.
Status check_served(const Actor& actor, UnitId unit) {
    const UnitIndex place = actor.organisation().find(unit);
    if (place == kNoUnit) return Error::of("cabinet.unit").with("unit", unit.value);
    const UnitRecord& record = actor.organisation().unit(place);
    const bool serves = record.active && (record.kind == UnitKind::community || record.kind == UnitKind::contracted_area);
    if (!serves) return Error::of("cabinet.unit").with("unit", unit.value);
    return actor.rights.scope(Action::manage_cabinets).covers(place) ? done() : Status(Error::of("rights.out_of_scope").with("unit", unit.value));
}

// Of the unit it served until now: whoever takes it away must have a say there as well.
Status check_scope(const Actor& actor, UnitId unit) {
    if (!unit) return done();
    const UnitIndex place = actor.organisation().find(unit);
    return actor.rights.scope(Action::manage_cabinets).covers(place) ? done() : Status(Error::of("rights.out_of_scope").with("unit", unit.value));
}

const Scope& view_of(const Actor& actor) { return actor.rights.scope(Action::view_customer); }

bool by_first(const NumberRange& a, const NumberRange& b) { return a.first < b.first; }

// Whether a number that begins with `text` lies in the range.
bool holds(const NumberRange& range, std::string_view text) {
    return text.size() <= range.first.size() && range.first.substr(0, text.size()) <= text && text <= std::string_view(range.last).substr(0, text.size());
}

// The subscribers are by number.
bool holds_any(const NumberRange& range, const std::vector<ports::ServedSubscriber>& subscribers) {
    auto at = std::lower_bound(subscribers.begin(), subscribers.end(), range.first, [](const auto& one, const std::string& number) { return one.access_number < number; });
    for (; at != subscribers.end() && at->access_number <= range.last; ++at)
        if (at->access_number.size() == range.first.size()) return true;
    return false;
}

template <class Wanted>
Result<ServedPage> page_of(ports::UnitOfWork& work, std::vector<ports::ServedSubscriber> found, Wanted wanted) {
    ServedPage page;
    if (found.size() == kServedPerPage) page.next = found.back().access_number;
    page.subscribers = std::move(found);
    QUDAO_TRY(policy, work.partition().policy());
    page.policy = policy;
    QUDAO_TRY(ranges, work.partition().ranges());
    for (NumberRange& range : ranges)
        if (wanted(range, page.subscribers)) page.ranges.push_back(std::move(range));
    return page;
}

std::string served_text(const Actor& actor, UnitId unit) {
    const UnitIndex index = actor.organisation().find(unit);
    return index == kNoUnit ? std::string() : actor.organisation().unit(index).code + " " + actor.organisation().unit(index).name;
}
dto::Json json_of(const Actor& actor, const Cabinet& cabinet) { return {{"name", cabinet.name}, {"unit", served_text(actor, cabinet.unit)}}; }
dto::Json json_of(const Actor& actor, const NumberRange& range) {
    return {{"first", range.first}, {"last", range.last}, {"unit", served_text(actor, range.unit)}};
}
std::string subject_of(const NumberRange& range) { return range.first + "-" + range.last; }

Status write_down(ports::UnitOfWork& work, const Actor& actor, AuditedChange change) {
    keep_differences(change.before, change.after);
    const auto entry = record(work, actor, change);
    return entry ? done() : Status(entry.error());
}

std::string cabinet_of(const PartitionQuestion& question, const std::optional<ports::ServedSubscriber>& subscriber, std::string line) {
    if (!question.cabinet.empty()) return question.cabinet;
    return subscriber && !subscriber->cabinet.empty() ? subscriber->cabinet : std::move(line);
}

}  // namespace

Result<Cabinet> save_cabinet(const Actor& actor, ports::UnitOfWork& work, Cabinet cabinet) {
    cabinet.code = normalize_code(cabinet.code);
    cabinet.name = normalize_text(cabinet.name);
    if (cabinet.code.empty() || cabinet.code.size() > kMostCodeCharacters || cabinet.code.find('|') != std::string::npos) return Error::of("cabinet.code").with("code", cabinet.code);
    QUDAO_TRY(stored, work.partition().cabinet(cabinet.code));
    if (cabinet.version != 0) {
        if (!stored) return Error::of("cabinet.unknown").with("code", cabinet.code);
        cabinet.id = stored->id;
        QUDAO_CHECK(check_scope(actor, stored->unit));
    }
    if (cabinet.unit) QUDAO_CHECK(check_served(actor, cabinet.unit));
    QUDAO_CHECK(work.partition().save(cabinet));
    QUDAO_TRY(saved, work.partition().cabinet(cabinet.code));
    const dto::Json before = cabinet.version == 0 ? dto::Json::object() : json_of(actor, *stored);
    QUDAO_CHECK(write_down(work, actor, {cabinet.version == 0 ? "cabinet.add" : "cabinet.change", saved->id.value, saved->code, before, json_of(actor, *saved)}));
    return std::move(*saved);
}

Result<NumberRange> save_range(const Actor& actor, ports::UnitOfWork& work, NumberRange range) {
    range.first = normalize_code(range.first);
    range.last = normalize_code(range.last);
    QUDAO_CHECK(check_range(range.first, range.last));
    QUDAO_CHECK(check_served(actor, range.unit));
    QUDAO_TRY(ranges, work.partition().ranges());
    const NumberRange* before = nullptr;
    for (const NumberRange& other : ranges) {
        if (other.id == range.id) {
            QUDAO_CHECK(check_scope(actor, other.unit));
            before = &other;
        } else if (overlap(range, other)) {
            return Error::of("partition.range_overlap").with("first", range.first).with("last", range.last).with("other_first", other.first).with("other_last", other.last);
        }
    }
    QUDAO_CHECK(work.partition().save(range));
    QUDAO_TRY(after, work.partition().ranges());
    const auto saved = std::find_if(after.begin(), after.end(), [&](const NumberRange& one) { return one.first == range.first && one.last == range.last; });
    if (saved == after.end()) return Error::of("range.stale");
    const dto::Json was = before == nullptr ? dto::Json::object() : json_of(actor, *before);
    QUDAO_CHECK(write_down(work, actor, {before == nullptr ? "range.add" : "range.change", saved->id.value, subject_of(*saved), was, json_of(actor, *saved)}));
    return *saved;
}

Status remove_range(const Actor& actor, ports::UnitOfWork& work, RangeId id, std::int32_t version) {
    QUDAO_TRY(ranges, work.partition().ranges());
    const auto stored = std::find_if(ranges.begin(), ranges.end(), [&](const NumberRange& one) { return one.id == id; });
    if (stored == ranges.end()) return Error::of("range.stale");
    QUDAO_CHECK(check_scope(actor, stored->unit));
    QUDAO_CHECK(work.partition().remove(id, version));
    return write_down(work, actor, {"range.remove", id.value, subject_of(*stored), json_of(actor, *stored), dto::Json::object()});
}

Result<RangePage> find_ranges(ports::UnitOfWork& work, std::string_view text, std::string_view after) {
    QUDAO_TRY(ranges, work.partition().ranges());
    const std::string wanted = normalize_code(text);
    RangePage page;
    for (NumberRange& range : ranges)
        if (range.first > after && holds(range, wanted)) page.ranges.push_back(std::move(range));
    std::sort(page.ranges.begin(), page.ranges.end(), by_first);
    if (page.ranges.size() <= kRangesPerPage) return page;
    page.ranges.resize(kRangesPerPage);
    page.next = page.ranges.back().first;
    return page;
}

Result<ServedPage> on_cabinet(const Actor& actor, ports::UnitOfWork& work, std::string_view code, std::string_view after) {
    QUDAO_TRY(found, work.partition().on_cabinet(code, view_of(actor), after, kServedPerPage));
    return page_of(work, std::move(found), holds_any);
}

Result<ServedPage> in_range(const Actor& actor, ports::UnitOfWork& work, std::string_view first, std::string_view last, std::string_view after) {
    QUDAO_CHECK(check_range(first, last));
    QUDAO_TRY(found, work.partition().in_range(first, last, view_of(actor), after, kServedPerPage));
    const NumberRange asked{RangeId{}, std::string(first), std::string(last), UnitId{}, 0};
    return page_of(work, std::move(found), [&](const NumberRange& range, const auto&) { return overlap(range, asked); });
}

Result<PartitionFacts> partition_facts(const Actor& actor, ports::UnitOfWork& work, const PartitionQuestion& question) {
    PartitionFacts facts;
    QUDAO_TRY(policy, work.partition().policy());
    facts.policy = policy;
    QUDAO_TRY(subscriber, work.partition().subscriber(question.access_number, view_of(actor)));
    facts.subscriber = std::move(subscriber);
    QUDAO_TRY(line, work.feeds().cabinet_of(question.access_number));
    facts.cabinet_code = cabinet_of(question, facts.subscriber, std::move(line));
    QUDAO_TRY(cabinet, work.partition().cabinet(facts.cabinet_code));
    // The line of a number whose customer is out of view is told to those who look after its cabinet alone.
    const bool own = cabinet && (!cabinet->unit || actor.rights.scope(Action::manage_cabinets).covers(actor.organisation().find(cabinet->unit)));
    if (question.cabinet.empty() && !facts.subscriber && !own) facts.cabinet_code.clear();
    else facts.cabinet = std::move(cabinet);
    QUDAO_TRY(ranges, work.partition().ranges());
    for (const NumberRange& range : ranges) {
        const std::string& number = question.access_number;
        if (number.size() == range.first.size() && range.first <= number && number <= range.last) facts.range = range;
    }
    QUDAO_TRY(customer, work.partition().customer_of_contract(question.contract, view_of(actor)));
    if (!customer || question.contract.empty()) return facts;
    facts.contract_known = true;
    QUDAO_TRY(subscribers, work.feeds().subscribers_of(*customer, 1));
    if (subscribers.empty()) return facts;
    QUDAO_TRY(served, work.partition().subscriber(subscribers.front().access_number, view_of(actor)));
    if (served) facts.customer_code = served->customer_code;
    return facts;
}

Result<ProposalPage> open_proposals(const Actor& actor, ports::UnitOfWork& work, ProposalId after) {
    QUDAO_TRY(found, work.feeds().open_proposals(view_of(actor), after, kProposalsPerPage));
    ProposalPage page;
    if (found.size() == kProposalsPerPage) page.next = found.back().proposal.id;
    page.proposals = std::move(found);
    return page;
}

Status close_proposal(const Actor& actor, ports::UnitOfWork& work, ProposalId id) {
    QUDAO_TRY(found, work.feeds().open_proposals(actor.rights.scope(Action::manage_cabinets), ProposalId{id.value - 1}, 1));
    if (found.empty() || found.front().proposal.id != id) return Error::of("feed.unknown_proposal").with("proposal", id.value);
    QUDAO_CHECK(work.feeds().close_proposal(id, actor.day, actor.person.id));
    const ports::CabinetProposal& closed = found.front().proposal;
    const dto::Json proposed{{"unit", served_text(actor, closed.from)}, {"proposed", served_text(actor, closed.to)}};
    return write_down(work, actor, {"cabinet.close_proposal", id.value, closed.access_number + " " + closed.new_cabinet, proposed, dto::Json::object()});
}

Result<CustomerPage> customer_page(const Actor& actor, ports::UnitOfWork& work, std::string_view code) {
    QUDAO_TRY(customer, work.customers().find(code, actor.rights.scope(Action::view_customer)));
    if (!customer) return Error::of("customer.unknown").with("code", code);
    CustomerPage page;
    page.customer = std::move(*customer);
    const CustomerId id = page.customer.id;
    QUDAO_TRY(subscribers, work.feeds().subscribers_of(id, kMostSubscribersShown + 1));
    page.more_subscribers = subscribers.size() > kMostSubscribersShown;
    if (page.more_subscribers) subscribers.resize(kMostSubscribersShown);
    page.subscribers = std::move(subscribers);
    QUDAO_TRY(orders, work.feeds().orders_of(id, kMostSubscribersShown));
    page.orders = std::move(orders);
    QUDAO_TRY(arrears, work.feeds().arrears_of(id, kMostSubscribersShown));
    page.arrears = std::move(arrears);
    QUDAO_TRY(traces, work.feeds().traces_of(id, kMostSubscribersShown));
    page.traces = std::move(traces);
    return page;
}

}  // namespace qudao::service
