#include "shared/memory/feed_store.hpp"

#include <tuple>
#include <map>
#include <algorithm>

namespace qudao::memory {
namespace {

constexpr std::size_t kSubscriberDate = 6;

ports::FeedRun* run_at(FeedTables& tables, FeedRunId id, std::int32_t attempt) {
    if (id.value < 1 || id.value > static_cast<std::int64_t>(tables.runs.size())) return nullptr;
    ports::FeedRun& run = tables.runs[static_cast<std::size_t>(id.value) - 1];
    return run.attempt == attempt ? &run : nullptr;
}

StagedKey key_of(const feed::Format& format, const StagedRow& row) {
    return {row.text[0], format.keys > 1 ? row.text[1] : std::string()};
}

const std::map<StagedKey, StagedRow>& staged_of(const FeedTables& tables, std::int64_t run) {
    static const std::map<StagedKey, StagedRow> none;
    const auto it = tables.staged.find(run);
    return it == tables.staged.end() ? none : it->second;
}

bool same(const ports::Subscriber& stored, const StagedRow& row) {
    const std::int64_t installed = stored.installed_on ? stored.installed_on.days : feed::kNoNumber;
    return stored.name == row.text[1] && stored.address == row.text[2] && stored.status == row.text[3] && stored.contract == row.text[4] &&
           stored.billing_area == row.text[5] && stored.cabinet == row.text[7] && installed == row.number[kSubscriberDate];
}

}  // namespace

FeedTables& tables_to_change(Transaction& transaction) {
    State& state = transaction.state;
    if (!transaction.feeds_copied) {
        transaction.feeds_copied = true;
        auto before = std::make_shared<FeedTables>(*state.feeds);
        transaction.on_rollback([&state, before] { *state.feeds = std::move(*before); });
    }
    return *state.feeds;
}

Result<FeedRunId> FeedStore::add(const ports::FeedRun& run) {
    FeedTables& tables = change_tables();
    tables.runs.push_back(run);
    tables.runs.back().id = {static_cast<std::int64_t>(tables.runs.size())};
    return tables.runs.back().id;
}

Status FeedStore::save(const ports::FeedRun& run) {
    ports::FeedRun* stored = run_at(change_tables(), run.id, run.attempt);
    if (stored == nullptr) return Error::of("feed.taken_over").with("run", run.id.value);
    *stored = run;
    return done();
}

Status FeedStore::take_over(ports::FeedRun& run) {
    ports::FeedRun* stored = run_at(change_tables(), run.id, run.attempt);
    if (stored == nullptr) return Error::of("feed.taken_over").with("run", run.id.value);
    stored->seen_at = run.seen_at;
    run.attempt = ++stored->attempt;
    return done();
}

Result<std::optional<ports::FeedRun>> FeedStore::find(FeedRunId id) {
    if (id.value < 1 || id.value > static_cast<std::int64_t>(tables().runs.size())) return std::optional<ports::FeedRun>();
    return std::optional(tables().runs[static_cast<std::size_t>(id.value) - 1]);
}

Result<std::vector<ports::FeedRun>> FeedStore::under_way(feed::Kind kind) {
    std::vector<ports::FeedRun> found;
    for (const ports::FeedRun& run : tables().runs)
        if (run.head.kind == kind && is_under_way(run.state)) found.push_back(run);
    return found;
}

Result<std::vector<ports::FeedRun>> FeedStore::waiting() {
    std::vector<ports::FeedRun> found;
    for (const ports::FeedRun& run : tables().runs)
        if (run.state == ports::FeedState::received) found.push_back(run);
    return found;
}

Result<std::optional<ports::FeedRun>> FeedStore::done_before(const feed::Head& head, std::string_view checksum) {
    std::optional<ports::FeedRun> found;
    for (const ports::FeedRun& run : tables().runs) {
        const bool alike = run.head.kind == head.kind && run.head.source == head.source && run.head.day == head.day && run.head.period == head.period;
        if (alike && run.checksum == checksum && run.state == ports::FeedState::done) found = run;
    }
    return found;
}

Result<std::optional<ports::FeedRun>> FeedStore::newest_done(feed::Kind kind, std::string_view source) {
    std::optional<ports::FeedRun> found;
    const auto rank = [](const ports::FeedRun& run) { return std::pair(run.head.day.days, run.head.period.yyyymm); };
    for (const ports::FeedRun& run : tables().runs)
        if (run.head.kind == kind && run.head.source == source && run.state == ports::FeedState::done && (!found || rank(*found) <= rank(run))) found = run;
    return found;
}

Result<std::vector<ports::FeedRun>> FeedStore::list(std::optional<feed::Kind> kind, FeedRunId before, std::size_t limit) {
    std::vector<ports::FeedRun> found;
    for (auto run = tables().runs.rbegin(); run != tables().runs.rend() && found.size() < limit; ++run)
        if ((!kind || run->head.kind == *kind) && (!before || run->id < before)) found.push_back(*run);
    return found;
}

Status FeedStore::reject(FeedRunId run, const std::vector<feed::Rejected>& lines) {
    FeedTables& tables = change_tables();
    for (const feed::Rejected& line : lines) tables.rejected.insert_or_assign({run.value, line.line}, line);
    return done();
}

Status FeedStore::drop_rejected(FeedRunId run) {
    std::erase_if(change_tables().rejected, [&](const auto& line) { return line.first.first == run.value; });
    return done();
}

Result<std::vector<feed::Rejected>> FeedStore::rejected(FeedRunId run, std::int64_t after_line, std::size_t limit) {
    std::vector<feed::Rejected> found;
    for (auto it = tables().rejected.upper_bound({run.value, after_line}); it != tables().rejected.end() && it->first.first == run.value && found.size() < limit; ++it)
        found.push_back(it->second);
    return found;
}

Status FeedStore::add_part(FeedRunId run, std::int32_t number, std::string_view bytes) {
    change_tables().parts.insert_or_assign({run.value, number}, std::string(bytes));
    return done();
}

Result<std::optional<std::string>> FeedStore::part(FeedRunId run, std::int32_t number) {
    const auto it = tables().parts.find({run.value, number});
    return it == tables().parts.end() ? std::optional<std::string>() : std::optional(it->second);
}

Status FeedStore::drop_parts(FeedRunId run) {
    std::erase_if(change_tables().parts, [&](const auto& part) { return part.first.first == run.value; });
    return done();
}

Result<std::vector<std::int64_t>> FeedStore::stage(FeedRunId run, const feed::Rows& rows) {
    const feed::Format& format = feed::format_of(rows.kind);
    auto& staged = change_tables().staged[run.value];
    std::vector<std::int64_t> repeated;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        StagedRow row;
        row.line = rows.line[i];
        for (std::size_t column = 0; column < format.columns.size(); ++column) {
            const bool text = is_text(format.columns[column].type);
            row.text.emplace_back(text ? rows.text(column, i) : std::string_view());
            row.number.push_back(text ? 0 : rows.number(column, i));
        }
        const StagedKey key = key_of(format, row);
        if (!staged.emplace(key, std::move(row)).second) repeated.push_back(rows.line[i]);
    }
    return repeated;
}

