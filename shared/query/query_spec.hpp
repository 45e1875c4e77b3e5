// A list or report as data: which source, which filters, in which order, how many; or grouped, with integer measures.
// A spec is checked against the typed catalogue below before anything runs it; two implementations of QueryStore run it
// (an interpreter in memory, a compiler to SQL) and a contract test keeps them equal.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/domain/organisation.hpp"

namespace qudao::query {

enum class Source : std::uint8_t {
    customer,    // customers, by the scope of their place
    adjustment,  // the log of moves; visible when either end is in the scope
    batch,       // bulk moves and undos; visible to their author, or when any of their adjustments is. Its numbers are whole for
                 // the author and for a view of every place; to others a batch is those of its adjustments that they see
    handover,    // per batch and receiving unit: how many are new to it; by the scope of the unit
    round_customer,  // what a monthly round gathered; by the scope of the place
    round_mark,      // what its departments were given and marked; by the scope of the department's pool
    lock,            // locks set and lifted; by the scope of the customer's place
    arrear_conflict,  // numbers of which the two sources of arrears say different amounts; by the scope of the customer's place
};
std::string_view code_of(Source source);
std::optional<Source> source_of(std::string_view code);
std::vector<Source> sources();  // all of them

enum class FieldType : std::uint8_t {
    integer,
    money,    // integer fen
    text,
    date,     // days since 1970-01-01
    instant,  // milliseconds since 1970-01-01T00:00Z
    unit,     // unit id
    channel,  // channel id
    boolean,  // 0 or 1
};
std::string_view code_of(FieldType type);

struct Field {
    std::string_view name;
    FieldType type = FieldType::integer;
    bool nullable = false;
    bool sortable = false;
    bool contains = false;  // text that may be searched inside (a scan: used together with other filters)
    bool groupable = false;  // few distinct values: groups are not paged
    bool shown = true;       // false: for filters and order only, not among the columns of a result
    bool unique = false;     // no two rows share a value: an order ends with it
};
// The catalogue, in column order. A row of a result has the values of the fields shown, in this order.
std::span<const Field> fields_of(Source source);
const Field* find_field(Source source, std::string_view name);
// The fields that identify a row and end every order, so that it is total: customer {id}, adjustment {at, customer},
// batch {id}, handover {batch, unit}, round_customer {period, customer}, round_mark {period, customer, department}, lock {id},
// arrear_conflict {access_number}.
std::span<const std::string_view> key_of(Source source);

using Value = std::variant<std::monostate, std::int64_t, std::string>;  // monostate: no data
// Below, equal or above 0. No data is lowest, then numbers, then texts by their bytes: the order of every list.
int compare_values(const Value& a, const Value& b);

// A field without data matches none of these but has_no_data (not not_equal either). Texts are compared byte for byte:
// case, width and trailing spaces count. Only numbers, money, dates, instants and texts can be less or greater.
enum class Op : std::uint8_t {
    equal,
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal,
    prefix,       // text
    contains,     // text with Field::contains
    any_of,       // 1 to 1,000 values
    has_no_data,  // nullable fields; no values
    has_data,     // nullable fields; no values
    under,        // unit fields: the unit with this id or any below it, in `tree`; an unknown id matches nothing
};
std::string_view code_of(Op op);
std::optional<Op> op_of(std::string_view code);

struct Filter {
    std::string field;
    Op op = Op::equal;
    std::vector<Value> values;
    Tree tree = Tree::area;  // for `under`
};

struct Order {
    std::string field;
    bool descending = false;
};

// count: rows; sum: of an integer or money field, no data counting as nothing and nothing summing to 0; known: rows that
// have data in the field.
enum class MeasureKind : std::uint8_t { count, sum, known };
std::string_view code_of(MeasureKind kind);
std::optional<MeasureKind> measure_kind_of(std::string_view code);
struct Measure {
    MeasureKind kind = MeasureKind::count;
    std::string field;  // empty for count
};

inline constexpr std::int32_t kMaxPageRows = 1000;
inline constexpr std::size_t kMaxFilters = 20;
inline constexpr std::size_t kMaxFilterValues = 1000;
inline constexpr std::size_t kMaxValueBytes = 1024;
inline constexpr std::size_t kMaxOrderFields = 8;  // also of groups and measures
inline constexpr std::size_t kMaxCursorBytes = 8192;

struct QuerySpec {
    Source source = Source::customer;
    std::vector<Filter> filters;          // all must hold
    std::vector<Order> order;             // then the key of the source, in the direction of the last named
    std::vector<std::string> group_by;    // grouped when not empty or when there are measures; order, limit, start_at and
    std::vector<Measure> measures;        //   cursor are then ignored: all groups come, ordered by their values, no data
                                          //   first. Measures alone give one row, also of nothing
    std::int32_t limit = 100;             // 1..kMaxPageRows
    std::optional<Value> start_at;        // jump: from the first row whose first order field is at or beyond this value;
                                          //   no data is a place to jump to as well. A cursor makes it moot
    bool grouped() const { return !group_by.empty() || !measures.empty(); }
};

// Where a page ended: the last row's values of the order fields and the key. Opaque outside (see encode_cursor).
struct Cursor {
    std::vector<Value> after;
};
std::string encode_cursor(const Cursor& cursor);             // base64url
Result<Cursor> decode_cursor(std::string_view text);         // query.cursor

struct Page {
    std::vector<std::string> columns;      // names, in the order of the values
    std::vector<std::vector<Value>> rows;
    std::optional<Cursor> next;            // none: that was the last
};

// The order made total: the spec's fields up to the first that is unique, or else all and those of the key that are not
// among them. No more than that: MariaDB sorts what a unique index yields in order when a further field is asked for.
std::vector<Order> total_order(const QuerySpec& spec);

// Names of the columns of a result: the fields shown, or the group_by fields and then the measures ("count",
// "sum:revenue", "known:revenue").
std::vector<std::string> columns_of(const QuerySpec& spec);

// Errors, with `field`: query.unknown_field, query.not_sortable, query.not_groupable, query.op, query.value_type (a value
// of the wrong type, not UTF-8, or above kMaxValueBytes), query.too_many_filters, query.too_many_values (also: too few),
// query.too_many_fields, query.repeated_field, query.limit, query.measure, query.cursor.
Status check(const QuerySpec& spec, const std::optional<Cursor>& cursor = std::nullopt);

}  // namespace qudao::query
