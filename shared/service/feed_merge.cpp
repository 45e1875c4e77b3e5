#include "shared/service/feed_merge.hpp"

#include <charconv>
#include <span>

namespace qudao::service {
namespace {

using ports::PartitionTrace;
using ports::Subscriber;
using ports::SubscriberMerge;

enum SubscriberColumn : std::size_t { kNumber, kName, kAddress, kStatus, kContract, kBillingArea, kInstalledOn, kCabinet };

// What a step of subscribers writes.
struct Changes {
    std::vector<Customer> customers;
    std::vector<Subscriber> subscribers;
    std::vector<PartitionTrace> traces;
};

Subscriber subscriber_at(const SubscriberMerge& merge, std::size_t row, Date day) {
    Subscriber one;
    one.id = {merge.subscriber[row]};
    one.customer = {merge.customer[row]};
    one.access_number = merge.rows.text(kNumber, row);
    one.name = merge.rows.text(kName, row);
    one.address = merge.rows.text(kAddress, row);
    one.status = merge.rows.text(kStatus, row);
    one.contract = merge.rows.text(kContract, row);
    one.billing_area = merge.rows.text(kBillingArea, row);
    one.cabinet = merge.rows.text(kCabinet, row);
    const std::int64_t installed = merge.rows.number(kInstalledOn, row);
    if (installed != feed::kNoNumber) one.installed_on = {static_cast<std::int32_t>(installed)};
    one.as_of = day;
    return one;
}

UnitId id_of(const Organisation& org, UnitIndex unit) { return unit == kNoUnit ? UnitId{} : org.unit(unit).id; }

// A changed cabinet moves nobody: it proposes (row A2).
struct ChangedCabinet {
    std::string_view access_number;
    CustomerId customer;
    UnitId place;  // of the customer
    std::string_view before;  // empty: none was known
    std::string_view now;
};
std::optional<ports::CabinetProposal> proposal_of(const ChangedCabinet& change, const Placing& placing, const ports::FeedRun& run) {
    const PlaceMap::Served served = placing.map->cabinet(placing.map->find_cabinet(change.now));
    const UnitIndex place = placing.organisation.find(change.place);
    if (!change.customer || place == kNoUnit || served.finding != Finding::found || served.place == place) return std::nullopt;
    // A first cabinet says nothing against a place that somebody chose, but much to a customer that waits in a pool.
    if (change.before.empty() && placing.organisation.unit(place).kind != UnitKind::pool) return std::nullopt;
    ports::CabinetProposal proposal;
    proposal.access_number = change.access_number;
    proposal.customer = change.customer;
    proposal.run = run.id;
    proposal.raised_on = run.head.day;
    proposal.old_cabinet = change.before;
    proposal.new_cabinet = change.now;
    proposal.from = change.place;
    proposal.to = placing.organisation.unit(served.place).id;
    return proposal;
}

// Of a subscriber that was known: its own cabinet, or else its line's, is another than before.
std::optional<ports::CabinetProposal> proposal_at(const SubscriberMerge& merge, std::size_t row, const Placing& placing, const ports::FeedRun& run) {
    if (merge.place[row] == 0) return std::nullopt;
    const auto effective = [&](std::string_view own) { return own.empty() ? merge.line_cabinet[row] : own; };
    const std::string_view before = effective(merge.cabinet_before[row]);
    const std::string_view now = effective(merge.rows.text(kCabinet, row));
    if (now == before || now.empty()) return std::nullopt;
    return proposal_of({merge.rows.text(kNumber, row), CustomerId{merge.customer[row]}, UnitId{merge.place[row]}, before, now}, placing, run);
}

// The partition of a step's new subscribers, made into what is written.
class NewOnes {
public:
    NewOnes(const SubscriberMerge& merge, const Placing& placing, const ports::FeedRun& run) : merge_(merge), placing_(placing), run_(run) {}

