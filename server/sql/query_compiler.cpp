#include "server/sql/query_compiler.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "server/sql/batch_numbers.hpp"
#include "server/sql/query_fields.hpp"
#include "server/sql/scope_sql.hpp"
#include "shared/base/text.hpp"

namespace qudao::sql {
namespace {

using query::FieldType;
using query::Op;
using query::Source;

char kind_of(FieldType type) { return type == FieldType::text ? 't' : 'i'; }

// The least text above every text with this prefix; none when there is no such (U+10FFFF to its end, or empty).
std::optional<std::string> above_prefix(std::string_view prefix) {
    std::vector<char32_t> points;
    for (std::size_t at = 0; at < prefix.size();) points.push_back(next_code_point(prefix, at));
    while (!points.empty()) {
        const char32_t last = points.back();
        points.pop_back();
        if (last == 0x10FFFF) continue;
        points.push_back(last == 0xD7FF ? 0xE000 : last + 1);  // surrogates are no characters
        std::string out;
        for (const char32_t point : points) append_utf8(out, point);
        return out;
    }
    return std::nullopt;
}

// Few units are named outright, so that not all are looked at.
constexpr std::size_t kNamedPlaces = 100;

// A place in the order from which rows are wanted.
struct Bound {
    bool inclusive = false;       // a jump: rows at the place count
    std::vector<Value> values;    // of the leading order fields
};

class Compiler {
public:
    Compiler(const query::QuerySpec& spec, const ports::Viewer& viewer, const std::optional<query::Cursor>& cursor, Dialect dialect)
        : spec_(spec), viewer_(viewer), mariadb_(dialect == Dialect::mariadb), order_(query::total_order(spec)) {
        if (cursor) bound_ = Bound{false, cursor->after};
        else if (spec.start_at) bound_ = Bound{true, {*spec.start_at}};
        numbers_ = batch_numbers(spec, viewer, out_.sql.binds);
    }
    std::optional<Compiled> compile();

private:
    const Expression& expression(std::string_view field) const { return *find_expression(spec_.source, field); }
    std::string_view text_of(std::string_view field) const {
        const auto number = numbers_.find(field);
        return number == numbers_.end() ? expression(field).text : number->second;
    }
    bool nullable(std::string_view field) const { return query::find_field(spec_.source, field)->nullable; }

    bool choose_places();
    bool covered_by_place_index() const;
    void append_from(bool by_place, bool inner);
    void append_visible();
    void append_filter(const query::Filter& filter);
    void append_comparison(const query::Filter& filter, std::string_view text);
    void append_where(const std::string& bound_condition);
    void append_order(std::string_view names);

    enum class Side : std::uint8_t { all, data, no_data };  // of the first order field
    std::string condition_of_bound(Side side);
    void append_beyond(SqlText& out, std::size_t field);
    std::vector<Side> sides() const;

    void compile_groups();
    void compile_page();
    void append_page(Side side);
    void append_columns();

