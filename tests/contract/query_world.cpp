#include "tests/contract/query_world.hpp"

#include <sstream>

namespace qudao::contract {
namespace {

using query::QuerySpec;
using query::Value;

ports::NoProgress no_progress;

std::string show(const Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
    if (const auto* text = std::get_if<std::string>(&value)) return '"' + *text + '"';
    return "no data";
}
std::string show(const std::vector<Value>& row) {
    std::string out;
    for (const Value& value : row) out += show(value) + " | ";
    return out;
}

// No cursor goes on without end: more pages than rows is a loop.
constexpr std::size_t kMostPages = 2000;

}  // namespace

QuerySpec list_of(query::Source source) {
    QuerySpec spec;
    spec.source = source;
    return spec;
}

std::string describe(const QuerySpec& spec) {
    std::ostringstream out;
    out << code_of(spec.source);
    for (const auto& filter : spec.filters) {
        out << "; " << filter.field << ' ' << code_of(filter.op) << ' ' << code_of(filter.tree);
        for (std::size_t i = 0; i < filter.values.size() && i < 5; ++i) out << ' ' << show(filter.values[i]);
    }
    for (const auto& order : spec.order) out << "; by " << order.field << (order.descending ? " down" : " up");
    for (const auto& field : spec.group_by) out << "; group " << field;
    for (const auto& measure : spec.measures) out << "; " << code_of(measure.kind) << ' ' << measure.field;
    if (spec.start_at) out << "; from " << show(*spec.start_at);
    out << "; limit " << spec.limit;
    return out.str();
}

QueryWorld::QueryWorld() : world(make_world(240)), model(world), scopes(scopes_of_every_shape(world)) {
    for (const char* login : {"qudao_admin", "nn_public", "nn_query"}) persons.push_back(world.person(login));
    add_awkward_customers();
    make_past();
}

void QueryWorld::add_awkward_customers() {
    std::vector<Customer> added;
    for (const std::string& text : awkward_texts()) {
        Customer customer = world.customers[added.size()];
        customer.id = {static_cast<std::int64_t>(1000 + added.size())};
        customer.code = "0999" + std::to_string(100'000'000 + added.size());
        customer.name = text;
        customer.address = text + "号";
        customer.contract = "4599" + std::to_string(10'000'000 + added.size());
        // The same revenue and no revenue, several times: ties that only the key resolves.
        customer.revenue_fen = added.size() % 3 == 0 ? std::optional<Fen>() : std::optional<Fen>(added.size() % 3 == 1 ? 0 : -500);
        added.push_back(customer);
        model.add(customer);
    }
    const auto work = writing(*world.database);
    must_do(work->customers().add(added));
    must_do(work->commit());
}

void QueryWorld::make_past() {
    Random random(7);
    std::vector<UnitId> places;
    for (const UnitRecord& unit : world.records.units)
        if (is_place(unit.kind)) places.push_back(unit.id);
    std::int64_t at_ms = 1'795'000'000'000;
    BatchId previous;
    for (int number = 0; number < 14; ++number) {
        std::vector<Move> list;
        for (std::size_t i = static_cast<std::size_t>(number) % 4; i < model.customers().size(); i += 5 + random.below(30)) {
            const Customer& customer = model.customers()[i];
            const UnitId to = random.pick(places);
            if (!(to == customer.place)) list.push_back({customer.id.value, customer.version, customer.place, to, awkward_texts()[i % awkward_texts().size()]});
        }
        if (number == 5) list.clear();
        const ports::Moves moves = moves_of(list);
        const auto handovers = number == 3 ? std::vector<ports::Handover>() : handovers_of(moves);
        ports::Batch batch = batch_by(persons[static_cast<std::size_t>(number) % persons.size()], Instant{at_ms += number % 2 * 86'400'000}, 100 + number % 3);
        batch.moved = static_cast<std::int64_t>(list.size());
        batch.unchanged = number % 2;
        batch.file_name = awkward_texts()[static_cast<std::size_t>(number)];
        if (number % 5 == 4) {
            batch.kind = ports::BatchKind::undo;
            batch.undo_of = previous;
            batch.kept = 3;
        }
        const auto work = writing(*world.database);
        const ports::Batch stored = must(work->moves().apply(batch, moves, handovers, no_progress));
        must_do(work->commit());
        model.applied(stored, moves, handovers);
        previous = stored.id;
    }
}

void QueryWorld::check_same(const QuerySpec& spec, PersonId person, const Scope& view) {
    INFO(describe(spec));
    REQUIRE(code_of_error(query::check(spec)) == "no error");
    const ports::Viewer viewer{person, world.org, view};
    const auto work = reading(*world.database);
    const auto expected = spec.grouped() ? model.groups(spec, person, view) : model.list(spec, person, view);
    std::vector<std::vector<Value>> got;
    std::optional<query::Cursor> cursor;
    for (std::size_t pages = 0;; ++pages) {
        REQUIRE(pages < kMostPages);
        query::Page page = must(work->queries().run(spec, viewer, cursor));
        CHECK(page.columns == query::columns_of(spec));
        if (!spec.grouped()) REQUIRE(page.rows.size() <= static_cast<std::size_t>(spec.limit));
        const bool full = page.rows.size() == static_cast<std::size_t>(spec.limit);
        for (auto& row : page.rows) got.push_back(std::move(row));
        if (!page.next) break;
        CHECK(full);
        CHECK_FALSE(spec.grouped());
        // As a client has it: through text.
        cursor = must(query::decode_cursor(query::encode_cursor(*page.next)));
        REQUIRE(code_of_error(query::check(spec, cursor)) == "no error");
    }
    rows_seen += got.size();
    for (std::size_t i = 0; i < got.size() && i < expected.size(); ++i) {
        INFO("row " << i << "\n got      " << show(got[i]) << "\n expected " << show(expected[i]));
        REQUIRE(got[i] == expected[i]);
    }
    REQUIRE(got.size() == expected.size());
}

}  // namespace qudao::contract
