// The stores over one Session. Inside server/sql only; see the ports for what each function means.
#pragma once

#include "server/sql/session.hpp"
#include "shared/ports/database.hpp"

namespace qudao::sql {

class SettingsStore final : public ports::SettingsStore {
public:
    explicit SettingsStore(Session& session) : session_(session) {}
    Result<ports::Settings> load() override;
    Result<ports::Settings> load_for_share() override;
    Result<ports::Settings> load_for_change() override;
    Status save_window(const WindowPolicy& policy) override;
    Status save_demo_date(Date day) override;
    Status save_revenue_period(Period period) override;
    Status mark_demonstration(Date day) override;
    Status bump_rights() override;
    Status bump_units() override;

private:
    Result<ports::Settings> read(std::string_view tail);
    Status update(std::string_view assignments, const Binds& binds);
    Session& session_;
};

class OrganisationStore final : public ports::OrganisationStore {
public:
    explicit OrganisationStore(Session& session) : session_(session) {}
    Result<ports::OrganisationRecords> load() override;
    Status add(const ports::OrganisationRecords& records) override;
    Status set_active(UnitId unit, bool active) override;
    Status change(const UnitRecord& unit) override;
    Status remove(UnitId unit) override;
    Result<std::vector<ports::UnitUse>> uses(UnitId unit) override;

private:
    Session& session_;
};

class PeopleStore final : public ports::PeopleStore {
public:
    explicit PeopleStore(Session& session) : session_(session) {}
    Result<std::vector<Role>> roles() override;
    Result<std::vector<Grant>> grants() override;
    Result<std::vector<Person>> persons(const std::vector<PersonId>& ids) override;
    Result<std::optional<ports::Credentials>> credentials(std::string_view login) override;
    Result<std::vector<Person>> all() override;
    Result<std::vector<Grant>> all_grants() override;
    Result<std::vector<Grant>> grants_of(PersonId person) override;
    Result<std::vector<MenuPlace>> menu() override;
    Status add_roles(const std::vector<Role>& roles) override;
    Status change_role(const Role& role) override;
    Result<PersonId> add_person(const Person& person, std::string_view password_hash) override;
    Status set_password(PersonId person, std::string_view password_hash) override;
    Status set_active(PersonId person, bool active) override;
    Status add_grants(const std::vector<Grant>& grants) override;
    Status replace_grants(PersonId person, const std::vector<Grant>& grants) override;
    Status change_person(const Person& person) override;
    Status save_menu(const std::vector<MenuPlace>& menu) override;
    Result<std::vector<SavedView>> saved_views(PersonId person) override;
    Status save_view(PersonId person, const SavedView& view) override;
    Status forget_view(PersonId person, std::int64_t view) override;

private:
    Result<std::vector<Grant>> read_grants(std::string_view statement);
    Status update(PersonId person, std::string_view assignment, Value value);
    Session& session_;
};

class SessionStore final : public ports::SessionStore {
public:
    explicit SessionStore(Session& session) : session_(session) {}
    Status add(const ports::Session& session) override;
    Result<std::optional<ports::Session>> find(std::string_view token_hash) override;
    Status touch(std::string_view token_hash, Instant seen_at) override;
    Status remove(std::string_view token_hash) override;
    Status remove_seen_before(Instant seen_before) override;
    Status remove_of(PersonId person, std::string_view except_token_hash) override;
    Result<std::int64_t> count_of(PersonId person) override;
    Status set_seen_as(std::string_view token_hash, PersonId person) override;
    Status clear_must_change(std::string_view token_hash) override;
    Result<Failures> failures(std::string_view key) override;
    Result<Failures> record_failure(std::string_view key, Instant at, Instant forgotten) override;
    Status take_back_failure(std::string_view key) override;
    Status keep_until(std::string_view key, Instant until) override;
    Status remove_failures_before(Instant before) override;
    Status clear_failures(std::string_view key) override;

private:
    Session& session_;
};

class CustomerStore final : public ports::CustomerStore {
public:
    explicit CustomerStore(Session& session) : session_(session) {}
    Result<CustomerColumns> states(const StringColumn& codes, const Organisation& org, const Scope& scope, ports::Locking locking,
                                   ports::Progress& progress) override;
    Result<std::optional<Customer>> find(std::string_view code, const Scope& scope) override;
    Result<std::int64_t> count() override;
    Result<std::int64_t> last_id() override;
    Status add(const std::vector<Customer>& customers) override;
    Status set_lock(CustomerId customer, Date locked_until) override;

private:
    Session& session_;
};

class MoveStore final : public ports::MoveStore {
public:
    explicit MoveStore(Session& session) : session_(session) {}
    Result<std::optional<ports::Outcome>> claim(const ports::Outcome& outcome) override;
    Status settle(const ports::Outcome& outcome) override;
    Result<std::optional<ports::Outcome>> outcome(PersonId person, std::string_view key) override;
    Result<ports::Batch> apply(ports::Batch batch, const ports::Moves& moves, const std::vector<ports::Handover>& handovers,
                               ports::Progress& progress) override;
    Result<std::optional<ports::Batch>> batch(BatchId id, PersonId actor, const Scope& view) override;
    Result<ports::BatchRows> rows(BatchId id, const Scope& view) override;
    Result<std::vector<ports::Batch>> undos_of(BatchId id, PersonId actor, const Scope& view) override;
    Result<std::optional<UnitId>> place_at(CustomerId customer, Instant at) override;

private:
    Session& session_;
};

class QueryStore final : public ports::QueryStore {
public:
    explicit QueryStore(Session& session) : session_(session) {}
    Result<query::Page> run(const query::QuerySpec& spec, const ports::Viewer& viewer,
                            const std::optional<query::Cursor>& cursor) override;

private:
    Session& session_;
};

class JobStore final : public ports::JobStore {
public:
    explicit JobStore(Session& session) : session_(session) {}
    Result<std::optional<ports::Job>> find(const ports::JobName& name) override;
    Result<ports::Job> add(const ports::JobOrder& order, Instant now) override;
    Result<std::optional<ports::Job>> take(const std::vector<std::string>& kinds, const ports::JobTaker& taker) override;
    Result<ports::Job> take_own(const ports::JobName& name, std::string_view kind, const ports::JobTaker& taker) override;
    Result<bool> any_due(const std::vector<std::string>& kinds, Instant now) override;
    Result<ports::JobHold> renew(const ports::JobLease& lease, const ports::JobState& progress, Instant lease_until) override;
    Status hold(const ports::JobLease& lease) override;
    Status finish(const ports::JobLease& lease, std::string_view outcome, Instant now) override;
    Status fail(const ports::JobLease& lease, const Error& error, Instant now) override;
    Status release(const ports::JobLease& lease) override;
    Status cancel(const ports::JobName& name, Instant now) override;
    Status end_lost(Instant now) override;
    Status forget(Instant finished_before) override;

private:
    Session& session_;
};

class RoundStore final : public ports::RoundStore {
public:
    explicit RoundStore(Session& session) : session_(session) {}
    Result<ports::Round> load(Period period, ports::Locking locking) override;
    Result<std::vector<ports::Round>> all() override;
    Result<std::optional<Period>> of_stage_1(BatchId batch) override;
    Status save(const ports::Round& round) override;
    Result<std::vector<ports::RoundDepartment>> departments(Period period, const Scope& view) override;
    Status save_department(Period period, const ports::RoundDepartment& department) override;
    Result<std::vector<ports::RoundEvent>> events(Period period) override;
    Status add_event(const ports::RoundEvent& event) override;
    Result<std::int64_t> gather(Period period) override;
    Result<ports::RoundCustomers> gathered(Period period) override;
    Status give(Period period, ChannelId channel, const std::vector<ports::RoundMark>& marks) override;
    Result<ports::RoundCustomers> given(Period period, ChannelId channel) override;
    Result<std::vector<ports::RoundMark>> marks(Period period, ChannelId channel) override;
    Status mark(Period period, ChannelId channel, const std::vector<ports::RoundMark>& marks) override;
    Status count_claims(Period period) override;
    Result<bool> decide(Period period, CustomerId customer, ChannelId channel) override;
    Result<ports::RoundCounts> counts(Period period, const Scope& view) override;
    Status set_targets(Period period) override;
    Status clear_targets(Period period) override;
    Result<ports::RoundTargets> targets(Period period) override;
    Result<std::int64_t> lock_unplaced(Period period, Date locked_until, Instant at) override;
    Result<std::vector<Period>> unclosed(Period last) override;
    Status add_lock_event(const ports::LockEvent& event) override;
    Result<std::vector<ports::LockEvent>> lock_events(CustomerId customer) override;
    Result<std::vector<ports::PlaceChange>> place_changes(CustomerId customer) override;
    Result<bool> confirm_handover(BatchId batch, UnitId unit, PersonId person, Instant at) override;

private:
    Result<ports::RoundCustomers> read_customers(std::string_view statement, const Binds& binds);
    std::string marks_of_customer() const;
    Session& session_;
};

class AuditStore final : public ports::AuditStore {
public:
    explicit AuditStore(Session& session) : session_(session) {}
    Result<AuditId> append(const ports::AuditEntry& entry) override;
    Result<std::vector<ports::AuditEntry>> search(const ports::AuditFilter& filter) override;
    Result<std::optional<ports::AuditEntry>> find(AuditId id) override;
    Status mark_undone(AuditId id, AuditId by) override;

private:
    Session& session_;
};

class KeyStore final : public ports::KeyStore {
public:
    explicit KeyStore(Session& session) : session_(session) {}
    Result<ApiKeyId> add(const ports::ApiKey& key) override;
    Result<std::vector<ports::ApiKey>> all() override;
    Result<std::optional<ports::ApiKey>> find(std::string_view token_hash) override;
    Status revoke(ApiKeyId key, Instant at) override;
    Status touch(ApiKeyId key, Instant at) override;

private:
    Session& session_;
};

}  // namespace qudao::sql