Result<bool> FeedStore::unstage(FeedRunId run, feed::Kind) {
    change_tables().staged.erase(run.value);
    return false;
}

Result<ports::SubscriberMerge> FeedStore::staged_subscribers(FeedRunId run, std::string_view after, std::size_t limit) {
    const State& state = transaction_.state;
    const auto& staged = staged_of(tables(), run.value);
    ports::SubscriberMerge merge;
    for (auto it = staged.upper_bound({std::string(after), std::string(1, '\xff')}); it != staged.end() && merge.size() < limit; ++it) {
        const StagedRow& row = it->second;
        for (const std::size_t column : {0u, 1u, 2u, 3u, 4u, 5u, 7u}) merge.rows.columns[column].text.push_back(row.text[column]);
        merge.rows.columns[kSubscriberDate].number.push_back(row.number[kSubscriberDate]);
        merge.rows.line.push_back(row.line);
        const auto stored = tables().subscribers.find(row.text[0]);
        const bool known = stored != tables().subscribers.end();
        merge.subscriber.push_back(known ? stored->second.id.value : 0);
        merge.customer.push_back(known ? stored->second.customer.value : 0);
        merge.contract_before.push_back(known ? std::string_view(stored->second.contract) : "");
        merge.cabinet_before.push_back(known ? std::string_view(stored->second.cabinet) : "");
        const std::uint32_t moved = known && stored->second.cabinet != row.text[7] ? state.customers.find(stored->second.customer) : kNone;
        merge.place.push_back(moved == kNone ? 0 : state.customers.place[moved]);
        merge.same.push_back(known && same(stored->second, row) ? 1 : 0);
        const auto contract = state.contracts.find(row.text[4]);
        merge.contract_customer.push_back(contract == state.contracts.end() ? 0 : contract->second);
        const auto line = tables().lines.find(row.text[0]);
        merge.line_cabinet.push_back(line == tables().lines.end() ? "" : std::string_view(line->second.first));
    }
    return merge;
}

Status FeedStore::save_subscribers(const std::vector<ports::Subscriber>& subscribers) {
    FeedTables& tables = change_tables();
    for (const ports::Subscriber& one : subscribers) tables.subscribers.insert_or_assign(one.access_number, one);
    return done();
}

Result<std::int64_t> FeedStore::last_subscriber() {
    std::int64_t last = 0;
    for (const auto& [number, one] : tables().subscribers) last = std::max(last, one.id.value);
    return last;
}

Status FeedStore::add_traces(const std::vector<ports::PartitionTrace>& traces) {
    FeedTables& tables = change_tables();
    tables.traces.insert(tables.traces.end(), traces.begin(), traces.end());
    return done();
}

Result<std::vector<ports::Subscriber>> FeedStore::subscribers_of(CustomerId customer, std::size_t limit) {
    std::vector<ports::Subscriber> found;
    for (const auto& [number, one] : tables().subscribers)
        if (one.customer == customer && found.size() < limit) found.push_back(one);
    return found;
}