    void take(std::size_t row) {
        const std::string_view own = merge_.rows.text(kCabinet, row);
        rows_.push_back(merge_.rows.text(kNumber, row), merge_.rows.text(kContract, row), own.empty() ? merge_.line_cabinet[row] : own,
                        merge_.rows.text(kBillingArea, row), merge_.contract_customer[row]);
        at_.push_back(row);
    }
    // Ids from `customer` and `subscriber` on; codes are checked against those that there are.
    Status write(ports::UnitOfWork& work, std::int64_t customer, std::int64_t subscriber, Changes& changes, ports::FeedCounts& counts) {
        partition_ = partition(rows_, *placing_.map);
        customer_.assign(rows_.size(), 0);
        const std::size_t first = changes.customers.size();
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            if (partition_.maker[i] != i) continue;
            customer_[i] = ++customer;
            changes.customers.push_back(make_customer(i));
        }
        QUDAO_CHECK(give_codes(work, std::span(changes.customers).subspan(first)));
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            if (rows_.known_customer[i] != 0) customer_[i] = rows_.known_customer[i];
            else customer_[i] = customer_[partition_.maker[i]];
            Subscriber one = subscriber_at(merge_, at_[i], run_.head.day);
            if (!one.id) one.id = {++subscriber};
            one.customer = {customer_[i]};
            changes.traces.push_back(trace(i, one));
            changes.subscribers.push_back(std::move(one));
        }
        count(counts);
        return done();
    }

private:
    Customer make_customer(std::size_t i) const {
        const Organisation& org = placing_.organisation;
        const Subscriber one = subscriber_at(merge_, at_[i], run_.head.day);
        Customer customer;
        customer.id = {customer_[i]};
        customer.name = one.name;
        customer.contract = one.contract;
        customer.address = one.address;
        customer.place = org.unit(partition_.decision[i].place).id;
        customer.statistical = org.unit(partition_.decision[i].place).channel;
        customer.installed_on = one.installed_on ? one.installed_on : run_.head.day;
        customer.new_in = new_in({one.installed_on, run_.head.day, placing_.first_file}, placing_.today, placing_.window);
        customer.code = area_code(one);
        return customer;
    }
    // Fixed lines carry it; of other numbers it is the billing area's.
    std::string area_code(const Subscriber& one) const {
        if (one.access_number.size() == 11 && one.access_number.front() == '0') return one.access_number.substr(0, 4);
        const auto known = placing_.area_codes.find(one.billing_area);
        return known == placing_.area_codes.end() ? "0000" : known->second;
    }
    Status give_codes(ports::UnitOfWork& work, std::span<Customer> customers) const {
        std::vector<std::size_t> open(customers.size());
        std::vector<std::string> area(customers.size());
        for (std::size_t i = 0; i < customers.size(); ++i) {
            open[i] = i;
            area[i] = customers[i].code;
        }
        for (std::int64_t attempt = 0; !open.empty(); ++attempt) {
            StringColumn codes;
            for (const std::size_t i : open) {
                customers[i].code = new_customer_code(area[i], customers[i].id.value, attempt);
                codes.push_back(customers[i].code);
            }
            ports::NoProgress quiet;
            QUDAO_TRY(taken, work.customers().states(codes, placing_.organisation, *placing_.everywhere, ports::Locking::none, quiet));
            if (taken.size() == 0) break;
            const CodeIndex index(taken.code);
            std::erase_if(open, [&](std::size_t i) { return index.find(customers[i].code) == CodeIndex::kNone; });
        }
        return done();
    }
    PartitionTrace trace(std::size_t i, const Subscriber& one) const {
        const Organisation& org = placing_.organisation;
        const Evidence& evidence = partition_.evidence[i];
        const Decision& decision = partition_.decision[i];
        PartitionTrace out;
        out.subscriber = one.id;
        out.customer = one.customer;
        out.run = run_.id;
        out.decided_on = run_.head.day;
        out.access_number = one.access_number;
        out.contract = one.contract;
        out.cabinet = rows_.cabinet[i];
        out.billing_area = one.billing_area;
        out.precedence = evidence.precedence;
        out.rule = decision.rule;
        out.cabinet_finding = evidence.cabinet;
        out.range_finding = evidence.range;
        out.area_finding = evidence.area;
        out.cabinet_place = id_of(org, evidence.cabinet_place);
        out.range_place = id_of(org, evidence.range_place);
        out.pool = id_of(org, evidence.pool);
        if (partition_.range_row[i] != Partition::kNone) {
            out.range_first = placing_.map->ranges()[partition_.range_row[i]].first;
            out.range_last = placing_.map->ranges()[partition_.range_row[i]].last;
        }
        if (decision.rule == PartitionRule::contract_shared) out.made_by = rows_.access_number[partition_.maker[i]];
        out.place = id_of(org, decision.place);
        out.disagreement = decision.disagreement;
        return out;
    }
    void count(ports::FeedCounts& counts) const {
        counts.customers += partition_.new_customers;
        counts.disagreements += partition_.disagreements;
        counts.pooled += partition_.count(PartitionRule::billing_area_pool) + partition_.count(PartitionRule::fallback_pool);
    }

