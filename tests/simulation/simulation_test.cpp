// Administrators, managers and passers-by at work for a while: the same steps on the store under test and on the memory
// store, told alike after each, compared whole and held against the invariants every so often. QUDAO_TEST_SEED repeats a
// run, QUDAO_SIMULATION_STEPS lengthens it.
#include <cstdlib>
#include <iostream>

#include "shared/base/random.hpp"
#include "shared/demo/customers.hpp"
#include "shared/demo/fill.hpp"
#include "shared/memory/database.hpp"
#include "tests/contract/world.hpp"
#include "tests/simulation/history.hpp"

namespace qudao::simulation {
namespace {

constexpr int kSteps = 400;
constexpr std::int64_t kCustomers = 240;

std::unique_ptr<ports::Database> filled(std::unique_ptr<ports::Database> database, const demo::Options& options) {
    memory::PlainSecrets secrets(1);
    ports::NoProgress progress;
    contract::must_do(demo::fill(*database, secrets, options, progress));
    return database;
}

class Simulation {
public:
    explicit Simulation(std::uint64_t seed)
        : random_(seed), world_(contract::make_world(kCustomers, false)), store_(filled(contract::backend().make(), world_.options)),
          model_(filled(std::make_unique<memory::Database>(), world_.options)) {
        for (const char* login : {"qudao_admin", "qudao_admin", "nn_public", "nn_channel", "lz_public", "nn_commercial", "nn_query"})
            actors_.push_back(world_.person(login));
        for (const UnitRecord& unit : world_.records.units)
            if (is_place(unit.kind)) places_.push_back(unit);
        set_clock();
    }

    void run(int steps) {
        for (step_ = 0; step_ < steps; ++step_) {
            INFO("step " << step_);
            step();
            if (step_ % 25 == 24) compare_all();
        }
        compare_all();
        std::cout << contract::backend().traits.name << ": " << committed_.size() << " batches, " << undone_ << " of them undos, " << exact_undos_ << " whole; "
                  << refused_ << " refusals" << std::endl;
        CHECK(committed_.size() > static_cast<std::size_t>(steps) / 20);
        CHECK(undone_ > 0);
        CHECK(refused_ > 0);
    }

private:
    struct Committed {
        service::CommitOrder order;  // of a move
        std::optional<service::UndoOrder> undo;
        ports::Batch batch;
        PersonId person;
    };

    template <class Do>
    auto both(const char* what, Do act) {
        INFO(what);
        auto ours = act(store_);
        auto theirs = act(model_);
        REQUIRE(ours == theirs);
        return ours;
    }

    void step() {
        set_clock();
        switch (random_.below(16)) {
            case 0:
            case 1:
            case 2:
            case 3:
            case 4:
            case 5: move(); break;
            case 6:
            case 7: undo(); break;
            case 8: repeat(); break;
            case 9: look(); break;
            case 10: check_places(); break;
            case 11: lock(); break;
            case 12: change_date(); break;
            default: change_rules(); break;
        }
    }

    void set_clock() {
        now_ms_ += random_.between(0, 3) * 1000;
        store_.clock.set({now_ms_});
        model_.clock.set({now_ms_});
    }

    std::string fresh_key() { return "simulation-key-" + std::to_string(++keys_); }

    MoveRows random_rows(const std::vector<std::uint8_t>& skip = {}, const MoveRows* from = nullptr) {
        MoveRowsBuilder builder;
        if (from != nullptr) {
            for (std::size_t row = 0; row < from->size(); ++row)
                if (skip[row] == 0)
                    builder.add(from->row_number[row], from->customer_code[row], from->target_code[from->target[row]], from->note[row], from->defect[row]);
            return std::move(builder).finish();
        }
        const std::int64_t count = random_.between(1, random_.one_in(5) ? 120 : 12);
        std::string one_target = random_.pick(places_).code;
        for (std::int64_t row = 0; row < count; ++row) {
            const std::string customer = random_.one_in(40) ? "0771000000000" : random_.pick(world_.customers).code;
            const std::string target = random_.one_in(3) ? one_target : random_.one_in(60) ? "nowhere" : random_.pick(places_).code;
            builder.add(static_cast<std::uint32_t>(row) + 2, customer, target, random_.one_in(3) ? random_.pick(contract::awkward_texts()) : std::string());
        }
        return std::move(builder).finish();
    }

