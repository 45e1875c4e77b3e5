// The stores of feeds and of the partition over one Session. Inside server/sql only; see the ports for what each function
// means.
#pragma once

#include "server/sql/session.hpp"
#include "shared/ports/feed_store.hpp"
#include "shared/ports/partition_store.hpp"

namespace qudao::sql {

class FeedStore final : public ports::FeedStore {
public:
    explicit FeedStore(Session& session) : session_(session) {}
    // feed_run_store.cpp
    Status hold(feed::Kind kind) override;
    Result<FeedRunId> add(const ports::FeedRun& run) override;
    Status save(const ports::FeedRun& run) override;
    Status take_over(ports::FeedRun& run) override;
    Result<std::optional<ports::FeedRun>> find(FeedRunId id) override;
    Result<std::vector<ports::FeedRun>> under_way(feed::Kind kind) override;
    Result<std::vector<ports::FeedRun>> waiting() override;
    Result<std::optional<ports::FeedRun>> done_before(const feed::Head& head, std::string_view checksum) override;
    Result<std::optional<ports::FeedRun>> newest_done(feed::Kind kind, std::string_view source) override;
    Result<std::vector<ports::FeedRun>> list(std::optional<feed::Kind> kind, FeedRunId before, std::size_t limit) override;
    Status reject(FeedRunId run, const std::vector<feed::Rejected>& lines) override;
    Status drop_rejected(FeedRunId run) override;
    Result<std::vector<feed::Rejected>> rejected(FeedRunId run, std::int64_t after_line, std::size_t limit) override;
    Status add_part(FeedRunId run, std::int32_t number, std::string_view bytes) override;
    Result<std::optional<std::string>> part(FeedRunId run, std::int32_t number) override;
    Status drop_parts(FeedRunId run) override;
    // feed_stage_store.cpp
    Result<std::vector<std::int64_t>> stage(FeedRunId run, const feed::Rows& rows) override;
    Result<bool> unstage(FeedRunId run, feed::Kind kind) override;
    Result<ports::SubscriberMerge> staged_subscribers(FeedRunId run, std::string_view after, std::size_t limit) override;
    Result<std::vector<ports::StagedLine>> staged_lines(FeedRunId run, std::string_view after, std::size_t limit) override;
    // feed_merge_store.cpp
    Status save_subscribers(const std::vector<ports::Subscriber>& subscribers) override;
    Result<std::int64_t> last_subscriber() override;
    Status add_traces(const std::vector<ports::PartitionTrace>& traces) override;
    Result<std::vector<ports::Subscriber>> subscribers_of(CustomerId customer, std::size_t limit) override;
    Result<std::vector<ports::TraceCount>> trace_counts(Date since) override;
    Result<std::vector<ports::PartitionTrace>> traces_of(CustomerId customer, std::size_t limit) override;
    Status save_lines(const std::vector<ports::StagedLine>& lines, Date day) override;
    Result<std::int64_t> add_proposals(const std::vector<ports::CabinetProposal>& proposals) override;
    Result<std::vector<ports::OpenProposal>> open_proposals(const Scope& view, ProposalId after, std::size_t limit) override;
    Status close_proposal(ProposalId id, Date day, PersonId by) override;
    Result<std::string> cabinet_of(std::string_view access_number) override;
    // feed_whole_store.cpp
    Result<std::optional<FeedRunId>> current(const feed::Head& head) override;
    Result<ports::FeedCounts> compare(feed::Kind kind, FeedRunId run, std::optional<FeedRunId> earlier) override;
    Result<std::int64_t> unknown_numbers(feed::Kind kind, FeedRunId run) override;
    Status make_current(const feed::Head& head, FeedRunId run) override;
    Result<std::int64_t> merge_arrears(std::optional<FeedRunId> billing, std::optional<FeedRunId> accounts) override;
    Result<std::vector<ports::Arrear>> arrear_conflicts(std::string_view after, std::size_t limit) override;
    Result<std::int64_t> sum_revenue(FeedRunId charges, CustomerId after, std::size_t limit) override;
    Result<std::vector<ports::OrderInProgress>> orders_of(CustomerId customer, std::size_t limit) override;
    Result<std::vector<ports::Arrear>> arrears_of(CustomerId customer, std::size_t limit) override;

private:
    Result<std::vector<ports::FeedRun>> runs(std::string_view tail, const Binds& binds);
    Session& session_;
};

class PartitionStore final : public ports::PartitionStore {
public:
    explicit PartitionStore(Session& session) : session_(session) {}
    Result<PartitionPolicy> policy() override;
    Status save_policy(const PartitionPolicy& policy) override;
    Result<std::vector<Cabinet>> cabinets() override;
    Result<std::vector<NumberRange>> ranges() override;
    Result<std::vector<Cabinet>> find_cabinets(std::string_view text, std::string_view after, std::size_t limit) override;
    Result<std::optional<Cabinet>> cabinet(std::string_view code) override;
    Status save(const Cabinet& cabinet) override;
    Status save(const NumberRange& range) override;
    Status remove(RangeId range, std::int32_t version) override;
    Status add(const std::vector<Cabinet>& cabinets) override;
    Result<std::vector<std::pair<std::string, std::string>>> area_codes() override;
    Status add_area_codes(const std::vector<std::pair<std::string, std::string>>& codes) override;
    Result<std::vector<ports::ServedSubscriber>> on_cabinet(std::string_view code, const Scope& view, std::string_view after, std::size_t limit) override;
    Result<std::vector<ports::ServedSubscriber>> in_range(std::string_view first, std::string_view last, const Scope& view, std::string_view after,
                                                          std::size_t limit) override;
    Result<std::optional<ports::ServedSubscriber>> subscriber(std::string_view access_number, const Scope& view) override;
    Result<std::optional<CustomerId>> customer_of_contract(std::string_view contract, const Scope& view) override;

private:
    Session& session_;
};

// The table whose rows a kind's lines become, with the format's columns.
std::string_view staged_table(feed::Kind kind);

}  // namespace qudao::sql
