// The formats of the feeds (rows A1-A5), as data: schema/feeds/README.md says the same in words. A feed is a text of lines:
//
//   #qudao-feed|subscribers|1|2026-11-18|UTF-8|billing
//   access_number|name|address|status|contract|billing_area|installed_on|cabinet
//   07715000001|…
//   #end|1
//
// The first line names the kind, the version of the format, the day (charges: the period), the encoding and the source;
// the second the columns, in any order; the last the number of lines between them: a file without it stopped half-way.
// There is no quoting: a field holds neither '|' nor a line break, so that one bad line never swallows another.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace qudao::feed {

enum class Kind : std::uint8_t { subscribers, lines, charges, arrears, orders };
inline constexpr std::size_t kKinds = 5;
std::string_view code_of(Kind kind);
std::optional<Kind> kind_of(std::string_view code);

enum class Type : std::uint8_t {
    code,    // text: widths and spaces mended
    text,    // text: spaces at both ends dropped
    status,  // one of kStatuses, by its code or its Chinese word
    date,    // yyyy-MM-dd, as days since 1970-01-01
    money,   // yuan, as fen
    period,  // YYYYMM
};
constexpr bool is_text(Type type) { return type == Type::code || type == Type::text || type == Type::status; }

struct Column {
    std::string_view name;
    Type type = Type::text;
    bool required = true;
    std::int64_t max_length = 255;  // of texts, in characters
};

struct Format {
    Kind kind = Kind::subscribers;
    bool by_period = false;               // its day is an account period
    std::span<const Column> columns;      // the first `keys` of them tell rows apart
    std::size_t keys = 1;
    std::span<const std::string_view> sources;
    std::int32_t rhythm_days = 1;         // how often one is due
};
const Format& format_of(Kind kind);
// The column of the access number.
constexpr std::size_t number_column(Kind kind) { return kind == Kind::orders ? 1 : 0; }

// Statuses of a subscriber: code and word.
struct StatusWord {
    std::string_view code;
    std::string_view word;
};
std::span<const StatusWord> statuses();

inline constexpr std::string_view kMark = "#qudao-feed";
inline constexpr std::string_view kEndMark = "#end";
inline constexpr std::int32_t kVersion = 1;
inline constexpr std::size_t kMostLineBytes = 8192;

}  // namespace qudao::feed