    void move() {
        const PersonId person = random_.pick(actors_);
        MoveRows rows = random_rows();
        Side::Preview preview = both_previews([&](Side& side) { return side.preview(person, rows); });
        if (!random_.one_in(6)) {
            rows = random_rows(preview.refused.empty() ? std::vector<std::uint8_t>(rows.size(), 0) : preview.refused, &rows);
            preview = both_previews([&](Side& side) { return side.preview(person, rows); });
        }
        if (random_.one_in(8)) change_rules();  // between preview and commit
        service::CommitOrder order{person, fresh_key(), random_.one_in(20) ? std::string(32, '0') : preview.digest, "第" + std::to_string(step_) + "步.xlsx", rows};
        if (random_.one_in(8)) cancel(order);
        ports::NoProgress progress;
        const auto result = store_.commit(order, progress);
        REQUIRE(tell(result) == tell(model_.commit(order, progress)));
        if (result) committed_.push_back({order, std::nullopt, *result, person});
        else ++refused_;
    }

    // Given up at some report: nothing may be left of it, and the key stays free.
    void cancel(const service::CommitOrder& order) {
        contract::StopAt ours(static_cast<int>(random_.between(1, 5)));
        const auto result = store_.commit(order, ours);
        if (result) {
            committed_.push_back({order, std::nullopt, *result, order.person});
            ports::NoProgress progress;
            REQUIRE(tell(model_.commit(order, progress)) == tell(result));
        }
    }

    template <class Do>
    Side::Preview both_previews(Do act) {
        Side::Preview ours = act(store_);
        const Side::Preview theirs = act(model_);
        REQUIRE(ours.told == theirs.told);
        return ours;
    }

    void undo() {
        if (committed_.empty()) return;
        const Committed& target = random_.one_in(2) ? committed_.back() : random_.pick(committed_);
        const PersonId person = random_.one_in(3) ? random_.pick(actors_) : actors_[0];
        const Side::Preview preview = both_previews([&](Side& side) { return side.preview_undo(person, target.batch.id); });
        service::UndoOrder order{person, fresh_key(), preview.digest, target.batch.id};
        ports::NoProgress progress;
        const auto result = store_.undo(order, progress);
        REQUIRE(tell(result) == tell(model_.undo(order, progress)));
        if (!result) {
            ++refused_;
            return;
        }
        ++undone_;
        exact_undos_ += result->kept == 0 && result->moved == target.batch.moved ? 1 : 0;
        committed_.push_back({{}, order, *result, person});
    }

    // The same key again answers what the first did and does nothing; with another request it is a mistake.
    void repeat() {
        if (committed_.empty()) return;
        Committed again = random_.pick(committed_);
        ports::NoProgress progress;
        const bool other = random_.one_in(3);
        const auto repeated = [&](Side& side) {
            if (again.undo) {
                service::UndoOrder order = *again.undo;
                if (other) order.digest = "other";
                return tell(side.undo(order, progress));
            }
            service::CommitOrder order = again.order;
            if (other) order.file_name += "x";
            return tell(side.commit(order, progress));
        };
        const std::string told = both("repeat", repeated);
        const bool may = told.find("session.none") == std::string::npos && told.find("rights.missing") == std::string::npos;
        if (may) REQUIRE((other ? told == "error moves.key_used" : told == tell(again.batch)));
        const std::string key = again.undo ? again.undo->key : again.order.key;
        both("outcome", [&](Side& side) { return side.outcome(again.person, key); });
    }

