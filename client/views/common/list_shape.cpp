#include "client/views/common/list_shape.hpp"

#include <algorithm>
#include <charconv>

#include "shared/base/text.hpp"

namespace qudao::client {
namespace {

using query::Field;
using query::FieldType;
using query::Filter;
using query::Op;
using query::Value;

constexpr std::string_view kFilterPrefix = "f.";

Error not_understood(std::string_view text) { return Error::of("list.filter").with("text", text); }

Filter one(const Field& field, Op op, Value value) { return {std::string(field.name), op, {std::move(value)}, Tree::area}; }

bool take(std::string_view& text, std::string_view mark) {
    if (!text.starts_with(mark)) return false;
    text.remove_prefix(mark.size());
    while (text.starts_with(' ')) text.remove_prefix(1);
    return true;
}

std::string_view trimmed(std::string_view text) {
    while (text.ends_with(' ')) text.remove_suffix(1);
    while (text.starts_with(' ')) text.remove_prefix(1);
    return text;
}

// A value typed for a number, as the first and the last it stands for: "2026-10" is a month of days.
struct Span {
    std::int64_t first = 0, last = 0;
};

std::optional<int> whole_number(std::string_view digits) {
    int value = 0;
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || fault != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

std::optional<Span> days_in(std::string_view text) {
    if (text.size() == 10) {
        const auto day = parse_date(text);
        if (!day) return std::nullopt;
        return Span{day->days, day->days};
    }
    const auto year = whole_number(text.substr(0, 4));
    if (!year || *year < 1900 || *year > 9999) return std::nullopt;
    if (text.size() == 4) return Span{make_date(*year, 1, 1).days, make_date(*year, 12, 31).days};
    if (text.size() != 7 || text[4] != '-') return std::nullopt;
    const auto month = whole_number(text.substr(5));
    if (!month || *month < 1 || *month > 12) return std::nullopt;
    const auto number = static_cast<unsigned>(*month);
    return Span{make_date(*year, number, 1).days, make_date(*year, number, last_day_of_month(*year, number)).days};
}

std::optional<Span> span_in(FieldType type, std::string_view text) {
    if (type == FieldType::date) return days_in(text);
    if (type == FieldType::instant) {
        const auto days = days_in(text);
        if (!days) return std::nullopt;
        const auto start = [](std::int64_t day) { return start_of_day(Date{static_cast<std::int32_t>(day)}).epoch_ms; };
        return Span{start(days->first), start(days->last + 1) - 1};
    }
    if (type == FieldType::money) {
        const auto fen = parse_yuan(text);
        if (!fen) return std::nullopt;
        return Span{*fen, *fen};
    }
    std::string digits;
    for (const char c : text)
        if (c != ',') digits += c;
    std::int64_t number = 0;
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (digits.empty() || fault != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return Span{number, number};
}

Result<std::vector<Filter>> number_filters(const Field& field, std::string_view typed) {
    for (const std::string_view between : {"..", "~"}) {
        const std::size_t at = typed.find(between);
        if (at == std::string_view::npos) continue;
        const auto from = span_in(field.type, trimmed(typed.substr(0, at)));
        const auto to = span_in(field.type, trimmed(typed.substr(at + between.size())));
        if (!from || !to) return not_understood(typed);
        return std::vector<Filter>{one(field, Op::greater_equal, from->first), one(field, Op::less_equal, to->last)};
    }
    std::string_view rest = typed;
    const bool least = take(rest, ">=") || take(rest, "≥"), most = !least && (take(rest, "<=") || take(rest, "≤"));
    const bool above = !least && !most && take(rest, ">"), below = !least && !most && !above && take(rest, "<");
    if (!least && !most && !above && !below) take(rest, "=");
    const auto span = span_in(field.type, trimmed(rest));
    if (!span) return not_understood(typed);
    if (least) return std::vector<Filter>{one(field, Op::greater_equal, span->first)};
    if (most) return std::vector<Filter>{one(field, Op::less_equal, span->last)};
    if (above) return std::vector<Filter>{one(field, Op::greater, span->last)};
    if (below) return std::vector<Filter>{one(field, Op::less, span->first)};
    return std::vector<Filter>{one(field, Op::greater_equal, span->first), one(field, Op::less_equal, span->last)};
}

// None found is a condition nothing meets, for "none" is not "all".
Filter any_of(const Field& field, std::vector<Value> ids) {
    if (ids.empty()) ids.emplace_back(std::int64_t{0});
    return {std::string(field.name), Op::any_of, std::move(ids), Tree::area};
}

Result<std::vector<Filter>> named_filters(const Field& field, const std::string& typed, const World& world) {
    std::vector<Value> ids;
    if (!world.organisation) return not_understood(typed);
    const Organisation& org = *world.organisation;
    if (field.type == FieldType::channel) {
        for (const Channel& channel : org.channels())
            if (channel.name.find(typed) != std::string::npos || channel.name_en.find(typed) != std::string::npos || channel.code == typed) ids.emplace_back(channel.id.value);
        return std::vector<Filter>{any_of(field, std::move(ids))};
    }
    for (UnitIndex unit = 0; unit < org.size(); ++unit) {
        const UnitRecord& record = org.unit(unit);
        if (record.name.find(typed) == std::string::npos && record.code.rfind(typed, 0) != 0) continue;
        if (ids.size() == query::kMaxFilterValues) return Error::of("query.too_many_values").with("field", field.name).with("most", static_cast<std::int64_t>(query::kMaxFilterValues));
        ids.emplace_back(record.id.value);
    }
    return std::vector<Filter>{any_of(field, std::move(ids))};
}

bool is_number(FieldType type) {
    return type == FieldType::integer || type == FieldType::money || type == FieldType::date || type == FieldType::instant;
}

// Fields of codes that people see as words, or as the name of somebody else: typing their code would be no help.
bool is_coded(std::string_view name) { return name == "kind" || name == "person" || name == "undo_of"; }

}  // namespace

Address& put_shape(Address& address, const ListShape& shape) {
    std::string sorts;
    for (const query::Order& order : shape.sorts) sorts.append(sorts.empty() ? "" : ",").append(order.descending ? "-" : "").append(order.field);
    address.with("sorts", sorts);
    for (const ColumnFilter& filter : shape.filters) address.with(std::string(kFilterPrefix) + filter.field, filter.text);
    return address;
}

ListShape shape_in(const Address& address) {
    ListShape shape;
    std::string_view sorts = address.get("sorts");
    while (!sorts.empty() && shape.sorts.size() < query::kMaxOrderFields) {
        const std::size_t end = std::min(sorts.find(','), sorts.size());
        std::string_view field = sorts.substr(0, end);
        sorts.remove_prefix(std::min(end + 1, sorts.size()));
        const bool descending = take(field, "-");
        if (!field.empty()) shape.sorts.push_back({std::string(field), descending});
    }
    for (const auto& [name, text] : address.query)
        if (name.starts_with(kFilterPrefix) && !text.empty()) shape.filters.push_back({name.substr(kFilterPrefix.size()), text});
    return shape;
}

std::string_view filtered_field(std::string_view key) { return key == "name_key" ? "name" : key; }

bool can_filter(query::Source source, std::string_view key) {
    const Field* field = query::find_field(source, filtered_field(key));
    return field != nullptr && field->type != FieldType::boolean && !is_coded(field->name);
}

Text filter_hint(query::Source source, std::string_view key) {
    const Field* field = query::find_field(source, filtered_field(key));
    if (field == nullptr || field->type == FieldType::text) return Text::filter_hint_text;
    if (field->type == FieldType::date || field->type == FieldType::instant) return Text::filter_hint_date;
    return is_number(field->type) ? Text::filter_hint_number : Text::filter_hint_name;
}

Result<std::vector<Filter>> filters_of(query::Source source, const ColumnFilter& filter, const World& world) {
    const Field* field = query::find_field(source, filter.field);
    if (field == nullptr || !can_filter(source, filter.field)) return Error::of("query.unknown_field").with("field", filter.field);
    const std::string code = normalize_code(filter.text);
    if (code == "=" && field->nullable) return std::vector<Filter>{{std::string(field->name), Op::has_no_data, {}, Tree::area}};
    if (is_number(field->type)) return number_filters(*field, code);
    if (field->type != FieldType::text) return named_filters(*field, code, world);
    std::string text = normalize_text(filter.text);
    if (text.starts_with('=')) return std::vector<Filter>{one(*field, Op::equal, text.substr(1))};
    return std::vector<Filter>{one(*field, field->contains ? Op::contains : Op::prefix, field->contains ? text : code)};
}

std::vector<query::Order> sorted_by(std::vector<query::Order> now, std::string_view field, bool descending, bool too) {
    if (!too) return {{std::string(field), descending}};
    const auto at = std::find_if(now.begin(), now.end(), [&](const query::Order& order) { return order.field == field; });
    if (at != now.end()) at->descending = descending;
    else if (now.size() < query::kMaxOrderFields) now.push_back({std::string(field), descending});
    return now;
}

std::vector<ColumnFilter> filtered_by(std::vector<ColumnFilter> now, std::string_view field, std::string_view text) {
    std::erase_if(now, [&](const ColumnFilter& filter) { return filter.field == field; });
    if (!normalize_text(text).empty()) now.push_back({std::string(field), std::string(text)});
    return now;
}

}  // namespace qudao::client
