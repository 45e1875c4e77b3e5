#include <algorithm>

#include "tests/contract/query_world.hpp"

namespace qudao::contract {
namespace {

using query::Field;
using query::FieldType;
using query::Filter;
using query::Op;
using query::QuerySpec;
using query::Source;
using query::Value;

constexpr int kSpecs = 600;

class SpecMaker {
public:
    SpecMaker(const Model& model, Random& random) : model_(model), random_(random) {
        for (int source = 0; source < 4; ++source) rows_.push_back(model.rows(static_cast<Source>(source)));
    }

    QuerySpec make() {
        QuerySpec spec = list_of(static_cast<Source>(random_.below(4)));
        for (std::uint64_t i = random_.below(4); i > 0; --i) spec.filters.push_back(filter(spec.source));
        spec.limit = static_cast<std::int32_t>(random_.between(1, random_.one_in(3) ? 1000 : 40));
        if (random_.one_in(4)) {
            add_groups(spec);
            return spec;
        }
        for (std::uint64_t i = random_.below(4); i > 0; --i) {
            const Field& field = any_field(spec.source);
            const auto named = [&](const query::Order& order) { return order.field == field.name; };
            if (field.sortable && std::none_of(spec.order.begin(), spec.order.end(), named))
                spec.order.push_back({std::string(field.name), random_.one_in(2)});
        }
        if (random_.one_in(3)) spec.start_at = some_value(spec.source, query::total_order(spec).front().field);
        return spec;
    }

private:
    const Field& any_field(Source source) {
        const auto fields = query::fields_of(source);
        return fields[static_cast<std::size_t>(random_.below(fields.size()))];
    }

    // Mostly one that is there; now and then its neighbour.
    Value some_value(Source source, std::string_view field) {
        const auto& rows = rows_[static_cast<std::size_t>(source)];
        Value value = random_.pick(rows).values[field_index(source, field)];
        if (auto* number = std::get_if<std::int64_t>(&value); number != nullptr && random_.one_in(4)) *number += random_.between(-2, 2);
        if (auto* text = std::get_if<std::string>(&value); text != nullptr && random_.one_in(6)) text->push_back(random_.one_in(2) ? ' ' : '%');
        return value;
    }

    Filter filter(Source source) {
        for (;;) {
            const Field& field = any_field(source);
            Filter made{std::string(field.name), static_cast<Op>(random_.below(12)), {}, random_.one_in(2) ? Tree::area : Tree::channel};
            const std::int64_t count = made.op == Op::any_of ? random_.between(1, 6) : made.op == Op::has_data || made.op == Op::has_no_data ? 0 : 1;
            for (std::int64_t i = 0; i < count; ++i) made.values.push_back(some_value(source, field.name));
            if (made.op == Op::prefix || made.op == Op::contains) cut(made.values[0], made.op == Op::contains);
            if (made.op == Op::under) climb(made.values[0], made.tree);
            QuerySpec probe = list_of(source);
            probe.filters = {made};
            if (query::check(probe)) return made;
        }
    }

    // A part of the text, at the borders of characters.
    void cut(Value& value, bool anywhere) {
        auto* text = std::get_if<std::string>(&value);
        if (text == nullptr || text->empty()) return;
        const auto border = [&](std::size_t at) { return at >= text->size() || (static_cast<unsigned char>((*text)[at]) & 0xC0) != 0x80; };
        std::size_t from = anywhere ? static_cast<std::size_t>(random_.below(text->size())) : 0;
        while (!border(from)) --from;
        std::size_t to = from + static_cast<std::size_t>(random_.between(0, 7));
        while (!border(to)) ++to;
        *text = text->substr(from, to - from);
    }

    void climb(Value& value, Tree tree) {
        auto* id = std::get_if<std::int64_t>(&value);
        if (id == nullptr) return;
        for (std::uint64_t steps = random_.below(5); steps > 0; --steps) {
            const UnitIndex unit = model_.world().org.find(UnitId{*id});
            const UnitIndex up = unit == kNoUnit ? kNoUnit : model_.world().org.parent(tree, unit);
            if (up != kNoUnit) *id = model_.world().org.unit(up).id.value;
        }
    }

    void add_groups(QuerySpec& spec) {
        for (std::uint64_t i = random_.below(3); i > 0; --i) {
            const Field& field = any_field(spec.source);
            if (field.groupable && std::find(spec.group_by.begin(), spec.group_by.end(), field.name) == spec.group_by.end())
                spec.group_by.emplace_back(field.name);
        }
        spec.measures.push_back({query::MeasureKind::count, ""});
        const Field& field = any_field(spec.source);
        const bool summed = field.type == FieldType::integer || field.type == FieldType::money;
        spec.measures.push_back({summed && random_.one_in(2) ? query::MeasureKind::sum : query::MeasureKind::known, std::string(field.name)});
    }

    const Model& model_;
    Random& random_;
    std::vector<std::vector<ModelRow>> rows_;
};

TEST_CASE("random lists are what the model says", "[queries][random]") {
    QueryWorld q;
    Random random(test_seed());
    SpecMaker maker(q.model, random);
    int with_rows = 0;
    for (int i = 0; i < kSpecs; ++i) {
        const QuerySpec spec = maker.make();
        const std::size_t before = q.rows_seen;
        INFO("QUDAO_TEST_SEED=" << test_seed() << ", spec " << i);
        q.check_same(spec, random.pick(q.persons), random.one_in(2) ? q.scopes[1].second : random.pick(q.scopes).second);
        with_rows += q.rows_seen > before ? 1 : 0;
    }
    CHECK(with_rows > kSpecs / 4);
}

}  // namespace
}  // namespace qudao::contract