    void look() {
        const PersonId person = random_.pick(actors_);
        const BatchId batch{random_.between(0, static_cast<std::int64_t>(committed_.size()) + 1)};
        both("batch page", [&](Side& side) { return side.batch_page(person, batch); });
        both("totals", [&](Side& side) { return side.totals(person); });
        query::QuerySpec spec;
        spec.source = static_cast<query::Source>(random_.below(4));
        spec.limit = static_cast<std::int32_t>(random_.between(1, 300));
        both("list", [&](Side& side) { return side.list(person, spec); });
    }

    void check_places() {
        const Histories histories = histories_of(store_.content());
        for (int i = 0; i < 10; ++i) {
            const Customer& customer = random_.pick(world_.customers);
            const std::int64_t at_ms = now_ms_ - random_.between(-10, 400) * 1000;
            const auto place = store_.place_at(customer.id, {at_ms});
            REQUIRE(place == model_.place_at(customer.id, {at_ms}));
            REQUIRE(place.has_value());
            REQUIRE(place->value == place_in(histories, customer, at_ms));
        }
    }

    void lock() {
        const CustomerId customer = random_.pick(world_.customers).id;
        const Date until = random_.one_in(3) ? kNoDate : add_days(day_, static_cast<std::int32_t>(random_.between(-5, 40)));
        both("lock", [&](Side& side) { return side.set_lock(customer, until); });
        ++locks_[customer.value];
    }

    void change_date() {
        day_ = random_.one_in(4) ? make_date(2026, 12, 5) : add_days(make_date(2026, 11, 9), static_cast<std::int32_t>(random_.between(0, 45)));
        const PersonId person = random_.one_in(4) ? random_.pick(actors_) : actors_[0];
        both("date", [&](Side& side) { return side.set_demo_date(person, day_); });
    }

    void change_rules() {
        const UnitId unit = random_.pick(places_).id;
        const PersonId person = random_.pick(actors_);
        const bool on = !random_.one_in(4);
        switch (random_.below(6)) {
            case 0:
            case 1: both("unit", [&](Side& side) { return side.set_unit_active(unit, on); }); break;
            case 2: {
                const WindowPolicy policy{static_cast<unsigned>(random_.between(5, 12)), static_cast<unsigned>(random_.between(1, 4))};
                both("window", [&](Side& side) { return side.set_window(policy); });
                break;
            }
            case 3:
                if (!(person == actors_[0])) both("person", [&](Side& side) { return side.set_person_active(person, on); });
                break;
            case 4: {
                const Grant grant{person, RoleId{random_.between(3, 6)}, unit, random_.one_in(2) ? kAllChannels : ChannelMask{0x7}};
                both("grant", [&](Side& side) { return side.grant(grant); });
                break;
            }
            default: both("unknown unit", [&](Side& side) { return side.set_unit_active({987'654}, on); }); break;
        }
    }

    void compare_all() {
        const Content ours = store_.content();
        const Content theirs = model_.content();
        REQUIRE(ours.customers == theirs.customers);
        REQUIRE(ours.adjustments == theirs.adjustments);
        REQUIRE(ours.batches == theirs.batches);
        REQUIRE(ours.handovers == theirs.handovers);
        check_invariants(ours, world_.customers, locks_);
    }

    Random random_;
    contract::World world_;
    Side store_;
    Side model_;
    std::vector<PersonId> actors_;
    std::vector<UnitRecord> places_;
    std::vector<Committed> committed_;
    std::map<std::int64_t, int> locks_;
    Date day_ = demo::demo_day();
    std::int64_t now_ms_ = 1'795'000'000'000;
    int step_ = 0;
    int keys_ = 0;
    int undone_ = 0;
    int exact_undos_ = 0;
    int refused_ = 0;
};

TEST_CASE("a while of random work leaves the store as the model and every invariant true") {
    const char* given = std::getenv("QUDAO_SIMULATION_STEPS");
    INFO("QUDAO_TEST_SEED=" << contract::test_seed());
    Simulation(contract::test_seed()).run(given != nullptr ? std::atoi(given) : kSteps);
}

}  // namespace
}  // namespace qudao::simulation
