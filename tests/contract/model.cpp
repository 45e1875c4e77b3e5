#include "tests/contract/model.hpp"

#include <algorithm>
#include <map>

#include "shared/base/pinyin.hpp"
#include "shared/base/text.hpp"

namespace qudao::contract {
namespace {

using query::Op;
using query::Source;
using query::Value;

Value number(std::int64_t value) { return Value(value); }
Value date(Date value) { return value ? Value(std::int64_t{value.days}) : Value(); }
Value text(std::string value) { return Value(std::move(value)); }

bool less(const Value& a, const Value& b) { return a < b; }  // std::variant: no data, then numbers, then texts by bytes

bool is_below(const Organisation& org, Tree tree, UnitIndex unit, UnitId top) {
    for (; unit != kNoUnit; unit = org.parent(tree, unit))
        if (org.unit(unit).id == top) return true;
    return false;
}

}  // namespace

std::size_t field_index(Source source, std::string_view field) {
    const auto fields = query::fields_of(source);
    for (std::size_t i = 0; i < fields.size(); ++i)
        if (fields[i].name == field) return i;
    FAIL("no field " << field);
    return 0;
}

void Model::applied(const ports::Batch& batch, const ports::Moves& moves, const std::vector<ports::Handover>& handovers) {
    batches_.push_back({batch, moves, handovers});
    for (std::size_t i = 0; i < moves.size(); ++i)
        for (Customer& customer : customers_)
            if (customer.id.value == moves.customer[i]) {
                customer.place = {moves.to[i]};
                ++customer.version;
            }
}

std::vector<ModelRow> Model::rows(Source source) const {
    std::vector<ModelRow> rows;
    if (source == Source::customer)
        for (const Customer& c : customers_) {
            const ChannelId channel = world_.org.unit(world_.org.find(c.place)).channel;
            rows.push_back({{number(c.id.value), text(c.code), text(c.name), text(name_key(c.name)), text(name_initials(c.name)), text(c.contract), text(c.address),
                             number(c.place.value), number(channel.value), number(c.statistical.value), date(c.installed_on),
                             c.revenue_fen ? number(*c.revenue_fen) : Value(), number(c.version), date(c.locked_until),
                             number(c.new_in.yyyymm), number(world_.org.unit(world_.org.find(c.place)).kind == UnitKind::pool ? 1 : 0)},
                            {c.place},
                            {}});
        }
    const auto undone_by = [&](BatchId id) {
        for (const Applied& later : batches_)
            if (later.batch.undo_of == id) return number(later.batch.id.value);
        return Value();
    };
    for (const Applied& a : batches_) {
        const ports::Batch& b = a.batch;
        const std::string kind = b.kind == ports::BatchKind::undo ? "undo" : "move";
        ModelRow whole{{number(b.id.value), number(b.at.epoch_ms), text(kind), number(b.person.value), date(b.day),
                        b.undo_of ? number(b.undo_of.value) : Value(), text(b.file_name), number(b.rows), number(b.moved), number(b.unchanged),
                        number(b.kept)},
                       {},
                       b.person};
        for (std::size_t i = 0; i < a.moves.size(); ++i) {
            whole.ends.push_back({a.moves.from[i]});
            whole.ends.push_back({a.moves.to[i]});
            if (source != Source::adjustment) continue;
            const auto of_move = [&](const Customer& c) { return c.id.value == a.moves.customer[i]; };
            const Customer& c = *std::find_if(customers_.begin(), customers_.end(), of_move);
            rows.push_back({{number(b.at.epoch_ms), number(c.id.value), text(c.code), text(c.name), number(a.moves.from[i]), number(a.moves.to[i]),
                             number(b.id.value), number(a.moves.row_number[i]), text(std::string(a.moves.note[i])), number(b.person.value), text(kind)},
                            {UnitId{a.moves.from[i]}, UnitId{a.moves.to[i]}},
                            {}});
        }
        if (source == Source::batch) rows.push_back(whole);
        if (source == Source::handover)
            for (const ports::Handover& h : a.handovers)
                rows.push_back({{number(b.id.value), number(h.unit.value), number(b.at.epoch_ms), number(h.customers), number(b.person.value),
                                 Value(), Value(), undone_by(b.id)},
                                {h.unit},
                                {}});
    }
    return rows;
}

bool Model::holds(const query::Filter& filter, Source source, const ModelRow& row) const {
    const Value& value = row.values[field_index(source, filter.field)];
    const bool known = !std::holds_alternative<std::monostate>(value);
    if (filter.op == Op::has_no_data) return !known;
    if (filter.op == Op::has_data) return known;
    if (!known) return false;
    const Value& given = filter.values.front();
    const auto own_text = [&]() -> const std::string& { return std::get<std::string>(value); };
    switch (filter.op) {
        case Op::equal: return value == given;
        case Op::not_equal: return value != given;
        case Op::less: return less(value, given);
        case Op::less_equal: return !less(given, value);
        case Op::greater: return less(given, value);
        case Op::greater_equal: return !less(value, given);
        case Op::prefix: return own_text().substr(0, std::get<std::string>(given).size()) == std::get<std::string>(given);
        case Op::contains: return own_text().find(std::get<std::string>(given)) != std::string::npos;
        case Op::any_of: return std::find(filter.values.begin(), filter.values.end(), value) != filter.values.end();
        case Op::under:
            return is_below(world_.org, filter.tree, world_.org.find(UnitId{std::get<std::int64_t>(value)}), {std::get<std::int64_t>(given)});
        default: return false;
    }
}

// The numbers of a batch to somebody who neither made it nor sees every place.
void Model::as_told(ModelRow& row, PersonId person, const Scope& view) const {
    const auto covered = [&](UnitId unit) { return view.covers(world_.org.find(unit)); };
    bool whole = row.author == person;
    if (!whole) {
        whole = true;
        for (const UnitIndex place : world_.org.places()) whole = whole && view.covers(place);
    }
    if (whole) return;
    std::int64_t seen = 0;
    for (std::size_t i = 0; i + 1 < row.ends.size(); i += 2) seen += covered(row.ends[i]) || covered(row.ends[i + 1]) ? 1 : 0;
    for (const std::string_view field : {"rows", "moved"}) row.values[field_index(Source::batch, field)] = number(seen);
    for (const std::string_view field : {"unchanged", "kept"}) row.values[field_index(Source::batch, field)] = number(0);
}

std::vector<ModelRow> Model::select(const query::QuerySpec& spec, PersonId person, const Scope& view) const {
    std::vector<ModelRow> selected;
    for (ModelRow& row : rows(spec.source)) {
        if (spec.source == Source::batch) as_told(row, person, view);
        const auto covered = [&](UnitId unit) { return view.covers(world_.org.find(unit)); };
        const bool visible = (row.author && row.author == person) || std::any_of(row.ends.begin(), row.ends.end(), covered);
        const auto holds_here = [&](const query::Filter& filter) { return holds(filter, spec.source, row); };
        if (visible && std::all_of(spec.filters.begin(), spec.filters.end(), holds_here)) selected.push_back(std::move(row));
    }
    return selected;
}

std::vector<std::vector<Value>> Model::list(const query::QuerySpec& spec, PersonId person, const Scope& view) const {
    std::vector<ModelRow> selected = select(spec, person, view);
    // The order spelled out: the fields named, then the key in the direction of the last.
    std::vector<std::pair<std::size_t, bool>> order;
    for (const query::Order& named : spec.order) order.emplace_back(field_index(spec.source, named.field), named.descending);
    const bool descending = !order.empty() && order.back().second;
    for (const std::string_view key : query::key_of(spec.source)) order.emplace_back(field_index(spec.source, key), descending);
    std::sort(selected.begin(), selected.end(), [&](const ModelRow& a, const ModelRow& b) {
        for (const auto& [field, down] : order) {
            if (less(a.values[field], b.values[field])) return !down;
            if (less(b.values[field], a.values[field])) return down;
        }
        return false;
    });
    if (spec.start_at) {
        const auto [field, down] = order.front();
        std::erase_if(selected, [field = field, down = down, &spec](const ModelRow& row) {
            return down ? less(*spec.start_at, row.values[field]) : less(row.values[field], *spec.start_at);
        });
    }
    std::vector<std::vector<Value>> shown;
    const auto fields = query::fields_of(spec.source);
    for (const ModelRow& row : selected) {
        std::vector<Value>& values = shown.emplace_back();
        for (std::size_t i = 0; i < fields.size(); ++i)
            if (fields[i].shown) values.push_back(row.values[i]);
    }
    return shown;
}

std::vector<std::vector<Value>> Model::groups(const query::QuerySpec& spec, PersonId person, const Scope& view) const {
    std::map<std::vector<Value>, std::vector<std::int64_t>> sums;
    if (spec.group_by.empty()) sums[{}].resize(spec.measures.size());
    for (const ModelRow& row : select(spec, person, view)) {
        std::vector<Value> key;
        for (const std::string& field : spec.group_by) key.push_back(row.values[field_index(spec.source, field)]);
        std::vector<std::int64_t>& sum = sums[key];
        sum.resize(spec.measures.size());
        for (std::size_t m = 0; m < spec.measures.size(); ++m) {
            const query::Measure& measure = spec.measures[m];
            if (measure.kind == query::MeasureKind::count) {
                ++sum[m];
                continue;
            }
            const Value& value = row.values[field_index(spec.source, measure.field)];
            if (std::holds_alternative<std::monostate>(value)) continue;
            sum[m] += measure.kind == query::MeasureKind::known ? 1 : std::get<std::int64_t>(value);
        }
    }
    std::vector<std::vector<Value>> out;
    for (const auto& [key, sum] : sums) {
        out.push_back(key);
        for (const std::int64_t value : sum) out.back().emplace_back(value);
    }
    return out;
}

}  // namespace qudao::contract
