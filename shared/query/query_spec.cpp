#include "shared/query/query_spec.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "shared/base/text.hpp"

namespace qudao::query {
namespace {

using std::string_view;

constexpr std::array<string_view, 8> kSourceCodes = {"customer", "adjustment", "batch", "handover", "round_customer", "round_mark", "lock", "arrear_conflict"};
constexpr std::array<string_view, 8> kTypeCodes = {"integer", "money", "text", "date", "instant", "unit", "channel", "boolean"};
constexpr std::array<string_view, 12> kOpCodes = {"equal",  "not_equal", "less",   "less_equal",  "greater",  "greater_equal",
                                                  "prefix", "contains",  "any_of", "has_no_data", "has_data", "under"};
constexpr std::array<string_view, 3> kMeasureCodes = {"count", "sum", "known"};

constexpr Field plain(string_view name, FieldType type) { return {.name = name, .type = type}; }
constexpr Field sortable(string_view name, FieldType type) { return {.name = name, .type = type, .sortable = true}; }
constexpr Field unique(string_view name, FieldType type) { return {.name = name, .type = type, .sortable = true, .unique = true}; }
constexpr Field groupable(string_view name, FieldType type) { return {.name = name, .type = type, .groupable = true}; }
constexpr Field searched(string_view name) { return {.name = name, .type = FieldType::text, .contains = true}; }

constexpr std::array kCustomerFields = {
    unique("id", FieldType::integer),
    unique("code", FieldType::text),
    searched("name"),
    Field{.name = "name_key", .type = FieldType::text, .sortable = true, .shown = false},
    Field{.name = "initials", .type = FieldType::text, .sortable = true, .shown = false},
    plain("contract", FieldType::text),
    searched("address"),
    groupable("place", FieldType::unit),
    groupable("channel", FieldType::channel),  // of the place
    groupable("statistical", FieldType::channel),
    Field{.name = "installed_on", .type = FieldType::date, .sortable = true, .groupable = true},
    Field{.name = "revenue", .type = FieldType::money, .nullable = true, .sortable = true},
    plain("version", FieldType::integer),
    Field{.name = "locked_until", .type = FieldType::date, .nullable = true, .groupable = true},
    groupable("new_in", FieldType::integer),       // account period, YYYYMM; 0: not recorded
    groupable("unassigned", FieldType::boolean),   // the place is a pool
};
constexpr std::array kAdjustmentFields = {
    sortable("at", FieldType::instant), plain("customer", FieldType::integer),  plain("code", FieldType::text),
    plain("name", FieldType::text),     groupable("from", FieldType::unit),     groupable("to", FieldType::unit),
    groupable("batch", FieldType::integer), sortable("row", FieldType::integer), searched("note"),
    groupable("person", FieldType::integer), groupable("kind", FieldType::text),
};
constexpr std::array kBatchFields = {
    unique("id", FieldType::integer),
    plain("at", FieldType::instant),
    groupable("kind", FieldType::text),
    groupable("person", FieldType::integer),
    groupable("day", FieldType::date),
    Field{.name = "undo_of", .type = FieldType::integer, .nullable = true},
    searched("file_name"),
    plain("rows", FieldType::integer),
    plain("moved", FieldType::integer),
    plain("unchanged", FieldType::integer),
    plain("kept", FieldType::integer),
};
constexpr std::array kHandoverFields = {
    Field{.name = "batch", .type = FieldType::integer, .sortable = true, .groupable = true},
    groupable("unit", FieldType::unit),
    plain("at", FieldType::instant),
    plain("customers", FieldType::integer),
    groupable("person", FieldType::integer),
    Field{.name = "confirmed_at", .type = FieldType::instant, .nullable = true},
    Field{.name = "confirmed_by", .type = FieldType::integer, .nullable = true, .groupable = true},
    Field{.name = "undone_by", .type = FieldType::integer, .nullable = true},  // the first batch that undid this one
};
constexpr std::array kRoundCustomerFields = {
    sortable("period", FieldType::integer),
    sortable("customer", FieldType::integer),
    plain("code", FieldType::text),
    searched("name"),
    plain("contract", FieldType::text),
    plain("address", FieldType::text),
    Field{.name = "installed_on", .type = FieldType::date, .groupable = true},
    groupable("place", FieldType::unit),
    groupable("channel", FieldType::channel),  // of the place
    groupable("unassigned", FieldType::boolean),
    Field{.name = "revenue", .type = FieldType::money, .nullable = true},
    Field{.name = "locked_until", .type = FieldType::date, .nullable = true},
    groupable("claims", FieldType::integer),
    Field{.name = "decided", .type = FieldType::channel, .nullable = true, .groupable = true},  // 0: nobody's
    Field{.name = "target", .type = FieldType::unit, .nullable = true, .groupable = true},
};
constexpr std::array kRoundMarkFields = {
    sortable("period", FieldType::integer),
    sortable("customer", FieldType::integer),
    groupable("department", FieldType::channel),
    groupable("unit", FieldType::unit),
    groupable("claimed", FieldType::boolean),
    searched("note"),
    plain("code", FieldType::text),
    searched("name"),
    plain("contract", FieldType::text),
    plain("address", FieldType::text),
    plain("installed_on", FieldType::date),
    groupable("place", FieldType::unit),
    Field{.name = "revenue", .type = FieldType::money, .nullable = true},
    groupable("claims", FieldType::integer),  // of all departments
    Field{.name = "decided", .type = FieldType::channel, .nullable = true, .groupable = true},
};
constexpr std::array kLockFields = {
    unique("id", FieldType::integer),
    plain("at", FieldType::instant),
    plain("customer", FieldType::integer),
    plain("code", FieldType::text),
    plain("name", FieldType::text),
    groupable("place", FieldType::unit),
    Field{.name = "person", .type = FieldType::integer, .nullable = true, .groupable = true},  // none: the close
    groupable("period", FieldType::integer),
    Field{.name = "locked_before", .type = FieldType::date, .nullable = true},
    Field{.name = "locked_until", .type = FieldType::date, .nullable = true},
    searched("reason"),
};

constexpr std::array kArrearConflictFields = {
    unique("access_number", FieldType::text),
    plain("customer", FieldType::integer),
    plain("code", FieldType::text),
    searched("name"),
    groupable("place", FieldType::unit),
    plain("since", FieldType::integer),  // account period, by the source that counts
    Field{.name = "amount", .type = FieldType::money, .sortable = true},  // of accounts, which counts
    plain("other_amount", FieldType::money),                              // of billing
};

constexpr std::array<string_view, 1> kIdKey = {"id"};
constexpr std::array<string_view, 1> kNumberKey = {"access_number"};
constexpr std::array<string_view, 2> kAdjustmentKey = {"at", "customer"};
constexpr std::array<string_view, 2> kHandoverKey = {"batch", "unit"};
constexpr std::array<string_view, 2> kRoundCustomerKey = {"period", "customer"};
constexpr std::array<string_view, 3> kRoundMarkKey = {"period", "customer", "department"};

template <std::size_t N>
std::size_t index_in(const std::array<string_view, N>& codes, string_view code) {
    return static_cast<std::size_t>(std::find(codes.begin(), codes.end(), code) - codes.begin());
}
template <class Enum, std::size_t N>
std::optional<Enum> enum_of(const std::array<string_view, N>& codes, string_view code) {
    const std::size_t at = index_in(codes, code);
    return at < N ? std::optional(static_cast<Enum>(at)) : std::nullopt;
}

Error wrong(string_view code, string_view field) { return Error::of(code).with("field", field); }

bool has_type(const Value& value, FieldType type) {
    if (type != FieldType::text) return std::holds_alternative<std::int64_t>(value);
    const auto* text = std::get_if<std::string>(&value);
    return text != nullptr && text->size() <= kMaxValueBytes && is_valid_utf8(*text) && text->find('\0') == std::string::npos;
}
bool has_type_or_no_data(const Value& value, const Field& field) {
    return std::holds_alternative<std::monostate>(value) ? field.nullable : has_type(value, field.type);
}

bool is_ordered(FieldType type) {
    return type == FieldType::integer || type == FieldType::money || type == FieldType::text || type == FieldType::date ||
           type == FieldType::instant;
}

bool takes(const Field& field, Op op) {
    switch (op) {
        case Op::equal:
        case Op::not_equal:
        case Op::any_of: return true;
        case Op::less:
        case Op::less_equal:
        case Op::greater:
        case Op::greater_equal: return is_ordered(field.type);
        case Op::prefix: return field.type == FieldType::text;
        case Op::contains: return field.contains;
        case Op::has_no_data:
        case Op::has_data: return field.nullable;
        case Op::under: return field.type == FieldType::unit;
    }
    return false;
}

Status check_filter(Source source, const Filter& filter) {
    const Field* field = find_field(source, filter.field);
    if (field == nullptr) return wrong("query.unknown_field", filter.field);
    if (!takes(*field, filter.op)) return wrong("query.op", filter.field).with("op", code_of(filter.op));
    const bool none = filter.op == Op::has_no_data || filter.op == Op::has_data;
    const std::size_t least = none ? 0 : 1;
    const std::size_t most = none ? 0 : filter.op == Op::any_of ? kMaxFilterValues : 1;
    if (filter.values.size() < least || filter.values.size() > most)
        return wrong("query.too_many_values", filter.field).with("most", static_cast<std::int64_t>(most));
    for (const Value& value : filter.values)
        if (!has_type(value, field->type)) return wrong("query.value_type", filter.field).with("type", code_of(field->type));
    return done();
}

Status check_order(const QuerySpec& spec) {
    if (spec.order.size() > kMaxOrderFields) return wrong("query.too_many_fields", "order");
    for (auto it = spec.order.begin(); it != spec.order.end(); ++it) {
        const Field* field = find_field(spec.source, it->field);
        if (field == nullptr) return wrong("query.unknown_field", it->field);
        if (!field->sortable) return wrong("query.not_sortable", it->field);
        const auto same = [&](const Order& other) { return other.field == it->field; };
        if (std::any_of(spec.order.begin(), it, same)) return wrong("query.repeated_field", it->field);
    }
    return done();
}

Status check_groups(const QuerySpec& spec) {
    if (spec.group_by.size() > kMaxOrderFields) return wrong("query.too_many_fields", "group_by");
    if (spec.measures.size() > kMaxOrderFields) return wrong("query.too_many_fields", "measures");
    for (auto it = spec.group_by.begin(); it != spec.group_by.end(); ++it) {
        const Field* field = find_field(spec.source, *it);
        if (field == nullptr) return wrong("query.unknown_field", *it);
        if (!field->groupable) return wrong("query.not_groupable", *it);
        if (std::find(spec.group_by.begin(), it, *it) != it) return wrong("query.repeated_field", *it);
    }
    for (const Measure& measure : spec.measures) {
        if (measure.kind == MeasureKind::count) {
            if (!measure.field.empty()) return wrong("query.measure", measure.field);
            continue;
        }
        const Field* field = find_field(spec.source, measure.field);
        if (field == nullptr) return wrong("query.unknown_field", measure.field);
        if (measure.kind == MeasureKind::sum && field->type != FieldType::integer && field->type != FieldType::money)
            return wrong("query.measure", measure.field);
    }
    return done();
}

Status check_place_in_order(const QuerySpec& spec, const std::optional<Cursor>& cursor) {
    const std::vector<Order> order = total_order(spec);
    if (spec.start_at) {
        const Field& first = *find_field(spec.source, order.front().field);
        if (!has_type_or_no_data(*spec.start_at, first)) return wrong("query.value_type", first.name).with("type", code_of(first.type));
    }
    if (!cursor) return done();
    if (cursor->after.size() != order.size()) return wrong("query.cursor", {});
    for (std::size_t i = 0; i < order.size(); ++i) {
        const Field& field = *find_field(spec.source, order[i].field);
        if (!has_type_or_no_data(cursor->after[i], field)) return wrong("query.cursor", field.name);
    }
    return done();
}

constexpr string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string to_base64url(string_view bytes) {
    std::string out;
    std::uint32_t bits = 0;
    int held = 0;
    for (const char c : bytes) {
        bits = bits << 8 | static_cast<unsigned char>(c);
        for (held += 8; held >= 6; held -= 6) out.push_back(kBase64[bits >> (held - 6) & 63]);
    }
    if (held > 0) out.push_back(kBase64[bits << (6 - held) & 63]);
    return out;
}

// Takes only what to_base64url writes: no padding, no stray bits.
std::optional<std::string> from_base64url(string_view text) {
    std::string out;
    std::uint32_t bits = 0;
    int held = 0;
    for (const char c : text) {
        const std::size_t digit = kBase64.find(c);
        if (digit == string_view::npos) return std::nullopt;
        bits = bits << 6 | static_cast<std::uint32_t>(digit);
        held += 6;
        if (held < 8) continue;
        held -= 8;
        out.push_back(static_cast<char>(static_cast<unsigned char>(bits >> held & 255)));
    }
    const bool stray = held >= 6 || (bits & ((1u << held) - 1)) != 0;
    return stray ? std::nullopt : std::optional(std::move(out));
}

}  // namespace

string_view code_of(Source source) { return kSourceCodes[static_cast<std::size_t>(source)]; }
string_view code_of(FieldType type) { return kTypeCodes[static_cast<std::size_t>(type)]; }
string_view code_of(Op op) { return kOpCodes[static_cast<std::size_t>(op)]; }
string_view code_of(MeasureKind kind) { return kMeasureCodes[static_cast<std::size_t>(kind)]; }
std::vector<Source> sources() {
    std::vector<Source> all;
    for (std::size_t i = 0; i < kSourceCodes.size(); ++i) all.push_back(static_cast<Source>(i));
    return all;
}
std::optional<Source> source_of(string_view code) { return enum_of<Source>(kSourceCodes, code); }
std::optional<Op> op_of(string_view code) { return enum_of<Op>(kOpCodes, code); }
std::optional<MeasureKind> measure_kind_of(string_view code) { return enum_of<MeasureKind>(kMeasureCodes, code); }

std::span<const Field> fields_of(Source source) {
    switch (source) {
        case Source::customer: return kCustomerFields;
        case Source::adjustment: return kAdjustmentFields;
        case Source::batch: return kBatchFields;
        case Source::handover: return kHandoverFields;
        case Source::round_customer: return kRoundCustomerFields;
        case Source::round_mark: return kRoundMarkFields;
        case Source::lock: return kLockFields;
        case Source::arrear_conflict: return kArrearConflictFields;
    }
    return {};
}

const Field* find_field(Source source, string_view name) {
    for (const Field& field : fields_of(source))
        if (field.name == name) return &field;
    return nullptr;
}

std::span<const string_view> key_of(Source source) {
    switch (source) {
        case Source::customer:
        case Source::batch:
        case Source::lock: return kIdKey;
        case Source::adjustment: return kAdjustmentKey;
        case Source::handover: return kHandoverKey;
        case Source::round_customer: return kRoundCustomerKey;
        case Source::round_mark: return kRoundMarkKey;
        case Source::arrear_conflict: return kNumberKey;
    }
    return {};
}

int compare_values(const Value& a, const Value& b) {
    if (a.index() != b.index()) return a.index() < b.index() ? -1 : 1;
    if (const auto* number = std::get_if<std::int64_t>(&a)) {
        const std::int64_t other = *std::get_if<std::int64_t>(&b);
        return *number < other ? -1 : *number > other ? 1 : 0;
    }
    // char_traits<char> compares as unsigned bytes.
    if (const auto* text = std::get_if<std::string>(&a)) return text->compare(*std::get_if<std::string>(&b));
    return 0;
}

std::string encode_cursor(const Cursor& cursor) {
    nlohmann::json values = nlohmann::json::array();
    for (const Value& value : cursor.after) {
        if (const auto* number = std::get_if<std::int64_t>(&value)) values.push_back(*number);
        else if (const auto* text = std::get_if<std::string>(&value)) values.push_back(*text);
        else values.push_back(nullptr);
    }
    return to_base64url(values.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

Result<Cursor> decode_cursor(string_view text) {
    const auto bad = [] { return Error::of("query.cursor"); };
    if (text.empty() || text.size() > kMaxCursorBytes) return bad();
    const std::optional<std::string> bytes = from_base64url(text);
    if (!bytes) return bad();
    const nlohmann::json values = nlohmann::json::parse(*bytes, nullptr, false);
    if (!values.is_array()) return bad();
    Cursor cursor;
    for (const nlohmann::json& value : values) {
        if (value.is_null()) cursor.after.emplace_back();
        else if (value.is_string()) cursor.after.emplace_back(value.get<std::string>());
        else if (value.is_number_unsigned() && value.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX)) return bad();
        else if (value.is_number_integer()) cursor.after.emplace_back(value.get<std::int64_t>());
        else return bad();
    }
    return cursor;
}

std::vector<Order> total_order(const QuerySpec& spec) {
    std::vector<Order> order = spec.order;
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (!find_field(spec.source, order[i].field)->unique) continue;
        order.resize(i + 1);
        return order;
    }
    const bool descending = !order.empty() && order.back().descending;
    for (const string_view key : key_of(spec.source)) {
        const auto same = [&](const Order& named) { return named.field == key; };
        if (std::none_of(order.begin(), order.end(), same)) order.push_back({std::string(key), descending});
    }
    return order;
}

std::vector<std::string> columns_of(const QuerySpec& spec) {
    std::vector<std::string> columns;
    if (spec.grouped()) {
        columns = spec.group_by;
        for (const Measure& measure : spec.measures) {
            std::string name(code_of(measure.kind));
            if (measure.kind != MeasureKind::count) name += ':' + measure.field;
            columns.push_back(std::move(name));
        }
        return columns;
    }
    for (const Field& field : fields_of(spec.source))
        if (field.shown) columns.emplace_back(field.name);
    return columns;
}

Status check(const QuerySpec& spec, const std::optional<Cursor>& cursor) {
    if (spec.filters.size() > kMaxFilters) return wrong("query.too_many_filters", {}).with("most", std::int64_t{kMaxFilters});
    for (const Filter& filter : spec.filters) QUDAO_CHECK(check_filter(spec.source, filter));
    QUDAO_CHECK(check_groups(spec));
    QUDAO_CHECK(check_order(spec));
    if (spec.limit < 1 || spec.limit > kMaxPageRows) return wrong("query.limit", {}).with("most", std::int64_t{kMaxPageRows});
    return check_place_in_order(spec, cursor);
}

}  // namespace qudao::query