    const SubscriberMerge& merge_;
    const Placing& placing_;
    const ports::FeedRun& run_;
    NewSubscribers rows_;
    std::vector<std::size_t> at_;         // row of the merge
    std::vector<std::int64_t> customer_;  // of each
    Partition partition_;
};

}  // namespace

std::string new_customer_code(std::string_view area_code, std::int64_t id, std::int64_t try_number) {
    constexpr std::int64_t kSpace = 1'000'000'000;
    const std::string digits = std::to_string((500'000'000 + id + try_number * 1'000'003) % kSpace);
    return std::string(area_code).append(9 - digits.size(), '0').append(digits);
}

Result<std::unique_ptr<Placing>> load_placing(ports::UnitOfWork& work, const ports::Settings& settings, Date today) {
    auto placing = std::make_unique<Placing>();
    placing->basis = settings.basis;
    placing->window = settings.window;
    placing->today = today;
    bool imported = false;
    for (const std::string_view source : feed::format_of(feed::Kind::subscribers).sources) {
        QUDAO_TRY(newest, work.feeds().newest_done(feed::Kind::subscribers, source));
        imported = imported || newest.has_value();
    }
    placing->first_file = !imported;
    QUDAO_TRY(records, work.organisation().load());
    QUDAO_TRY(organisation, Organisation::build(std::move(records.channels), std::move(records.units)));
    placing->organisation = std::move(organisation);
    QUDAO_TRY(cabinets, work.partition().cabinets());
    QUDAO_TRY(ranges, work.partition().ranges());
    QUDAO_TRY(policy, work.partition().policy());
    QUDAO_TRY(map, PlaceMap::build(placing->organisation, std::move(cabinets), std::move(ranges), policy));
    placing->map = std::make_unique<PlaceMap>(std::move(map));
    QUDAO_TRY(codes, work.partition().area_codes());
    placing->area_codes.insert(codes.begin(), codes.end());
    const Organisation& org = placing->organisation;
    placing->everywhere = std::make_unique<Scope>(org, std::vector{ScopeTerm{Tree::area, org.interval(Tree::area, org.root()), kAllChannels}});
    return placing;
}

Result<bool> FeedMerge::step(ports::UnitOfWork& work, const Placing& placing) {
    switch (run_.head.kind) {
        case feed::Kind::subscribers: return subscribers(work, placing);
        case feed::Kind::lines: return lines(work, placing);
        default: return whole(work);
    }
}

Result<bool> FeedMerge::subscribers(ports::UnitOfWork& work, const Placing& placing) {
    QUDAO_TRY(merge, work.feeds().staged_subscribers(run_.id, run_.merged_to, limits_.rows_per_step));
    if (merge.size() == 0) return true;
    Changes changes;
    std::vector<ports::CabinetProposal> proposals;
    NewOnes fresh(merge, placing, run_);
    bool any = false;
    for (std::size_t row = 0; row < merge.size(); ++row) {
        const bool known = merge.subscriber[row] != 0;
        if (known && merge.same[row] != 0) {
            ++run_.counts.unchanged;
            continue;
        }
        ++(known ? run_.counts.changed : run_.counts.fresh);
        // Another contract is another customer's: it is asked anew (C1). The place of neither customer changes.
        if (!known || merge.contract_before[row] != merge.rows.text(kContract, row)) {
            fresh.take(row);
            any = true;
        } else {
            changes.subscribers.push_back(subscriber_at(merge, row, run_.head.day));
            if (auto proposal = proposal_at(merge, row, placing, run_)) proposals.push_back(std::move(*proposal));
        }
    }
    if (any) {
        QUDAO_TRY(customer, work.customers().last_id());
        QUDAO_TRY(subscriber, work.feeds().last_subscriber());
        QUDAO_CHECK(fresh.write(work, customer, subscriber, changes, run_.counts));
        QUDAO_CHECK(work.customers().add(changes.customers));
        QUDAO_CHECK(work.feeds().add_traces(changes.traces));
    }
    QUDAO_CHECK(work.feeds().save_subscribers(changes.subscribers));
    QUDAO_TRY(raised, work.feeds().add_proposals(proposals));
    run_.counts.raised += raised;
    run_.merged_to = merge.rows.text(kNumber, merge.size() - 1);
    return merge.size() < limits_.rows_per_step;
}