    const query::QuerySpec& spec_;
    const ports::Viewer& viewer_;
    bool mariadb_;
    std::vector<query::Order> order_;
    std::optional<Bound> bound_;
    std::vector<std::int64_t> places_;  // the first few of the scope and the filters on place and channel
    bool name_places_ = false;          // places_ are all of them
    bool everywhere_ = false;           // the scope covers every place that a customer can have
    std::vector<std::string> columns_;  // fields in the select list
    std::vector<std::size_t> extra_;    // order fields selected besides, as o0, o1...
    Compiled out_;
    std::map<std::string, std::string, std::less<>> numbers_;  // of a batch, by field
};

bool matches(const query::Filter& filter, const Organisation& org, UnitIndex unit) {
    const std::int64_t id = filter.field == "channel"      ? org.unit(unit).channel.value
                            : filter.field == "unassigned" ? std::int64_t{org.unit(unit).kind == UnitKind::pool ? 1 : 0}
                                                           : org.unit(unit).id.value;
    const auto is = [&](const Value& value) { return std::get<std::int64_t>(value) == id; };
    switch (filter.op) {
        case Op::equal: return is(filter.values[0]);
        case Op::not_equal: return !is(filter.values[0]);
        case Op::any_of: return std::any_of(filter.values.begin(), filter.values.end(), is);
        case Op::under: {
            const UnitIndex top = org.find(UnitId{std::get<std::int64_t>(filter.values[0])});
            return top != kNoUnit && org.in_tree(filter.tree, unit) && org.interval(filter.tree, top).contains(org.position(filter.tree, unit));
        }
        default: return true;
    }
}

// Which places can hold a row of the result, and by which route to look at them. This only chooses between plans: the
// statement holds every filter all the same, and the scope unless that covers every place there is.
bool Compiler::choose_places() {
    const Organisation& org = viewer_.organisation;
    std::vector<const query::Filter*> filters;
    for (const query::Filter& filter : spec_.filters)
        if (filter.field == "place" || filter.field == "channel" || filter.field == "unassigned") filters.push_back(&filter);
    std::size_t covered = 0;
    std::size_t inside = 0;
    for (const UnitIndex unit : org.places()) {
        if (!viewer_.view.covers(unit)) continue;
        ++covered;
        if (!std::all_of(filters.begin(), filters.end(), [&](const query::Filter* f) { return matches(*f, org, unit); })) continue;
        if (++inside <= kNamedPlaces) places_.push_back(org.unit(unit).id.value);
    }
    everywhere_ = covered == org.places().size();
    if (inside == 0) return false;
    name_places_ = inside <= kNamedPlaces;
    const double share = static_cast<double>(inside) / static_cast<double>(org.places().size());
    // Of N customers a share s: by place s*N rows are read, by order limit/s. They are equal at s = sqrt(limit / N); with
    // N = 1,000,000. Codes begin with the area: they lie together by place, so that the order may skip most of them
    // first; but by place only an index is read.
    constexpr double kCustomers = 1e6;
    constexpr double kIndexOnlyShare = 0.3;
    const bool few = spec_.grouped() ? covered_by_place_index() || share < 0.1
                                     : share < std::sqrt(spec_.limit / kCustomers) || (covered_by_place_index() && share < kIndexOnlyShare);
    out_.route = few ? Route::by_place : Route::by_order;
    return true;
}

// Everything that the statement looks at before it knows its rows is in the index customer_place.
bool Compiler::covered_by_place_index() const {
    constexpr std::array<std::string_view, 6> kCovered = {"id", "code", "place", "channel", "revenue", "unassigned"};
    const auto covered = [&](std::string_view field) { return std::find(kCovered.begin(), kCovered.end(), field) != kCovered.end(); };
    for (const query::Filter& filter : spec_.filters)
        if (!covered(filter.field)) return false;
    if (!spec_.grouped()) return std::all_of(order_.begin(), order_.end(), [&](const query::Order& o) { return covered(o.field); });
    for (const std::string& field : spec_.group_by)
        if (!covered(field)) return false;
    return std::all_of(spec_.measures.begin(), spec_.measures.end(),
                       [&](const query::Measure& m) { return m.field.empty() || covered(m.field); });
}

void Compiler::append_from(bool by_place, bool inner) {
    SqlText& sql = out_.sql;
    switch (spec_.source) {
        case Source::customer:
            if (!inner) sql += " from customer c join unit u on u.id = c.place_id";
            else if (by_place)
                sql += mariadb_ ? " from unit u straight_join customer c force index (customer_place) on c.place_id = u.id"
                                : " from unit u cross join customer c indexed by customer_place on c.place_id = u.id";
            else
                sql += mariadb_ ? " from customer c straight_join unit u on u.id = c.place_id"
                                : " from customer c cross join unit u on u.id = c.place_id";
            break;
        case Source::adjustment:
            sql += " from adjustment a join customer c on c.id = a.customer_id join batch b on b.at = a.valid_from "
                   "join unit uf on uf.id = a.from_unit join unit ut on ut.id = a.to_unit";
            break;
        case Source::batch: sql += " from batch b"; break;
        case Source::handover:
            sql += " from handover h join batch b on b.id = h.batch_id join unit u on u.id = h.unit_id "
                   "left join handover_receipt hr on hr.batch_id = h.batch_id and hr.unit_id = h.unit_id "
                   "left join (select undo_of, min(id) as undone_by from batch where undo_of is not null group by undo_of) hb on hb.undo_of = h.batch_id";
            break;
        case Source::round_customer:
            sql += " from round_customer r join customer c on c.id = r.customer_id join unit u on u.id = c.place_id "
                   "left join unit ut on ut.id = r.target_unit";
            break;
        case Source::round_mark:
            // In the order of the key, which is that of the list: MariaDB else reads and sorts the whole of it for each page.
            sql += mariadb_ ? " from round_mark m force index (primary) straight_join customer c on c.id = m.customer_id straight_join unit u on u.id = m.unit_id "
                              "straight_join round_customer r on r.period = m.period and r.customer_id = m.customer_id straight_join unit up on up.id = c.place_id"
                            : " from round_mark m join customer c on c.id = m.customer_id join unit u on u.id = m.unit_id "
                   "join round_customer r on r.period = m.period and r.customer_id = m.customer_id join unit up on up.id = c.place_id";
            break;
        case Source::lock: sql += " from lock_event l join customer c on c.id = l.customer_id join unit u on u.id = c.place_id"; break;
        case Source::arrear_conflict:
            sql += " from arrear x join subscriber s on s.access_number = x.access_number and x.other_amount is not null "
                   "join customer c on c.id = s.customer_id join unit u on u.id = c.place_id";
            break;
    }
}

void Compiler::append_visible() {
    SqlText& sql = out_.sql;
    const Scope& view = viewer_.view;
    switch (spec_.source) {
        case Source::customer:
            if (everywhere_) sql += "1 = 1";
            else append_scope(sql, view, "u");
            break;
        case Source::handover:
        case Source::round_customer:
        case Source::round_mark:
        case Source::lock:
        case Source::arrear_conflict: append_scope(sql, view, "u"); break;
        case Source::adjustment:
            sql += "(";
            append_scope(sql, view, "uf");
            sql += " or ";
            append_scope(sql, view, "ut");
            sql += ")";
            break;
        case Source::batch:
            sql += "(b.person_id = ";
            sql.value(viewer_.person.value) += " or exists (select 1 from batch_unit r join unit u on u.id = r.unit_id where r.batch_id = b.id and ";
            append_scope(sql, view, "u");
            sql += "))";
            break;
    }
}

void Compiler::append_comparison(const query::Filter& filter, std::string_view text) {
    constexpr std::array<std::string_view, 6> kOperators = {" = ", " <> ", " < ", " <= ", " > ", " >= "};
    out_.sql += text;
    out_.sql += kOperators[static_cast<std::size_t>(filter.op)];
    out_.sql.value(filter.values[0]);
}

void Compiler::append_filter(const query::Filter& filter) {
    SqlText& sql = out_.sql;
    const std::string_view text = text_of(filter.field);
    sql += " and ";
    switch (filter.op) {
        case Op::equal:
        case Op::not_equal:
        case Op::less:
        case Op::less_equal:
        case Op::greater:
        case Op::greater_equal: return append_comparison(filter, text);
        case Op::prefix: {
            const auto& prefix = std::get<std::string>(filter.values[0]);
            sql += text;
            sql += " >= ";
            sql.value(prefix);
            if (const auto above = above_prefix(prefix)) {
                sql += " and ";
                sql += text;
                sql += " < ";
                sql.value(*above);
            }
            return;
        }
        case Op::contains:
            // Not LIKE: SQLite's takes a for A, and both have wildcards.
            sql += "instr(";
            sql += text;
            sql += ", ";
            sql.value(filter.values[0]) += ") > 0";
            return;
        case Op::any_of: {
            sql += text;
            std::string_view before = " in (";
            for (const Value& value : filter.values) {
                sql += before;
                sql.value(value);
                before = ", ";
            }
            sql += ")";
            return;
        }
        case Op::has_no_data:
        case Op::has_data:
            sql += text;
            sql += filter.op == Op::has_data ? " is not null" : " is null";
            return;
        case Op::under: {
            const Organisation& org = viewer_.organisation;
            const UnitIndex top = org.find(UnitId{std::get<std::int64_t>(filter.values[0])});
            const Interval below = top == kNoUnit ? Interval{} : org.interval(filter.tree, top);
            sql += expression(filter.field).unit;
            sql += filter.tree == Tree::area ? ".area_first between " : ".channel_first between ";
            sql.value(std::int64_t{below.first}) += " and ";
            sql.value(std::int64_t{below.last});
            return;
        }
    }
}

void Compiler::append_where(const std::string& bound_condition) {
    SqlText& sql = out_.sql;
    sql += " where ";
    append_visible();
    if (out_.route == Route::by_place && name_places_) {
        std::string_view before = " and u.id in (";
        for (const std::int64_t place : places_) {
            sql += before;
            sql.value(place);
            before = ", ";
        }
        sql += ")";
    }
    for (const query::Filter& filter : spec_.filters) append_filter(filter);
    sql += bound_condition;
}

// Beyond the bound in this field alone: greater when ascending, less when descending; no data is lowest.
void Compiler::append_beyond(SqlText& out, std::size_t field) {
    const query::Order& order = order_[field];
    const std::string_view text = text_of(order.field);
    const Value& value = bound_->values[field];
    const bool last = field + 1 == bound_->values.size();
    const bool or_equal = last && bound_->inclusive;
    if (std::holds_alternative<std::monostate>(value)) {
        if (order.descending) out += or_equal ? std::string(text) + " is null" : "1 = 0";
        else out += or_equal ? std::string("1 = 1") : std::string(text) + " is not null";
        return;
    }
    const bool with_no_data = order.descending && nullable(order.field);
    if (with_no_data) out += "(";
    out += text;
    out += order.descending ? (or_equal ? " <= " : " < ") : (or_equal ? " >= " : " > ");
    out.value(value);
    if (with_no_data) {
        out += " or ";
        out += text;
        out += " is null)";
    }
}

// Descending over a field that may have no data, the rows beyond a value are those below it and those without. An index
// is a range for each of the two, but not for both: they are two halves of the statement.
std::vector<Compiler::Side> Compiler::sides() const {
    if (!bound_ || !order_[0].descending || !nullable(order_[0].field)) return {Side::all};
    if (std::holds_alternative<std::monostate>(bound_->values[0])) return {Side::all};
    return {Side::data, Side::no_data};
}

std::string Compiler::condition_of_bound(Side side) {
    if (!bound_) return {};
    const std::string first(text_of(order_[0].field));
    if (side == Side::no_data) return " and " + first + " is null";
    SqlText sql;
    std::swap(sql.binds, out_.sql.binds);  // names go on counting
    const Value& value = bound_->values[0];
    const bool no_data = std::holds_alternative<std::monostate>(value);
    const bool alone = bound_->values.size() == 1 && !bound_->inclusive && !no_data;
    // The range of the index; then which of its rows lie beyond.
    if (no_data && order_[0].descending) {
        sql += " and " + first + " is null";
    } else if (!no_data) {
        sql += " and " + first + (order_[0].descending ? " <" : " >") + (alone ? " " : "= ");
        sql.value(value);
    }
    if (!bound_->inclusive && !alone) {
        std::string equal;
        std::string_view before = " and (";
        for (std::size_t i = 0; i < bound_->values.size(); ++i) {
            sql += before;
            sql += "(";
            for (std::size_t j = 0; j < i; ++j) {
                const std::string_view text = text_of(order_[j].field);
                sql += text;
                if (std::holds_alternative<std::monostate>(bound_->values[j])) sql += " is null";
                else (sql += " = ").value(bound_->values[j]);
                sql += " and ";
            }
            append_beyond(sql, i);
            sql += ")";
            before = " or ";
        }
        sql += ")";
    }
    std::swap(sql.binds, out_.sql.binds);
    return std::move(sql.text);
}

void Compiler::append_order(std::string_view names) {
    std::string_view before = " order by ";
    for (std::size_t i = 0; i < order_.size(); ++i) {
        out_.sql += before;
        if (names.empty()) out_.sql += text_of(order_[i].field);
        else out_.sql += std::string(names) + std::to_string(i);
        if (order_[i].descending) out_.sql += " desc";
        before = ", ";
    }
}

// The fields shown, then what the cursor needs besides.
void Compiler::append_columns() {
    std::string_view before = "select ";
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        out_.sql += before;
        out_.sql += text_of(columns_[i]);
        before = ", ";
    }
}

void Compiler::append_page(Side side) {
    SqlText& sql = out_.sql;
    const std::string limit = " limit " + std::to_string(spec_.limit + 1);
    const bool late = spec_.source == Source::customer && out_.route == Route::by_place;
    if (!late) {
        append_columns();
        for (const std::size_t i : extra_) sql += ", " + std::string(text_of(order_[i].field)) + " as o" + std::to_string(i);
        append_from(false, true);
        append_where(condition_of_bound(side));
        append_order({});
        sql += limit;
        return;
    }
    // First which rows, from the index alone when it covers the statement; then their columns.
    append_columns();
    for (const std::size_t i : extra_) sql += ", p.o" + std::to_string(i) + " as o" + std::to_string(i);
    sql += " from (select c.id as row_id";
    for (std::size_t i = 0; i < order_.size(); ++i) sql += ", " + std::string(text_of(order_[i].field)) + " as o" + std::to_string(i);
    append_from(true, true);
    append_where(condition_of_bound(side));
    append_order({});
    sql += limit;
    sql += ") p join customer c on c.id = p.row_id join unit u on u.id = c.place_id";
    append_order("p.o");
}

void Compiler::compile_page() {
    for (const query::Field& field : query::fields_of(spec_.source))
        if (field.shown) columns_.emplace_back(field.name);
    out_.shown = columns_.size();
    for (const std::string& column : columns_) out_.kinds.push_back(kind_of(query::find_field(spec_.source, column)->type));
    const std::vector<Side> parts = sides();
    for (std::size_t i = 0; i < order_.size(); ++i) {
        // Two halves are sorted together, for which every order field has a name of its own.
        const auto shown = std::find(columns_.begin(), columns_.end(), order_[i].field);
        if (parts.size() == 1 && shown != columns_.end()) {
            out_.cursor_from.push_back(static_cast<std::size_t>(shown - columns_.begin()));
            continue;
        }
        extra_.push_back(i);
        out_.cursor_from.push_back(out_.kinds.size());
        out_.kinds.push_back(kind_of(query::find_field(spec_.source, order_[i].field)->type));
    }
    if (parts.size() == 1) return append_page(parts[0]);
    std::string_view before = "select * from (";
    for (const Side side : parts) {
        out_.sql += before;
        append_page(side);
        before = ") s union all select * from (";
    }
    out_.sql += ") t";
    append_order("o");
    out_.sql += " limit " + std::to_string(spec_.limit + 1);
}

void Compiler::compile_groups() {
    SqlText& sql = out_.sql;
    std::string groups;
    std::string_view before = "select ";
    for (const std::string& field : spec_.group_by) {
        sql += before;
        sql += text_of(field);
        groups.append(groups.empty() ? "" : ", ").append(text_of(field));
        out_.kinds.push_back(kind_of(query::find_field(spec_.source, field)->type));
        before = ", ";
    }
    for (const query::Measure& measure : spec_.measures) {
        sql += before;
        const std::string text(measure.field.empty() ? "*" : text_of(measure.field));
        // MariaDB's sum is a decimal.
        if (measure.kind == query::MeasureKind::sum) sql += (mariadb_ ? "cast(coalesce(sum(" : "(coalesce(sum(") + text + (mariadb_ ? "), 0) as signed)" : "), 0))");
        else sql += "count(" + text + ")";
        out_.kinds.push_back('i');
        before = ", ";
    }
    out_.shown = out_.kinds.size();
    append_from(out_.route == Route::by_place, true);
    append_where({});
    if (!groups.empty()) sql += " group by " + groups + " order by " + groups;
}

std::optional<Compiled> Compiler::compile() {
    // Measures alone give a row even of nothing.
    const bool always_a_row = spec_.grouped() && spec_.group_by.empty();
    if (spec_.source == Source::customer && !choose_places() && !always_a_row) return std::nullopt;
    if (spec_.grouped()) compile_groups();
    else compile_page();
    return std::move(out_);
}

}  // namespace

std::optional<Compiled> compile(const query::QuerySpec& spec, const ports::Viewer& viewer, const std::optional<query::Cursor>& cursor,
                                Dialect dialect) {
    return Compiler(spec, viewer, cursor, dialect).compile();
}

}  // namespace qudao::sql