Result<std::vector<ports::TraceCount>> FeedStore::trace_counts(Date since) {
    std::map<std::tuple<Finding, Finding, Finding, std::int64_t, std::int64_t, std::int64_t>, std::int64_t> counts;
    for (const ports::PartitionTrace& trace : tables().traces) {
        const bool joined = trace.rule == PartitionRule::contract_known || trace.rule == PartitionRule::contract_shared;
        if (joined || trace.decided_on < since) continue;
        ++counts[{trace.cabinet_finding, trace.range_finding, trace.area_finding, trace.cabinet_place.value, trace.range_place.value, trace.pool.value}];
    }
    std::vector<ports::TraceCount> found;
    for (const auto& [key, decisions] : counts) {
        const auto& [cabinet, range, area, cabinet_place, range_place, pool] = key;
        found.push_back({cabinet, range, area, UnitId{cabinet_place}, UnitId{range_place}, UnitId{pool}, decisions});
    }
    return found;
}

Result<std::vector<ports::PartitionTrace>> FeedStore::traces_of(CustomerId customer, std::size_t limit) {
    std::vector<ports::PartitionTrace> found;
    for (const ports::PartitionTrace& trace : tables().traces)
        if (trace.customer == customer && found.size() < limit) found.push_back(trace);
    return found;
}

Result<std::vector<ports::StagedLine>> FeedStore::staged_lines(FeedRunId run, std::string_view after, std::size_t limit) {
    const CustomerTable& customers = transaction_.state.customers;
    const auto& staged = staged_of(tables(), run.value);
    std::vector<ports::StagedLine> found;
    for (auto it = staged.upper_bound({std::string(after), std::string(1, '\xff')}); it != staged.end() && found.size() < limit; ++it) {
        ports::StagedLine line{it->second.text[0], it->second.text[1], {}, kNoDate, {}, {}};
        if (const auto known = tables().lines.find(line.access_number); known != tables().lines.end()) {
            line.cabinet_before = known->second.first;
            line.since_before = known->second.second;
        }
        if (const auto subscriber = tables().subscribers.find(line.access_number); subscriber != tables().subscribers.end()) {
            line.customer = subscriber->second.customer;
            const std::uint32_t row = customers.find(line.customer);
            if (row != kNone) line.place = {customers.place[row]};
        }
        found.push_back(std::move(line));
    }
    return found;
}

Status FeedStore::save_lines(const std::vector<ports::StagedLine>& lines, Date day) {
    FeedTables& tables = change_tables();
    for (const ports::StagedLine& line : lines) {
        tables.lines.insert_or_assign(line.access_number, std::pair(line.cabinet, day));
        tables.line_history.insert_or_assign({line.access_number, day.days}, line.cabinet);
    }
    return done();
}

Result<std::int64_t> FeedStore::add_proposals(const std::vector<ports::CabinetProposal>& proposals) {
    FeedTables& tables = change_tables();
    std::int64_t added = 0;
    for (const ports::CabinetProposal& one : proposals) {
        const bool said = std::any_of(tables.proposals.begin(), tables.proposals.end(), [&](const ports::CabinetProposal& open) {
            return !open.closed_on && open.customer == one.customer && open.access_number == one.access_number && open.to == one.to;
        });
        if (said) continue;
        tables.proposals.push_back(one);
        tables.proposals.back().id = {static_cast<std::int64_t>(tables.proposals.size())};
        ++added;
    }
    return added;
}

Result<std::vector<ports::OpenProposal>> FeedStore::open_proposals(const Scope& view, ProposalId after, std::size_t limit) {
    const CustomerTable& customers = transaction_.state.customers;
    std::vector<ports::OpenProposal> found;
    for (const ports::CabinetProposal& one : tables().proposals) {
        const std::uint32_t row = customers.find(one.customer);
        if (one.closed_on || row == kNone || UnitId{customers.place[row]} == one.to || !(after < one.id) || found.size() >= limit) continue;
        if (!transaction_.state.covers(view, customers.place[row])) continue;
        found.push_back({one, std::string(customers.code[row]), std::string(customers.name[row])});
        found.back().proposal.from = {customers.place[row]};
    }
    return found;
}

Status FeedStore::close_proposal(ProposalId id, Date day, PersonId by) {
    FeedTables& tables = change_tables();
    if (id.value < 1 || id.value > static_cast<std::int64_t>(tables.proposals.size()) || tables.proposals[static_cast<std::size_t>(id.value) - 1].closed_on)
        return Error::of("feed.unknown_proposal").with("proposal", id.value);
    ports::CabinetProposal& one = tables.proposals[static_cast<std::size_t>(id.value) - 1];
    one.closed_on = day;
    one.closed_by = by;
    return done();
}

Result<std::string> FeedStore::cabinet_of(std::string_view access_number) {
    const auto it = tables().lines.find(access_number);
    return it == tables().lines.end() ? std::string() : it->second.first;
}

}  // namespace qudao::memory