Result<bool> FeedMerge::lines(ports::UnitOfWork& work, const Placing& placing) {
    QUDAO_TRY(staged, work.feeds().staged_lines(run_.id, run_.merged_to, limits_.rows_per_step));
    if (staged.empty()) return true;
    std::vector<ports::StagedLine> changed;
    std::vector<ports::CabinetProposal> proposals;
    for (const ports::StagedLine& line : staged) {
        run_.counts.unknown += line.customer ? 0 : 1;
        if (line.cabinet == line.cabinet_before) {
            ++run_.counts.unchanged;
            continue;
        }
        const bool fresh = line.cabinet_before.empty();
        ++(fresh ? run_.counts.fresh : run_.counts.changed);
        changed.push_back(line);
        if (auto proposal = proposal_of({line.access_number, line.customer, line.place, line.cabinet_before, line.cabinet}, placing, run_))
            proposals.push_back(std::move(*proposal));
    }
    QUDAO_CHECK(work.feeds().save_lines(changed, run_.head.day));
    QUDAO_TRY(raised, work.feeds().add_proposals(proposals));
    run_.counts.raised += raised;
    run_.merged_to = staged.back().access_number;
    return staged.size() < limits_.rows_per_step;
}

// The change itself is one step; charges then have the customers' revenue summed, some at a time.
Result<bool> FeedMerge::whole(ports::UnitOfWork& work) {
    if (!run_.merged_to.empty()) return revenue(work);
    QUDAO_TRY(earlier, work.feeds().current(run_.head));
    QUDAO_TRY(counts, work.feeds().compare(run_.head.kind, run_.id, earlier));
    run_.counts.fresh = counts.fresh;
    run_.counts.changed = counts.changed;
    run_.counts.unchanged = counts.unchanged;
    QUDAO_TRY(unknown, work.feeds().unknown_numbers(run_.head.kind, run_.id));
    run_.counts.unknown = unknown;
    QUDAO_CHECK(work.feeds().make_current(run_.head, run_.id));
    if (run_.head.kind == feed::Kind::arrears) {
        feed::Head other = run_.head;
        const bool billing = run_.head.source == "billing";
        other.source = billing ? "accounts" : "billing";
        QUDAO_TRY(opposite, work.feeds().current(other));
        const std::optional<FeedRunId> own(run_.id);
        QUDAO_TRY(conflicts, work.feeds().merge_arrears(billing ? own : opposite, billing ? opposite : own));
        run_.counts.raised = conflicts;
    }
    if (run_.head.kind != feed::Kind::charges) return true;
    QUDAO_TRY(settings, work.settings().load());
    if (run_.head.period < settings.revenue_period) return true;  // an earlier month, corrected: not the one shown
    QUDAO_CHECK(work.settings().save_revenue_period(run_.head.period));
    run_.merged_to = "0";
    return false;
}

Result<bool> FeedMerge::revenue(ports::UnitOfWork& work) {
    std::int64_t after = 0;
    std::from_chars(run_.merged_to.data(), run_.merged_to.data() + run_.merged_to.size(), after);
    QUDAO_TRY(last, work.feeds().sum_revenue(run_.id, CustomerId{after}, limits_.rows_per_step));
    if (last == 0) return true;
    run_.merged_to = std::to_string(last);
    return false;
}

}  // namespace qudao::service
